import Glibc
import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    static let axes = Self(
        "axes",
        takes: .text("y,x"),
        help: "the dimensions that run down and across, by name or number; the others are folded"
    )
    static let measure = Self(
        "measure",
        takes: .choice("M", ["presence", "size"]),
        help: "what a cell shows: presence or size"
    )
}

extension CommandDeclaration {
    static let map = CommandDeclaration(
        "map",
        "the chunk map on standard output or in a file",
        operands: [.locator],
        options: [.axes, .measure, .output],
        discussion: "FILE may end in .svg or .png. A cell that holds one missing chunk among any"
            + "\nnumber is always visible as such. Exit status 1 when something is not as it should be.",
        examples: [
            .init("zscope map data.zarr/temp", "where the holes are"),
            .init("zscope map data.zarr/temp --axes lat,lon -o holes.png", "as a picture"),
        ],
        action: .batch { context in
            let target = try await Target(context.locator)
            return try await MapReport(context, target, try await target.array()).print()
        }
    )
}

/// The chunk map of one array.
struct MapReport {
    private let context: CommandContext
    private let target: Target
    private let array: ArrayNode
    private let table: ChunkTable

    init(_ context: CommandContext, _ target: Target, _ array: ArrayNode) async throws {
        self.context = context
        self.target = target
        self.array = array
        table = try await ChunkTable(array, context.messages)
        context.messages.clearProgress()
    }

    /// Draws it as the output wants it.
    func print() throws -> ExitStatus {
        let path = context.arguments.value(.output) ?? ""
        if path.hasSuffix(".png") {
            try context.output.write(try picture().png)
        } else if path.hasSuffix(".svg") {
            try context.output.write(try picture().svg)
        } else {
            try text()
        }
        return table.hasFindings ? .findings : .done
    }

    private func picture() throws -> MapPicture {
        MapPicture(
            map: try map(rows: 512, columns: 1024),
            measure: context.arguments.value(.measure) ?? "presence",
            title: target.place,
            labels: try labels(),
            summary: summary
        )
    }

    private func map(rows: Int, columns: Int) throws -> ChunkMap {
        let axes = try ChunkMap.axes(context.arguments.value(.axes), of: array)
        return ChunkMap(table, grid: array.grid, axes: axes, rows: rows, columns: columns)
    }

    private func labels() throws -> (down: String, across: String) {
        let axes = try ChunkMap.axes(context.arguments.value(.axes), of: array)
        return (label(axes.down), label(axes.across))
    }

    private func label(_ axis: Int?) -> String {
        guard let axis else { return "" }
        let names = array.metadata.dimensionNames ?? []
        let name = names.indices.contains(axis) ? names[axis] : nil
        return "\(name ?? "axis \(axis)") \(array.grid.counts[axis])"
    }

    private var summary: String {
        let counts = table.summary
        let noun = array.metadata.innerChunkShape == nil ? "chunk" : "shard"
        var parts = [
            "\(Wording.count(counts.present)) of \(Wording.count(counts.total, noun)) present"
        ]
        for (name, count) in [
            ("missing", counts.missing), ("short", counts.short), ("corrupt", counts.corrupt),
            ("unreadable", counts.unreadable), ("outside the grid", counts.orphans),
        ] where count > 0 {
            parts.append("\(Wording.count(count)) \(name)")
        }
        return parts.joined(separator: ", ")
    }

    private func text() throws {
        let ink = context.ink
        let width = Environment.outputColumns
        let map = try map(rows: 32, columns: max(1, width - 4))
        let labels = try labels()
        try context.output.line(ink(.heading, visible(target.place)))
        try context.output.line(summary)
        try context.output.line()
        let measure = context.arguments.value(.measure) ?? "presence"
        let drawing = MapText(
            map: map,
            measure: measure,
            isWide: 2 * map.columns <= width - 4,
            ink: ink
        )
        try context.output.line("  " + ink(.dim, visible(labels.across)))
        for line in drawing.lines { try context.output.line("  " + line) }
        if !labels.down.isEmpty {
            try context.output.line("  " + ink(.dim, visible(labels.down) + " down"))
        }
        try context.output.line()
        try context.output.line("  " + drawing.legend)
    }
}

/// A chunk map as lines of text.
struct MapText {
    let map: ChunkMap
    let measure: String
    /// Whether a cell takes two columns, which makes it about as wide as it is high.
    let isWide: Bool
    let ink: Ink

    /// A line for each row of cells.
    var lines: [String] {
        (0..<map.rows).map { row in
            var line = ""
            var run = ""
            var meaning = Ink.Meaning.plain
            for column in 0..<map.columns {
                let (glyph, next) = sign(map[row, column])
                if next != meaning {
                    line += ink(meaning, run)
                    run = ""
                    meaning = next
                }
                run += isWide ? glyph + glyph : glyph
            }
            return line + ink(meaning, run)
        }
    }

    /// What the signs mean, those that occur.
    var legend: String {
        let states = Set(map.cells.map(\.worst)).sorted()
        return states.map { state in
            ink(state.meaning, glyph(state)) + " " + state.word
        }.joined(separator: "   ")
    }

    private func sign(_ cell: ChunkMap.Cell) -> (String, Ink.Meaning) {
        guard measure == "size", !cell.worst.isAnomaly, map.largestMean > 0 else {
            return (glyph(cell.worst), cell.worst.meaning)
        }
        let shades = ink.isUnicode ? ["░", "▒", "▓", "█"] : [".", ":", "+", "#"]
        let mean = Double(cell.bytes) / Double(max(1, cell.chunks))
        return (shades[min(3, Int(4 * mean / map.largestMean))], .plain)
    }

    private func glyph(_ state: ChunkState) -> String {
        switch state {
        case .present: ink.glyph("█", "#")
        case .expectedEmpty: ink.glyph("·", "-")
        case .unknown: "?"
        case .orphan: "+"
        case .missing: "o"
        case .short: "s"
        case .corrupt: "X"
        case .unreadable: "!"
        }
    }
}

extension Environment {
    /// The width of the terminal on standard output, else of 80 columns.
    static var outputColumns: Int {
        var size = winsize()
        if unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            return Int(size.ws_col)
        }
        return min(1000, max(20, text("COLUMNS").flatMap { Int($0) } ?? 80))
    }
}
