import ZarrEngine
import ZarrModel

extension CommandDeclaration {
    /// What the explorer's line does where there is no terminal.
    static let glance = CommandDeclaration(
        "",
        "the map, and the command that opens the explorer",
        operands: [Operand("LOCATOR", isOptional: true)],
        isHidden: true,
        action: .batch { context in
            guard let locator = context.arguments.operand(0) else {
                try BackendsReport(context).table()
                try context.invitation("zscope LOCATOR")
                return .done
            }
            let target = try await GlanceReport.target(locator)
            let status = try await GlanceReport(context: context, target: target).print()
            try context.invitation("zscope \(ShellWord.quoted(target.place))")
            return status
        }
    )
}

extension CommandContext {
    /// Says how the explorer is opened.
    fileprivate func invitation(_ command: String) throws {
        try output.line()
        let line = ink(.dim, "in a terminal that can draw, this opens the explorer: ")
        try output.line(line + ink(.accent, visible(command)))
    }
}

/// A store at a glance: its tree, and the maps of its first arrays.
private struct GlanceReport {
    let context: CommandContext
    let target: Target

    /// How many arrays are mapped.
    private static let limit = 6

    /// Opens `locator`; a word that may have been meant as a command gets a hint.
    static func target(_ locator: String) async throws -> Target {
        do {
            return try await Target(locator)
        } catch {
            let failure = ToolError(reporting: error)
            let names = CommandTable.zscope.shown.map(\.name)
            guard failure.remedy == nil, let near = nearest(to: locator, among: names) else {
                throw error
            }
            throw ToolError(
                failure.message,
                remedy: "or was the command '\(near)' meant?",
                status: failure.status
            )
        }
    }

    func print() async throws -> ExitStatus {
        let node = try await target.node()
        if let array = node.array {
            return try await MapReport(context, target, array).print()
        }
        let tree = try await target.hierarchy.tree(at: target.path)
        let report = TreeReport(context, target)
        try report.text(tree)
        var isSound = !tree.isBroken
        let arrays = tree.arrays
        for array in arrays.prefix(Self.limit) {
            try context.output.line()
            let status = try await MapReport(context, target.at(array.path), array).print()
            if status != .done { isSound = false }
        }
        if arrays.count > Self.limit {
            let rest = arrays.count - Self.limit
            try context.output.line()
            try context.output.line(context.ink(.dim, "and \(Wording.count(rest)) more arrays"))
        }
        return isSound ? .done : .findings
    }
}
