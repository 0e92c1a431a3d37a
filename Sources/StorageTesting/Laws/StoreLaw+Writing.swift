internal import Storage

extension Law where Context == StoreLawContext {
    /// What writing and deleting promise.
    static var writing: [StoreLaw] {
        [
            StoreLaw(
                "a value reads back byte for byte",
                requires: [.read, .write],
                run: roundTrips
            ),
            StoreLaw(
                "a write replaces the whole value",
                requires: [.read, .write],
                run: replacesWhole
            ),
            StoreLaw(
                "a deleted key is absent, and deleting it again succeeds",
                requires: [.read, .write, .delete],
                run: deletes
            ),
            StoreLaw(
                "a delete leaves every other key",
                requires: [.read, .write, .delete],
                run: deletesOne
            ),
            StoreLaw(
                "keys that look alike are different keys",
                requires: [.read, .write],
                run: lookAlikes
            ),
            StoreLaw(
                "a key below another key is kept beside it, or refused and nothing changes",
                requires: [.read, .write],
                run: nested
            ),
            StoreLaw(
                "what was written is there when the place is opened again",
                requires: [.read, .write, .reopen],
                run: reopens
            ),
        ]
    }

    private static func roundTrips(_ context: Context) async throws {
        let values: [[UInt8]] = [
            [], [0], [0x0a], Array(0...255), [UInt8](repeating: 0xff, count: 100_000),
            Array("\u{feff}{\"a\":1}\r\n".utf8),
        ]
        for (number, value) in values.enumerated() {
            let key = try context.key("value/\(number)")
            try await context.store.write(key, value)
            try await context.expectValue(key, value)
        }
    }

    private static func replacesWhole(_ context: Context) async throws {
        let key = try context.key("replaced")
        for count in [1000, 10, 0, 500] {
            let value = [UInt8](repeating: UInt8(count % 251), count: count)
            try await context.store.write(key, value)
            try await context.expectValue(key, value)
        }
    }

    private static func deletes(_ context: Context) async throws {
        let key = try context.key("gone/0/1")
        try await context.store.delete(key)
        try await context.store.write(key, [1])
        try await context.store.delete(key)
        try await context.expectValue(key, nil)
        try await context.store.delete(key)
        try await context.store.write(key, [2])
        try await context.expectValue(key, [2])
    }

    private static func deletesOne(_ context: Context) async throws {
        let names = ["d/1", "d/11", "d/1.0", "d1", "e/1"]
        for name in names { try await context.store.write(context.key(name), Array(name.utf8)) }
        try await context.store.delete(context.key("d/1"))
        for name in names.dropFirst() {
            try await context.expectValue(context.key(name), Array(name.utf8))
        }
    }

    private static func lookAlikes(_ context: Context) async throws {
        let names = [
            "k/a b", "k/a%20b", "k/a+b", "k/A b", "k/é", "k/e\u{301}", "k/.hid", "k/hid", "k/1",
            "k/01", "k/1.0", "k/~", "k/#", "k/?", "k/&=", "k/'\"", "k/\\", "k/*", "k/漢字", "k/-rf",
        ]
        for name in names { try await context.store.write(context.key(name), Array(name.utf8)) }
        for name in names {
            try await context.expectValue(context.key(name), Array(name.utf8))
        }
        guard context.store.capabilities.contains(.list) else { return }
        let listed = try await context.listed(context.place.appending("k")).map { "k/" + $0.key }
        // Compared by bytes: composed and decomposed letters are equal strings and different keys.
        let seen = Set(listed.map { Array($0.utf8) })
        try expect(seen == Set(names.map { Array($0.utf8) }), "listed \(listed.sorted())")
    }

    private static func nested(_ context: Context) async throws {
        let outer = try context.key("outer")
        let inner = try context.key("outer/inner")
        try await context.store.write(outer, [1])
        do {
            try await context.store.write(inner, [2])
            try await context.expectValue(inner, [2])
        } catch let error as StorageError {
            try expect(error.outcome == .failed, "the refused write may have happened")
        }
        try await context.expectValue(outer, [1])
        try await context.store.delete(inner)
    }

    private static func reopens(_ context: Context) async throws {
        guard let reopen = context.reopen else { return }
        let key = try context.key("kept/0")
        try await context.store.write(key, [1, 2, 3])
        let seen = try await reopen().read(key, .all)
        try expect(seen == [1, 2, 3], "after opening again '\(key)' holds \(brief(seen))")
    }
}
