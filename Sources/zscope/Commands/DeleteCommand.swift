import JSONValue
import Storage
import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    static let chunkList = Self(
        "chunks",
        takes: .text("'0,1;2,3'"),
        help: "these chunks of the grid (shards, where the array is sharded)"
    )
    static let box = Self(
        "box",
        takes: .text("'0:2,3:5'"),
        help: "every stored chunk of a box of the grid"
    )
    static let from = Self(
        "from",
        takes: .file("FILE"),
        help: "the chunks named in FILE: '0,1' a line, or what 'chunks' and 'verify' print as JSON;"
            + " '-' is standard input"
    )
    static let dryRun = Self("dry-run", help: "list what would be deleted; change nothing")
    static let deletedState = Self(
        "state",
        takes: .list("S,…", ["present", "short", "corrupt", "orphan"]),
        help: "every stored chunk in these states, as far as its size tells"
    )
    static let yes = Self("yes", short: "y", help: "go ahead; without it nothing is deleted")
    static let noTrash = Self("no-trash", help: "delete for good: no trash, no way back")
}

extension CommandDeclaration {
    static let delete = CommandDeclaration(
        "delete",
        "chunks only, into a trash inside the store; 'restore' brings them back",
        operands: [.locator],
        options: [
            .chunkList, .box, .deletedState, .from, .dryRun, .yes, .noTrash, .json,
            .format(["text", "json"]),
        ],
        discussion: "Documents, other arrays and what is no chunk are never touched. A chunk that"
            + "\nchanged since it was looked at is skipped. Other Zarr programs do not see the trash.",
        examples: [
            .init("zscope delete data.zarr/temp --state short --dry-run", "what would go"),
            .init("zscope delete data.zarr/temp --chunks '0,1;2,3' --yes", "two chunks"),
        ],
        action: .batch { context in try await Deletion(context).perform() }
    )
}

extension CommandContext {
    /// Shows how far a delete or restore is.
    func repairProgress(_ verb: String) -> @Sendable (Int, Int) -> Void {
        let messages = messages
        return { done, total in
            messages.progress("\(Wording.count(done)) of \(Wording.count(total)) chunks \(verb)")
        }
    }
}

extension CommandContext {
    /// Says, where `--state` named nothing, that there may be more than sizes tell.
    func hintAtVerify(_ target: Target, _ command: String, _ option: String) {
        guard arguments.has(.state) else { return }
        let place = ShellWord.quoted(target.place)
        messages.note("sizes tell of no such chunk; 'verify' decodes them and may find some:")
        messages.note(
            "zscope verify \(place) --json | zscope \(command) \(place) \(option) - …"
        )
    }
}

/// One delete from the command line.
private struct Deletion {
    let context: CommandContext
    let target: Target
    let array: ArrayNode

    init(_ context: CommandContext) async throws {
        let given = [OptionDeclaration.chunkList, .box, .state, .from].filter(context.arguments.has)
        guard given.count == 1 else {
            throw UsageError("name the chunks with one of --chunks, --box, --state and --from")
        }
        self.context = context
        target = try await Target(context.locator)
        array = try await target.array()
    }

    func perform() async throws -> ExitStatus {
        let arguments = context.arguments
        let plan = try await array.deletePlan(try targets())
        let isDryRun = arguments.has(.dryRun)
        guard isDryRun || arguments.has(.yes) || plan.items.isEmpty else {
            throw ToolError(
                "this would delete \(Wording.count(plan.items.count, "chunk"))"
                    + " (\(Wording.bytes(plan.byteCount))) of \(target.place)",
                remedy: "add --yes to do it, or --dry-run to see what would go"
            )
        }
        var options = RepairOptions(usesTrash: !arguments.has(.noTrash), isDryRun: isDryRun)
        options.onProgress = context.repairProgress("deleted")
        let outcome = try await changed(plan, options)
        context.messages.clearProgress()
        let report = RepairReport(
            verb: "deleted",
            outcome: outcome,
            absent: plan.absent,
            keyOf: array.key,
            planned: plan.items,
            isDryRun: isDryRun
        )
        let undo = outcome.trash.map { "zscope restore \(ShellWord.quoted(target.place)) \($0)" }
        try report.print(context, undo: undo)
        if options.usesTrash, outcome.items.contains(where: \.isOutOfSpace) {
            context.messages.note(Self.trashRemedy)
        }
        if plan.items.isEmpty { context.hintAtVerify(target, "delete", "--from") }
        return report.status
    }

    private static let trashRemedy =
        "the trash needs room: --no-trash deletes without it, for good"

    private func changed(_ plan: DeletePlan, _ options: RepairOptions) async throws -> RepairOutcome
    {
        do throws(EngineError) {
            return try await array.delete(plan, options)
        } catch {
            let code = (error.cause as? StorageError)?.code
            guard options.usesTrash, code == .noSpace || code == .quota else {
                throw target.located(error)
            }
            throw ToolError("\(target.place): \(error.message)", remedy: Self.trashRemedy)
        }
    }

    private func targets() throws -> ChunkTargets {
        let rank = array.grid.rank
        if let states = context.states { return .states(states) }
        if let text = context.arguments.value(.chunkList) {
            return .indices(try ChunkList.indices(text, rank: rank))
        }
        if let text = context.arguments.value(.box) {
            return .box(try ChunkList.box(text, counts: array.grid.counts))
        }
        let path = context.arguments.value(.from) ?? ""
        return .indices(try ChunkList.read(path, of: array))
    }
}

/// Words for a shell.
enum ShellWord {
    /// `text` as one word that a shell takes as it stands.
    static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            let isLetter = (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte)
            return isLetter || "/._-+:=@%,".utf8.contains(byte)
        }
        guard !isPlain || text.isEmpty else { return text }
        return "'" + text.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
    }
}
