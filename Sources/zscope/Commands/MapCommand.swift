import Explorer
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
        takes: .choice("M", MapMeasure.allCases.map(\.rawValue)),
        help: "what a cell shows: presence, size, ratio or age, or, by reading every chunk, state,"
            + " mean, min, max, nan or constant"
    )
}

extension CommandDeclaration {
    static let map = CommandDeclaration(
        "map",
        "the chunk map on standard output or in a file",
        operands: [.locator],
        options: [.axes, .measure, .output] + OptionDeclaration.record,
        discussion: "FILE may end in .svg or .png. A cell that holds one missing chunk among any"
            + "\nnumber is always visible as such. Exit status 1 when something is not as it should be.",
        examples: [
            .init("zscope map data.zarr/temp", "where the holes are"),
            .init("zscope map data.zarr/temp --axes lat,lon -o holes.png", "as a picture"),
            .init("zscope map data.zarr/temp --measure mean -o mean.svg", "of the chunks' means"),
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
    private let map: ChunkMap
    private let hasFindings: Bool

    init(_ context: CommandContext, _ target: Target, _ array: ArrayNode) async throws {
        let isPicture = try Self.picture(context) != nil
        self.context = context
        self.target = target
        self.array = array
        let measure = MapMeasure(rawValue: context.arguments.value(.measure) ?? "") ?? .presence
        let axes = try ChunkMap.axes(context.arguments.value(.axes), of: array)
        table = try await ChunkTable(array, context.messages)
        context.messages.clearProgress()
        var making = MapMaking(array, table, measure, context.messages)
        map = try await making.map(
            axes: axes,
            rows: isPicture ? 512 : 32,
            columns: isPicture ? 1024 : max(1, Environment.outputColumns - 4)
        )
        hasFindings = table.hasFindings || making.hasFindings
    }

    /// A picture's format.
    private enum Picture {
        case svg, png
    }

    /// The picture that the name of the output asks for; `nil` for text on standard output. Throws for a
    /// file that would be neither.
    private static func picture(_ context: CommandContext) throws(UsageError) -> Picture? {
        guard let path = context.arguments.value(.output), path != "-" else { return nil }
        if path.hasSuffix(".png") { return .png }
        if path.hasSuffix(".svg") { return .svg }
        throw UsageError("a map is written to FILE.svg or FILE.png, not to '\(path)'")
    }

    /// Draws it as the output wants it.
    func print() throws -> ExitStatus {
        switch try Self.picture(context) {
        case .png:
            let picture = picture()
            try context.output.write(picture.png)
            let words = picture.states.map(\.word).joined(separator: ", ")
            context.messages.note("the squares below the map, from left to right: \(words)")
        case .svg: try context.output.write(picture().svg)
        case nil: try text()
        }
        return hasFindings ? .findings : .done
    }

    private func picture() -> MapPicture {
        MapPicture(map: map, title: target.place, labels: labels, summary: summary)
    }

    private var labels: (down: String, across: String) {
        (label(map.axes.down), label(map.axes.across))
    }

    private func label(_ axis: Int?) -> String {
        guard let axis else { return "" }
        let names = array.metadata.dimensionNames ?? []
        let name = names.indices.contains(axis) ? names[axis] : nil
        return "\(name ?? "axis \(axis)") \(array.grid.counts[axis])"
    }

    /// Which dimensions of more than one chunk lie behind each cell; `nil` where none do.
    private var folded: String? {
        let others = array.grid.counts.indices.filter { axis in
            axis != map.axes.down && axis != map.axes.across && array.grid.counts[axis] > 1
        }
        return others.isEmpty ? nil : "folded: " + others.map(label).joined(separator: ", ")
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
        try context.output.line(ink(.heading, visible(target.place)))
        try context.output.line(summary)
        try context.output.line()
        let drawing = MapText(map: map, isWide: 2 * map.columns <= width - 4, ink: ink)
        if let folded { try context.output.line("  " + ink(.dim, visible(folded))) }
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
    /// Whether a cell takes two columns, which makes it about as wide as it is high.
    let isWide: Bool
    let ink: Ink

    /// A line for each row of cells.
    var lines: [String] {
        let scale = scale
        return (0..<map.rows).map { row in
            var line = ""
            var run = ""
            var meaning = Ink.Meaning.plain
            for column in 0..<map.columns {
                let (glyph, next) = sign(map[row, column], scale)
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
        let signs = states.filter { scale == nil || $0.isAnomaly }.map { state in
            ink(state.meaning, glyph(state)) + " " + state.word
        }
        return ([numbers].compactMap(\.self) + signs).joined(separator: "   ")
    }

    private var scale: MapScale? { map.scale }

    private var shades: [String] { ink.isUnicode ? ["░", "▒", "▓", "█"] : [".", ":", "=", "#"] }

    /// The shades, the numbers that the first and the last stand for, and what they are of.
    private var numbers: String? {
        let measure = map.measure
        guard let scale else {
            return measure == .presence || measure == .state
                ? nil : "no chunk has a known \(measure.title)"
        }
        let steps = shades.joined(separator: " ")
        let low = measure.text(scale.range.lowerBound)
        let high = measure.text(scale.range.upperBound)
        let words = scale.isLogarithmic ? "log" : "linear"
        return "\(low) \(steps) \(high)  \(measure.title) of a chunk, \(words)"
    }

    private func sign(_ cell: ChunkMap.Cell, _ scale: MapScale?) -> (String, Ink.Meaning) {
        guard let scale, !cell.worst.isAnomaly else {
            return (glyph(cell.worst), cell.worst.meaning)
        }
        guard let number = map.number(cell) else { return (ink.glyph("·", "-"), .dim) }
        return (shades[min(3, max(0, Int(4 * scale.share(number))))], .plain)
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
