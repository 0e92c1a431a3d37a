import ZarrEngine
import ZarrModel

/// How many chunks inside the shards of an array are there.
struct InnerCounts: Sendable {
    let total: Int
    let present: Int
    /// Those of shards whose index could not be had.
    let unknown: Int
    /// Those whose entry in the index points outside the shard.
    let corrupt: Int

    /// Whether a person should look. A chunk that is not in its shard is no finding by itself: writers
    /// leave out what is nothing but fill.
    var hasFindings: Bool { unknown > 0 || corrupt > 0 }

    /// Reads the index of every shard; `nil` for an array without shards.
    init?(_ array: ArrayNode) async throws {
        guard array.hasInnerChunks else { return nil }
        let census = try await array.innerCensus(includesMissingShards: false)
        self.init(try await census.finished())
    }

    /// The members of a JSON report, each with a comma before it.
    var members: String {
        ",\"inner_total\":\(total),\"inner_present\":\(present)"
            + ",\"inner_corrupt\":\(corrupt),\"inner_unknown\":\(unknown)"
    }

    init(_ summary: InnerCensusSummary) {
        total = summary.total
        present = summary.present
        unknown = summary.unknown
        corrupt = summary.corrupt
    }
}

/// The census of the chunks inside the shards, for `zscope chunks --inner`.
struct InnerChunksReport {
    private let context: CommandContext
    private let array: ArrayNode
    private let table: ChunkTable
    private let census: InnerCensus
    /// Whether the missing shards hold too many chunks to name each.
    private let isTooSparse: Bool

    init(_ context: CommandContext, _ array: ArrayNode) async throws {
        guard array.metadata.innerChunkShape != nil else {
            throw ToolError(
                "\(context.locator) is not sharded, so it has no inner chunks",
                remedy: "leave --inner out"
            )
        }
        self.context = context
        self.array = array
        table = try await ChunkTable(array, context.messages)
        let sides = zip(array.metadata.chunkShape, array.metadata.innerChunkShape ?? [])
        let inside = sides.map { $0 / max(1, $1) }.checkedProduct() ?? .max
        isTooSparse = table.summary.missing.multipliedOrMost(by: inside) > ChunkTable.missingLimit
        census = try await array.innerCensus(includesMissingShards: !isTooSparse)
    }

    func print() async throws -> ExitStatus {
        switch try context.format() {
        case .json:
            var text = ChunksReport.head(table)
            text.append(",\"chunks\":[")
            var isFirst = true
            try await rows(&text) { row, shard, text in
                text.append(isFirst ? "\n" : ",\n")
                isFirst = false
                write(row, shard, to: &text)
            }
            let summary = census.summary
            text.append("\n]" + InnerCounts(summary).members)
            text.append(",\"complete\":\(summary.isComplete)}\n")
            try text.flush(to: context.output, always: true)
        case .ndjson:
            var text = ByteText()
            try await rows(&text) { row, shard, text in
                write(row, shard, to: &text)
                text.append("\n")
            }
            try text.flush(to: context.output, always: true)
        case .csv:
            var text = ByteText()
            text.append("index,state,bytes,shard,key\n")
            try await rows(&text) { row, shard, text in
                text.append("\"\(row.index)\",\(row.state.word),")
                if let bytes = row.byteCount { text.append(bytes) }
                text.append(",\"\(shard)\",\(array.keyEncoding.key(for: shard))\n")
            }
            try text.flush(to: context.output, always: true)
        default:
            try await text()
        }
        if isTooSparse, context.states?.contains(.missing) != false {
            context.messages.warning(
                "the missing shards hold too many chunks to list them one by one"
            )
        }
        return census.summary.hasFindings || table.hasFindings ? .findings : .done
    }

    /// Calls `body` with every inner chunk that is asked for, as the shards come.
    private func rows(
        _ text: inout ByteText,
        _ body: (ShardCensus.Inner, ChunkIndex, inout ByteText) -> Void
    ) async throws {
        let states = context.states
        var count = 0
        while let shards = try await census.next() {
            for shard in shards {
                for row in shard.inner where states?.contains(row.state) != false {
                    body(row, shard.shard, &text)
                    try text.flush(to: context.output)
                }
            }
            count += shards.count
            context.messages.progress("\(Wording.count(count)) shards looked into")
        }
        context.messages.clearProgress()
    }

    private func write(_ row: ShardCensus.Inner, _ shard: ChunkIndex, to text: inout ByteText) {
        text.append("{\"index\":[")
        text.append(list: row.index.coordinates)
        text.append("],\"state\":\"")
        text.append(row.state.word)
        text.append("\",\"bytes\":")
        if let bytes = row.byteCount { text.append(bytes) } else { text.append("null") }
        text.append(",\"shard\":[")
        text.append(list: shard.coordinates)
        text.append("],\"key\":\"")
        text.append(array.keyEncoding.key(for: shard))
        text.append("\",\"modified\":null}")
    }

    private static let limit = 40

    private func text() async throws {
        let states = context.states ?? [.missing, .corrupt, .unknown, .short, .unreadable]
        let limit = context.states == nil ? Self.limit : Int.max
        var list = TextTable([
            ("INDEX", .left), ("STATE", .left), ("BYTES", .right), ("SHARD", .left), ("KEY", .left),
        ])
        var shown = 0
        var left = 0
        while let shards = try await census.next() {
            for shard in shards {
                for row in shard.inner where states.contains(row.state) {
                    guard shown < limit else {
                        left += 1
                        continue
                    }
                    shown += 1
                    list.add([
                        .init(row.index.description), .init(row.state.word, row.state.meaning),
                        .init(row.byteCount.map(Wording.count) ?? "-"),
                        .init(shard.shard.description),
                        .init(array.keyEncoding.key(for: shard.shard), .dim),
                    ])
                }
            }
        }
        let counts = CensusText(
            context: context,
            array: array,
            table: table,
            inner: InnerCounts(census.summary)
        )
        try counts.printCounts()
        guard shown > 0 else { return }
        try context.output.line()
        for line in list.lines(context.ink) { try context.output.line(line) }
        try counts.printRest(left)
    }
}
