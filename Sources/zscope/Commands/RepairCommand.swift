import JSONValue
import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    fileprivate static let innerChunks = Self(
        "inner",
        help: "the chunks are inner chunks of shards; the others of a shard keep their bytes"
    )
    fileprivate static let resetToFill = Self(
        "reset-to-fill",
        help: "store nothing any more: the chunk reads as the fill value"
    )
    fileprivate static let reEncode = Self(
        "re-encode",
        help: "decode it and encode it again with the array's codecs"
    )
    fileprivate static let valuesFrom = Self(
        "from",
        takes: .locator("LOCATOR"),
        help: "take the values of another array of the same shape and type"
    )
    fileprivate static let repairedState = Self(
        "state",
        takes: .list("S,…", ["present", "short", "corrupt"]),
        help: "every stored chunk in these states, as far as its size tells"
    )
    fileprivate static let repairFindings = Self(
        "findings",
        takes: .file("FILE"),
        help: "the chunks that 'verify --json' found, or a list as 'delete --from' takes; '-' is"
            + " standard input"
    )
    fileprivate static let repairDryRun = Self(
        "dry-run",
        help: "say what would be mended; change nothing"
    )
    fileprivate static let repairYes = Self(
        "yes",
        short: "y",
        help: "go ahead; without it nothing is changed"
    )
    fileprivate static let repairNoTrash = Self(
        "no-trash",
        help: "keep no copy of what is replaced: no way back"
    )
}

extension CommandDeclaration {
    static let repair = CommandDeclaration(
        "repair",
        "mends chunks: reset to fill, encoded again, or taken from another array",
        operands: [.locator],
        options: [
            .chunkList, .box, .repairedState, .repairFindings, .innerChunks, .resetToFill,
            .reEncode,
            .valuesFrom, .repairDryRun, .repairYes, .repairNoTrash, .json,
            .format(["text", "json"]),
        ],
        discussion:
            "What is replaced goes into a trash inside the store first; 'restore' undoes it."
            + "\nAn object is replaced as a whole or not at all, and read back. A chunk that changed"
            + "\nsince it was looked at, or that does not decode, stays as it is and is told.",
        examples: [
            .init("zscope repair data.zarr/temp --chunks 1,9 --reset-to-fill --yes", "one chunk"),
            .init(
                "zscope repair data.zarr/temp --findings v.json --from backup.zarr/temp --yes",
                "what 'verify --json -o v.json' found"
            ),
            .init(
                "zscope repair data.zarr/temp --inner --chunks '4,7' --from backup.zarr/temp --yes",
                "one inner chunk from a backup"
            ),
        ],
        action: .batch { context in try await Repair(context).perform() }
    )
}

/// One repair from the command line.
private struct Repair {
    let context: CommandContext
    let target: Target
    let array: ArrayNode
    let remedy: ChunkRemedy

    init(_ context: CommandContext) async throws {
        self.context = context
        let remedies = [OptionDeclaration.resetToFill, .reEncode, .valuesFrom]
        guard remedies.filter(context.arguments.has).count == 1 else {
            throw UsageError("say how with one of --reset-to-fill, --re-encode and --from")
        }
        let places = [OptionDeclaration.chunkList, .box, .repairedState, .repairFindings]
        guard places.filter(context.arguments.has).count == 1 else {
            throw UsageError("name the chunks with one of --chunks, --box, --state and --findings")
        }
        target = try await Target(context.locator)
        array = try await target.array()
        if let other = context.arguments.value(.valuesFrom) {
            remedy = .copy(from: try await Target(other).array())
        } else {
            remedy = context.arguments.has(.reEncode) ? .reEncode : .resetToFill
        }
    }

    func perform() async throws -> ExitStatus {
        let arguments = context.arguments
        let plan = try await array.repairPlan(try targets(), remedy)
        let isDryRun = arguments.has(.repairDryRun)
        guard isDryRun || arguments.has(.repairYes) || plan.items.isEmpty else {
            throw ToolError(
                "this would change \(Wording.count(plan.count, "chunk")) of \(target.place)"
                    + " in \(Wording.count(plan.items.count, "object"))"
                    + " (\(Wording.bytes(plan.byteCount)))",
                remedy: "add --yes to do it, or --dry-run to see what would be changed"
            )
        }
        var options = RepairOptions(usesTrash: !arguments.has(.repairNoTrash), isDryRun: isDryRun)
        options.onProgress = context.repairProgress("repaired")
        let outcome = try await array.repair(plan, options)
        context.messages.clearProgress()
        let report = RepairReport(
            verb: "repaired",
            outcome: outcome,
            absent: plan.absent,
            keyOf: array.key,
            planned: plan.items.flatMap { item in
                [DeletePlan.Item](repeating: item.chunk, count: max(1, item.inner.count))
            },
            isDryRun: isDryRun
        )
        let undo = outcome.trash.map { "zscope restore \(ShellWord.quoted(target.place)) \($0)" }
        try report.print(context, undo: undo)
        if plan.count == 0 { context.hintAtVerify(target, "repair", "--findings") }
        return report.status
    }

    private func targets() throws -> RepairTargets {
        let arguments = context.arguments
        let rank = array.grid.rank
        if arguments.has(.innerChunks) {
            if let file = arguments.value(.repairFindings) {
                return .inner(try ChunkList.read(file, of: array, named: "inner"))
            }
            guard let text = arguments.value(.chunkList) else {
                throw UsageError("inner chunks are named with --chunks or --findings")
            }
            return .inner(try ChunkList.indices(text, rank: rank))
        }
        if let file = arguments.value(.repairFindings) {
            return .chunks(.indices(try ChunkList.read(file, of: array)))
        }
        if let states = context.states { return .chunks(.states(states)) }
        if let text = arguments.value(.box) {
            return .chunks(.box(try ChunkList.box(text, counts: array.grid.counts)))
        }
        let text = arguments.value(.chunkList) ?? ""
        return .chunks(.indices(try ChunkList.indices(text, rank: rank)))
    }
}
