internal import Arena
internal import Storage

extension Law where Context == StoreLawContext {
    /// What reading promises.
    static var reading: [StoreLaw] {
        [
            StoreLaw("an absent key reads as nil", requires: .read, run: absentReads),
            StoreLaw("an absent key has no info", requires: .read, run: absentInfo),
            StoreLaw(
                "a range is that slice of the whole, clipped at its end",
                requires: [.read, .write],
                run: rangesOfWritten
            ),
            StoreLaw(
                "a range of what was there before is that slice of the whole",
                requires: [.read, .list],
                run: rangesOfFound
            ),
            StoreLaw(
                "a blocking read fills the arena with what the other read gives",
                requires: .read,
                run: blockingReads
            ),
            StoreLaw(
                "info gives the size that a read gives",
                requires: [.read, .write],
                run: info
            ),
        ]
    }

    private static let ranges: [ByteRange] = [
        .all, .bounded(offset: 0, count: 1), .bounded(offset: 3, count: 4),
        .bounded(offset: 9, count: 100), .bounded(offset: 10, count: 1),
        .bounded(offset: 50, count: 0), .bounded(offset: 2, count: .max),
        .bounded(offset: .max, count: .max), .from(offset: 0), .from(offset: 7),
        .from(offset: 10), .from(offset: .max), .suffix(0), .suffix(4), .suffix(10), .suffix(.max),
    ]

    private static func absentReads(_ context: Context) async throws {
        for name in ["none", "none/deeper/still", ".none"] {
            for range in ranges {
                let seen = try await context.store.read(context.key(name), range)
                try expect(seen == nil, "'\(name)' in \(range) gave \(brief(seen))")
            }
        }
    }

    private static func absentInfo(_ context: Context) async throws {
        for name in ["none", "none/deeper"] {
            let seen = try await context.store.info(context.key(name))
            try expect(seen == nil, "'\(name)' has an info")
        }
    }

    private static func rangesOfWritten(_ context: Context) async throws {
        let key = try context.key("ten")
        try await context.store.write(key, Array(10..<20))
        try await check(context, key)
        let empty = try context.key("empty")
        try await context.store.write(empty, [])
        try await check(context, empty)
    }

    private static func rangesOfFound(_ context: Context) async throws {
        for key in try await context.sample(8) {
            try await check(context, key)
        }
    }

    private static func check(_ context: Context, _ key: StoreKey) async throws {
        guard let whole = try await context.store.read(key, .all) else {
            throw LawFailure("'\(key)' is listed and cannot be read")
        }
        for range in ranges {
            let due = Array(whole[range.resolved(in: whole.count)])
            let seen = try await context.store.read(key, range)
            try expect(seen == due, "\(range) of '\(key)' gave \(brief(seen)), not \(brief(due))")
        }
    }

    private static func blockingReads(_ context: Context) async throws {
        guard let store = context.store as? any BlockingStore else { return }
        var keys = try await store.capabilities.contains(.list) ? context.sample(4) : []
        if store.capabilities.contains(.write) {
            let key = try context.key("blocking")
            try await store.write(key, Array(0..<200))
            keys.append(key)
        }
        for key in keys {
            for range in ranges {
                let due = try await store.read(key, range)
                let (found, bytes) = try read(store, key, range)
                try expect(
                    found && bytes == due,
                    "\(range) of '\(key)' gave \(brief(bytes)), not \(brief(due))"
                )
            }
        }
        let (found, _) = try read(store, context.key("none"), .all)
        try expect(!found, "an absent key was found")
    }

    /// A read into an arena that holds something else already.
    private static func read(
        _ store: any BlockingStore,
        _ key: StoreKey,
        _ range: ByteRange
    ) throws -> (Bool, [UInt8]) {
        let arena = Arena(capacity: 16)
        arena.resize(to: 16)
        let found = try store.readBlocking(key, range, into: arena)
        return (found, arena.bytes)
    }

    private static func info(_ context: Context) async throws {
        for count in [0, 1, 5000] {
            let key = try context.key("sized")
            try await context.store.write(key, [UInt8](repeating: 7, count: count))
            let info = try await context.store.info(key)
            try expect(info != nil, "'\(key)' has no info")
            guard context.store.capabilities.contains(.sizes) else { continue }
            try expect(info?.size == count, "info says \(info?.size ?? -1), not \(count)")
        }
    }
}
