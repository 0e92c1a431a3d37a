import Explorer
import Glibc
import JSONValue

/// The stores that were opened before, in a file of the person's own that nobody else can read.
///
/// A file that cannot be read or written costs the memory of them, and nothing else.
struct RecentStores: Sendable {
    private struct Entry {
        var locator: String
        var summary: String
        var opened: Int
    }

    private static let limit = 50
    private let folder: String?

    /// Those under `XDG_STATE_HOME`, else `~/.local/state`.
    init() {
        let home = Environment.text("HOME").map { $0 + "/.local/state" }
        folder = (Environment.text("XDG_STATE_HOME") ?? home).map { $0 + "/zscope" }
    }

    /// The stores, latest first, with when that was in words.
    func list() -> [RecentStore] {
        let now = time(nil)
        return entries().map { entry in
            var store = RecentStore(locator: entry.locator)
            store.summary = entry.summary
            store.opened = Self.words(now - entry.opened)
            return store
        }
    }

    /// Notes that `locator` was opened. It holds no secret: locators never do.
    func remember(_ locator: String, summary: String) {
        let new = Entry(locator: locator, summary: summary, opened: time(nil))
        let others = entries().filter { $0.locator != locator }
        let kept = ([new] + others).prefix(Self.limit)
        let document = JSONValue.array(
            kept.map { entry in
                [
                    "locator": .string(entry.locator),
                    "summary": .string(entry.summary),
                    "opened": .integer(entry.opened),
                ]
            }
        )
        write(Array(document.text(.pretty).utf8))
    }

    private func entries() -> [Entry] {
        guard let folder, let bytes = SmallFile.read(folder + "/recent.json"),
            let document = try? JSONParser.parse(bytes, mode: .lenient, limits: .standard),
            let entries = document.value.arrayValue
        else { return [] }
        return entries.compactMap { value in
            guard let locator = value["locator"]?.stringValue else { return nil }
            return Entry(
                locator: locator,
                summary: value["summary"]?.stringValue ?? "",
                opened: value["opened"]?.intValue ?? 0
            )
        }
    }

    private func write(_ bytes: [UInt8]) {
        guard let folder else { return }
        var path = ""
        for part in folder.split(separator: "/") {
            path += "/" + part
            _ = unsafe mkdir(path, 0o700)
        }
        SmallFile.replace(folder + "/recent.json", bytes, mode: 0o600)
    }

    /// How long ago, roughly.
    private static func words(_ seconds: Int) -> String {
        switch seconds {
        case ..<0: ""
        case ..<60: "just now"
        case ..<3600: "\(seconds / 60) min ago"
        case ..<86400: Wording.count(seconds / 3600, "hour") + " ago"
        case ..<172_800: "yesterday"
        case ..<5_184_000: "\(seconds / 86400) days ago"
        default: String(Timestamp.plain(Int64(time(nil) - seconds)).prefix(10))
        }
    }
}
