import Explorer
import Glibc
import JSONValue
import Synchronization
import ZarrEngine
import ZarrModel

/// What was done to each object, a line of JSON each, in a file of the person's own.
final class ChangeJournal: Sendable {
    /// Where it is.
    let path: String
    private let file: Int32
    private let facts: JSONObject
    private let isWhole = Mutex(true)

    /// Begins a journal below `XDG_STATE_HOME`, else `~/.local/state`; `nil` where none can be written.
    /// Every line begins with `facts`.
    init?(_ name: String, _ facts: JSONObject) {
        let home = Environment.text("HOME").map { $0 + "/.local/state" }
        guard let state = Environment.text("XDG_STATE_HOME") ?? home else { return nil }
        let folder = state + "/zscope/journal"
        var made = ""
        for part in folder.split(separator: "/") {
            made += "/" + part
            _ = unsafe mkdir(made, 0o700)
        }
        path = "\(folder)/\(name)"
        self.facts = facts
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        file = unsafe Glibc.open(path, flags, 0o600)
        guard file >= 0 else { return nil }
    }

    deinit {
        close(file)
    }

    /// Adds what became of an object.
    func add(
        _ action: String,
        key: String,
        index: ChunkIndex?,
        _ result: RepairOutcome.Result,
        reason: String,
        bytes: Int?
    ) {
        var line = facts
        line["time"] = .string(Timestamp.iso(Int64(time(nil))))
        line["action"] = .string(action)
        line["key"] = .string(key)
        line["index"] = index.map { .integers($0.coordinates) } ?? .null
        line["result"] = .string(result.rawValue)
        line["reason"] = .string(reason)
        line["bytes"] = bytes.map { .integer($0) } ?? .null
        let text = Array((JSONValue.object(line).text(.compact) + "\n").utf8)
        let written = unsafe Glibc.write(file, text, text.count)
        if written != text.count { isWhole.withLock { $0 = false } }
    }

    /// Where it is, and whether a line is lacking.
    var words: String {
        isWhole.withLock { $0 } ? path : "\(path) (not every line could be written)"
    }
}
