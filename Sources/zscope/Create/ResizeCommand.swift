import JSONValue
import Storage
import ZarrEngine
import ZarrModel

extension CommandDeclaration {
    static let resize = CommandDeclaration(
        "resize",
        "another shape for an array",
        operands: [.locator, .init("SHAPE")],
        options: [
            OptionDeclaration(
                "delete-outside",
                help: "delete stored chunks that lie outside, and old values that would return"
            ),
            OptionDeclaration("keep-outside", help: "let old values return where the array grows"),
            .changesNothing, .goAhead, .noTrash, .json, .format(["text", "json"]),
        ],
        discussion: "SHAPE is all lengths, '100,200', or some by name, 'time=100'. Chunks outside"
            + "\nthe new shape stay in the store and are listed, unless --delete-outside is given;"
            + "\nan array does not grow over old values unless they are deleted or kept on purpose.",
        examples: [
            .init("zscope resize data.zarr/temp time=730", "room for another year"),
            .init(
                "zscope resize data.zarr/temp 31,720,1440 --delete-outside --yes",
                "a month, and nothing left of the rest"
            ),
        ],
        action: .batch { context in try await Resizing(context).perform() }
    )
}

/// One resize from the command line.
private struct Resizing {
    private static let delete = OptionDeclaration("delete-outside", help: "")
    private static let keep = OptionDeclaration("keep-outside", help: "")

    let context: CommandContext
    let target: Target
    let plan: ResizePlan

    init(_ context: CommandContext) async throws {
        self.context = context
        guard !(context.arguments.has(Self.delete) && context.arguments.has(Self.keep)) else {
            throw UsageError("--delete-outside and --keep-outside exclude one another")
        }
        target = try await Target(context.locator)
        let array = try await target.array()
        let shape = try Self.shape(context.arguments.operand(1) ?? "", array.metadata)
        do {
            plan = try await target.hierarchy.resizePlan(at: target.path, to: shape)
        } catch {
            throw target.located(error)
        }
    }

    private static func shape(_ text: String, _ metadata: ArrayMetadata) throws -> [Int] {
        guard text.contains("=") else {
            return try NewArrayWords.lengths(text, .shape, least: 0)
        }
        var shape = metadata.shape
        for part in text.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2, let length = Int(sides[1]), length >= 0 else {
                throw UsageError("a length by name is 'NAME=N', not '\(part)'", command: "resize")
            }
            shape[try DimensionWord.position(sides[0], metadata)] = length
        }
        return shape
    }

    private var isDryRun: Bool { context.arguments.has(.changesNothing) }
    private var deletes: Bool { context.arguments.has(Self.delete) }
    private var doomed: [DeletePlan.Item] { plan.outside.items + plan.returning.items }

    func perform() async throws -> ExitStatus {
        try check()
        do {
            var outcome: RepairOutcome?
            if !isDryRun {
                var options = RepairOptions(usesTrash: !context.arguments.has(.noTrash))
                options.onProgress = context.repairProgress("deleted")
                outcome = try await target.hierarchy.resize(plan, deletesOutside: deletes, options)
                context.messages.clearProgress()
            }
            try report(outcome)
            if !isDryRun { try await context.warnOfCopies(target) }
            return outcome?.count(.failed) ?? 0 > 0 ? .findings : .done
        } catch {
            throw target.located(error)
        }
    }

    private func check() throws {
        guard !isDryRun else { return }
        if plan.bringsBack, !deletes, !context.arguments.has(Self.keep) {
            throw ToolError(
                "old values would return: in \(chunks(plan.returning.items.count)) that lie outside"
                    + " now, and in \(chunks(plan.returningEdges.count)) at the edge",
                remedy: "--delete-outside removes them first, --keep-outside lets them return"
            )
        }
        if deletes, !doomed.isEmpty, !context.arguments.has(.goAhead) {
            let bytes = plan.outside.byteCount + plan.returning.byteCount
            throw ToolError(
                "this would delete \(chunks(doomed.count)) (\(Wording.bytes(bytes)))"
                    + " of \(target.place)",
                remedy: "add --yes to do it, or --dry-run to see which"
            )
        }
    }

    private func chunks(_ count: Int) -> String {
        Wording.count(count, "chunk")
    }

    private func report(_ outcome: RepairOutcome?) throws {
        let failed = outcome?.count(.failed) ?? 0
        if try context.format() == .json {
            try context.output.json([
                "path": .string(target.path.description),
                "old_shape": .integers(plan.array.metadata.shape),
                "shape": .integers(plan.resized.metadata.shape),
                "outside": .array(plan.outside.items.map(Self.json)),
                "returning": .array(plan.returning.items.map(Self.json)),
                "returning_edges": .array(plan.returningEdges.map { .integers($0.coordinates) }),
                "deleted": .integer(outcome?.count(.done) ?? 0),
                "failed": .integer(failed),
                "trash": outcome?.trash.map { .string($0) } ?? .null,
                "dry_run": .bool(isDryRun),
            ])
            return
        }
        let verb = isDryRun ? "would have" : "has"
        let new = plan.resized.metadata.shape
        try context.output.line(
            "\(visible(target.place)) \(verb) the shape \(new), not \(plan.array.metadata.shape)"
        )
        let fate = deletes ? "deleted" : "kept, outside the array"
        try list(plan.outside.items.map(\.key), isDryRun && deletes ? "to be deleted" : fate)
        try list(plan.returning.items.map(\.key), deletes ? "deleted before" : "read again")
        try list(
            plan.returningEdges.map(plan.array.key),
            deletes ? "set to fill at the edge" : "read again at the edge"
        )
        if failed > 0 { try context.output.line("\(chunks(failed)) not deleted") }
    }

    private func list(_ keys: [String], _ fate: String) throws {
        guard !keys.isEmpty else { return }
        try context.output.line("  \(chunks(keys.count)) \(fate)")
        for key in keys.prefix(20) { try context.output.line("    \(visible(key))") }
        if keys.count > 20 {
            try context.output.line("    … \(Wording.count(keys.count - 20)) more")
        }
    }

    private static func json(_ item: DeletePlan.Item) -> JSONValue {
        [
            "index": .integers(item.index.coordinates), "key": .string(item.key),
            "bytes": item.info?.size.map { .integer($0) } ?? .null,
        ]
    }
}
