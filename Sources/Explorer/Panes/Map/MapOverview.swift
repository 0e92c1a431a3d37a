import Canvas

/// The whole grid in a small frame: where anomalies are, and which part is in view.
struct MapOverview {
    /// The most lines and columns.
    static let rows = 8
    static let columns = 24

    /// The whole view, folded to `window(_:)`.
    let fold: MapFold
    /// The part that is in view.
    let window: MapFold.Window

    /// The whole view in at most so many cells as there is room for.
    static func window(_ view: GridProjection) -> MapFold.Window {
        MapFold.Window(
            rows: 0..<view.rowCount,
            columns: 0..<view.columnCount,
            rowSpan: max(1, (view.rowCount + rows - 1) / rows),
            columnSpan: max(1, (view.columnCount + columns - 1) / columns)
        )
    }

    /// Draws it; nothing where it does not fit.
    func draw(on canvas: inout Canvas, in place: Rect) {
        let lines = fold.window.cellRows
        let across = fold.window.cellColumns
        let room = min(place.rows, canvas.size.rows - place.row)
        guard room >= lines + 2, canvas.size.columns >= across + 2 else { return }
        let box = Rect(row: place.row, column: place.column, rows: lines + 2, columns: across + 2)
        canvas.box(box, title: across >= 14 ? "Whole grid" : "")
        for line in 0..<lines {
            for column in 0..<across {
                let cell = fold[line, column]
                let rows = line * fold.window.rowSpan..<(line + 1) * fold.window.rowSpan
                let columns =
                    column * fold.window.columnSpan..<(column + 1) * fold.window.columnSpan
                let isIn = rows.overlaps(window.rows) && columns.overlaps(window.columns)
                var style = Style(isIn ? .accent : .dim)
                var sign = isIn ? "▒" : "·"
                if let kind = cell.kind {
                    sign = String(kind.glyph)
                    style = Style(kind.role, isReversed: isIn)
                }
                canvas.write(sign, row: box.row + 1 + line, column: box.column + 1 + column, style)
            }
        }
    }
}
