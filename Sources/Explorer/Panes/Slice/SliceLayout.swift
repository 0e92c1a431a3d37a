import Canvas

/// Where the parts of a slice lie.
struct SliceLayout: Hashable, Sendable {
    /// What is shown and how.
    let head: Rect
    /// Indexes or coordinates of columns.
    let ruler: Rect
    /// Indexes or coordinates of rows.
    let labels: Rect
    /// The values.
    let body: Rect
    /// The row through the cursor as a line, under an image; empty where there is no room.
    let strip: Rect
    /// What the colours and signs stand for.
    let legend: Rect
    /// Dimensions, cursor and figures; empty where there is no room.
    let panel: Rect
    /// The column between; empty without a panel.
    let line: Rect

    /// Divides a pane, for row labels of so many characters.
    init(size: Size, labelWidth: Int, hasStrip: Bool = false) {
        let panelWidth =
            size.columns >= 132 ? 44 : size.columns >= 104 ? 36 : size.columns >= 72 ? 28 : 0
        let parts = Rect(size).splitColumns([
            .share(1), .fixed(panelWidth > 0 ? 1 : 0), .fixed(panelWidth),
        ])
        let none = Rect(row: 0, column: 0, rows: 0, columns: 0)
        line = panelWidth > 0 ? parts[1] : none
        panel = panelWidth > 0 ? parts[2].inset(rows: 0, columns: 1) : none
        let stripRows = hasStrip && size.rows >= 30 ? 6 : 0
        let rows = parts[0].splitRows([
            .fixed(1), .fixed(1), .share(1), .fixed(stripRows), .fixed(1),
        ])
        head = rows[0]
        legend = rows[4]
        let columns = rows[2].splitColumns([.fixed(max(3, labelWidth) + 2), .share(1)])
        labels = columns[0]
        body = columns[1]
        strip = stripRows > 0 ? rows[3] : none
        ruler = Rect(
            row: rows[1].row,
            column: body.column,
            rows: rows[1].rows,
            columns: body.columns
        )
    }
}
