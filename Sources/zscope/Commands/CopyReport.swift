import JSONValue
import ZarrEngine
import ZarrModel

/// What a copy did, for a script and for a person.
struct CopyReport {
    let plan: CopyPlan
    let outcome: CopyOutcome
    /// Both ends as a person names them.
    let source: String
    let destination: String
    let isVerified: Bool

    /// Findings where something of the source is not in the copy, or differs.
    var status: ExitStatus {
        isComplete && outcome.failures.isEmpty ? .done : .findings
    }

    private var isComplete: Bool {
        outcome.unfinished.isEmpty && plan.problems.isEmpty
    }

    func print(_ context: CommandContext) throws {
        if try context.format() == .json {
            try context.output.json(json)
        } else {
            try text(context)
        }
    }

    private var json: JSONValue {
        .object([
            "source": .string(source),
            "destination": .string(destination),
            "groups": .integer(plan.groups.count),
            "arrays": .integer(plan.arrays.count),
            "chunks": .integer(outcome.total),
            "copied": .integer(outcome.copied),
            "encoded": .integer(outcome.encoded),
            "empty": .integer(outcome.empty),
            "kept": .integer(outcome.kept),
            "failed": .integer(outcome.failures.count),
            "bytes": .integer(outcome.storedBytes),
            "verified": isVerified ? .integer(outcome.verified) : .null,
            "resumed": .bool(outcome.isResumed),
            "complete": .bool(isComplete),
            "unfinished": .strings(outcome.unfinished.map(\.description)),
            "findings": .array(outcome.failures.map(row)),
            "problems": .array(
                plan.problems.map { problem in
                    ["where": .string(problem.location), "message": .string(problem.message)]
                }
            ),
            "foreign": .strings(plan.foreign.map(\.description)),
        ])
    }

    private func row(_ failure: CopyFailure) -> JSONValue {
        [
            "path": .string(failure.path.description),
            "index": .integers(failure.index.coordinates),
            "key": .string(failure.key),
            "state": .string(failure.state.word),
            "reason": .string(failure.reason),
        ]
    }

    private func text(_ context: CommandContext) throws {
        let ink = context.ink
        var table = TextTable([("", .left), ("", .right)])
        for (name, count) in [
            ("groups", plan.groups.count), ("arrays", plan.arrays.count),
            ("chunks", outcome.total), ("copied as they are", outcome.copied),
            ("encoded anew", outcome.encoded), ("nothing but fill", outcome.empty),
            ("there already", outcome.kept),
        ] where count > 0 || name == "chunks" {
            table.add([.init(name, .dim), .init(Wording.count(count))])
        }
        table.add([.init("stored", .dim), .init(Wording.bytes(outcome.storedBytes))])
        if isVerified {
            let isSame = outcome.failures.isEmpty
            table.add([
                .init("verified", .dim),
                .init(Wording.count(outcome.verified), isSame ? .good : .plain),
            ])
        }
        if !outcome.failures.isEmpty {
            table.add([
                .init("failed", .dim), .init(Wording.count(outcome.failures.count), .error),
            ])
        }
        for line in table.lines(ink) { try context.output.line(line) }
        try failures(context)
    }

    private func failures(_ context: CommandContext) throws {
        let ink = context.ink
        if !outcome.failures.isEmpty {
            try context.output.line()
            var table = TextTable([
                ("ARRAY", .left), ("INDEX", .left), ("STATE", .left), ("WHY", .left),
            ])
            for failure in outcome.failures {
                table.add([
                    .init(failure.path.description), .init(failure.index.description),
                    .init(failure.state.word, failure.state.meaning), .init(failure.reason, .dim),
                ])
            }
            for line in table.lines(ink) { try context.output.line(line) }
        }
        for path in outcome.unfinished {
            try context.output.line(
                ink(.error, "not finished: ") + visible(path.description)
                    + ink(.dim, " has no document in the copy; mend the source and run this again")
            )
        }
    }
}
