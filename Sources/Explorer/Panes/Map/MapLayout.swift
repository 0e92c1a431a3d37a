import Canvas

/// Where the parts of the map lie.
struct MapLayout: Hashable, Sendable {
    /// Numbers of columns, above the tiles.
    private(set) var ruler: Rect
    /// Numbers of rows, left of the tiles.
    private(set) var labels: Rect
    /// The tiles, two columns each.
    private(set) var tiles: Rect
    /// Counts of rows, right of the tiles.
    private(set) var rowCounts: Rect
    /// Counts of columns, under the tiles.
    private(set) var columnCounts: Rect
    /// The legend, under all.
    private(set) var legend: Rect
    /// Axes, counts and cursor; empty where there is no room.
    private(set) var panel: Rect
    /// The column between; empty without a panel.
    private(set) var line: Rect

    /// Takes the rows and columns that tiles are drawn in, and puts the counts next to them.
    mutating func shrink(rows: Int, columns: Int) {
        let columns = min(columns, tiles.columns)
        let rows = min(rows, tiles.rows)
        rowCounts.column = min(rowCounts.column, tiles.column + columns + 1)
        columnCounts.row = min(columnCounts.row, tiles.row + rows)
    }

    /// Divides a pane for labels of so many digits.
    init(size: Size, labelWidth: Int) {
        let panelWidth =
            size.columns >= 132 ? 46 : size.columns >= 104 ? 40 : size.columns >= 72 ? 29 : 0
        let parts = Rect(size).splitColumns([
            .share(1), .fixed(panelWidth > 0 ? 1 : 0), .fixed(panelWidth),
        ])
        line = panelWidth > 0 ? parts[1] : Rect(row: 0, column: 0, rows: 0, columns: 0)
        panel = panelWidth > 0 ? parts[2].inset(rows: 0, columns: 1) : line
        let left = parts[0]
        let hasCounts = left.columns >= labelWidth + 16
        let rows = left.splitRows([
            .fixed(1), .share(1), .fixed(left.rows >= 8 ? 1 : 0), .fixed(left.rows >= 6 ? 1 : 0),
        ])
        let columns = rows[1].splitColumns([
            .fixed(labelWidth + 2), .share(1), .fixed(hasCounts ? 6 : 0),
        ])
        labels = columns[0]
        tiles = columns[1]
        tiles.columns -= tiles.columns % 2
        rowCounts = columns[2]
        ruler = rows[0]
        columnCounts = rows[2]
        legend = rows[3]
    }
}
