internal import Storage

extension Law where Context == StoreLawContext {
    /// What holds when several things happen at once or one after another.
    static var together: [StoreLaw] {
        [
            StoreLaw(
                "writes of one key at once leave one of the values, whole",
                requires: [.read, .write],
                run: racingWrites
            ),
            StoreLaw(
                "a read beside writes sees an old or a new value, never a mixture",
                requires: [.read, .write],
                run: readsBesideWrites
            ),
            StoreLaw(
                "any sequence of operations gives what a plain table gives",
                requires: [.read, .write, .delete, .list],
                run: { try await agreesWithModel($0, seed: 1, operations: 300) }
            ),
        ]
    }

    private static func value(_ number: Int) -> [UInt8] {
        [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 20_000 + number * 100)
    }

    private static func isWhole(_ seen: [UInt8]?) -> Bool {
        guard let seen, let first = seen.first else { return false }
        return seen == value(Int(first))
    }

    private static func racingWrites(_ context: Context) async throws {
        let key = try context.key("raced")
        let store = context.store
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<16 {
                group.addTask { try await store.write(key, value(number)) }
            }
            try await group.waitForAll()
        }
        let seen = try await context.stored(key)
        try expect(isWhole(seen), "after the race there are \(brief(seen))")
    }

    private static func readsBesideWrites(_ context: Context) async throws {
        let key = try context.key("watched")
        let store = context.store
        try await store.write(key, value(0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 0..<50 { try await store.write(key, value(number)) }
            }
            for _ in 0..<3 {
                group.addTask {
                    for _ in 0..<50 {
                        let seen = try await store.read(key, .all)
                        try expect(isWhole(seen), "a read saw \(brief(seen))")
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

/// Performs a seeded sequence of operations on the store and on a table, comparing every answer.
///
/// Throws a ``LawFailure`` that names the seed and the operation that went wrong.
public func agreesWithModel(
    _ context: StoreLawContext,
    seed: UInt64,
    operations: Int
) async throws {
    let draw = KeyedDraw(seed: seed)
    var model: [StoreKey: [UInt8]] = [:]
    for number in 0..<operations {
        let bits = draw.bits(.write, key: "step", count: number)
        let key = try context.key("s/\(bits % 5)/\(bits >> 8 % 4)")
        let place = "seed \(seed), operation \(number), '\(key)'"
        switch (bits >> 16) % 8 {
        case 0, 1, 2:
            let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: bits >> 24), count: number)
            try await context.store.write(key, bytes)
            model[key] = bytes
        case 3:
            try await context.store.delete(key)
            model[key] = nil
        case 4:
            let seen = Set(try await context.listed(context.place).map(\.key))
            let due = Set(
                model.keys.map { String($0.text.dropFirst(context.place.description.count)) }
            )
            try expect(seen == due, "\(place): listed \(seen.sorted()), not \(due.sorted())")
        case 5:
            let range = ByteRange.bounded(offset: Int(bits >> 32 % 50), count: 20)
            let seen = try await context.store.read(key, range)
            let due = model[key].map { Array($0[range.resolved(in: $0.count)]) }
            try expect(seen == due, "\(place): \(brief(seen)), not \(brief(due))")
        default:
            let seen = try await context.store.read(key, .all)
            try expect(seen == model[key], "\(place): \(brief(seen)), not \(brief(model[key]))")
        }
    }
}
