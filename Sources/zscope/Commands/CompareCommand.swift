import JSONValue
import Storage
import StorageBackends
import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    fileprivate static let values = Self(
        "values",
        help: "read every chunk on both sides and compare the values, bit for bit"
    )
    fileprivate static let limit = Self(
        "limit",
        takes: .integer("N", 0...Int.max),
        help: "how many differences a person is shown; the counts are always of all (40)"
    )
}

extension CommandDeclaration {
    static let compare = CommandDeclaration(
        "compare",
        "two arrays, or two times of one: what is there, sizes, values",
        operands: [Operand("LEFT"), Operand("RIGHT")],
        options: [
            .values, .limit, .json, .ndjson, .csv, .format(["text", "json", "ndjson", "csv"]),
            .output,
        ],
        discussion:
            "By listing only: which chunks are on one side alone, and, where the codecs are the same,"
            + "\nwhich differ in size. With --values what both sides read as: a chunk that is absent"
            + "\nreads as the fill value, and is equal to one that holds nothing else. Either side may be"
            + "\na census file (zscope chunks -o FILE); then there are no values. The shapes must agree;"
            + "\nwhere the chunks do not, the chunks of LEFT are compared with what lies behind them."
            + "\nExit status 0 when nothing differs, 1 when something does, 2 when it could not be told.",
        examples: [
            .init("zscope compare data.zarr/temp backup.zarr/temp", "what the copy lacks"),
            .init("zscope compare monday.census data.zarr/temp", "what came and went since"),
            .init("zscope compare a.zarr b.zarr --values --json", "whether they read alike"),
        ],
        action: .batch { context in
            let left = try await Target(context.arguments.operand(0) ?? "")
            let right = try await Target(context.arguments.operand(1) ?? "")
            return try await CompareReport(context, left, right).print()
        }
    )
}

/// What comparing two arrays found, for `zscope compare`.
struct CompareReport {
    /// A difference that is told.
    private struct Row {
        var chunk: ComparedChunk
        var difference: ChunkDifference
        var reason = ""
    }

    private let context: CommandContext
    private let names: (left: String, right: String)
    private let arrays: ArrayComparison
    private var rows: [Row] = []
    private var counts: [Int]

    init(_ context: CommandContext, _ left: Target, _ right: Target) async throws {
        self.context = context
        names = (left.place, right.place)
        let left = await left.counterpart(of: right.path)
        let one = try await left.array()
        arrays = try ArrayComparison(one, try await right.counterpart(of: left.path).array())
        counts = Array(repeating: 0, count: ChunkDifference.allCases.count)
        let readsValues = context.arguments.has(.values)
        if readsValues, let reason = arrays.reasonNoValues {
            throw ToolError("the values cannot be compared: \(reason)")
        }
        if readsValues, let reason = left.reasonNoValues ?? right.reasonNoValues {
            throw ToolError(reason)
        }
        let messages = context.messages
        let run = try await ComparisonRun(arrays) { found in
            messages.progress("\(Wording.count(found)) objects listed")
        }
        let stored = run.stored
        let missing = one.grid.total - stored.count
        note(.missing, missing)
        if readsValues {
            try await compareValues(stored, run)
            // Chunks that are nowhere read as the fill values of both sides.
            if arrays.fillsDiffer {
                counts[Int(ChunkDifference.missing.rawValue)] = 0
                note(.values, missing)
            }
        } else {
            for chunk in stored { take(chunk, chunk.difference) }
        }
        messages.clearProgress()
    }

    private mutating func compareValues(
        _ stored: [ComparedChunk],
        _ run: ComparisonRun
    ) async throws {
        var done = 0
        var found: [Row] = []
        var counted = counts
        try await run.compareValues(of: stored) { chunk, values in
            counted[Int(values.difference.rawValue)] += 1
            done += 1
            if values.difference.isDifference {
                found.append(
                    Row(chunk: chunk, difference: values.difference, reason: values.words)
                )
            }
            context.messages.progress(
                "\(Wording.count(done)) of \(Wording.count(stored.count)) chunks compared"
            )
        }
        counts = counted
        rows = found.sorted { $0.chunk.chunk < $1.chunk.chunk }
    }

    private mutating func note(_ difference: ChunkDifference, _ count: Int) {
        counts[Int(difference.rawValue)] += count
    }

    private mutating func take(_ chunk: ComparedChunk, _ difference: ChunkDifference) {
        note(difference, 1)
        if difference.isDifference { rows.append(Row(chunk: chunk, difference: difference)) }
    }

    private func count(_ difference: ChunkDifference) -> Int {
        counts[Int(difference.rawValue)]
    }

    private var differences: Int {
        ChunkDifference.allCases.reduce(0) { $0 + ($1.isDifference ? count($1) : 0) }
    }

    func print() throws -> ExitStatus {
        switch try context.format() {
        case .json:
            try context.output.write(head + ",\"differences\":[")
            for (place, row) in rows.enumerated() {
                try context.output.write((place == 0 ? "\n" : ",\n") + line(row))
            }
            try context.output.write("\n]}\n")
        case .ndjson:
            for row in rows { try context.output.line(line(row)) }
        case .csv:
            try context.output.line("index,difference,left_bytes,right_bytes,reason")
            for row in rows { try context.output.line(commas(row)) }
        default: try text()
        }
        if count(.unreadable) > 0, differences == count(.unreadable) { return .failed }
        return differences == 0 ? .done : .findings
    }

    private var head: String {
        let what = context.arguments.has(.values) ? "values" : "listings"
        var text = "{\"left\":\(JSONText.quoted(names.left)),"
        text += "\"right\":\(JSONText.quoted(names.right)),\"compared\":\"\(what)\","
        text += "\"same_grid\":\(arrays.sharesGrid),\"same_fill\":\(!arrays.fillsDiffer),"
        text += "\"total\":\(arrays.left.grid.total),\"complete\":true"
        for difference in ChunkDifference.allCases where difference != .unknown {
            let name = String(difference.word.map { $0 == "-" ? "_" : $0 })
            text += ",\"\(name)\":\(count(difference))"
        }
        return text
    }

    private func index(_ row: Row) -> ChunkIndex {
        arrays.left.grid.index(at: row.chunk.chunk)
    }

    private func line(_ row: Row) -> String {
        let index = index(row)
        let numbers = index.coordinates.map(String.init).joined(separator: ",")
        let left = row.chunk.left?.size.map(String.init) ?? "null"
        let right = row.chunk.right?.size.map(String.init) ?? "null"
        let reason = row.reason.isEmpty ? "null" : JSONText.quoted(row.reason)
        return "{\"index\":[\(numbers)],\"difference\":\"\(row.difference.word)\","
            + "\"key\":\(JSONText.quoted(arrays.left.keyEncoding.key(for: index))),"
            + "\"left_bytes\":\(left),\"right_bytes\":\(right),\"reason\":\(reason)}"
    }

    private func commas(_ row: Row) -> String {
        let numbers = index(row).coordinates.map(String.init).joined(separator: ",")
        let left = row.chunk.left?.size.map(String.init) ?? ""
        let right = row.chunk.right?.size.map(String.init) ?? ""
        let reason = row.reason.isEmpty ? "" : commaQuoted(visible(row.reason))
        return "\"\(numbers)\",\(row.difference.word),\(left),\(right),\(reason)"
    }

    private func text() throws {
        let ink = context.ink
        var table = TextTable([("", .left), ("", .right)])
        for difference in ChunkDifference.allCases where count(difference) > 0 {
            table.add([
                .init(difference.phrase, .dim),
                .init(
                    Wording.count(count(difference)),
                    difference.isDifference ? .error : .plain
                ),
            ])
        }
        for line in table.lines(ink) { try context.output.line(line) }
        if arrays.fillsDiffer {
            try context.output.line(ink(.warning, "the fill values of the two differ"))
        }
        guard !rows.isEmpty else { return }
        try context.output.line()
        let limit = context.arguments.integer(.limit) ?? 40
        var list = TextTable([
            ("INDEX", .left), ("DIFFERENCE", .left), ("LEFT", .right), ("RIGHT", .right),
            ("", .left),
        ])
        for row in rows.prefix(limit) {
            list.add([
                .init(index(row).description), .init(row.difference.phrase, .error),
                .init(row.chunk.left?.size.map(Wording.count) ?? "-"),
                .init(row.chunk.right?.size.map(Wording.count) ?? "-"),
                .init(row.reason, .dim),
            ])
        }
        for line in list.lines(ink) { try context.output.line(line) }
        if rows.count > limit {
            let more =
                "\(Wording.count(rows.count - limit)) more; --json, --ndjson and --csv list all"
            try context.output.line(ink(.dim, more))
        }
    }
}

extension ChunkDifference {
    /// What it is called in a sentence.
    var phrase: String {
        switch self {
        case .equal: "equal"
        case .alike: "alike"
        case .missing: "missing in both"
        case .unknown: "not compared"
        case .sizes: "sizes differ"
        case .onlyLeft: "only left"
        case .onlyRight: "only right"
        case .values: "values differ"
        case .unreadable: "unreadable"
        }
    }
}

extension ValueComparison {
    /// What differs, in a few words; empty where nothing does.
    var words: String {
        if let reason { return reason }
        guard differing > 0 else { return "" }
        let count = "\(Wording.count(differing)) of \(Wording.count(elements, "element"))"
        guard let example = exampleTexts else { return count }
        return "\(count); the first: \(example.left) and \(example.right)"
    }
}

extension Target {
    /// The node of this storage that answers to the one at `other` of another: this target's own,
    /// unless it is the root of a store that has an array at that path.
    func counterpart(of other: NodePath) async -> Target {
        guard path == .root, other != .root else { return self }
        let node = await hierarchy.node(at: path)
        return node.array == nil ? at(other) : self
    }

    /// Why no values can be read here: it is a record of a listing; `nil` where they can.
    var reasonNoValues: String? {
        location.storage.record?.reason
    }
}
