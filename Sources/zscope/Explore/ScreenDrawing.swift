import Canvas
import Raster
import TerminalDriver

/// A screen as a drawing: every cell where it is, in the colours of a theme.
struct ScreenDrawing {
    private let canvas: Canvas
    private let theme: Theme
    private let paper: PixelColor
    private let ink: PixelColor

    private static let cell = (width: 9.0, height: 18.0)

    /// Takes a screen as it was drawn.
    init(_ canvas: Canvas, theme: ThemeName) {
        self.canvas = canvas
        self.theme = Theme(theme, colors: .direct)
        let isLight = theme == .light
        paper = isLight ? PixelColor(252, 252, 252) : PixelColor(22, 24, 26)
        ink = isLight ? PixelColor(40, 40, 40) : PixelColor(208, 210, 206)
    }

    /// The whole file.
    var svg: String {
        let margin = 8.0
        var drawing = SVG(
            width: Double(canvas.size.columns) * Self.cell.width + 2 * margin,
            height: Double(canvas.size.rows) * Self.cell.height + 2 * margin,
            background: paper
        )
        for row in 0..<canvas.size.rows {
            var column = 0
            while column < canvas.size.columns {
                let style = canvas[row, column].style
                var end = column + 1
                while end < canvas.size.columns, canvas[row, end].style == style { end += 1 }
                draw(row, column..<end, style, on: &drawing, margin)
                column = end
            }
        }
        return drawing.document
    }

    /// Draws cells of one style.
    private func draw(
        _ row: Int,
        _ columns: Range<Int>,
        _ style: Style,
        on drawing: inout SVG,
        _ margin: Double
    ) {
        let look = colors(of: style)
        let x = margin + Double(columns.lowerBound) * Self.cell.width
        let y = margin + Double(row) * Self.cell.height
        let width = Double(columns.count) * Self.cell.width
        if look.paper != paper {
            drawing.rectangle(x: x, y: y, width: width, height: Self.cell.height, look.paper)
        }
        var words: (start: Int, text: String) = (columns.lowerBound, "")
        func finish(at end: Int) {
            guard words.text.contains(where: { $0 != " " }) else { return }
            drawing.text(
                words.text,
                x: margin + Double(words.start) * Self.cell.width,
                y: y + 13.5,
                size: 15,
                look.ink,
                length: Double(end - words.start) * Self.cell.width,
                isBold: look.isBold
            )
        }
        for column in columns {
            guard let character = canvas[row, column].character else { continue }
            let part = Self.part(of: character)
            if part == nil, character != " " || !words.text.isEmpty && words.text.last != " " {
                if words.text.isEmpty { words.start = column }
                words.text.append(character)
                continue
            }
            finish(at: column)
            words.text = ""
            guard let part else { continue }
            drawing.rectangle(
                x: margin + (Double(column) + part.left) * Self.cell.width,
                y: y + part.top * Self.cell.height,
                width: part.width * Self.cell.width,
                height: part.height * Self.cell.height,
                look.ink
            )
        }
        finish(at: columns.upperBound)
    }

    /// The part of a cell that a block fills, which fonts leave gaps between; `nil` for other characters.
    private static func part(
        of character: Character
    ) -> (left: Double, top: Double, width: Double, height: Double)? {
        if character == "█" { return (0, 0, 1, 1) }
        if character == "▀" { return (0, 0, 1, 0.5) }
        if character == "▐" { return (0.5, 0, 0.5, 1) }
        if let eighths = Glyphs.unicode.heights.firstIndex(of: character), eighths > 0 {
            let height = Double(eighths) / 8
            return (0, 1 - height, 1, height)
        }
        if let eighths = Glyphs.unicode.widths.firstIndex(of: character), eighths > 0 {
            return (0, 0, Double(eighths) / 8, 1)
        }
        return nil
    }

    private func colors(of style: Style) -> (ink: PixelColor, paper: PixelColor, isBold: Bool) {
        let colors = theme.tints(style)
        let ink = colors.foreground.map { PixelColor($0.red, $0.green, $0.blue) } ?? ink
        let paper = colors.background.map { PixelColor($0.red, $0.green, $0.blue) } ?? paper
        return colors.isReversed
            ? (paper, ink, colors.isBold) : (ink, paper, colors.isBold)
    }
}
