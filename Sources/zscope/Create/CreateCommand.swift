import Codecs
import JSONValue
import Storage
import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    static let group = Self("group", help: "make a group instead of an array")
    static let overwrite = Self(
        "overwrite",
        help: "replace an array or an empty group that is there, for good"
    )
    static let changesNothing = Self(
        "dry-run",
        help: "say what would be done; change nothing"
    )
    static let goAhead = Self("yes", short: "y", help: "go ahead where something would be lost")
}

extension CommandDeclaration {
    static let create = CommandDeclaration(
        "create",
        "a new array or group",
        operands: [.locator],
        options: NewArrayWords.options + [
            .group, .overwrite, .changesNothing, .goAhead, .json, .format(["text", "json"]),
        ],
        discussion: "In a hierarchy that is there, or in a folder called *.zarr, groups above it"
            + "\nthat have no document are made as well; any other path is a hierarchy of its own."
            + "\nA node that is there is refused; with --overwrite what would be lost is named, and"
            + "\n--yes goes ahead.",
        examples: [
            .init(
                "zscope create data.zarr/temp --shape 365,720,1440 --dtype float32 --fill NaN",
                "chunks are guessed, zstd compresses them"
            ),
            .init(
                "zscope create big.zarr --shape 8192,8192 --dtype '<u2' --chunks 256,256"
                    + " --shards 2048,2048 --codecs blosc:lz4",
                "chunks in shards"
            ),
            .init(
                "zscope create uneven.zarr --shape 40,9 --dtype int32 --chunks '[10,10,20],5'",
                "chunks of 10, 10 and 20 along the first dimension (a rectilinear grid)"
            ),
            .init("zscope create old.zarr/group --group --zarr 2", "a group, and the one above"),
        ],
        action: .batch { context in try await Creation(context).perform() }
    )
}

/// One new node from the command line.
private struct Creation {
    let context: CommandContext
    let words: NewArrayWords
    /// The array; `nil` for a group.
    let array: ArrayDescription?

    init(_ context: CommandContext) throws {
        self.context = context
        words = NewArrayWords(arguments: context.arguments)
        guard context.arguments.has(.group) else {
            array = try words.description()
            return
        }
        let odd = NewArrayWords.options.first {
            ![.zarrFormat, .attributesFile].contains($0) && context.arguments.has($0)
        }
        if let odd { throw UsageError("a group has no --\(odd.name)", command: "create") }
        array = nil
    }

    func perform() async throws -> ExitStatus {
        try await checkAlone()
        let target = try await Target(creating: context.locator)
        do {
            let plan = try await target.hierarchy.replacePlan(at: target.path)
            let isDryRun = context.arguments.has(.changesNothing)
            try check(plan, target, isDryRun)
            warnOfSize()
            if !isDryRun { try await make(target, plan) }
            try report(plan, target, isDryRun)
            if !isDryRun { try await context.warnOfCopies(target) }
            return .done
        } catch {
            throw target.located(error)
        }
    }

    /// Throws for an array that cannot be, before anything is made for it.
    private func checkAlone() async throws {
        guard let array else { return }
        let scratch = try await Target(creating: "memory:")
        do throws(EngineError) {
            _ = try await scratch.hierarchy.createArray(array, at: .root)
        } catch {
            throw ToolError("\(context.locator): \(ToolError(reporting: error).message)")
        }
    }

    private func make(_ target: Target, _ plan: ReplacePlan) async throws {
        if let array {
            _ = try await target.hierarchy.createArray(array, at: target.path, replacing: plan)
        } else {
            let group = GroupDescription(words.version, attributes: try words.attributes())
            try await target.hierarchy.createGroup(group, at: target.path, replacing: plan)
        }
    }

    private func check(_ plan: ReplacePlan, _ target: Target, _ isDryRun: Bool) throws {
        guard !plan.isEmpty else { return }
        guard context.arguments.has(.overwrite) else {
            throw ToolError(
                "\(target.place): \(Self.words(plan)) is here already",
                remedy: "--overwrite replaces it"
            )
        }
        guard isDryRun || context.arguments.has(.goAhead) else {
            throw ToolError(
                "this would replace \(Self.words(plan)) at \(target.place), for good",
                remedy: "add --yes to do it"
            )
        }
    }

    /// Says where a chunk is larger than what is ever encoded.
    private func warnOfSize() {
        guard let array, let shape = array.grid.axes(for: array.shape)?.map(\.chunkLength),
            let element = array.dataType.byteCount
        else { return }
        let limit = CodecLimits.standard.chunkBytes
        let bytes = (shape + [element]).checkedProduct()
        guard bytes.map({ $0 > limit }) ?? !shape.contains(0) else { return }
        context.messages.warning(
            "a chunk of \(shape) has more than \(Wording.bytes(limit)): it cannot be written here"
        )
    }

    /// What is there, with what goes with it.
    private static func words(_ plan: ReplacePlan) -> String {
        guard let array = plan.node?.array else { return "a group" }
        let count = Wording.count(plan.chunks.items.count, "chunk")
        let type = array.metadata.dataType.summary
        return "an array of \(type) \(array.metadata.shape) with \(count)"
            + " (\(Wording.bytes(plan.chunks.byteCount)))"
    }

    private func report(_ plan: ReplacePlan, _ target: Target, _ isDryRun: Bool) throws {
        let kind = array == nil ? "group" : "array"
        if try context.format() == .json {
            let replaced: JSONValue =
                plan.node.map { node in
                    [
                        "kind": .string(node.kind),
                        "chunks": .integer(plan.chunks.items.count),
                        "bytes": .integer(plan.chunks.byteCount),
                    ]
                } ?? .null
            try context.output.json([
                "path": .string(target.path.description),
                "kind": .string(kind),
                "zarr_format": .integer(words.version.rawValue),
                "shape": array.map { .integers($0.shape) } ?? .null,
                "created": .bool(!isDryRun),
                "replaced": replaced,
                "dry_run": .bool(isDryRun),
            ])
            return
        }
        let verb = isDryRun ? "would make" : "made"
        var line = "\(verb) the \(kind) \(visible(target.place))"
        if !plan.isEmpty { line += " in place of \(visible(Self.words(plan)))" }
        try context.output.line(line)
    }
}

extension CommandContext {
    /// Says which consolidated metadata a change of the node's documents has left stale: of `target`,
    /// which `name` names, else the first operand. `butOwn` leaves out the node's own copy.
    func warnOfCopies(
        _ target: Target,
        named name: String? = nil,
        butOwn: Bool = false
    ) async throws {
        // Of a plain path, the groups that enclose it are no part of what was opened.
        let target = try await Target.enclosing(name ?? locator) ?? target
        for path in try await target.hierarchy.consolidatedCopies(of: target.path)
        where !butOwn || path != target.path {
            let place = ShellWord.quoted(target.name(of: path))
            messages.warning(
                "the consolidated metadata is stale now: 'zscope consolidate \(place)'"
            )
        }
    }
}
