import Canvas

/// Where the parts of the operations lie.
struct OperationsLayout: Hashable, Sendable {
    /// The figures of all operations, and how many there were in each second.
    let figures: Rect
    /// The list with its names of columns.
    let list: Rect
    /// What is known of the selected operation.
    let details: Rect
    /// The figures by operation; empty where there is room for the list only.
    let kinds: Rect
    /// The column between; empty where there is none.
    let line: Rect

    /// Divides a pane.
    init(size: Size) {
        let none = Rect(row: 0, column: 0, rows: 0, columns: 0)
        let rows = Rect(size).splitRows([.fixed(4), .share(1)])
        figures = rows[0].inset(rows: 0, columns: 1)
        guard size.columns >= 140, size.rows >= 12 else {
            let parts = rows[1].splitRows([.share(1), .fixed(size.rows >= 14 ? 4 : 0)])
            list = parts[0].inset(rows: 0, columns: 1)
            details = parts[1].inset(rows: 0, columns: 1)
            kinds = none
            line = none
            return
        }
        let columns = rows[1].splitColumns([.share(1), .fixed(1), .fixed(54)])
        list = columns[0].inset(rows: 0, columns: 1)
        line = columns[1]
        let right = columns[2].inset(rows: 0, columns: 1).splitRows([.share(1), .share(1)])
        kinds = right[0]
        details = right[1]
    }
}
