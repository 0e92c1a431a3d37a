import Canvas

/// Where the parts of the plan lie.
struct PlanLayout: Hashable, Sendable {
    /// The lines of the entries.
    let entries: Rect
    /// What is told of the chosen entry; empty where there is no room.
    let details: Rect
    /// What holds for all.
    let totals: Rect

    init(size: Size) {
        let detailRows = size.rows >= 16 ? 5 : size.rows >= 13 ? 2 : 0
        let totalRows = size.rows >= 12 ? 4 : size.rows >= 8 ? 2 : 0
        let rest = max(1, size.rows - 3 - totalRows - (detailRows > 0 ? detailRows + 1 : 0))
        entries = Rect(row: 3, column: 0, rows: rest, columns: size.columns)
        details = Rect(row: 3 + rest + 1, column: 0, rows: detailRows, columns: size.columns)
        let below = detailRows > 0 ? 4 + rest + detailRows : 3 + rest
        totals = Rect(row: below, column: 0, rows: totalRows, columns: size.columns)
    }
}
