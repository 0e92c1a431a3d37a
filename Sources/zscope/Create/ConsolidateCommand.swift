import JSONValue
import ZarrEngine
import ZarrModel

extension CommandDeclaration {
    static let consolidate = CommandDeclaration(
        "consolidate",
        "every node's metadata in one document, for readers that cannot list",
        operands: [.locator],
        options: [
            OptionDeclaration("check", help: "compare the copy with the documents; change nothing"),
            .json, .format(["text", "json"]),
        ],
        discussion: "Writes .zmetadata (v2), or into the group's zarr.json (v3), or refreshes what"
            + "\nis there. A node that cannot be read is an error: a copy without it would hide it."
            + "\nWith --check the exit status is 1 where the copy is missing or stale.",
        examples: [
            .init("zscope consolidate data.zarr", "write or refresh it"),
            .init("zscope consolidate data.zarr --check", "is it what the documents say?"),
        ],
        action: .batch { context in
            let target = try await Target(context.locator)
            let isCheck = context.arguments.has(OptionDeclaration("check", help: ""))
            do {
                let plan = try await target.hierarchy.consolidationPlan(at: target.path)
                if !isCheck, !plan.isCurrent { try await target.hierarchy.consolidate(plan) }
                let report = ConsolidationReport(plan: plan, target: target, isCheck: isCheck)
                try report.print(context)
                return isCheck && !plan.isCurrent ? .findings : .done
            } catch {
                throw target.located(error)
            }
        }
    )
}

/// What became of consolidated metadata.
private struct ConsolidationReport {
    let plan: ConsolidationPlan
    let target: Target
    let isCheck: Bool

    private var json: JSONValue {
        [
            "path": .string(plan.path.description),
            "zarr_format": .integer(plan.version.rawValue),
            "nodes": .integer(plan.nodeCount),
            "had_copy": .bool(plan.hasCopy),
            "current": .bool(plan.isCurrent),
            "written": .bool(!isCheck && !plan.isCurrent),
            "differences": .array(
                plan.differences.map {
                    ["path": .string($0.path.description), "state": .string($0.kind.rawValue)]
                }
            ),
            "left_out": .array(plan.leftOut.map { .string($0.description) }),
        ]
    }

    func print(_ context: CommandContext) throws {
        for path in plan.leftOut {
            context.messages.warning(
                "\(path) is left out: it has no document of Zarr v\(plan.version.rawValue)"
            )
        }
        if try context.format() == .json {
            try context.output.json(json)
            return
        }
        let nodes = Wording.count(plan.nodeCount, "node")
        if plan.isCurrent {
            try context.output.line("the copy of \(nodes) is what the documents say")
            return
        }
        if !isCheck {
            try context.output.line("\(plan.hasCopy ? "refreshed" : "wrote") the copy of \(nodes)")
        } else if !plan.hasCopy {
            try context.output.line("there is no copy of the \(nodes)")
        }
        if let problem = plan.problem {
            let place =
                isCheck ? "the copy cannot be read: " : "  what was there could not be read: "
            try context.output.line(place + visible("\(problem)"))
            return
        }
        guard plan.hasCopy else { return }
        for difference in plan.differences {
            let path = visible(difference.path.description)
            try context.output.line("  \(path): \(Self.words[difference.kind] ?? "")")
        }
    }

    private static let words: [ConsolidationPlan.Difference.Kind: String] = [
        .missing: "not in the copy", .extra: "in the copy alone", .differs: "the copy differs",
    ]
}
