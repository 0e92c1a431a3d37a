internal import Storage

extension Law where Context == StoreLawContext {
    /// What listings promise.
    static var listing: [StoreLaw] {
        [
            StoreLaw(
                "a listing has every key under the prefix once, and no other",
                requires: [.write, .list],
                run: listsAll
            ),
            StoreLaw(
                "a listing without info has the same keys",
                requires: [.write, .list],
                run: listsKeysOnly
            ),
            StoreLaw(
                "a listing gives the size that a read gives",
                requires: [.read, .list, .sizes],
                run: listsSizes
            ),
            StoreLaw(
                "a prefix under which nothing is lists as nothing",
                requires: .list,
                run: listsNothing
            ),
            StoreLaw(
                "a listing of hundreds is complete, and comes in pages",
                requires: [.write, .list],
                run: listsMany
            ),
            StoreLaw(
                "a listing that has ended stays ended, and another does not disturb it",
                requires: [.write, .list],
                run: listsTwice
            ),
            StoreLaw(
                "a level has its objects and the names of deeper prefixes, each once",
                requires: [.write, .list, .hierarchy],
                run: listsLevel
            ),
            StoreLaw(
                "a deleted key is not listed",
                requires: [.write, .list, .delete],
                run: listsNoDeleted
            ),
        ]
    }

    private static let names = [
        "l/zarr.json", "l/c/0/0", "l/c/0/1", "l/c/10/0", "l/c1", "l/.zattrs", "lx/a", "l.y", "m",
    ]

    private static func fill(_ context: Context) async throws {
        for name in names { try await context.store.write(context.key(name), Array(name.utf8)) }
    }

    private static func under(_ prefix: String) -> [String] {
        names.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.sorted()
    }

    private static func listsAll(_ context: Context) async throws {
        try await fill(context)
        for prefix in ["l", "l/c", "l/c/0", "lx"] {
            let seen = try await context.listed(context.place.appending(prefix)).map(\.key).sorted()
            try expect(seen == under(prefix + "/"), "under '\(prefix)' are \(seen)")
        }
        let all = try await context.listed(context.place).map(\.key).sorted()
        try expect(all == names.sorted(), "there are \(all)")
    }

    private static func listsKeysOnly(_ context: Context) async throws {
        try await fill(context)
        let seen = try await context.listed(context.place, .keysOnly).map(\.key).sorted()
        try expect(seen == names.sorted(), "there are \(seen)")
    }

    private static func listsSizes(_ context: Context) async throws {
        if context.store.capabilities.contains(.write) { try await fill(context) }
        let place = context.store.capabilities.contains(.write) ? context.place : .root
        for object in try await context.listed(place).prefix(20) {
            guard let key = try? place.key(object.key) else { continue }
            let count = try await context.store.read(key, .all)?.count ?? -1
            try expect(object.size == Int64(count), "'\(key)' is listed as \(object.size) bytes")
        }
    }

    private static func listsNothing(_ context: Context) async throws {
        let prefix = try context.place.appending("nothing/here")
        let seen = try await context.listed(prefix)
        try expect(seen.isEmpty, "under a prefix that is not there are \(seen.map(\.key))")
        guard context.store.capabilities.contains(.hierarchy) else { return }
        let level = try await context.store.children(prefix)
        while let page = try await level.next() {
            try expect(
                page.objects.isEmpty && page.prefixes.isEmpty,
                "a level that is not there has \(page.objects + page.prefixes)"
            )
        }
    }

    private static func listsMany(_ context: Context) async throws {
        var due: Set<String> = []
        for number in 0..<600 {
            let name = "many/\(number % 7)/\(number)"
            due.insert(name)
            try await context.store.write(context.key(name), [])
        }
        let listing = try await context.store.list(context.place)
        var seen: [String] = []
        while let page = try await listing.next() {
            try expect(page.count <= 100_000, "a page holds \(page.count) objects")
            seen += (0..<page.count).map(page.key)
        }
        try expect(seen.count == due.count && Set(seen) == due, "\(seen.count) of 600 are listed")
    }

    private static func listsTwice(_ context: Context) async throws {
        try await fill(context)
        let first = try await context.store.list(context.place)
        let second = try await context.store.list(context.place)
        var counts = [0, 0]
        var isOpen = true
        while isOpen {
            let pages = [try await first.next(), try await second.next()]
            isOpen = pages.contains { $0 != nil }
            for (number, page) in pages.enumerated() { counts[number] += page?.count ?? 0 }
        }
        try expect(counts == [names.count, names.count], "two listings at once had \(counts)")
        for listing in [first, second] {
            try expect(try await listing.next() == nil, "an ended listing went on")
        }
    }

    private static func listsLevel(_ context: Context) async throws {
        try await fill(context)
        let level = try await context.store.children(context.place.appending("l"))
        var objects: [String] = []
        var prefixes: [String] = []
        while let page = try await level.next() {
            objects += page.objects
            prefixes += page.prefixes
        }
        try expect(objects.sorted() == [".zattrs", "c1", "zarr.json"], "objects are \(objects)")
        try expect(prefixes == ["c"], "prefixes are \(prefixes)")
    }

    private static func listsNoDeleted(_ context: Context) async throws {
        try await fill(context)
        try await context.store.delete(context.key("l/c/0/1"))
        let seen = try await context.listed(context.place).map(\.key).sorted()
        try expect(seen == names.filter { $0 != "l/c/0/1" }.sorted(), "there are \(seen)")
    }
}
