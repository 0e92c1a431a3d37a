import JSONValue
import ZarrEngine
import ZarrModel

/// What the reports of the shares of one array say together.
struct VerifyShares {
    /// The counts of all.
    private(set) var counts = VerifyCounts()
    private var rows: [VerifyRow] = []
    private var foreign: [String] = []
    private var subject: VerifySubject
    private var parts: Set<Int> = []

    /// Begins with the `report` of one share, from a file called `name`. Throws where it is none.
    init(_ report: JSONValue, _ name: String) throws(ToolError) {
        guard let subject = VerifySubject(report["array"], part: report["part"]) else {
            throw Self.noReport(name)
        }
        self.subject = subject
        self.subject.checksums = report["checksums"]?.arrayValue?.compactMap(\.stringValue)
        try add(report, name)
    }

    static func noReport(_ name: String) -> ToolError {
        ToolError(
            "\(name) is no report of 'zscope verify --json'",
            remedy: "make the reports with: zscope verify LOCATOR --part I/N --json -o FILE"
        )
    }

    /// Adds the report of another share. Throws for one of another array or division, and for one that
    /// was there already.
    mutating func add(_ report: JSONValue, _ name: String) throws(ToolError) {
        guard let other = VerifySubject(report["array"], part: report["part"]),
            let findings = report["findings"]?.arrayValue, counts.add(report)
        else { throw Self.noReport(name) }
        guard subject.shape == other.shape, subject.part.count == other.part.count else {
            throw ToolError("\(name) is about another array or another division than the others")
        }
        guard parts.insert(other.part.number).inserted else {
            throw ToolError("\(name) is about share \(other.part.text), which was there already")
        }
        for finding in findings {
            guard let row = VerifyRow(finding) else {
                throw ToolError("\(name): this is no finding: \(finding.text(.compact))")
            }
            rows.append(row)
        }
        foreign += (report["foreign"]?.arrayValue ?? []).compactMap(\.stringValue)
    }

    /// Into how many shares the array was divided.
    var divisor: Int { subject.part.count }

    /// The shares that were not there, from 0.
    var missing: [Int] {
        (0..<divisor).filter { !parts.contains($0) }
    }

    /// Whether everything was looked at and nothing was found.
    var isSound: Bool {
        rows.isEmpty && counts.isComplete && parts.count == divisor
    }

    /// Whether a changed byte would have been told, as far as the reports say.
    var isGuarded: Bool { subject.checksums != [] }

    /// Prints the report of all together, in the order of the grid; `path` where it is one of several.
    mutating func print(_ context: CommandContext, below path: NodePath? = nil) throws {
        counts.isComplete = counts.isComplete && parts.count == divisor
        subject.part = .all
        var printer = try VerifyPrinter(context, subject, below: path)
        printer.foreign = foreign
        rows.sort { left, right in
            left.index == right.index
                ? (left.inner ?? []).lexicographicallyPrecedes(right.inner ?? [])
                : left.index.lexicographicallyPrecedes(right.index)
        }
        for row in rows { try printer.add(row) }
        try printer.finish(counts)
    }
}
