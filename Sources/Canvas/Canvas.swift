/// A rectangle of cells that a pane draws on. Everything outside is cut off; nothing traps.
///
/// No cell ever holds a control character, a bidirectional or zero-width one, or half of a wide
/// character: whatever is drawn is put into a visible form first. On a canvas that is not Unicode
/// every cell is ASCII.
public struct Canvas: Sendable {
    /// Whether cells may hold more than ASCII.
    public let isUnicode: Bool
    /// The signs to draw with on this canvas.
    public var glyphs: Glyphs { .set(isUnicode: isUnicode) }

    private let extent: Size
    private var cells: [Cell]
    /// Where the drawing's own row 0 and column 0 are, and what may be changed.
    private var view: View

    private struct View: Sendable {
        var origin: Point
        var size: Size
        var clip: Rect
    }

    /// Makes a canvas of blanks.
    public init(_ size: Size, isUnicode: Bool = true) {
        let (count, tooLarge) = size.rows.multipliedReportingOverflow(by: size.columns)
        extent = tooLarge || count > Canvas.largest ? Size(rows: 0, columns: 0) : size
        self.isUnicode = isUnicode
        cells = Array(repeating: Cell(), count: extent.rows * extent.columns)
        view = View(origin: Point(row: 0, column: 0), size: extent, clip: Rect(extent))
    }

    /// The most cells that a canvas has; a larger one is empty.
    static let largest = 1 << 24

    /// Rows and columns of the whole canvas, or of the region that is being drawn.
    public var size: Size { view.size }

    /// The whole of what is being drawn, from row 0 and column 0.
    public var bounds: Rect { Rect(view.size) }

    /// The cell at `row` and `column`; a blank outside. Setting outside does nothing.
    public subscript(row: Int, column: Int) -> Cell {
        get {
            place(row, column).map { cells[$0] } ?? Cell()
        }
        set {
            guard let character = newValue.character else {
                put(TextWidth.Glyph(character: " ", width: 1), row, column, newValue.style)
                return
            }
            let glyphs = TextWidth.glyphs(String(character))
            let isPlain = glyphs.count == 1
            put(isPlain ? glyphs[0] : Canvas.unprintable, row, column, newValue.style)
        }
    }

    /// In the place of one character that cannot be drawn in one cell.
    static let unprintable = TextWidth.Glyph(character: "\u{FFFD}", width: 1)

    /// Draws with `rect` as the whole canvas: its corner is row 0 and column 0, its extent the size.
    /// What lies outside of `rect`, or of the region this one is in, stays as it is.
    public mutating func region<E: Error>(
        _ rect: Rect,
        _ draw: (inout Canvas) throws(E) -> Void
    ) throws(E) {
        let outer = view
        let origin = Point(
            row: outer.origin.row &+ rect.row,
            column: outer.origin.column &+ rect.column
        )
        let inner = Rect(
            row: origin.row,
            column: origin.column,
            rows: rect.rows,
            columns: rect.columns
        )
        view = View(
            origin: origin,
            size: Size(rows: rect.rows, columns: rect.columns),
            clip: outer.clip.intersection(inner)
        )
        defer { view = outer }
        try draw(&self)
    }

    /// Puts one glyph at a place; its second cell, if it has one, follows. A wide glyph that does not
    /// fit, and the other half of one that is overwritten, become blanks.
    mutating func put(_ glyph: TextWidth.Glyph, _ row: Int, _ column: Int, _ style: Style) {
        guard let index = place(row, column) else {
            if glyph.width == 2, let second = place(row, column &+ 1) {
                set(second, Cell(" ", style))
            }
            return
        }
        if !isUnicode {
            set(index, Cell(Glyphs.asciiForm(of: glyph.character), style))
            guard glyph.width == 2, let second = place(row, column &+ 1) else { return }
            set(second, Cell("?", style))
        } else if glyph.width == 2 {
            guard let second = place(row, column &+ 1) else {
                set(index, Cell(" ", style))
                return
            }
            set(index, Cell(" ", style))
            set(second, Cell(" ", style))
            cells[index].character = glyph.character
            cells[second].character = nil
        } else {
            set(index, Cell(glyph.character, style))
        }
    }

    /// Changes the style of every cell of `rect`, and no character.
    public mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
        for row in rect.rowRange.clamped(to: bounds.rowRange) {
            for column in rect.columnRange.clamped(to: bounds.columnRange) {
                guard let index = place(row, column) else { continue }
                change(&cells[index].style)
            }
        }
    }

    /// Gives every cell of `rect` a role, and keeps its own colours.
    public mutating func restyle(_ rect: Rect, _ role: Role) {
        restyle(rect) { $0.role = role }
    }

    private mutating func set(_ index: Int, _ cell: Cell) {
        if cells[index].character == nil, index > 0 {
            cells[index - 1].character = " "
        }
        if index + 1 < cells.count, cells[index + 1].character == nil {
            cells[index + 1].character = " "
        }
        cells[index] = cell
    }

    private func place(_ row: Int, _ column: Int) -> Int? {
        let point = Point(row: view.origin.row &+ row, column: view.origin.column &+ column)
        guard view.clip.contains(point), point.row < extent.rows, point.column < extent.columns
        else { return nil }
        return point.row * extent.columns + point.column
    }
}

extension Canvas: Hashable {
    /// Whether both show the same, whatever is being drawn.
    public static func == (left: Canvas, right: Canvas) -> Bool {
        left.extent == right.extent && left.cells == right.cells
    }

    /// Takes in what is shown.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(extent)
        hasher.combine(cells)
    }
}
