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

    /// Everything of `size`, from row 0 and column 0.
    public init(_ size: Size) {
        self.init(row: 0, column: 0, rows: size.rows, columns: size.columns)
    }

    /// Rows and columns.
    public var size: Size { Size(rows: rows, columns: columns) }

    /// Whether there is no cell inside.
    public var isEmpty: Bool { rows == 0 || columns == 0 }

    /// The row after the last one.
    public var endRow: Int { row.addingSaturating(rows) }

    /// The column after the last one.
    public var endColumn: Int { column.addingSaturating(columns) }

    /// From the first row to the last.
    public var rowRange: Range<Int> { row..<endRow }

    /// From the first column to the last.
    public var columnRange: Range<Int> { column..<endColumn }

    /// Whether `point` lies inside.
    public func contains(_ point: Point) -> Bool {
        point.row >= row && point.row < endRow && point.column >= column && point.column < endColumn
    }

    /// What both have in common; empty where they do not meet.
    public func intersection(_ other: Rect) -> Rect {
        let top = max(row, other.row)
        let left = max(column, other.column)
        let bottom = min(endRow, other.endRow)
        let right = min(endColumn, other.endColumn)
        return Rect(
            row: top,
            column: left,
            rows: bottom > top ? bottom - top : 0,
            columns: right > left ? right - left : 0
        )
    }

    /// The rectangle without its outer `rows` and `columns` on each side.
    public func inset(rows: Int = 1, columns: Int = 1) -> Rect {
        Rect(
            row: row.addingSaturating(min(rows, self.rows)),
            column: column.addingSaturating(min(columns, self.columns)),
            rows: self.rows - 2 * min(rows, self.rows),
            columns: self.columns - 2 * min(columns, self.columns)
        )
    }

    /// A rectangle of `size`, or less where there is less room, in the middle of this one.
    public func centered(_ size: Size) -> Rect {
        let rows = min(size.rows, self.rows)
        let columns = min(size.columns, self.columns)
        return Rect(
            row: row.addingSaturating((self.rows - rows) / 2),
            column: column.addingSaturating((self.columns - columns) / 2),
            rows: rows,
            columns: columns
        )
    }
}

extension Int {
    /// The sum, or the largest number there is.
    fileprivate func addingSaturating(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }
}
