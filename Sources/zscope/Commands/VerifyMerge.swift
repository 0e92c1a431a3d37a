import JSONValue
import ZarrEngine

/// Several reports of `verify --part` as one.
struct VerifyMerge {
    private let context: CommandContext
    private var counts = VerifyCounts()
    private var rows: [VerifyRow] = []
    private var foreign: [String] = []
    private var subject: VerifySubject?
    private var parts: Set<Int> = []

    /// Reads the reports that the operands name. Throws for a file that is none, for reports of
    /// different arrays or divisions, and for a share that stands there twice.
    init(_ context: CommandContext) throws {
        self.context = context
        guard context.arguments.operands.count(where: { $0 == "-" }) < 2 else {
            throw UsageError(
                "standard input is one report: '-' stands there once",
                command: "verify"
            )
        }
        for path in context.arguments.operands { try add(path) }
    }

    private mutating func add(_ path: String) throws(ToolError) {
        let limits = JSONLimits(byteCount: 1 << 30, valueCount: 1 << 26)
        let bytes = try InputFile.bytes(path, limit: limits.byteCount)
        let path = InputFile.name(path)
        guard let report = try? JSONParser.parse(bytes, mode: .strict, limits: limits).value,
            var subject = VerifySubject(report["array"], part: report["part"]),
            let findings = report["findings"]?.arrayValue, counts.add(report)
        else {
            throw ToolError(
                "\(path) is no report of 'zscope verify --json'",
                remedy: "make the reports with: zscope verify LOCATOR --part I/N --json -o FILE"
            )
        }
        subject.checksums = report["checksums"]?.arrayValue?.compactMap(\.stringValue)
        let first = self.subject ?? subject
        guard first.shape == subject.shape, first.part.count == subject.part.count else {
            throw ToolError("\(path) is about another array or another division than the others")
        }
        guard parts.insert(subject.part.number).inserted else {
            throw ToolError("\(path) is about share \(subject.part.text), which was there already")
        }
        self.subject = first
        for finding in findings {
            guard let row = VerifyRow(finding) else {
                throw ToolError("\(path): this is no finding: \(finding.text(.compact))")
            }
            rows.append(row)
        }
        foreign += (report["foreign"]?.arrayValue ?? []).compactMap(\.stringValue)
    }

    /// Prints the report of all together, in the order of the grid.
    consuming func print() throws -> ExitStatus {
        guard var subject else { throw UsageError("--merge needs reports") }
        let missing = (0..<subject.part.count).filter { !parts.contains($0) }
        for number in missing {
            context.messages.warning(
                "there is no report of share \(number + 1)/\(subject.part.count)"
            )
        }
        counts.isComplete = counts.isComplete && missing.isEmpty
        subject.part = .all
        var printer = try VerifyPrinter(context, subject)
        printer.foreign = foreign
        rows.sort { left, right in
            left.index == right.index
                ? (left.inner ?? []).lexicographicallyPrecedes(right.inner ?? [])
                : left.index.lexicographicallyPrecedes(right.index)
        }
        for row in rows { try printer.add(row) }
        try printer.finish(counts)
        return rows.isEmpty && counts.isComplete ? .done : .findings
    }
}
