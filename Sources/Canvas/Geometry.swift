/// Rows and columns of the terminal.
public struct Size: Hashable, Sendable {
    /// Rows.
    public var rows: Int
    /// Columns.
    public var columns: Int

    /// Makes a size; negative numbers count as 0.
    public init(rows: Int, columns: Int) {
        self.rows = max(0, rows)
        self.columns = max(0, columns)
    }
}

/// A cell's place, from the top left corner, counted from 0.
public struct Point: Hashable, Sendable {
    /// The row of the top edge, from 0.
    public var row: Int
    /// The column of the left edge, from 0.
    public var column: Int

    /// Makes a place.
    public init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }
}

/// A rectangle of cells.
public struct Rect: Hashable, Sendable {
    /// The row of the top edge, from 0.
    public var row: Int
    /// The column of the left edge, from 0.
    public var column: Int
    /// Rows.
    public var rows: Int
    /// Columns.
    public var columns: Int

    /// Makes a rectangle; a negative extent counts as 0.
    public init(row: Int, column: Int, rows: Int, columns: Int) {
        self.row = row
        self.column = column
        self.rows = max(0, rows)
        self.columns = max(0, columns)
    }

    /// Whether `point` lies inside.
    public func contains(_ point: Point) -> Bool {
        point.row >= row && point.row < row + rows
            && point.column >= column && point.column < column + columns
    }
}
