import JSONValue
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
    /// Whether nothing was changed on purpose.
    let isDryRun: Bool

    var status: ExitStatus {
        outcome.count(.failed) > 0 ? .findings : .done
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
            Self.finding(index, key: keyOf(index), "missing", "it is not stored")
        }
        let others = outcome.items.filter { $0.result != .done }.map { item in
            Self.finding(item.index, key: item.key, item.result.rawValue, item.reason)
        }
        return missing + others
    }

    private static func finding(
        _ index: ChunkIndex,
        key: String,
        _ state: String,
        _ reason: String
    ) -> JSONValue {
        [
            "index": .integers(index.coordinates), "key": .string(key), "state": .string(state),
            "reason": .string(reason),
        ]
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
                ? "\(Wording.count(outcome.items.count, "chunk")) would be \(verb)"
                : "\(Wording.count(done, "chunk")) \(verb)"
        ]
        if skipped > 0 { parts.append("\(Wording.count(skipped)) skipped") }
        let failed = outcome.count(.failed)
        if failed > 0 { parts.append(ink(.error, "\(Wording.count(failed)) failed")) }
        try context.output.line(parts.joined(separator: ", "))
        var table = TextTable(columns: 3)
        for item in outcome.items where item.result != .done {
            let meaning: Ink.Meaning = item.result == .failed ? .error : .warning
            table.add([
                .init(item.key), .init(item.result.rawValue, meaning), .init(item.reason, .dim),
            ])
        }
        for line in table.lines(ink, indent: 2) { try context.output.line(line) }
        if let undo, outcome.trash != nil, done > 0 {
            try context.output.line(ink(.dim, "undo: ") + ink(.accent, visible(undo)))
        }
    }
}
