import JSONValue
import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    static let state = Self(
        "state",
        takes: .list(
            "S,…",
            ["present", "missing", "short", "corrupt", "unreadable", "unknown", "orphan"]
        ),
        help: "chunks in these states alone; counts and exit status stay those of all"
    )
    static let inner = Self("inner", help: "of a sharded array the chunks inside the shards")
    fileprivate static let watch = Self(
        "watch",
        help: "print a line as each chunk comes or goes, until all are there"
    )
}

extension CommandDeclaration {
    static let chunks = CommandDeclaration(
        "chunks",
        "the census: which chunks are there, by listing only",
        operands: [.locator],
        options: [
            .state, .inner, .json, .ndjson, .csv, .format(["text", "json", "ndjson", "csv"]),
            .output, .inventory, .watch,
        ] + OptionDeclaration.record,
        discussion:
            "Of a group every array below it is counted, a line each; --state S keeps those with such chunks."
            + "\nNothing is decoded: a chunk is short or corrupt here when its size says so."
            + "\nWith -o FILE and no format the census file of the array, or of everything below a group,"
            + "\nis written, for zscope -f FILE; a name in .json, .ndjson, .csv or .txt is written as such."
            + "\nWith --watch a line is printed as each chunk comes (+), goes (-) or is written again (~),"
            + "\nuntil all are there."
            + "\nExit status 1 when chunks are missing, short, corrupt or outside the grid: --state chooses"
            + "\nwhat is printed, not the exit status; 2 when a folder cannot be listed: what lies below it is"
            + "\nunknown, the rest is counted.",
        examples: [
            .init("zscope chunks data.zarr", "every array of a store, counted"),
            .init("zscope chunks data.zarr/temp", "how many chunks are missing, and which"),
            .init(
                "zscope chunks data.zarr/temp --state missing --ndjson",
                "a line for each of them"
            ),
            .init("zscope chunks data.zarr -o data.census", "for zscope -f, anywhere"),
        ],
        action: .batch { context in
            if let path = CensusRecorder.path(context) {
                return try await CensusFileReport(context: context, path: path).print()
            }
            let target = try await Target(context.locator)
            if context.arguments.has(.inner) || context.arguments.has(.watch) {
                _ = try await target.array()
            }
            if let needs = [OptionDeclaration.watch, .inner].first(where: context.arguments.has),
                let reason = target.reasonNoValues
            {
                throw ToolError("--\(needs.name): \(reason)")
            }
            let looksInside = target.reasonNoValues == nil
            guard let array = try await target.node().array else {
                return try await GroupCensus(context, target, looksInside: looksInside).print()
            }
            if context.arguments.has(.watch) {
                return try await ChunksWatch(context, target, array).run()
            }
            if context.arguments.has(.inner) {
                return try await InnerChunksReport(context, array).print()
            }
            return try await ChunksReport(context, array, looksInside: looksInside).print()
        }
    )
}

extension CommandContext {
    /// How the census is printed: as the options say, else as the name of the file does.
    var chunksFormat: OutputFormat {
        get throws {
            let path = arguments.value(.output) ?? ""
            let named: [(String, OutputFormat)] = [
                (".json", .json), (".ndjson", .ndjson), (".csv", .csv),
            ]
            return try format(named.first { path.hasSuffix($0.0) }?.1 ?? .text)
        }
    }

    /// The states that `--state` names; `nil` where it does not stand on the line.
    var states: Set<ChunkState>? {
        arguments.value(.state).map { text in
            Set(
                text.split(separator: ",").compactMap { word in
                    ChunkState.allCases.first { $0.word == word }
                }
            )
        }
    }
}

/// The census of an array's stored objects, for `zscope chunks`.
struct ChunksReport {
    let context: CommandContext
    let array: ArrayNode
    let table: ChunkTable
    let inner: InnerCounts?

    init(_ context: CommandContext, _ array: ArrayNode, looksInside: Bool) async throws {
        self.context = context
        self.array = array
        let isText = try context.chunksFormat == .text
        let states = context.states ?? (isText ? CensusText.told : nil)
        table = try await ChunkTable(array, context.messages, keeping: states, goesOn: true)
        // What is inside shards that could not be listed is not known either.
        let isWhole = table.summary.isComplete
        inner = looksInside && isWhole ? try await InnerCounts(array) : nil
        context.messages.clearProgress()
    }

    func print() throws -> ExitStatus {
        switch try context.chunksFormat {
        case .json: try json()
        case .ndjson: try lines { row, text in write(row, to: &text) }
        case .csv:
            try context.output.line("index,state,bytes,key,modified")
            try lines { row, text in csv(row, to: &text) }
        default: try CensusText(context: context, array: array, table: table, inner: inner).print()
        }
        if table.isTooSparse, context.states?.contains(.missing) != false {
            context.messages.warning(Wording.tooManyMissing)
        }
        guard table.summary.isComplete else {
            context.messages.warning("\(array.path): \(table.summary.unlistedWords)")
            return .failed
        }
        return table.hasFindings || inner?.hasFindings == true ? .findings : .done
    }

    private func json() throws {
        var head = Self.head(table)
        if let inner { head.append(inner.members) }
        head.append(",\"complete\":\(table.summary.isComplete),\"chunks\":[")
        var isFirst = true
        try lines(head) { row, text in
            text.append(isFirst ? "\n" : ",\n")
            isFirst = false
            write(row, to: &text)
        } end: { text in
            text.append("\n]}\n")
        }
    }

    /// The beginning of the document: the counts, and what is not of the array.
    static func head(_ table: ChunkTable) -> ByteText {
        let summary = table.summary
        var head = ByteText()
        head.append("{\"total\":\(summary.total),\"present\":\(summary.present)")
        head.append(",\"missing\":\(summary.missing),\"short\":\(summary.short)")
        head.append(",\"corrupt\":\(summary.corrupt),\"unreadable\":\(summary.unreadable)")
        head.append(",\"unknown\":\(summary.unknown)")
        head.append(",\"stored_bytes\":\(summary.knownStoredBytes.map(String.init) ?? "null")")
        let keys = table.orphans.map { JSONText.quoted($0.key) }
        head.append(",\"orphans\":[\(keys.joined(separator: ","))]")
        let foreign = table.foreign.map { JSONText.quoted($0) }
        head.append(",\"foreign\":[\(foreign.joined(separator: ","))]")
        let issues = JSONValue.array(summary.diagnostics.map(\.json))
        head.append(",\"issues\":\(JSONText.safe(issues.text(.compact)))")
        return head
    }

    /// Writes every row, a line each.
    private func lines(_ body: (ChunkTable.Row, inout ByteText) -> Void) throws {
        try lines(ByteText()) { row, text in
            body(row, &text)
            text.append(byte: UInt8(ascii: "\n"))
        } end: { _ in
        }
    }

    private func lines(
        _ head: ByteText,
        _ body: (ChunkTable.Row, inout ByteText) -> Void,
        end: (inout ByteText) -> Void
    ) throws {
        var text = head
        try table.forEach(in: context.states) { row in
            body(row, &text)
            try text.flush(to: context.output)
        }
        end(&text)
        try text.flush(to: context.output, always: true)
    }

    private func write(_ row: ChunkTable.Row, to text: inout ByteText) {
        text.append("{\"index\":[")
        text.append(list: row.index.coordinates)
        text.append("],\"state\":\"")
        text.append(row.state.word)
        text.append("\",\"bytes\":")
        if let bytes = row.bytes { text.append(bytes) } else { text.append("null") }
        text.append(",\"key\":\"")
        text.append(array.keyEncoding.key(for: row.index))
        text.append("\",\"modified\":")
        if let modified = row.modified {
            text.append("\"")
            text.append(Timestamp.iso(modified))
            text.append("\"}")
        } else {
            text.append("null}")
        }
    }

    private func csv(_ row: ChunkTable.Row, to text: inout ByteText) {
        text.append("\"")
        text.append(list: row.index.coordinates)
        text.append("\",")
        text.append(row.state.word)
        text.append(",")
        if let bytes = row.bytes { text.append(bytes) }
        text.append(",")
        text.append(array.keyEncoding.key(for: row.index))
        text.append(",")
        if let modified = row.modified { text.append(Timestamp.iso(modified)) }
    }
}
