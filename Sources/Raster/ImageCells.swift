/// One cell of a terminal that shows a piece of an image.
public struct ImageCell: Hashable, Sendable {
    /// What is drawn.
    public var glyph: Character
    /// Its colour; `nil` for that of text.
    public var foreground: PixelColor?
    /// The colour behind it; `nil` for that of the screen.
    public var background: PixelColor?
    /// The worst behind the cell: anything but `value` should be seen without colour too.
    public var mark: PlaneMark
}

extension PlaneMark {
    /// The sign for a place without a number, in every character set; `nil` for a number.
    public var sign: Character? {
        switch self {
        case .value: nil
        case .notANumber: "~"
        case .unread: "?"
        case .absent: "o"
        case .failed: "X"
        }
    }
}

/// How the numbers of a plane are drawn in cells.
public struct ImageStyle: Hashable, Sendable {
    /// Which number has which position.
    public var normalization: Normalization
    /// From low to high; empty draws with signs alone.
    public var colors: [PixelColor]
    /// Whether two pixels, one above the other, share a cell (`▀`).
    public var hasHalfBlocks: Bool
    /// From low to high, for cells without colours.
    public var ramp: [Character]

    /// Colours: two pixels a cell where there is Unicode, else one.
    public init(_ normalization: Normalization, colors: [PixelColor], isUnicode: Bool = true) {
        self.normalization = normalization
        self.colors = colors
        hasHalfBlocks = isUnicode
        ramp = []
    }

    /// Signs: one pixel a cell.
    public init(_ normalization: Normalization, ramp: [Character]) {
        self.normalization = normalization
        colors = []
        hasHalfBlocks = false
        self.ramp = ramp
    }

    /// Shades for terminals with eight colours or none.
    public static let shades: [Character] = Array(" ░▒▓█")
    /// The same in ASCII.
    public static let signs: [Character] = Array(" .:-=+*#%@")
}

/// A plane as cells. A pixel is a place of the plane: reduce it first to what fits.
public struct ImageCells: Hashable, Sendable {
    /// Rows of cells.
    public let rows: Int
    /// Columns of cells.
    public let columns: Int
    /// Row by row.
    public let cells: [ImageCell]

    /// Draws a plane. A cell behind which any place has no number shows the worst mark's sign over the
    /// whole cell, on the other half's colour: such a place never disappears in an image.
    public init(_ plane: Plane, _ style: ImageStyle) {
        let step = style.hasHalfBlocks ? 2 : 1
        rows = (plane.rows + step - 1) / step
        columns = plane.columns
        var cells: [ImageCell] = []
        cells.reserveCapacity(rows * columns)
        for row in stride(from: 0, to: plane.rows, by: step) {
            for column in 0..<plane.columns {
                let top = Pixel(plane, row, column, style)
                let hasBottom = step == 2 && row + 1 < plane.rows
                let bottom = hasBottom ? Pixel(plane, row + 1, column, style) : nil
                cells.append(ImageCells.cell(top, bottom, style))
            }
        }
        self.cells = cells
    }

    /// The cell at a place; `nil` outside.
    public subscript(row: Int, column: Int) -> ImageCell? {
        guard row >= 0, row < rows, column >= 0, column < columns else { return nil }
        return cells[row * columns + column]
    }

    private struct Pixel {
        var mark: PlaneMark
        var position: Double
        var color: PixelColor?

        init(_ plane: Plane, _ row: Int, _ column: Int, _ style: ImageStyle) {
            let value = plane[row, column]
            mark = plane.mark(row, column)
            position = value.flatMap { style.normalization.position(of: $0) } ?? 0
            guard value != nil, !style.colors.isEmpty else { return }
            color = style.colors[Palette.level(at: position, of: style.colors.count)]
        }
    }

    private static func cell(_ top: Pixel, _ bottom: Pixel?, _ style: ImageStyle) -> ImageCell {
        let worst = max(top.mark, bottom?.mark ?? top.mark)
        if let sign = worst.sign {
            let behind = top.color ?? bottom?.color
            return ImageCell(glyph: sign, foreground: nil, background: behind, mark: worst)
        }
        if style.colors.isEmpty {
            let level = Palette.level(at: top.position, of: style.ramp.count)
            let glyph = style.ramp.indices.contains(level) ? style.ramp[level] : " "
            return ImageCell(glyph: glyph, foreground: nil, background: nil, mark: .value)
        }
        guard style.hasHalfBlocks else {
            return ImageCell(glyph: " ", foreground: nil, background: top.color, mark: .value)
        }
        guard let bottom else {
            return ImageCell(glyph: "▀", foreground: top.color, background: nil, mark: .value)
        }
        // One colour needs no half: a blank is cheaper to send, and runs of blanks cheaper still.
        let isEven = top.color == bottom.color
        return ImageCell(
            glyph: isEven ? " " : "▀",
            foreground: isEven ? nil : top.color,
            background: bottom.color,
            mark: .value
        )
    }
}
