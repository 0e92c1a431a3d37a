import JSONValue
import Storage
import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    fileprivate static let olderThan = Self(
        "older-than",
        takes: .text("TIME"),
        help: "leftovers count when they have not changed for so long (default 1h; 0 is at once)"
    )
    fileprivate static let vacuumDryRun = Self(
        "dry-run",
        help: "list what would go; change nothing"
    )
    fileprivate static let vacuumYes = Self(
        "yes",
        short: "y",
        help: "go ahead; without it what would go is listed and nothing is deleted"
    )
    fileprivate static let vacuumNoTrash = Self(
        "no-trash",
        help: "delete orphans for good: no trash, no way back"
    )
}

extension CommandDeclaration {
    static let vacuum = CommandDeclaration(
        "vacuum",
        "removes chunks outside the grid and what killed writers left behind",
        operands: [.locator],
        options: [
            .olderThan, .vacuumDryRun, .vacuumYes, .vacuumNoTrash, .json,
            .format(["text", "json"]),
        ],
        discussion:
            "Of an array, or of every array and group below a group. Orphans go into the trash"
            + "\nof their array. Unfinished files are known by the names that zscope, zarr-python,"
            + "\nTensorStore, zarrs and object_store write under; what else is not Zarr's is listed and"
            + "\nnever touched. Exit status 1 when something failed or could not be looked at.",
        examples: [
            .init("zscope vacuum data.zarr --dry-run", "what would go"),
            .init("zscope vacuum data.zarr --older-than 1d --yes", "remove it"),
        ],
        action: .batch { context in try await Vacuum(context).perform() }
    )
}

/// One vacuum from the command line.
private struct Vacuum {
    let context: CommandContext
    let target: Target
    let age: Int64

    init(_ context: CommandContext) async throws {
        self.context = context
        age = try Self.age(context.arguments.value(.olderThan))
        target = try await Target(context.locator)
    }

    /// Seconds; `1d` besides what durations are elsewhere.
    private static func age(_ text: String?) throws(UsageError) -> Int64 {
        guard let text else { return 3600 }
        if text == "0" { return 0 }
        let isDays = text.hasSuffix("d")
        let duration = Quantity.duration(isDays ? String(text.dropLast()) + "h" : text)
        guard let duration, text.utf8.last.map({ !(0x30...0x39).contains($0) }) == true else {
            throw UsageError("--older-than takes a time such as 30m, 1h or 2d, not '\(text)'")
        }
        return duration.components.seconds * (isDays ? 24 : 1)
    }

    func perform() async throws -> ExitStatus {
        let arguments = context.arguments
        _ = try await target.node()
        let plan = try await target.hierarchy.vacuumPlan(at: target.path, age: age)
        let isDryRun = arguments.has(.vacuumDryRun)
        let isAsked = isDryRun || arguments.has(.vacuumYes) || plan.count == 0
        var options = RepairOptions(
            usesTrash: !arguments.has(.vacuumNoTrash),
            isDryRun: isDryRun || !isAsked
        )
        options.onProgress = context.repairProgress("removed")
        let outcome = try await target.hierarchy.vacuum(plan, options)
        context.messages.clearProgress()
        let report = VacuumReport(plan: plan, outcome: outcome, isDryRun: options.isDryRun)
        for problem in plan.problems { context.messages.warning("\(problem)") }
        if try isAsked || context.format() == .text { try report.print(context) }
        guard isAsked else {
            try context.output.flush()
            throw ToolError(
                "this would delete \(Wording.count(plan.count, "object"))"
                    + " (\(Wording.bytes(plan.byteCount))) of \(target.place)",
                remedy: "add --yes to do it, or --dry-run to see what would go"
            )
        }
        return report.status
    }
}

/// What a vacuum did, for a script and for a person.
private struct VacuumReport {
    let plan: VacuumPlan
    let outcome: VacuumOutcome
    let isDryRun: Bool

    /// Findings where something failed or could not be looked at, or all that was asked for was left.
    var status: ExitStatus {
        let isFutile = outcome.count(.done) == 0 && outcome.count(.skipped) > 0
        let isBroken = outcome.count(.failed) > 0 || !plan.problems.isEmpty
        return isBroken || isFutile ? .findings : .done
    }

    private var done: Int { isDryRun ? 0 : outcome.count(.done) }

    func print(_ context: CommandContext) throws {
        if try context.format() == .json {
            try context.output.json(json)
        } else {
            try text(context)
        }
    }

    private var json: JSONValue {
        .object([
            "planned": .integer(plan.count),
            "deleted": .integer(done),
            "skipped": .integer(outcome.count(.skipped) + plan.young.count),
            "failed": .integer(outcome.count(.failed)),
            "trash": outcome.trash.map { .string($0) } ?? .null,
            "dry_run": .bool(isDryRun),
            "findings": .array(outcome.items.map(row) + plan.young.map(row)),
            "foreign": .strings(plan.foreign),
        ])
    }

    private func row(_ item: VacuumOutcome.Item) -> JSONValue {
        let isDone = item.result == .done
        let what = isDryRun ? "it would be deleted" : "it was deleted"
        let maker = item.index == nil ? ": \(item.reason) did not finish it" : ""
        return [
            "index": item.index.map { .integers($0.coordinates) } ?? .null,
            "key": .string(item.key),
            "state": .string(
                isDone ? item.index == nil ? "leftover" : "orphan" : item.result.rawValue
            ),
            "reason": .string(isDone ? what + maker : item.reason),
            "bytes": item.byteCount.map { .integer($0) } ?? .null,
        ]
    }

    private func row(_ young: Leftover) -> JSONValue {
        [
            "index": .null, "key": .string(young.key), "state": "skipped",
            "reason": .string(Self.why(young)),
            "bytes": young.info.size.map { .integer($0) } ?? .null,
        ]
    }

    private static func why(_ young: Leftover) -> String {
        young.info.modified == nil
            ? "\(young.maker) may be writing it: the storage does not say how old it is"
            : "\(young.maker) may be writing it: it is too young"
    }

    private func text(_ context: CommandContext) throws {
        let ink = context.ink
        var parts = [
            isDryRun
                ? "\(Wording.count(outcome.items.count, "object")) would be deleted"
                : "\(Wording.count(done, "object")) deleted"
        ]
        let skipped = outcome.count(.skipped) + plan.young.count
        if skipped > 0 { parts.append("\(Wording.count(skipped)) skipped") }
        let failed = outcome.count(.failed)
        if failed > 0 { parts.append(ink(.error, "\(Wording.count(failed)) failed")) }
        if !plan.foreign.isEmpty { parts.append("\(Wording.count(plan.foreign.count)) foreign") }
        try context.output.line(parts.joined(separator: ", "))
        var table = TextTable([("", .left), ("", .left), ("", .right), ("", .left)])
        for item in outcome.items {
            let isDone = item.result == .done
            table.add([
                .init(item.key),
                .init(
                    isDone ? item.index == nil ? "leftover" : "orphan" : item.result.rawValue,
                    item.result == .failed ? .error : isDone ? .plain : .warning
                ),
                .init(item.byteCount.map(Wording.bytes) ?? "-"), .init(item.reason, .dim),
            ])
        }
        for young in plan.young {
            table.add([
                .init(young.key), .init("skipped", .warning),
                .init(young.info.size.map(Wording.bytes) ?? "-"), .init(Self.why(young), .dim),
            ])
        }
        for key in plan.foreign {
            table.add([.init(key), .init("foreign", .dim), .init(""), .init("left alone", .dim)])
        }
        for line in table.lines(ink, indent: 2) { try context.output.line(line) }
        if let trash = outcome.trash, done > 0 {
            try context.output.line(ink(.dim, "trash: ") + ink(.accent, trash))
        }
    }
}
