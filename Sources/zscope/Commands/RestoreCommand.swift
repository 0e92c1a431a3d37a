import JSONValue
import ZarrEngine

extension OptionDeclaration {
    fileprivate static let restoreDryRun = Self(
        "dry-run",
        help: "say what would come back; change nothing"
    )
    fileprivate static let listTrash = Self(
        "list",
        help: "the deletes in the trash, oldest first; nothing is restored"
    )
}

extension CommandDeclaration {
    static let restore = CommandDeclaration(
        "restore",
        "undo a delete, bit for bit",
        operands: [.locator, Operand("TRASH-ID", isOptional: true)],
        options: [.listTrash, .restoreDryRun, .json, .format(["text", "json"])],
        discussion:
            "Of an array, or of every array below a group: each has a trash of its own. Without"
            + "\nTRASH-ID the latest delete that has not been restored, wherever it lies. A chunk that was"
            + "\nwritten since stays as it is.",
        examples: [
            .init("zscope restore data.zarr/temp", "bring back what the last delete took"),
            .init("zscope restore data.zarr --list", "what can be brought back, of all arrays"),
        ],
        action: .batch { context in try await Restoration(context).perform() }
    )
}

/// One restoration from the command line.
private struct Restoration {
    let context: CommandContext
    let target: Target
    /// The array; `nil` where the locator names a group.
    let array: ArrayNode?

    init(_ context: CommandContext) async throws {
        self.context = context
        target = try await Target(context.locator)
        array = try await target.node().array
    }

    func perform() async throws -> ExitStatus {
        if context.arguments.has(.listTrash) { return try await list() }
        guard let array else { return try await restoreBelow() }
        let id = context.arguments.operand(1)
        let outcome = try await array.restore(id, options)
        return try report(outcome)
    }

    private var options: RepairOptions {
        var options = RepairOptions(isDryRun: context.arguments.has(.restoreDryRun))
        options.onProgress = context.repairProgress("restored")
        return options
    }

    private func report(_ outcome: RepairOutcome) throws -> ExitStatus {
        context.messages.clearProgress()
        let report = RepairReport(
            verb: "restored",
            outcome: outcome,
            isDryRun: context.arguments.has(.restoreDryRun)
        )
        try report.print(context, undo: nil)
        return report.status
    }

    /// Restores the named deletion, or the latest, in every array that has it.
    private func restoreBelow() async throws -> ExitStatus {
        let (kept, problems) = try await target.hierarchy.trash(at: target.path)
        for problem in problems { context.messages.warning("\(problem)") }
        guard let id = context.arguments.operand(1) ?? kept.last?.entry.id,
            let first = kept.first(where: { $0.entry.id == id })
        else {
            let id = context.arguments.operand(1)
            throw ToolError(
                id.map { "no array of \(target.place) has a deletion \($0) in its trash" }
                    ?? "there is nothing in the trash of any array of \(target.place)",
                remedy: id == nil ? nil : "'zscope restore … --list' shows what there is"
            )
        }
        var outcome = try await first.array.restore(id, options)
        for other in kept where other.entry.id == id && other.array.path != first.array.path {
            outcome.add(try await other.array.restore(id, options))
        }
        return try report(outcome)
    }

    private func list() async throws -> ExitStatus {
        if let array {
            return try await TrashReport(
                entries: array.trash().map { ("\(array.path)", $0) },
                isOfGroup: false
            ).print(context)
        }
        let (kept, problems) = try await target.hierarchy.trash(at: target.path)
        for problem in problems { context.messages.warning("\(problem)") }
        return try TrashReport(
            entries: kept.map { ("\($0.array.path)", $0.entry) },
            isOfGroup: true
        ).print(context)
    }
}

/// The deletes that can be undone, for `zscope restore --list`.
private struct TrashReport {
    let entries: [(path: String, entry: TrashEntry)]
    /// Whether arrays differ, so that each line names its own.
    let isOfGroup: Bool

    func print(_ context: CommandContext) throws -> ExitStatus {
        guard try context.format() != .json else {
            let rows = entries.map { path, entry -> JSONValue in
                [
                    "id": .string(entry.id),
                    "array": .string(path),
                    "chunks": entry.chunkCount.map { .integer($0) } ?? .null,
                    "created": entry.moment.map { .string(Timestamp.iso($0)) } ?? .null,
                ]
            }
            try context.output.json(["trash": .array(rows)])
            return .done
        }
        guard !entries.isEmpty else {
            try context.output.line("there is nothing in the trash")
            return .done
        }
        var table = TextTable(
            [("TRASH-ID", .left), ("CHUNKS", .right), ("DELETED", .left)]
                + (isOfGroup ? [("ARRAY", .left)] : [])
        )
        for (path, entry) in entries {
            table.add(
                [
                    .init(entry.id, .accent), .init(entry.chunkCount.map(Wording.count) ?? "-"),
                    .init(entry.moment.map(Timestamp.plain) ?? "-", .dim),
                ] + (isOfGroup ? [.init(path)] : [])
            )
        }
        for line in table.lines(context.ink) { try context.output.line(line) }
        return .done
    }
}
