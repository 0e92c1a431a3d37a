import Explorer
import Glibc
import JSONValue

/// The stores that were opened before, in a file of the person's own that nobody else can read.
///
/// A file that cannot be read or written costs the memory of them, and nothing else.
struct RecentStores: Sendable {
    private struct Entry {
        var locator: String
        var summary = ""
        var backend = ""
        var opened = 0
        /// A mark of the time before there were bookmarks.
        var isPinned = false
        var censuses: [Census] = []
    }

    /// What a census of an array came to, and when.
    private struct Census {
        var path: String
        var counts: CensusCounts
        var counted: Int
        var isOutdated = false
    }

    /// More arrays of one store are not remembered.
    private static let censusLimit = 200
    private static let limit = 50
    private let folder = StateFolder()

    /// The stores, latest first, with when that was in words.
    func list() -> [RecentStore] {
        let now = time(nil)
        return entries().map { entry in
            var store = RecentStore(locator: entry.locator)
            store.summary = entry.summary
            store.backend = entry.backend
            store.opened = Age.words(since: entry.opened, now: now)
            store.censuses = Self.remembered(entry, now)
            return store
        }
    }

    /// What the last censuses of a store's arrays came to.
    func censuses(of locator: String) -> [RememberedCensus] {
        let entry = entries().first { $0.locator == locator }
        return entry.map { Self.remembered($0, time(nil)) } ?? []
    }

    /// Notes that `locator` was opened, `named` otherwise perhaps: what is remembered under that name is of
    /// this store. It holds no secret: locators never do.
    func remember(_ locator: String, named: String, summary: String, backend: String) {
        var all = entries()
        let place =
            all.firstIndex { $0.locator == locator } ?? all.firstIndex { $0.locator == named }
        var entry = place.map { all.remove(at: $0) } ?? Entry(locator: locator)
        all.removeAll { $0.locator == named }
        entry.locator = locator
        entry.summary = summary
        entry.backend = backend
        entry.opened = time(nil)
        write([entry] + all.prefix(Self.limit - 1))
    }

    /// Notes what censuses of arrays of a store came to; `nil` where one no longer holds.
    func remember(_ censuses: [(path: String, counts: CensusCounts?)], of locator: String) {
        change(locator) { entry in
            for (path, counts) in censuses {
                entry.censuses.removeAll { $0.path == path }
                guard let counts else { continue }
                entry.censuses.append(Census(path: path, counts: counts, counted: time(nil)))
            }
            entry.censuses = entry.censuses.suffix(Self.censusLimit)
        }
    }

    /// Says that the census of an array is of before a change.
    func outdate(_ path: String, of locator: String) {
        change(locator) { entry in
            for place in entry.censuses.indices where entry.censuses[place].path == path {
                entry.censuses[place].isOutdated = true
            }
        }
    }

    /// Makes bookmarks of the stores that were pinned when there were pins; where that fails they stay.
    func movePins(to bookmarks: Bookmarks) {
        var all = entries()
        guard all.contains(where: \.isPinned) else { return }
        for place in all.indices.reversed() where all[place].isPinned {
            let bookmark = Bookmark(locator: all[place].locator, summary: all[place].summary)
            guard (try? bookmarks.set(bookmark, isOn: true)) != nil else { return }
            all[place].isPinned = false
        }
        write(all)
    }

    /// Forgets a store.
    func forget(_ locator: String) {
        let all = entries()
        let kept = all.filter { $0.locator != locator }
        if kept.count < all.count { write(kept) }
    }

    private func change(_ locator: String, _ body: (inout Entry) -> Void) {
        var all = entries()
        guard let place = all.firstIndex(where: { $0.locator == locator }) else { return }
        body(&all[place])
        write(all)
    }

    private static func remembered(_ entry: Entry, _ now: Int) -> [RememberedCensus] {
        entry.censuses.map {
            RememberedCensus(
                path: $0.path,
                counts: $0.counts,
                counted: Age.words(since: $0.counted, now: now),
                isOutdated: $0.isOutdated
            )
        }
    }

    private func entries() -> [Entry] {
        guard let path = folder.path, let bytes = SmallFile.read(path + "/recent.json"),
            let document = try? JSONParser.parse(bytes, mode: .lenient, limits: .standard),
            let entries = document.value.arrayValue
        else { return [] }
        return entries.compactMap { value in
            guard let locator = value["locator"]?.stringValue else { return nil }
            return Entry(
                locator: locator,
                summary: value["summary"]?.stringValue ?? "",
                backend: value["backend"]?.stringValue ?? "",
                opened: value["opened"]?.intValue ?? 0,
                isPinned: value["pinned"]?.boolValue ?? false,
                censuses: (value["censuses"]?.arrayValue ?? []).compactMap(Self.census)
            )
        }
    }

    private static func census(_ value: JSONValue) -> Census? {
        guard let path = value["path"]?.stringValue, let total = value["total"]?.intValue,
            let present = value["present"]?.intValue, total >= 0, present >= 0
        else { return nil }
        var counts = CensusCounts(total: total)
        counts.present = present
        counts.broken = max(0, value["broken"]?.intValue ?? 0)
        counts.orphans = max(0, value["orphans"]?.intValue ?? 0)
        counts.storedBytes = value["bytes"]?.intValue
        counts.isComplete = true
        var census = Census(path: path, counts: counts, counted: value["counted"]?.intValue ?? 0)
        census.isOutdated = value["outdated"]?.boolValue ?? false
        return census
    }

    private static func json(_ entry: Entry) -> JSONValue {
        [
            "locator": .string(entry.locator), "summary": .string(entry.summary),
            "backend": .string(entry.backend), "opened": .integer(entry.opened),
            "pinned": .bool(entry.isPinned),
            "censuses": .array(
                entry.censuses.map { census in
                    [
                        "path": .string(census.path), "total": .integer(census.counts.total),
                        "present": .integer(census.counts.present),
                        "broken": .integer(census.counts.broken),
                        "orphans": .integer(census.counts.orphans),
                        "bytes": census.counts.storedBytes.map { JSONValue.integer($0) } ?? .null,
                        "counted": .integer(census.counted),
                        "outdated": .bool(census.isOutdated),
                    ]
                }
            ),
        ]
    }

    private func write(_ entries: [Entry]) {
        write(Array(JSONValue.array(entries.map(Self.json)).text(.pretty).utf8))
    }

    private func write(_ bytes: [UInt8]) {
        guard let path = folder.place("recent.json") else { return }
        SmallFile.sweep(path)
        SmallFile.replace(path, bytes, mode: 0o600)
    }
}
