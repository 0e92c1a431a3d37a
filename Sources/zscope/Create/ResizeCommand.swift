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
            + "\nan array does not grow over old values unless they are deleted or kept on purpose."
            + "\nA chunk at the new edge keeps what lies beyond it, until the array grows again.",
        examples: [
            .init("zscope resize data.zarr/temp time=730", "room for another year"),
            .init(
                "zscope resize data.zarr/temp 31,720,1440 --delete-outside --yes",
                "a month, and no chunk left outside it"
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
            return try NewArrayWords.lengths(text, "SHAPE", least: 0)
        }
        var shape = metadata.shape
        var named: Set<Int> = []
        for part in text.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2, let length = Int(sides[1]), length >= 0 else {
                throw UsageError("a length by name is 'NAME=N', not '\(part)'", command: "resize")
            }
            let dimension = try DimensionWord.position(sides[0], metadata)
            guard named.insert(dimension).inserted else {
                throw UsageError("the dimension '\(sides[0])' is named twice", command: "resize")
            }
            shape[dimension] = length
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
        let (outside, edges) = (plan.returning.items.count, plan.edges.items.count)
        if plan.bringsBack, !deletes, !context.arguments.has(Self.keep) {
            var places: [String] = []
            if outside > 0 { places.append("in \(chunks(outside)) outside it now") }
            if edges > 0 { places.append("in \(chunks(edges)) at its edge") }
            throw ToolError(
                "\(target.place): old values would return, \(places.joined(separator: " and "))",
                remedy: "--delete-outside removes them first, --keep-outside lets them return"
            )
        }
        guard deletes, !doomed.isEmpty || edges > 0, !context.arguments.has(.goAhead) else {
            return
        }
        var losses: [String] = []
        if !doomed.isEmpty {
            let bytes = plan.outside.byteCount + plan.returning.byteCount
            losses.append("delete \(chunks(doomed.count)) (\(Wording.bytes(bytes)))")
        }
        if edges > 0 {
            losses.append("set \(chunks(edges)) at the edge to fill beyond it")
        }
        throw ToolError(
            "this would \(losses.joined(separator: " and ")) of \(target.place)",
            remedy: "add --yes to do it, or --dry-run to see which"
        )
    }

    private func chunks(_ count: Int) -> String {
        Wording.count(count, "chunk")
    }

    private func report(_ outcome: RepairOutcome?) throws {
        let failed = outcome?.count(.failed) ?? 0
        let done = outcome?.items.filter { $0.result == .done } ?? []
        let edges = Set(plan.returningEdges)
        let rewritten = done.count { edges.contains($0.index) }
        if try context.format() == .json {
            try context.output.json([
                "path": .string(target.path.description),
                "old_shape": .integers(plan.array.metadata.shape),
                "shape": .integers(plan.resized.metadata.shape),
                "outside": .array(plan.outside.items.map(Self.json)),
                "returning": .array(plan.returning.items.map(Self.json)),
                "returning_edges": .array(plan.returningEdges.map { .integers($0.coordinates) }),
                "deleted": .integer(done.count - rewritten),
                "rewritten": .integer(rewritten),
                "failed": .integer(failed),
                "trash": outcome?.trash.map { .string($0) } ?? .null,
                "dry_run": .bool(isDryRun),
            ])
            return
        }
        try context.output.line("\(visible(target.place)) \(sentence(outcome))")
        let fate = deletes ? "deleted" : "kept, outside the array"
        try list(plan.outside.items.map(\.key), isDryRun && deletes ? "to be deleted" : fate)
        try list(plan.returning.items.map(\.key), deletes ? "deleted before" : "read again")
        try list(
            plan.returningEdges.map(plan.array.key),
            deletes ? "rewritten, with fill beyond the edge" : "read again at the edge"
        )
        if failed > 0 { try context.output.line("\(chunks(failed)) failed and stayed as before") }
        if let trash = outcome?.trash, !done.isEmpty {
            let undo = "zscope restore \(ShellWord.quoted(target.place)) \(trash)"
            try context.output.line(context.ink(.dim, "chunks back: ") + visible(undo))
        }
    }

    /// What becomes, or became, of the shape.
    private func sentence(_ outcome: RepairOutcome?) -> String {
        let (old, new) = (plan.array.metadata.shape, plan.resized.metadata.shape)
        if plan.keepsShape { return "already has the shape \(new)" }
        let first = Set(plan.returning.items.map(\.index) + plan.returningEdges)
        let isStuck =
            outcome?.items.contains { $0.result == .failed && first.contains($0.index) } ?? false
        if isStuck { return "keeps the shape \(old): old values would return" }
        return (isDryRun ? "would change shape: " : "changed shape: ") + "\(old) → \(new)"
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
