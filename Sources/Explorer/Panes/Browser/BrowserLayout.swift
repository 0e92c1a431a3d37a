import Canvas

/// Where the parts of the browser lie.
struct BrowserLayout: Hashable, Sendable {
    /// The lines of the tree.
    let tree: Rect
    /// The column between the sides; empty where only one is shown.
    let line: Rect
    /// The names of the tabs.
    let tabs: Rect
    /// The text of the tab.
    let text: Rect

    /// Divides a pane. Narrow ones show one side.
    init(size: Size, isReading: Bool) {
        var left: Rect
        var right: Rect
        if size.columns >= 72 {
            let treeShare = size.columns >= 120 ? 9 : 1
            let textShare = size.columns >= 120 ? 10 : 1
            let parts = Rect(size).splitColumns([
                .share(treeShare), .fixed(1), .share(textShare),
            ])
            left = parts[0]
            line = parts[1]
            right = parts[2].inset(rows: 0, columns: 1)
        } else {
            left = isReading ? Rect(row: 0, column: 0, rows: 0, columns: 0) : Rect(size)
            right = isReading ? Rect(size) : Rect(row: 0, column: 0, rows: 0, columns: 0)
            line = Rect(row: 0, column: 0, rows: 0, columns: 0)
        }
        left.columns = max(0, left.columns)
        tree = Rect(
            row: left.row + 1,
            column: left.column,
            rows: max(0, left.rows - 1),
            columns: left.columns
        )
        tabs = Rect(
            row: right.row,
            column: right.column,
            rows: min(1, right.rows),
            columns: right.columns
        )
        text = Rect(
            row: right.row + 2,
            column: right.column,
            rows: max(0, right.rows - 2),
            columns: right.columns
        )
    }

    /// The names of the tabs, and where each stands.
    static func tabTitles(_ issueCount: Int) -> [String] {
        BrowserPane.Tab.allCases.map {
            $0 == .issues && issueCount > 0 ? "\($0.title) \(issueCount)" : $0.title
        }
    }

    /// Where each tab stands, from the start of the tabs.
    static func tabPlaces(_ issueCount: Int) -> [Range<Int>] {
        var column = 0
        return tabTitles(issueCount).map { title in
            let place = column..<column + title.count
            column = place.upperBound + 2
            return place
        }
    }
}
