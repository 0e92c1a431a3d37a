import Explorer
import Glibc
import JSONValue

/// The places that a person marked, in `bookmarks.json` among the program's data:
/// `[{"locator": …, "summary": …, "added": SECONDS}, …]`, the latest first.
struct Bookmarks: Sendable {
    private static let limit = 500
    private let file = UserFile("bookmarks.json", in: .data)

    /// All of them, the latest first, with when that was in words.
    func list() -> [Bookmark] {
        file.entries.compactMap { entry in
            guard let locator = entry["locator"]?.stringValue, !locator.isEmpty else { return nil }
            return Bookmark(
                locator: locator,
                summary: entry["summary"]?.stringValue ?? "",
                added: entry["added"]?.intValue.map { Age.words(since: $0) } ?? ""
            )
        }
    }

    /// Sets a bookmark, or takes it away. Throws where it cannot be kept.
    func set(_ bookmark: Bookmark, isOn: Bool) throws(ToolError) {
        var entries = file.entries.filter { $0["locator"]?.stringValue != bookmark.locator }
        if isOn {
            entries.insert(
                [
                    "locator": .string(bookmark.locator),
                    "summary": .string(bookmark.summary),
                    "added": .integer(time(nil)),
                ],
                at: 0
            )
        }
        try write(entries)
    }

    /// Gives a bookmark of `old` the name `new`, of which there is one bookmark then.
    func rename(_ old: String, _ new: String) throws(ToolError) {
        var entries = file.entries
        guard !old.utf8.elementsEqual(new.utf8),
            let place = entries.firstIndex(where: { $0["locator"]?.stringValue == old })
        else { return }
        let hasNew = entries.contains { $0["locator"]?.stringValue == new }
        if hasNew {
            entries.remove(at: place)
        } else if var fields = entries[place].objectValue {
            fields["locator"] = .string(new)
            entries[place] = .object(fields)
        }
        try write(entries)
    }

    private func write(_ entries: [JSONValue]) throws(ToolError) {
        guard file.write(Array(entries.prefix(Self.limit))) else {
            throw ToolError("the bookmarks cannot be written to \(file.path ?? "no folder")")
        }
    }
}
