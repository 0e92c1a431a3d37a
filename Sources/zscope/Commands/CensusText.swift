import Storage
import ZarrEngine
import ZarrModel

/// A census as a person reads it: the counts, a bar, and the chunks that are not as they should be.
struct CensusText {
    let context: CommandContext
    let array: ArrayNode
    let table: ChunkTable
    let inner: InnerCounts?

    /// How many chunks are listed unless they were asked for by state.
    private static let limit = 40

    func print() throws {
        try printCounts()
        try printList()
        try printForeign()
    }

    /// The counts, and what is odd about the listing.
    func printCounts() throws {
        let ink = context.ink
        for line in counts.lines(ink) { try context.output.line(line) }
        for diagnostic in table.summary.diagnostics {
            let text = visible("\(diagnostic.location): \(diagnostic.message)")
            try context.output.line(ink(.dim, text))
        }
    }

    /// Objects that are not the array's, as far as there is room.
    private func printForeign() throws {
        guard !table.foreign.isEmpty, context.states == nil else { return }
        try context.output.line()
        for key in table.foreign.prefix(Self.limit) {
            try context.output.line(context.ink(.dim, "foreign  " + visible(key)))
        }
        try printRest(table.foreign.count - Self.limit)
    }

    /// How many chunks the list leaves out.
    func printRest(_ left: Int) throws {
        guard left > 0 else { return }
        let ink = context.ink
        let more = "\(Wording.count(left)) more; --state, --json, --ndjson and --csv list them all"
        try context.output.line(ink(.dim, ink.glyph("… ", "... ") + more))
    }

    private func printList() throws {
        let ink = context.ink
        let (rows, left) = listed
        guard !rows.isEmpty else { return }
        try context.output.line()
        var list = TextTable([
            ("INDEX", .left), ("STATE", .left), ("BYTES", .right), ("MODIFIED", .left),
            ("KEY", .left),
        ])
        for row in rows {
            list.add([
                .init(row.index.description), .init(row.state.word, row.state.meaning),
                .init(row.bytes.map(Wording.count) ?? "-"),
                .init(row.modified.map(Timestamp.plain) ?? "-", .dim),
                .init(array.keyEncoding.key(for: row.index), .dim),
            ])
        }
        for line in list.lines(ink) { try context.output.line(line) }
        try printRest(left)
    }

    private var counts: TextTable {
        let summary = table.summary
        let sound = summary.sound
        let share = Wording.percent(sound, of: summary.total)
        let bytes = summary.knownStoredBytes.map(Wording.bytes) ?? "sizes unknown"
        var counts = TextTable([("", .left), ("", .right), ("", .left)])
        let noun = array.metadata.innerChunkShape == nil ? "chunks" : "shards"
        counts.add([.init(noun, .dim), .init(Wording.count(summary.total)), .init(extents, .dim)])
        let isWhole = sound == summary.total
        counts.add([
            .init("present", .dim),
            .init(Wording.count(sound), isWhole ? .good : .plain),
            .init("\(share), \(bytes)", .dim),
        ])
        for (name, count) in [
            ("missing", summary.missing), ("short", summary.short), ("corrupt", summary.corrupt),
            ("unreadable", summary.unreadable), ("unknown", summary.unknown),
            ("orphan", summary.orphans),
            ("foreign", summary.foreign),
        ] where count > 0 {
            let meaning: Ink.Meaning = name == "foreign" ? .warning : .error
            counts.add([.init(name, .dim), .init(Wording.count(count), meaning)])
        }
        if let inner {
            counts.add([.init("inner chunks", .dim), .init(Wording.count(inner.total))])
            counts.add([.init("inner present", .dim), .init(Wording.count(inner.present))])
            for (name, count, why) in [
                ("inner corrupt", inner.corrupt, "the index points outside the shard"),
                ("inner unknown", inner.unknown, "the shard's index cannot be read"),
            ] where count > 0 {
                counts.add([
                    .init(name, .dim), .init(Wording.count(count), .error), .init(why, .dim),
                ])
            }
        }
        return counts
    }

    private var extents: String {
        Wording.extents(array.grid.counts, context.ink)
    }

    /// The states that are told chunk by chunk where none is asked for.
    static let told: Set<ChunkState> = [.missing, .short, .corrupt, .unreadable, .orphan]

    /// The rows to show and how many more there are.
    private var listed: ([ChunkTable.Row], Int) {
        let states = context.states ?? Self.told
        let limit = context.states == nil ? Self.limit : Int.max
        var rows: [ChunkTable.Row] = []
        var left = 0
        table.forEach(in: states) { row in
            if rows.count < limit { rows.append(row) } else { left += 1 }
        }
        return (rows, left)
    }
}

extension ChunkState {
    /// How it is coloured.
    var meaning: Ink.Meaning {
        switch self {
        case .present: .good
        case .expectedEmpty, .unknown: .dim
        case .orphan: .warning
        case .missing, .short, .corrupt, .unreadable: .error
        }
    }
}

extension CensusSummary {
    /// Stored chunks of the grid whose size says nothing against them.
    var sound: Int { present - short - corrupt - unreadable }

    /// How many chunks are in a state that a census tells, as far as it is known.
    func count(_ state: ChunkState) -> Int {
        switch state {
        case .present: sound
        case .missing: missing
        case .short: short
        case .corrupt: corrupt
        case .unreadable: unreadable
        case .orphan: orphans
        case .unknown: unknown
        case .expectedEmpty: 0
        }
    }

    /// What could not be listed and why: `c/2 cannot be listed: Permission denied; 18 of 54 unknown`.
    var unlistedWords: String {
        guard let first = unlisted.first else { return "the listing did not end" }
        let place = first.key.flatMap { $0.isEmpty ? nil : $0 } ?? "the array's folder"
        let others = unlisted.count - 1
        let more = others > 0 ? " and \(Wording.count(others, "more folder")) cannot be listed" : ""
        let verb = others > 0 ? more : " cannot be listed"
        let counts = "\(Wording.count(unknown)) of \(Wording.count(total)) unknown"
        return visible("\(place)\(verb): \(first.message)") + "; \(counts)"
    }
}
