import Canvas
import Explorer
import Raster
import TerminalDriver
import ZarrModel

/// Numbers that were read as `zscope show` draws them: in the terminal, or in a file.
struct ShowPicture {
    let context: CommandContext
    let values: PlaneValues
    let shape: [Int]
    let type: String
    let range: ColorRange
    private let plane: Plane
    private let statistics: Statistics
    private let scale: Normalization

    init(
        context: CommandContext,
        values: PlaneValues,
        shape: [Int],
        type: String,
        range: ColorRange
    ) {
        self.context = context
        self.values = values
        self.shape = shape
        self.type = type
        self.range = range
        plane = values.plane(.extreme)
        statistics = values.statistics ?? Statistics(plane)
        scale = range.normalization(plane, values.statistics, values.spread)
    }

    /// Rows and columns of pixels that a terminal has for a slice.
    static func room(_ how: String, _ shape: [Int], _ ink: Ink) -> (rows: Int, columns: Int) {
        let width = Environment.outputColumns - 2
        if how == "plot" { return (1, max(2, 2 * min(width - 14, 400))) }
        let hasHalves = ink.isColored && ink.isUnicode
        return (hasHalves ? 88 : 44, max(1, hasHalves ? width : width / 2))
    }

    private var palette: Palette {
        if let name = context.arguments.value(.palette), let palette = Palette.named(name) {
            return palette
        }
        if case .around = range.bounds { return .balance }
        return .cividis
    }

    // MARK: Files

    /// One pixel for each place.
    private var pixels: Pixels {
        Pixels(plane, scale, palette, scale: 1)
    }

    /// An image.
    var png: [UInt8] {
        PNG.encode(pixels)
    }

    /// The same as a drawing.
    var svg: [UInt8] {
        let pixels = pixels
        var drawing = SVG(width: Double(pixels.width), height: Double(pixels.height))
        drawing.image(pixels, x: 0, y: 0)
        return Array(drawing.document.utf8)
    }

    // MARK: Terminal

    /// Draws it as an image, a plot or a histogram.
    func print(_ how: String) throws {
        switch how {
        case "plot": try plot()
        case "histogram": try histogram()
        default: try image()
        }
        try summary()
    }

    private var levels: [PixelColor] {
        palette.levels(isIndexed: !Environment.hasDirectColors)
    }

    private func image() throws {
        let ink = context.ink
        let style =
            ink.isColored
            ? ImageStyle(scale, colors: levels, isUnicode: ink.isUnicode)
            : ImageStyle(scale, ramp: ink.isUnicode ? ImageStyle.shades : ImageStyle.signs)
        let room = Self.room("image", shape, ink)
        let factor = max(1, min(8, room.rows / max(1, plane.rows), room.columns / plane.columns))
        let enlarged = plane.enlarged(rows: plane.rows * factor, columns: plane.columns * factor)
        let cells = ImageCells(enlarged, style)
        let isDouble = !style.hasHalfBlocks
        for row in 0..<cells.rows {
            var line = "  "
            for column in 0..<cells.columns {
                guard let cell = cells[row, column] else { continue }
                let text = ink.tinted(cell)
                line += isDouble ? text + text : text
            }
            try context.output.line(line)
        }
        guard statistics.minimum != nil else { return }
        var bar = ""
        for step in 0..<24 {
            let share = (Double(step) + 0.5) / 24
            let level = Palette.level(at: share, of: ink.isColored ? 16 : style.ramp.count)
            bar +=
                ink.isColored
                ? ink.tinted(" ", behind: levels[level]) : String(style.ramp[level])
        }
        let unit = values.unit.isEmpty ? "" : " \(visible(values.unit))"
        let (low, high) = (Wording.short(scale.lower), Wording.short(scale.upper))
        try context.output.line("  \(low) \(bar) \(high)\(unit)")
    }

    private func plot() throws {
        let ink = context.ink
        let rows = 16
        var plot = LinePlot(rows: rows, columns: min(Environment.outputColumns - 16, 400))
        let marks = plane.marks.map { $0 == .value }
        func ends(_ given: [Double]) -> [Double] {
            let source = given.count == marks.count ? given : values.numbers
            return zip(source, marks).map { $1 ? $0 : .nan }
        }
        plot.draw(minima: ends(values.minima), maxima: ends(values.maxima), scale)
        let ticks = Ticks(lower: scale.lower, upper: scale.upper, count: 5)
        var labels: [Int: String] = [:]
        for value in ticks.values {
            guard let position = scale.position(of: value) else { continue }
            let text = Wording.decimal(value, ticks.decimals)
            labels[rows - 1 - Int((position * Double(rows - 1)).rounded())] = text
        }
        let margin = labels.values.map(\.count).max() ?? 0
        for (row, line) in plot.lines(isUnicode: ink.isUnicode).enumerated() {
            let label = labels[row] ?? ""
            let blanks = String(repeating: " ", count: margin - label.count)
            let edge = ink.glyph(label.isEmpty ? "│" : "┤", "|")
            try context.output.line("  " + ink(.dim, blanks + label + " " + edge) + line)
        }
        let gaps = gaps(plot.columns)
        guard gaps.contains(where: { $0 != " " }) else { return }
        try context.output.line(String(repeating: " ", count: margin + 4) + gaps)
    }

    /// The signs of what has no number, under the plot.
    private func gaps(_ columns: Int) -> String {
        var line = ""
        for column in 0..<columns {
            let first = min(plane.columns - 1, column * plane.columns / columns)
            let last = max(first, (column + 1) * plane.columns / columns - 1)
            let worst = plane.marks[first...min(last, plane.columns - 1)].max() ?? .value
            line.append(worst.sign ?? " ")
        }
        return line
    }

    private func histogram() throws {
        guard let low = statistics.minimum, let high = statistics.maximum,
            let spread = values.spread
        else { return try context.output.line("  no numbers to count") }
        let histogram = spread.histogram(lower: low, upper: high, parts: 20)
        let most = max(1, histogram.counts.max() ?? 1)
        let starts = histogram.counts.indices.map {
            Wording.short(histogram.bounds(of: $0).lowerBound)
        }
        let margin = starts.map(\.count).max() ?? 0
        let width = max(8, min(80, Environment.outputColumns - margin - 20))
        for (part, count) in histogram.counts.enumerated() {
            let blanks = String(repeating: " ", count: margin - starts[part].count)
            let length = count == 0 ? 0 : max(1, Int(Double(count) / Double(most) * Double(width)))
            let bar = String(repeating: context.ink.glyph("█", "#"), count: length)
            let rest = String(repeating: " ", count: width - length)
            let line = "  " + context.ink(.dim, blanks + starts[part]) + " \(bar)\(rest) "
            try context.output.line(line + Wording.count(count))
        }
    }

    /// Elements of the slice.
    private var wholeCount: Int {
        shape.reduce(1) { $0.multipliedOrMost(by: $1) }
    }

    private func summary() throws {
        var parts = ["\(Wording.extents(shape, context.ink)) \(type)"]
        if values.request.isReduced, values.request.isSampled, statistics.total < wholeCount {
            let counts = [statistics.total, wholeCount].map { Wording.count($0) }
            parts.append("a sample: \(counts[0]) of \(counts[1])")
        }
        if let low = statistics.minimum, let high = statistics.maximum, let mean = statistics.mean {
            let text = "\(Wording.short(low)) to \(Wording.short(high))"
            let deviation = statistics.standardDeviation.map { ", sd \(Wording.short($0))" } ?? ""
            parts.append("\(text), mean \(Wording.short(mean))\(deviation)")
        }
        for (word, sign, count) in [
            ("NaN", "~ ", statistics.notANumberCount - values.noneCount),
            ("none", "~ ", values.noneCount), ("inf", "", statistics.infiniteCount),
            ("absent", "o ", statistics.absentCount), ("failed", "X ", statistics.failedCount),
        ] where count > 0 {
            parts.append("\(sign)\(Wording.count(count)) \(word)")
        }
        try context.output.line("  " + context.ink(.dim, parts.joined(separator: "   ")))
    }
}

extension Wording {
    /// A number of data in a few figures.
    static func short(_ number: Double) -> String {
        let size = abs(number)
        if number == 0 { return "0" }
        if size >= 0.01, size < 1e6 { return Wording.decimal(number, size >= 100 ? 1 : 3) }
        return "\(number)"
    }
}

extension Ink {
    /// A cell of an image in its colours.
    fileprivate func tinted(_ cell: ImageCell) -> String {
        let glyph = cell.mark.sign == nil || isUnicode || cell.glyph.isASCII ? cell.glyph : "?"
        return tinted(glyph, cell.foreground, behind: cell.background)
    }

    /// A sign in a colour, on another.
    fileprivate func tinted(
        _ glyph: Character,
        _ foreground: PixelColor? = nil,
        behind background: PixelColor?
    ) -> String {
        guard isColored else { return String(glyph) }
        var codes: [String] = []
        if let foreground { codes.append("38;\(code(foreground))") }
        if let background { codes.append("48;\(code(background))") }
        guard !codes.isEmpty else { return String(glyph) }
        return "\u{1b}[\(codes.joined(separator: ";"))m\(glyph)\u{1b}[0m"
    }

    /// As the terminal has it, for it takes what it does not know for something else.
    private func code(_ color: PixelColor) -> String {
        Environment.hasDirectColors
            ? "2;\(color.red);\(color.green);\(color.blue)"
            : "5;\(ColorMatch.indexed(Tint(color.red, color.green, color.blue)))"
    }
}
