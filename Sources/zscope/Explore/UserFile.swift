import Glibc
import JSONValue

/// A small file of the person's own that the program keeps, and that nobody else can read.
///
/// A file that cannot be read or written costs the memory of what is in it, and nothing else.
struct UserFile: Sendable {
    /// Where such files lie, by the rules of XDG.
    enum Folder: String {
        /// What the program remembers by itself.
        case state = "XDG_STATE_HOME"
        /// What a person asked it to keep.
        case data = "XDG_DATA_HOME"
        /// What a person writes.
        case configuration = "XDG_CONFIG_HOME"

        fileprivate var besideHome: String {
            switch self {
            case .state: "/.local/state"
            case .data: "/.local/share"
            case .configuration: "/.config"
            }
        }
    }

    /// Where it is; `nil` where there is neither such a folder nor a home.
    let path: String?

    /// The file at a path that a person named.
    init(at path: String) {
        self.path = path
    }

    /// The file of that name in the program's own part of a folder. A folder that is no absolute path
    /// counts as not set.
    init(_ name: String, in folder: Folder) {
        let home = Environment.text("HOME").map { $0 + folder.besideHome }
        let chosen = Environment.text(folder.rawValue).flatMap { $0.hasPrefix("/") ? $0 : nil }
        path = (chosen ?? home).map { "\($0)/zscope/\(name)" }
    }

    /// The entries of the list that the file holds.
    var entries: [JSONValue] {
        guard let path, let bytes = SmallFile.read(path),
            let document = try? JSONParser.parse(bytes, mode: .lenient, limits: .standard)
        else { return [] }
        return document.value.arrayValue ?? []
    }

    /// Puts a list in the place of what the file holds; answers whether that worked.
    @discardableResult
    func write(_ entries: [JSONValue]) -> Bool {
        write(Array(JSONValue.array(entries).text(.pretty).utf8) + [10])
    }

    /// Puts bytes in the place of what the file holds; answers whether that worked.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        guard let path else { return false }
        var folder = ""
        for part in path.split(separator: "/").dropLast() {
            folder += "/" + part
            _ = unsafe mkdir(folder, 0o700)
        }
        SmallFile.sweep(path)
        return SmallFile.replace(path, bytes, mode: 0o600)
    }
}

/// How long ago something was, in words.
enum Age {
    /// `just now`, `3 min ago`, `yesterday`, a date; empty for what has not been yet.
    static func words(since moment: Int, now: Int = time(nil)) -> String {
        switch now - moment {
        case ..<0: ""
        case ..<60: "just now"
        case let seconds where seconds < 3600: "\(seconds / 60) min ago"
        case let seconds where seconds < 86_400: Wording.count(seconds / 3600, "hour") + " ago"
        case ..<172_800: "yesterday"
        case let seconds where seconds < 5_184_000: "\(seconds / 86_400) days ago"
        default: String(Timestamp.plain(Int64(moment)).prefix(10))
        }
    }
}
