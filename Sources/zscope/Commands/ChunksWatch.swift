import Glibc
import Storage
import ZarrEngine
import ZarrModel

/// `zscope chunks LOCATOR --watch`: a line for each chunk that comes or goes, until all are there.
struct ChunksWatch {
    let context: CommandContext
    let target: Target
    private let array: ArrayNode

    init(_ context: CommandContext, _ target: Target, _ array: ArrayNode) {
        self.context = context
        self.target = target
        self.array = array
    }

    /// Follows the array. Ends when it is complete; a person ends it earlier. Where a writer makes it
    /// longer, its new chunks are followed as well.
    func run() async throws -> ExitStatus {
        let format = try context.format()
        guard format == .text || format == .ndjson else {
            throw UsageError("--watch prints text or --ndjson, a line as each chunk comes")
        }
        var watch = try await ArrayWatch(array, in: target.hierarchy)
        var reshaped: [Int]?
        try await watch.follow { update in
            reshaped = update.reshaped
            for change in update.changes {
                try context.output.line(format == .ndjson ? line(change) : text(change))
            }
            try context.output.flush()
            context.messages.progress(words(update))
            return update.present < update.total
        }
        context.messages.clearProgress()
        if let reshaped {
            let extents = Wording.extents(reshaped, context.ink)
            context.messages.note("the array is \(extents) by now: going on with that")
            return try await ChunksWatch(context, target, try await target.array()).run()
        }
        context.messages.note("complete: all \(Wording.count(array.grid.total, "chunk")) are there")
        return .done
    }

    private func key(_ change: WatchedChunk) -> String {
        array.keyEncoding.key(for: array.grid.index(at: change.chunk))
    }

    private var now: String { PointInTime.iso(Int64(time(nil))) }

    private func text(_ change: WatchedChunk) -> String {
        let clock = now.dropFirst(11).prefix(8)
        guard change.state != .missing else {
            return context.ink(.error, "\(clock)  - \(visible(key(change)))")
        }
        let size = change.info.size.map { "  " + Wording.bytes($0) } ?? ""
        let state = change.state == .present ? "" : "  \(change.state.word)"
        return "\(clock)  \(change.isAgain ? "~" : "+") \(visible(key(change)))\(size)\(state)"
    }

    private func line(_ change: WatchedChunk) -> String {
        let numbers = array.grid.index(at: change.chunk).coordinates.map(String.init)
        let bytes = change.info.size.map(String.init) ?? "null"
        return "{\"time\":\"\(now)\",\"index\":[\(numbers.joined(separator: ","))],"
            + "\"state\":\"\(change.state.word)\",\"again\":\(change.isAgain),\"bytes\":\(bytes),"
            + "\"key\":\(JSONText.quoted(key(change)))}"
    }

    private func words(_ update: WatchUpdate) -> String {
        var text = "\(Wording.count(update.present)) of \(Wording.count(update.total)), "
        text += "\(Wording.decimal(update.perMinute, 0)) a minute"
        if let left = update.secondsLeft { text += ", \(Wording.duration(left)) left" }
        return update.means.isEmpty ? text : text + " (\(update.means))"
    }
}

extension Wording {
    /// `45 s`, `3 min 20 s`, `2 h 5 min`.
    static func duration(_ seconds: Int) -> String {
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
        return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    }
}
