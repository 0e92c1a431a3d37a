import JSONValue
import ZarrEngine
import ZarrModel

/// The verification of every array below a group, one after the other, or of one share of their chunks.
struct VerifyGroup {
    private let context: CommandContext
    private let target: Target
    private let part: VerifyPart
    private let file: VerifyFile?
    private var printer: VerifyGroupPrinter
    private var hasErrors = false
    private var isStorageSound = true
    /// Chunks of the arrays so far, as far as shares tell them apart.
    private var chunksBefore = 0

    /// Throws for options that mean nothing, and for a file of another verification.
    init(_ context: CommandContext, _ target: Target) throws {
        self.context = context
        self.target = target
        let part = try VerifyRun.part(context.arguments)
        self.part = part
        file = try context.arguments.value(.resume).map { path throws(ToolError) in
            try VerifyFile(path, ["group": .string(target.place), "part": .string(part.text)])
        }
        printer = try VerifyGroupPrinter(context, target.path.description, part)
    }

    /// Verifies them. What is broken is told with its error, and its siblings are verified.
    consuming func perform() async throws -> ExitStatus {
        let tree = try await target.hierarchy.tree(at: target.path)
        for node in tree.nodes {
            if let error = node.error {
                hasErrors = true
                try printer.tell(node.path.description, error.message)
            } else if let array = node.array {
                try await verify(array)
                chunksBefore = (chunksBefore + array.grid.total % part.count) % part.count
            }
        }
        try file?.save()
        try printer.finish()
        guard isStorageSound else { return .failed }
        return printer.hasFindings || hasErrors ? .findings : .done
    }

    private mutating func verify(_ array: ArrayNode) async throws {
        let place = target.name(of: array.path)
        let share = part.shifted(by: chunksBefore)
        let run = try VerifyRun(context, array, place, share, file)
        let verification: Verification
        do {
            verification = try await run.begin()
        } catch {
            let failure = ToolError(reporting: error)
            guard failure.status == .failed else { throw failure }
            isStorageSound = false
            return try printer.tell(array.path.description, failure.message)
        }
        try printer.begin()
        let summary = try await run.perform(verification)
        printer.add(
            array.path.description,
            VerifyCounts(summary),
            isGuarded: !array.checksums.isEmpty
        )
    }
}
