import Canvas
import Raster
import ZarrModel

/// Draws the tiles of a chunk map: two columns by one row each.
///
/// A tile that holds any anomaly is a sign and a count, over its whole extent and in reverse, in
/// every colour depth; nothing averages it away. Other tiles are quarters, coloured by what they
/// hold.
struct TilePainter {
    /// What a tile shows.
    struct Tile {
        /// Everything in it.
        var whole: MapFold.Cell
        /// Its quarters: top left, top right, bottom left, bottom right.
        var parts: [MapFold.Cell]
        /// Whether the cursor is on it.
        var isCursor = false
        /// Whether it lies in a box that is being drawn.
        var isBoxed = false
        /// Where in a chunk of several tiles it lies, and how many those are.
        var rowOfChunk = 0
        var columnOfChunk = 0
        var rowsOfChunk = 1
        var columnsOfChunk = 1
        /// How many tiles across of a large chunk are in view: its sign and count stand on those.
        var columnsInView = 1

        /// Whether it is the last row of a large chunk, which is left free.
        var isGap: Bool {
            rowsOfChunk > 1 && columnsOfChunk > 1 && rowOfChunk == rowsOfChunk - 1
        }

        /// Whether the cursor is drawn here: along the top of a large chunk, so that what the chunk is
        /// stays to be seen below, and over all of a small one.
        var showsCursor: Bool {
            isCursor && (rowsOfChunk > 1 ? rowOfChunk == 0 : columnOfChunk == 0)
        }

        /// Columns that a sign and its count may take: all of two; one less of more, so that two do not
        /// run into each other.
        var textRoom: Int {
            max(2, columnsInView * 2 - 1)
        }

        /// The two columns of a text over the whole chunk that lie on this tile.
        func part(of text: String) -> String {
            guard rowOfChunk == 0 else { return "  " }
            let part = text.dropFirst(columnOfChunk * 2).prefix(2)
            return part + String(repeating: " ", count: 2 - part.count)
        }

        /// Whether it is the last tile across a large chunk, half of which is left free.
        var isEdge: Bool {
            rowsOfChunk > 1 && columnsOfChunk > 1 && columnOfChunk == columnsOfChunk - 1
        }
    }

    let measure: MapMeasure
    let units: MapUnits
    /// From the least to the greatest number of what is shown.
    let scale: MapScale?
    let tints: [Tint]
    let isColor: Bool

    /// What is marked: its own colour, and underlined where there is none.
    static let markedStyle = Style(
        .marked,
        foreground: Tint(86, 182, 194),
        background: Tint(16, 24, 32),
        isReversed: true
    )
    /// The colour of what is there.
    static let presentTint: Tint = {
        let color = PixelColor(ChunkState.present)
        return Tint(color.red, color.green, color.blue)
    }()
    /// The colour of what was read and decoded.
    static let soundTint = Tint(64, 150, 96)
    /// The colour of what is there, but whose number is not known.
    static let numberlessTint = Tint(72, 72, 78)
    /// The colour of what is not known yet.
    static let unknownTint = Tint(38, 42, 50)

    /// Draws one tile.
    func draw(_ tile: Tile, on canvas: inout Canvas, row: Int, column: Int) {
        let isFirst = tile.rowOfChunk == 0 && tile.columnOfChunk == 0
        if let kind = tile.whole.kind {
            // Without colours a mark would be no more than an underline.
            let isMarked = !isColor && tile.whole.flags & Census.markBit != 0
            let count = isMarked ? "*" : Self.count(tile.whole.counted, columns: tile.textRoom)
            let sign = tile.part(of: count + String(kind.glyph))
            drawBlock(sign, tile, style(kind, tile), on: &canvas, row, column)
            return
        }
        let isMarked = tile.whole.flags & Census.markBit != 0
        if tile.showsCursor || tile.isBoxed || isMarked {
            let sign = tile.showsCursor ? "[]" : isMarked ? "**" : "::"
            let style = tile.showsCursor ? Style(.cursor) : Self.markedStyle
            drawBlock(isFirst || isMarked ? sign : "  ", tile, style, on: &canvas, row, column)
            return
        }
        if tile.whole.flags & Census.slowBit != 0 {
            canvas.write(
                isFirst ? " s" : "  ",
                row: row,
                column: column,
                Style(.notice, isReversed: true)
            )
            return
        }
        if isColor, canvas.isUnicode {
            drawTints(tile, on: &canvas, row: row, column: column)
        } else {
            drawSigns(tile, on: &canvas, row: row, column: column)
        }
    }

    /// Draws a sign over a tile; where chunks are large, a gap is left between them.
    private func drawBlock(
        _ sign: String,
        _ tile: Tile,
        _ style: Style,
        on canvas: inout Canvas,
        _ row: Int,
        _ column: Int
    ) {
        guard !tile.isGap else {
            // Half a row of gap, as between the tiles around it.
            guard isColor, canvas.isUnicode else { return }
            var half = style
            half.isReversed.toggle()
            canvas.write(tile.isEdge ? "▀" : "▀▀", row: row, column: column, half)
            return
        }
        canvas.write(tile.isEdge ? String(sign.prefix(1)) : sign, row: row, column: column, style)
    }

    /// A count in so many columns, one of which is for the sign; `+` where it does not fit.
    static func count(_ count: Int, columns: Int) -> String {
        let text = Format.short(count)
        return text.count < columns ? text : "+"
    }

    private func style(_ kind: AnomalyKind, _ tile: Tile) -> Style {
        // Without colours all anomalies look as the cursor does: there it is the one not in reverse.
        if tile.showsCursor { return Style(.cursor, isReversed: !isColor) }
        if tile.isBoxed || tile.whole.flags & Census.markBit != 0 { return Self.markedStyle }
        return Style(kind.role, isReversed: true)
    }

    // MARK: Colour

    private func drawTints(_ tile: Tile, on canvas: inout Canvas, row: Int, column: Int) {
        for side in 0..<2 {
            if tile.isEdge, side == 1 { continue }
            let quarters = (tile.parts[side], tile.parts[side + 2])
            guard quarters.0.count > 0 else { continue }
            guard let upper = tint(quarters.0) else {
                canvas.write("·", row: row, column: column + side, .dim)
                continue
            }
            let lower = quarters.1.count > 0 ? tint(quarters.1) ?? Self.unknownTint : nil
            var style = Style(foreground: upper)
            if tile.isGap || lower == nil {
                canvas.write("▀", row: row, column: column + side, style)
            } else if upper == lower {
                canvas.write("█", row: row, column: column + side, style)
            } else {
                style.background = lower
                canvas.write("▀", row: row, column: column + side, style)
            }
        }
    }

    /// The colour of a quarter; `nil` where nothing is known.
    private func tint(_ cell: MapFold.Cell) -> Tint? {
        guard cell.count > 0 else { return nil }
        let known = cell.count - cell.unknown
        guard known > 0 else { return nil }
        if cell.unknown > 0 {
            let share = (Double(known) / Double(cell.count) * 8).rounded(.up) / 8
            return Self.mix(Self.unknownTint, Self.presentTint, share)
        }
        if measure == .state, cell.sound > 0 {
            let share = (Double(cell.sound) / Double(known) * 8).rounded(.down) / 8
            return Self.mix(Self.presentTint, Self.soundTint, share)
        }
        guard measure.number != nil else { return Self.presentTint }
        return share(cell).map { Ramp.tint($0, of: tints) } ?? Self.numberlessTint
    }

    /// Where the number of a cell lies between the least and the greatest.
    private func share(_ cell: MapFold.Cell) -> Double? {
        guard let scale, let number = cell.number(measure, units), number.isFinite else {
            return nil
        }
        let share = scale.share(number)
        // A share of one in a million is more than none.
        return measure.isShare && number > 0 ? max(share, 0.07) : share
    }

    private static func mix(_ low: Tint, _ high: Tint, _ share: Double) -> Tint {
        func part(_ low: UInt8, _ high: UInt8) -> UInt8 {
            UInt8(Double(low) + (Double(high) - Double(low)) * max(0, min(1, share)))
        }
        return Tint(
            part(low.red, high.red),
            part(low.green, high.green),
            part(low.blue, high.blue)
        )
    }

    // MARK: Signs

    /// From little to much, in characters.
    static func signs(isUnicode: Bool) -> [Character] {
        isUnicode ? ["░", "▒", "▓", "█"] : [".", ":", "-", "=", "+", "%", "#"]
    }

    /// What was read and decoded.
    static func soundSign(_ canvas: Canvas) -> Character {
        canvas.isUnicode ? "█" : "V"
    }

    private func drawSigns(_ tile: Tile, on canvas: inout Canvas, row: Int, column: Int) {
        guard !tile.isGap else { return }
        for side in 0..<2 {
            if tile.isEdge, side == 1 { continue }
            var cell = tile.parts[side]
            cell.add(tile.parts[side + 2])
            guard cell.count > 0 else { continue }
            let known = cell.count - cell.unknown
            let sign: Character
            var role = Role.text
            if known == 0 {
                sign = "·"
                role = .dim
            } else if cell.unknown > 0 {
                sign = canvas.isUnicode ? "░" : "-"
            } else if measure == .state {
                sign = cell.sound == known ? Self.soundSign(canvas) : canvas.isUnicode ? "▒" : "#"
            } else if measure.number != nil {
                guard let share = share(cell) else {
                    canvas.write("·", row: row, column: column + side, .dim)
                    continue
                }
                let signs = Self.signs(isUnicode: canvas.isUnicode)
                sign = signs[max(0, min(signs.count - 1, Int(share * Double(signs.count))))]
            } else {
                sign = canvas.isUnicode ? "▒" : "#"
            }
            canvas.write(String(sign), row: row, column: column + side, role)
        }
    }
}
