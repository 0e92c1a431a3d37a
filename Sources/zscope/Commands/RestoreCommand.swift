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
            "Without TRASH-ID the latest delete of that array that has not been restored. A chunk"
            + "\nthat was written since stays as it is.",
        examples: [
            .init("zscope restore data.zarr/temp", "bring back what the last delete took"),
            .init("zscope restore data.zarr/temp --list", "what can be brought back"),
        ],
        action: .batch { context in
            let array = try await Target(context.locator).array()
            if context.arguments.has(.listTrash) {
                return try await TrashReport(entries: array.trash()).print(context)
            }
            var options = RepairOptions(isDryRun: context.arguments.has(.restoreDryRun))
            options.onProgress = context.repairProgress("restored")
            let outcome = try await array.restore(context.arguments.operand(1), options)
            context.messages.clearProgress()
            let report = RepairReport(
                verb: "restored",
                outcome: outcome,
                isDryRun: options.isDryRun
            )
            try report.print(context, undo: nil)
            return report.status
        }
    )
}

/// The deletes that can be undone, for `zscope restore --list`.
private struct TrashReport {
    let entries: [TrashEntry]

    func print(_ context: CommandContext) throws -> ExitStatus {
        guard try context.format() != .json else {
            let rows = entries.map { entry -> JSONValue in
                [
                    "id": .string(entry.id),
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
        var table = TextTable([("TRASH-ID", .left), ("CHUNKS", .right), ("DELETED", .left)])
        for entry in entries {
            table.add([
                .init(entry.id, .accent), .init(entry.chunkCount.map(Wording.count) ?? "-"),
                .init(entry.moment.map(Timestamp.plain) ?? "-", .dim),
            ])
        }
        for line in table.lines(context.ink) { try context.output.line(line) }
        return .done
    }
}
