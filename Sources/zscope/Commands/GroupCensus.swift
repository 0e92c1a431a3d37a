import JSONValue
import ZarrEngine
import ZarrModel

/// The census of every array below a group, an array after the other, for `zscope chunks GROUP`.
struct GroupCensus {
    /// What there is to say of a node: an array that was counted, or one that could not be.
    private struct Row {
        let path: NodePath
        var summary: CensusSummary?
        var inner: InnerCounts?
        var error: String?

        /// The states that occur in it.
        func has(_ states: Set<ChunkState>) -> Bool {
            guard let summary else { return true }
            return states.contains { summary.count($0) > 0 }
        }
    }

    private let context: CommandContext
    private let target: Target
    private let looksInside: Bool
    private var rows: [Row] = []
    private var isStorageSound = true

    /// Counts every array below the node. What is broken is a row with its error, and its siblings stay.
    init(_ context: CommandContext, _ target: Target, looksInside: Bool) async throws {
        self.context = context
        self.target = target
        self.looksInside = looksInside
        for node in try await target.hierarchy.tree(at: target.path).nodes {
            if let error = node.error {
                rows.append(Row(path: node.path, error: error.message))
            } else if let array = node.array {
                rows.append(try await count(array))
            }
        }
        context.messages.clearProgress()
    }

    private mutating func count(_ array: ArrayNode) async throws(ToolError) -> Row {
        do {
            var row = Row(path: array.path)
            let summary = try await array.census(goesOn: true).finished()
            row.summary = summary
            isStorageSound = isStorageSound && summary.isComplete
            if looksInside, summary.isComplete { row.inner = try await InnerCounts(array) }
            context.messages.progress("\(Wording.count(rows.count + 1, "array")) counted")
            return row
        } catch {
            let failure = ToolError(reporting: error)
            guard failure.status == .failed else { throw failure }
            isStorageSound = false
            return Row(path: array.path, error: failure.message)
        }
    }

    /// Prints a row for each array, and answers whether there was anything to find. An array that could
    /// not be listed is neither: that is "could not be done".
    func print() throws -> ExitStatus {
        let states = context.states
        let shown = rows.filter { states.map($0.has) ?? true }
        switch try context.chunksFormat {
        case .json: try context.output.json(.object(document(shown)))
        case .ndjson:
            for row in shown {
                try context.output.line(
                    JSONText.safe(JSONValue.object(Self.json(row)).text(.compact))
                )
            }
        case .csv: try csv(shown)
        default: try text(shown)
        }
        guard isStorageSound else { return .failed }
        let isClean = rows.allSatisfy { row in
            row.summary?.hasFindings == false && row.inner?.hasFindings != true
        }
        return isClean ? .done : .findings
    }

    /// The counts that arrays and the whole group have, in the order of every report.
    private static let counts: [(name: String, of: @Sendable (CensusSummary) -> Int)] = [
        ("total", \.total), ("present", \.present), ("missing", \.missing), ("short", \.short),
        ("corrupt", \.corrupt), ("unreadable", \.unreadable), ("unknown", \.unknown),
    ]

    private func document(_ shown: [Row]) -> JSONObject {
        var document: JSONObject = ["path": .string(target.path.description), "kind": "group"]
        let summaries = rows.compactMap(\.summary)
        for count in Self.counts {
            // Grids are as large as metadata says.
            let sum = summaries.reduce(0) { $0.addedOrMost(count.of($1)) }
            document[count.name] = .integer(sum)
        }
        document["complete"] = .bool(rows.allSatisfy { $0.summary?.isComplete == true })
        document["arrays"] = .array(shown.map { .object(Self.json($0)) })
        return document
    }

    private static func json(_ row: Row) -> JSONObject {
        var object: JSONObject = ["path": .string(row.path.description)]
        guard let summary = row.summary else {
            object["error"] = .string(row.error ?? "")
            return object
        }
        for count in counts { object[count.name] = .integer(count.of(summary)) }
        object["orphans"] = .integer(summary.orphans)
        object["foreign"] = .integer(summary.foreign)
        object["stored_bytes"] = summary.knownStoredBytes.map { .integer($0) } ?? .null
        if let inner = row.inner {
            object["inner_total"] = .integer(inner.total)
            object["inner_present"] = .integer(inner.present)
            object["inner_corrupt"] = .integer(inner.corrupt)
            object["inner_unknown"] = .integer(inner.unknown)
        }
        object["complete"] = .bool(summary.isComplete)
        return object
    }

    private func csv(_ shown: [Row]) throws {
        let names = [
            "path", "total", "present", "missing", "short", "corrupt", "unreadable", "orphans",
            "stored_bytes", "error", "unknown",
        ]
        try context.output.line(names.joined(separator: ","))
        for row in shown {
            let object = Self.json(row)
            let cells = names.map { name in
                object[name].map { value in
                    value.stringValue.map { commaQuoted(visible($0)) } ?? value.text(.compact)
                } ?? ""
            }
            try context.output.line(cells.joined(separator: ","))
        }
    }

    private func text(_ shown: [Row]) throws {
        var table = Self.table
        for row in shown {
            guard let summary = row.summary else {
                table.add([
                    .init(row.path.description, .error), .init("-", .dim),
                    .init("-", .dim), .init("-", .dim), .init("-", .dim), .init("-", .dim),
                    .init(row.error ?? "", .error),
                ])
                continue
            }
            let remark: TextTable.Cell =
                summary.isComplete
                ? .init(Self.inner(row.inner), .dim) : .init(summary.unlistedWords, .error)
            table.add(Self.cells(row.path, summary) + [remark])
        }
        for line in table.lines(context.ink) { try context.output.line(line) }
        guard shown.count < rows.count else { return }
        let left = Wording.count(rows.count - shown.count, "array")
        try context.output.line(context.ink(.dim, "\(left) without such chunks"))
    }

    private static func inner(_ inner: InnerCounts?) -> String {
        guard let inner else { return "" }
        let broken = Wording.count(inner.unknown + inner.corrupt)
        let odd = inner.hasFindings ? ", \(broken) behind a broken index" : ""
        return "\(Wording.count(inner.present)) of \(Wording.count(inner.total)) inside\(odd)"
    }

    /// A table of arrays, empty.
    static var table: TextTable {
        TextTable([
            ("ARRAY", .left), ("CHUNKS", .right), ("PRESENT", .right), ("MISSING", .right),
            ("ODD", .right), ("STORED", .right), ("", .left),
        ])
    }

    /// The cells of an array in that table but the last, which is for a remark. What is odd: short,
    /// corrupt, unreadable, or outside the grid.
    static func cells(_ path: NodePath, _ summary: CensusSummary) -> [TextTable.Cell] {
        let odd = summary.short + summary.corrupt + summary.unreadable + summary.orphans
        return [
            .init(path.description), .init(Wording.count(summary.total)),
            .init(Wording.count(summary.sound)),
            .init(Wording.count(summary.missing), summary.missing > 0 ? .error : .dim),
            .init(Wording.count(odd), odd > 0 ? .error : .dim),
            .init(summary.knownStoredBytes.map(Wording.bytes) ?? "unknown", .dim),
        ]
    }
}
