import Explorer
import Glibc
import JSONValue
import Storage
import ZarrEngine
import ZarrModel

extension EffectRunner {
    /// Writes the chunks of a plan to new files, one for each action, that the commands take.
    func save(_ id: String, _ file: String) throws -> News {
        guard let held = desk.plan(id) else {
            throw ToolError("this is not the plan that was looked at", remedy: "look again")
        }
        let parts = held.parts.map { ($0.action, $0.change.chunks) }.filter { !$0.1.isEmpty }
        guard !parts.isEmpty else {
            throw ToolError("the plan names no chunk of the grid; 'zscope vacuum' cleans the rest")
        }
        var written: [String] = []
        for (place, part) in parts.enumerated() {
            let name = parts.count == 1 ? file : "\(file).\(place + 1).\(part.0.word)"
            try PlanFile(part.0, part.1, held).write(to: name)
            written.append(name)
        }
        return .planSaved("Wrote " + written.joined(separator: ", "))
    }
}

/// The chunks of one action: a line with the command that takes them, then one for each.
private struct PlanFile {
    private let text: String

    init(
        _ action: ChunkAction,
        _ items: [ZarrEngine::DeletePlan.Item],
        _ held: ChangeDesk.HeldPlan
    ) {
        let place = held.store.location.locator.at(node: held.request.path)
        let array = ShellWord.quoted("\(place)")
        let command =
            switch action {
            case .delete: "zscope delete \(array) --from FILE"
            case .copy(let from):
                "zscope repair \(array) --findings FILE --from \(ShellWord.quoted(from))"
            default: "zscope repair \(array) --findings FILE --\(action.word)"
            }
        let head: JSONValue = ["command": .string(command), "objects": .integer(items.count)]
        let rows = items.map { item -> JSONValue in
            [
                "index": .integers(item.index.coordinates),
                "key": .string(item.key),
                "state": .string(item.state.word),
                "action": .string(action.word),
                "bytes": item.info?.size.map { .integer($0) } ?? .null,
            ]
        }
        text = ([head] + rows).map { $0.text(.compact) + "\n" }.joined()
    }

    /// Makes the file; throws where it cannot be written, or is there already.
    func write(to path: String) throws {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let file = unsafe Glibc.open(path, flags, 0o644)
        guard file >= 0 else { throw ToolError("cannot write \(path): \(SystemError.text(errno))") }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { bytes in
                unsafe Glibc.write(file, bytes.baseAddress, bytes.count)
            }
            guard count > 0 else {
                let reason = SystemError.text(errno)
                close(file)
                throw ToolError("cannot write \(path): \(reason)")
            }
            rest = rest.dropFirst(count)
        }
        guard close(file) == 0 else {
            throw ToolError("cannot write \(path): \(SystemError.text(errno))")
        }
    }
}

/// When and which this process is, for the names of its files.
enum WallTime {
    /// Seconds since 1970.
    static var seconds: Int { time(nil) }
    /// The number of the process.
    static var process: Int32 { getpid() }
}
