import JSONValue
import ZarrEngine
import ZarrModel

/// Several reports of `verify --part` as one: of one array, or of all arrays of a group.
struct VerifyMerge {
    private let context: CommandContext
    /// What a report says of one node: of an array, or why there is nothing to say.
    private enum Entry {
        case array(VerifyShares)
        case error(String)
    }

    /// The nodes in the order of the reports; without a path the one array of reports of one.
    private var entries: [(path: String?, entry: Entry)] = []
    /// Where the arrays stand among them.
    private var places: [String?: Int] = [:]
    /// What is known to have failed already: path and message.
    private var errors: Set<[String]> = []
    /// The group, and the shares of it that were read.
    private var group: String?
    private var part: VerifyPart?
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
        for path in context.arguments.operands { try read(path) }
    }

    private mutating func read(_ path: String) throws(ToolError) {
        let limits = JSONLimits(byteCount: 1 << 30, valueCount: 1 << 26)
        let bytes = try InputFile.bytes(path, limit: limits.byteCount)
        let name = InputFile.name(path)
        let report = try? JSONParser.parse(bytes, mode: .strict, limits: limits).value
        guard let report else { throw VerifyShares.noReport(name) }
        let isFirst = entries.isEmpty && group == nil
        guard isFirst || (report["kind"] == "group") == (group != nil) else {
            throw ToolError("\(name) is about a group, or the others are: they do not add up")
        }
        guard report["kind"] == "group" else { return try add(report, nil, name) }
        try add(group: report, name)
    }

    private mutating func add(group report: JSONValue, _ name: String) throws(ToolError) {
        guard let place = report["path"]?.stringValue, let rows = report["arrays"]?.arrayValue,
            let part = report["part"]?.stringValue.map({ VerifyPart($0) }) ?? VerifyPart.all
        else { throw VerifyShares.noReport(name) }
        guard group == nil || group == place, self.part.map({ $0.count == part.count }) ?? true
        else { throw ToolError("\(name) is about another group or division than the others") }
        guard parts.insert(part.number).inserted else {
            throw ToolError("\(name) is about share \(part.text), which was there already")
        }
        group = place
        self.part = part
        for row in rows {
            guard let path = row["path"]?.stringValue else { throw VerifyShares.noReport(name) }
            guard let message = row["error"]?.stringValue else {
                try add(row, path, name)
                continue
            }
            if errors.insert([path, message]).inserted {
                entries.append((path, .error(message)))
            }
        }
    }

    private mutating func add(
        _ report: JSONValue,
        _ path: String?,
        _ name: String
    ) throws(ToolError) {
        guard let place = places[path], case .array(var shares) = entries[place].entry else {
            places[path] = entries.count
            entries.append((path, .array(try VerifyShares(report, name))))
            return
        }
        try shares.add(report, name)
        entries[place].entry = .array(shares)
    }

    /// Prints the report of all together, in the order of the grid.
    consuming func print() throws -> ExitStatus {
        guard let group else {
            guard let first = entries.first, case .array(var shares) = first.entry else {
                throw UsageError("--merge needs reports")
            }
            warn(of: shares.missing, shares.divisor)
            try shares.print(context)
            return shares.isSound ? .done : .findings
        }
        let divisor = part?.count ?? 1
        let isWhole = parts.count == divisor
        warn(of: (0..<divisor).filter { !parts.contains($0) }, divisor)
        var printer = try VerifyGroupPrinter(context, group, .all)
        var isSound = isWhole
        for (path, entry) in entries {
            let path = path ?? group
            guard case .array(var shares) = entry else {
                if case .error(let message) = entry { try printer.tell(path, message) }
                isSound = false
                continue
            }
            if isWhole, !shares.missing.isEmpty {
                context.messages.warning(
                    "\(path): not all of it was verified: the hierarchy changed between the reports"
                )
            }
            try printer.begin()
            try shares.print(context, below: NodePath(path))
            isSound = isSound && shares.isSound
            printer.add(path, shares.counts, isGuarded: shares.isGuarded)
        }
        try printer.finish(isComplete: isWhole)
        return isSound ? .done : .findings
    }

    private func warn(of missing: [Int], _ count: Int) {
        for number in missing {
            context.messages.warning("there is no report of share \(number + 1)/\(count)")
        }
    }
}
