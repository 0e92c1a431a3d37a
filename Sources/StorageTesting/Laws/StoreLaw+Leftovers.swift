internal import Storage

extension Law where Context == StoreLawContext {
    /// What stores promise whose writers leave something behind when they are killed.
    static var leavings: [StoreLaw] {
        [
            StoreLaw(
                "what a killed writer left behind is no object, and no object is taken for it",
                requires: [.read, .write, .list],
                run: keepsLeftoversApart
            )
        ]
    }

    private static func keepsLeftoversApart(_ context: Context) async throws {
        let store = context.store
        guard let keeper = store.leftoverStore else { return }
        let names = ["a/0.0", "a/.hid", "a/0.partial", "a/b/1.tmp"]
        for name in names { try await store.write(context.key(name), [1, 2]) }
        try await context.abandon?(context.key("a/0.0"))
        let objects = try await context.listed(context.place).map(\.key)
        try expect(objects.sorted() == names.sorted(), "listed \(objects.sorted())")
        let left = try await collect(keeper.leftovers(context.place))
        let due = context.abandon == nil ? 0 : 1
        try expect(left.count == due, "\(left.map(\.key)) were left behind, not \(due)")
        for name in names {
            do {
                _ = try await keeper.removeLeftover(context.key(name), unchangedSince: .max)
                throw LawFailure("'\(name)' is an object and was removed")
            } catch let error as StorageError {
                try expect(error.code == .invalidKey, "removing '\(name)' threw \(error)")
            }
            try await context.expectValue(context.key(name), [1, 2])
        }
        for one in left {
            let key = try context.key(one.key)
            try expect(try await store.read(key, .all) == nil, "'\(key)' reads as an object")
            let young = try await keeper.removeLeftover(key, unchangedSince: 0)
            try expect(!young, "'\(key)' is younger than the limit and was removed")
            let isGone = try await keeper.removeLeftover(key, unchangedSince: .max)
            try expect(isGone, "'\(key)' was not removed")
            let again = try await keeper.removeLeftover(key, unchangedSince: .max)
            try expect(again, "'\(key)' was removed twice, and the second time failed")
        }
        let rest = try await collect(keeper.leftovers(context.place))
        try expect(rest.isEmpty, "\(rest.map(\.key)) are still there")
    }
}
