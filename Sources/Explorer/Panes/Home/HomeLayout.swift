import Canvas

/// Where the parts of the home screen lie.
struct HomeLayout: Hashable, Sendable {
    /// The wordmark; empty on small screens.
    let logo: Rect
    /// The line to type in.
    let field: Rect
    /// The lines of the list of recent stores, without its heading.
    let recents: Rect
    /// The lines of the list of backends, without its heading.
    private(set) var backends: Rect
    /// What is known of the selected one.
    let details: Rect

    /// The registered layers, and what the program is for; empty where there is no room.
    private(set) var more: Rect

    /// The five jobs in brief; empty where there is room for all of it, or for nothing.
    let jobs: Rect

    /// Columns of what is written in a pane of that size.
    static func width(_ size: Size) -> Int {
        max(0, size.columns - (size.columns >= 60 ? 4 : 2))
    }

    /// Divides a pane; details below the lists take at most `detailRows` lines.
    init(size: Size, _ home: HomeContents?, detailRows: Int = 7) {
        let isTall = size.rows >= 34
        let isWide = size.columns >= 120
        let whole = Rect(size).inset(rows: 0, columns: size.columns >= 60 ? 2 : 1)
        let top = isTall ? 7 : min(1, size.rows - 1)
        logo = Rect(row: 1, column: whole.column, rows: isTall ? 4 : 0, columns: whole.columns)
        field = Rect(row: top, column: whole.column, rows: 1, columns: whole.columns)
        let below = Rect(
            row: top + 2,
            column: whole.column,
            rows: max(0, size.rows - top - 2),
            columns: whole.columns
        )
        let none = Rect(row: 0, column: 0, rows: 0, columns: 0)
        let jobRows = !isTall && below.rows >= 18 && below.columns >= 72 ? 2 : 0
        let parts =
            isWide
            ? below.splitColumns([.share(3), .share(2)], gap: 3)
            : below.splitRows([
                .share(1, minimum: 6), .fixed(max(0, min(detailRows, below.rows - 9 - jobRows))),
                .fixed(jobRows),
            ])
        details = parts[1]
        jobs = parts.count > 2 ? parts[2] : none
        let lists = parts[0]
        let recentCount = home?.stores.count ?? 0
        let free = lists.rows - 3 - (home?.backends.count ?? 0) - (isWide ? 0 : 1)
        let most = max(1, min(recentCount, max(free, (lists.rows - 3) / 3)))
        recents = Rect(
            row: lists.row + 1,
            column: lists.column,
            rows: min(most, max(0, lists.rows - 1)),
            columns: lists.columns
        )
        let start = recents.endRow + 2
        let room = max(0, lists.endRow - start - (isWide ? 0 : 1))
        let count = home?.backends.count ?? room
        let isRoomy = isTall && room >= count + 14
        backends = recents
        backends.row = start
        backends.rows = isRoomy ? max(1, count) : room
        more = backends
        more.row = backends.endRow + 1
        more.rows = isRoomy ? max(0, lists.endRow - more.row) : 0
    }
}
