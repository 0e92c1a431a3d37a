import Canvas

/// Where the parts of the home screen lie.
struct HomeLayout: Hashable, Sendable {
    /// The wordmark; empty on small screens.
    private(set) var logo: Rect
    /// The line to type in.
    private(set) var field: Rect
    /// The lines of the list of recent stores, without its heading.
    private(set) var recents: Rect
    /// The lines of the list of backends, without its heading.
    private(set) var backends: Rect
    /// What is known of the selected one.
    private(set) var details: Rect

    /// The registered layers, and what the program is for; empty where there is no room.
    private(set) var more: Rect

    /// Divides a pane.
    init(size: Size, _ home: HomeContents?) {
        let isTall = size.rows >= 34
        let isWide = size.columns >= 120
        let margin = size.columns >= 60 ? 2 : 1
        var area = Rect(size).inset(rows: 0, columns: margin)
        logo = Rect(row: 1, column: area.column, rows: isTall ? 4 : 0, columns: area.columns)
        let top = isTall ? logo.endRow + 2 : min(1, size.rows - 1)
        field = Rect(row: top, column: area.column, rows: 1, columns: area.columns)
        area = Rect(
            row: top + 2,
            column: area.column,
            rows: max(0, size.rows - top - 2),
            columns: area.columns
        )
        if isWide {
            let halves = area.splitColumns([.share(3), .share(2)], gap: 3)
            area = halves[0]
            details = halves[1]
        } else {
            let split = area.splitRows([
                .share(1, minimum: 6), .fixed(max(0, min(7, area.rows - 9))),
            ])
            area = split[0]
            details = split[1]
        }
        let recentCount = home?.recents.count ?? 0
        let most = recentCount == 0 ? 1 : min(recentCount, max(1, (area.rows - 3) / 3))
        recents = Rect(
            row: area.row + 1,
            column: area.column,
            rows: min(most, max(0, area.rows - 1)),
            columns: area.columns
        )
        let start = recents.endRow + 2
        let room = max(0, area.endRow - start - (isWide ? 0 : 1))
        let count = home?.backends.count ?? room
        let isRoomy = isTall && room >= count + 14
        backends = Rect(
            row: start,
            column: area.column,
            rows: isRoomy ? max(1, count) : room,
            columns: area.columns
        )
        more = Rect(
            row: backends.endRow + 1,
            column: area.column,
            rows: isRoomy ? max(0, area.endRow - backends.endRow - 1) : 0,
            columns: area.columns
        )
    }
}
