internal import Storage
internal import ZarrModel

extension Law where Context == BackendLawContext {
    /// What chunks promise.
    static var chunks: [BackendLaw] {
        [
            BackendLaw("an absent chunk reads as nil", requires: .read, run: absent),
            BackendLaw(
                "a chunk reads back byte for byte, and is replaced as a whole",
                requires: [.read, .write],
                run: roundTrips
            ),
            BackendLaw(
                "a range of a chunk is that slice of it",
                requires: [.read, .write],
                run: ranges
            ),
            BackendLaw(
                "chunks whose coordinates look alike are different chunks",
                requires: [.read, .write],
                run: lookAlikes
            ),
            BackendLaw(
                "a deleted chunk is absent, and deleting it again succeeds",
                requires: [.read, .write, .delete],
                run: deletes
            ),
            BackendLaw(
                "a negative coordinate is refused before anything is touched",
                requires: .read,
                run: negative
            ),
            BackendLaw("what an array cannot do is refused as unsupported", run: refuses),
        ]
    }

    private static func absent(_ context: Context) async throws {
        for number in [0, 5, 100] {
            try await context.expectChunk(context.index(number), nil)
        }
    }

    private static func roundTrips(_ context: Context) async throws {
        let index = context.index(3)
        for value: [UInt8] in [Array(0...255), [1], [], [UInt8](repeating: 9, count: 70_000)] {
            try await context.array.writeChunk(index, value)
            try await context.expectChunk(index, value)
        }
    }

    private static func ranges(_ context: Context) async throws {
        let index = context.index(4)
        let value = Array(UInt8(0)..<100)
        try await context.array.writeChunk(index, value)
        let ranges: [ByteRange] = [
            .bounded(offset: 10, count: 5), .bounded(offset: 95, count: 50), .from(offset: 90),
            .suffix(4), .suffix(1000), .bounded(offset: 200, count: 1),
        ]
        for range in ranges {
            let due = Array(value[range.resolved(in: value.count)])
            let seen = try await context.array.readChunk(index, range: range)
            try expect(seen == due, "\(range) gave \(brief(seen)), not \(brief(due))")
        }
    }

    private static func lookAlikes(_ context: Context) async throws {
        guard context.rank >= 2 else { return }
        let rest = [Int](repeating: 0, count: context.rank - 2)
        let indexes = [[1, 11], [11, 1], [1, 1], [11, 11], [111, 0], [0, 111]]
            .map { ChunkIndex($0 + rest) }
        for (number, index) in indexes.enumerated() {
            try await context.array.writeChunk(index, [UInt8(number)])
        }
        for (number, index) in indexes.enumerated() {
            try await context.expectChunk(index, [UInt8(number)])
        }
    }

    private static func deletes(_ context: Context) async throws {
        let index = context.index(6)
        let other = context.index(7)
        try await context.array.deleteChunk(index)
        try await context.array.writeChunk(index, [1])
        try await context.array.writeChunk(other, [2])
        try await context.array.deleteChunk(index)
        try await context.array.deleteChunk(index)
        try await context.expectChunk(index, nil)
        if context.rank > 0 { try await context.expectChunk(other, [2]) }
    }

    private static func negative(_ context: Context) async throws {
        guard context.rank > 0 else { return }
        let index = ChunkIndex([Int](repeating: -1, count: context.rank))
        do throws(StorageError) {
            _ = try await context.array.readChunk(index, range: .all)
        } catch {
            try expect(error.code == .invalidKey, "refused as \(error.code.rawValue)")
            return
        }
        throw LawFailure("chunk (\(index)) was read")
    }

    private static func refuses(_ context: Context) async throws {
        let array = context.array
        let can = array.capabilities
        let index = context.index(1)
        if !can.contains(.write) {
            try await expectUnsupported("writeChunk") { try await array.writeChunk(index, [1]) }
            try await expectUnsupported("writeMetadata") {
                try await array.writeMetadata(MetadataDocument([1], version: .v3))
            }
        }
        if !can.contains(.delete) {
            try await expectUnsupported("deleteChunk") { try await array.deleteChunk(index) }
        }
        if !can.contains(.list) {
            try await expectUnsupported("listChunks") {
                _ = try await array.listChunks().next()
            }
        }
    }
}
