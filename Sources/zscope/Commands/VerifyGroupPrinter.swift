import JSONValue
import ZarrEngine
import ZarrModel

/// Prints what a verification of several arrays found, array by array.
struct VerifyGroupPrinter {
    /// Whether there is something to look at.
    private(set) var hasFindings = false
    private let context: CommandContext
    private let format: OutputFormat
    private let part: VerifyPart
    private var counts = VerifyCounts()
    private var arrayCount = 0
    private var hasUnguarded = false
    private var table = TextTable([
        ("ARRAY", .left), ("CHUNKS", .right), ("CHECKED", .right), ("MISSING", .right),
        ("SHORT", .right), ("CORRUPT", .right), ("UNREADABLE", .right), ("ORPHAN", .right),
        ("", .left),
    ])

    /// Begins the report of share `part` of the arrays at `path` and below it.
    init(_ context: CommandContext, _ path: String, _ part: VerifyPart) throws {
        self.context = context
        self.part = part
        format = try context.format()
        guard format == .json else { return }
        let path = JSONText.quoted(path)
        try context.output.write("{\"path\":\(path),\"kind\":\"group\",\"arrays\":[\n")
    }

    /// What comes before the report of one array.
    mutating func begin() throws {
        if format == .json, arrayCount > 0 { try context.output.write(",\n") }
        arrayCount += 1
    }

    /// Adds what was counted of the array at `path`.
    mutating func add(_ path: String, _ found: VerifyCounts, isGuarded: Bool) {
        counts.add(found)
        let columns = ["total", "checked", "missing", "short", "corrupt", "unreadable", "orphans"]
        let cells = columns.enumerated().map { place, name in
            let isOdd = place > 1 && found[name] > 0
            hasFindings = hasFindings || isOdd
            return TextTable.Cell(
                Wording.count(found[name]),
                isOdd ? .error : place > 1 ? .dim : .plain
            )
        }
        hasUnguarded = hasUnguarded || !isGuarded
        let note = TextTable.Cell(isGuarded ? "" : "no checksum", .dim)
        table.add([.init(path)] + cells + [note])
    }

    /// Tells of a node that could not be verified.
    mutating func tell(_ path: String, _ message: String) throws {
        counts.isComplete = false
        let row: JSONObject = ["path": .string(path), "error": .string(message)]
        let text = JSONText.safe(JSONValue.object(row).text(.compact))
        switch format {
        case .json:
            try begin()
            try context.output.write(text)
        case .ndjson: try context.output.line(text)
        default:
            let blanks = [TextTable.Cell](repeating: .init("-", .dim), count: 7)
            table.add([.init(path, .error)] + blanks + [.init(message, .error)])
        }
    }

    /// Prints the counts of all arrays and ends the report.
    mutating func finish(isComplete: Bool = true) throws {
        counts.isComplete = counts.isComplete && isComplete
        switch format {
        case .json, .ndjson:
            var object: JSONObject = [:]
            for (name, count) in counts.numbers { object[name] = .integer(count) }
            object["complete"] = .bool(counts.isComplete)
            object["part"] = part == .all ? .null : .string(part.text)
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
