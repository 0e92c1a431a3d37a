internal import Storage
internal import ZarrModel

extension Law where Context == BackendLawContext {
    /// What listings of chunks promise.
    static var listings: [BackendLaw] {
        [
            BackendLaw(
                "a listing has every stored chunk once, and nothing else",
                requires: [.write, .list],
                run: listsChunks
            ),
            BackendLaw(
                "any sequence of operations on chunks gives what a plain table gives",
                requires: [.read, .write, .delete, .list],
                run: agrees
            ),
        ]
    }

    private static func listsChunks(_ context: Context) async throws {
        try expect(try await context.listed().isEmpty, "an empty array lists chunks")
        var due: [ChunkIndex: Int] = [:]
        for number in 0..<(context.rank == 0 ? 1 : 60) {
            let index = context.index(number)
            due[index] = number
            try await context.array.writeChunk(index, [UInt8](repeating: 1, count: number))
        }
        try await context.array.writeMetadata(MetadataDocument([123, 125], version: .v3))
        let seen = try await context.listed()
        try expect(seen.count == due.count, "\(seen.count) of \(due.count) chunks are listed")
        for entry in seen {
            guard let size = due[entry.index] else {
                throw LawFailure("chunk (\(entry.index)) is listed and was never written")
            }
            guard context.array.capabilities.contains(.sizes) else { continue }
            try expect(
                entry.info.size == size,
                "chunk (\(entry.index)) is listed with a wrong size"
            )
        }
    }

    private static func agrees(_ context: Context) async throws {
        let draw = KeyedDraw(seed: 2)
        var model: [ChunkIndex: [UInt8]] = [:]
        for number in 0..<200 {
            let bits = draw.bits(.write, key: "step", count: number)
            let index = context.index(Int(bits % 20))
            switch (bits >> 8) % 5 {
            case 0, 1:
                let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: bits >> 16), count: number)
                try await context.array.writeChunk(index, bytes)
                model[index] = bytes
            case 2:
                try await context.array.deleteChunk(index)
                model[index] = nil
            case 3:
                let seen = Set(try await context.listed().map(\.index))
                try expect(seen == Set(model.keys), "operation \(number): \(seen.count) are listed")
            default:
                try await context.expectChunk(index, model[index])
            }
        }
    }
}
