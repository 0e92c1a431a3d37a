/// A rectangle of cells that a pane draws on. Everything outside is cut off; nothing traps.
public struct Canvas: Equatable, Sendable {
    /// Rows and columns.
    public let size: Size
    private var cells: [Cell]

    /// Makes a canvas of blanks.
    public init(_ size: Size) {
        self.size = size
        cells = Array(repeating: Cell(), count: size.rows * size.columns)
    }

    /// The cell at `row` and `column`; a blank outside. Setting outside does nothing.
    public subscript(row: Int, column: Int) -> Cell {
        get {
            contains(row, column) ? cells[row * size.columns + column] : Cell()
        }
        set {
            guard contains(row, column) else { return }
            cells[row * size.columns + column] = newValue
        }
    }

    private func contains(_ row: Int, _ column: Int) -> Bool {
        row >= 0 && row < size.rows && column >= 0 && column < size.columns
    }
}
