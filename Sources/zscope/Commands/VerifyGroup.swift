import JSONValue
import ZarrEngine
import ZarrModel

/// The verification of every array below a group, one after the other.
struct VerifyGroup {
    private let context: CommandContext
    private let target: Target
    private var counts = VerifyCounts()
    private var arrayCount = 0
    private var hasFindings = false
    private var isStorageSound = true
    private var hasUnguarded = false
    private var table = TextTable([
        ("ARRAY", .left), ("CHUNKS", .right), ("CHECKED", .right), ("MISSING", .right),
        ("SHORT", .right), ("CORRUPT", .right), ("UNREADABLE", .right), ("ORPHAN", .right),
        ("", .left),
    ])

    /// Throws for options that go with one array alone.
    init(_ context: CommandContext, _ target: Target) throws {
        if let other = [OptionDeclaration.part, .resume].first(where: context.arguments.has) {
            throw UsageError(
                "--\(other.name) goes with one array, and \(target.place) is a group"
            )
        }
        self.context = context
        self.target = target
    }

    /// Verifies them. What is broken is told with its error, and its siblings are verified.
    consuming func perform() async throws -> ExitStatus {
        let tree = try await target.hierarchy.tree(at: target.path)
        let format = try context.format()
        if format == .json {
            let path = JSONText.quoted(target.path.description)
            try context.output.write("{\"path\":\(path),\"kind\":\"group\",\"arrays\":[\n")
        }
        for node in tree.nodes {
            if let error = node.error {
                hasFindings = true
                try tell(node.path, error.message, format)
            } else if let array = node.array {
                try await verify(array, format)
            }
        }
        try finish(format)
        guard isStorageSound else { return .failed }
        return hasFindings ? .findings : .done
    }

    private mutating func verify(_ array: ArrayNode, _ format: OutputFormat) async throws {
        let run = try VerifyRun(context, array, target.name(of: array.path), isOfGroup: true)
        let verification: Verification
        do {
            verification = try await run.begin()
        } catch {
            let failure = ToolError(reporting: error)
            guard failure.status == .failed else { throw failure }
            isStorageSound = false
            return try tell(array.path, failure.message, format)
        }
        try separate(format)
        let summary = try await run.perform(verification)
        hasFindings = hasFindings || summary.hasFindings
        let found = VerifyCounts(summary)
        counts.add(found)
        let columns = ["total", "checked", "missing", "short", "corrupt", "unreadable", "orphans"]
        let cells = columns.enumerated().map { place, name in
            let isOdd = place > 1 && found[name] > 0
            return TextTable.Cell(
                Wording.count(found[name]),
                isOdd ? .error : place > 1 ? .dim : .plain
            )
        }
        let isGuarded = !array.checksums.isEmpty
        hasUnguarded = hasUnguarded || !isGuarded
        let note = TextTable.Cell(isGuarded ? "" : "no checksum", .dim)
        table.add([.init(array.path.description)] + cells + [note])
    }

    /// The comma between two documents of a list.
    private mutating func separate(_ format: OutputFormat) throws {
        if format == .json, arrayCount > 0 { try context.output.write(",\n") }
        arrayCount += 1
    }

    /// Tells of a node that could not be verified.
    private mutating func tell(
        _ path: NodePath,
        _ message: String,
        _ format: OutputFormat
    ) throws {
        counts.isComplete = false
        let row: JSONObject = ["path": .string(path.description), "error": .string(message)]
        let text = JSONText.safe(JSONValue.object(row).text(.compact))
        switch format {
        case .json:
            try separate(format)
            try context.output.write(text)
        case .ndjson: try context.output.line(text)
        default:
            let blanks = [TextTable.Cell](repeating: .init("-", .dim), count: 7)
            table.add([.init(path.description, .error)] + blanks + [.init(message, .error)])
        }
    }

    private func finish(_ format: OutputFormat) throws {
        switch format {
        case .json, .ndjson:
            var object: JSONObject = [:]
            for (name, count) in counts.numbers { object[name] = .integer(count) }
            object["complete"] = .bool(counts.isComplete)
            let text = JSONText.safe(JSONValue.object(object).text(.compact))
            let isOne = format == .json
            try context.output.line(
                (isOne ? "\n],\n" : "") + (isOne ? String(text.dropFirst()) : text)
            )
        default:
            for line in table.lines(context.ink) { try context.output.line(line) }
            guard hasUnguarded else { return }
            let text = "no checksum: \(VerifyPrinter.reach)"
            try context.output.line(context.ink(.warning, text))
        }
    }
}
