import JSONValue
import Storage
import ZarrEngine
import ZarrModel

/// What a delete or restore did, for a script and for a person.
struct RepairReport {
    /// The word for what was done: `deleted`, `restored`.
    let verb: String
    let outcome: RepairOutcome
    /// Chunks that were named and are not stored.
    var absent: [ChunkIndex] = []
    /// Their keys.
    var keyOf: (ChunkIndex) -> String = { _ in "" }
    /// What is known of the chunks, in the order of the outcome; empty where nothing is.
    var planned: [DeletePlan.Item] = []
    /// Whether nothing was changed on purpose.
    let isDryRun: Bool

    /// Findings where something failed, and where everything that was asked for was left alone.
    var status: ExitStatus {
        let isFutile = outcome.count(.done) == 0 && skipped > outcome.count(.needless)
        return outcome.count(.failed) > 0 || isFutile ? .findings : .done
    }

    private var skipped: Int { outcome.count(.skipped) + absent.count }
    private var done: Int { isDryRun ? 0 : outcome.count(.done) }

    var json: JSONValue {
        let trash: JSONValue = outcome.trash.map { .string($0) } ?? .null
        return .object([
            "planned": .integer(outcome.items.count),
            verb: .integer(done),
            "skipped": .integer(skipped),
            "failed": .integer(outcome.count(.failed)),
            "trash": trash,
            "dry_run": .bool(isDryRun),
            "findings": .array(findings),
        ])
    }

    private var findings: [JSONValue] {
        let missing = absent.map { index in
            Self.finding(index, inner: nil, key: keyOf(index), "missing", "it is not stored")
        }
        let others = outcome.items.filter { $0.result != .done }.map { item in
            Self.finding(
                item.index,
                inner: item.innerIndex,
                key: item.key,
                item.result.rawValue,
                item.reason
            )
        }
        guard isDryRun else { return (missing + others).map { .object($0) } }
        let due = outcome.items.enumerated().filter { $0.element.result == .done }
        let rows = due.map { place, item -> JSONValue in
            let known = planned.indices.contains(place) ? planned[place] : nil
            var row = Self.finding(
                item.index,
                inner: item.innerIndex,
                key: item.key,
                known?.state.word ?? ChunkState.present.word,
                "it would be \(verb)"
            )
            row["bytes"] = known?.info?.size.map { .integer($0) } ?? .null
            return .object(row)
        }
        return (missing + others).map { .object($0) } + rows
    }

    private static func finding(
        _ index: ChunkIndex,
        inner: ChunkIndex?,
        key: String,
        _ state: String,
        _ reason: String
    ) -> JSONObject {
        var row: JSONObject = ["index": .integers(index.coordinates)]
        if let inner { row["inner"] = .integers(inner.coordinates) }
        row["key"] = .string(key)
        row["state"] = .string(state)
        row["reason"] = .string(reason)
        return row
    }

    /// The name of what a line is about: the object's key, and the inner chunk where it is about one.
    private static func name(_ item: RepairOutcome.Item) -> String {
        item.innerIndex.map { "\(item.key) inner \($0)" } ?? item.key
    }

    /// What was left alone or failed and why, and in a dry run every chunk with its bytes.
    private var table: TextTable {
        var table = TextTable([("", .left), ("", .right), ("", .left)])
        for index in absent {
            table.add([
                .init(keyOf(index)), .init("skipped", .warning), .init("it is not stored", .dim),
            ])
        }
        for (place, item) in outcome.items.enumerated() where item.omission != .cancelled {
            if item.result != .done {
                let meaning: Ink.Meaning = item.result == .failed ? .error : .warning
                table.add([
                    .init(Self.name(item)), .init(item.result.rawValue, meaning),
                    .init(item.reason, .dim),
                ])
            } else if isDryRun {
                let known = planned.indices.contains(place) ? planned[place] : nil
                table.add([
                    .init(Self.name(item)), .init(known?.info?.size.map(Wording.bytes) ?? ""),
                    .init(known.map(\.state.word) ?? "", .dim),
                ])
            }
        }
        return table
    }

    /// Writes the report in the format that was asked for.
    func print(_ context: CommandContext, undo: String?) throws {
        if try context.format() == .json {
            try context.output.json(json)
            return
        }
        let ink = context.ink
        var parts = [
            isDryRun
                ? "\(Wording.count(outcome.count(.done), "chunk")) would be \(verb)"
                : "\(Wording.count(done, "chunk")) \(verb)"
        ]
        if skipped > 0 { parts.append("\(Wording.count(skipped)) skipped") }
        let failed = outcome.count(.failed)
        if failed > 0 { parts.append(ink(.error, "\(Wording.count(failed)) failed")) }
        let unknown = outcome.count(.unknown)
        if unknown > 0 { parts.append(ink(.warning, "\(Wording.count(unknown)) unknown")) }
        try context.output.line(parts.joined(separator: ", "))
        for line in table.lines(ink, indent: 2) { try context.output.line(line) }
        let cancelled = outcome.count(.cancelled)
        if cancelled > 0 {
            let chunks = Wording.count(cancelled, "chunk")
            try context.output.line("  " + ink(.warning, "cancelled before \(chunks)"))
        }
        if let undo, outcome.trash != nil, done > 0 {
            try context.output.line(ink(.dim, "undo: ") + ink(.accent, visible(undo)))
        }
    }
}
