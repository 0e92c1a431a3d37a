import Canvas

/// Where the parts of the browser lie.
struct BrowserLayout: Hashable, Sendable {
    /// The lines of the tree.
    let tree: Rect
    /// The column between the sides; empty where only one is shown.
    let line: Rect
    /// The names of the tabs.
    let tabs: Rect
    /// The line in which a search is typed.
    let search: Rect
    /// The text of the tab.
    let text: Rect

    /// Divides a pane. Narrow ones show one side.
    init(size: Size, isReading: Bool) {
        let nothing = Rect(row: 0, column: 0, rows: 0, columns: 0)
        var left = isReading ? nothing : Rect(size)
        var right = isReading ? Rect(size).inset(rows: 0, columns: 1) : nothing
        var line = nothing
        if size.columns >= 72 {
            let parts = Rect(size).splitColumns([
                .fixed(max(41, size.columns / 2)), .fixed(1), .share(1),
            ])
            left = parts[0]
            line = parts[1]
            right = parts[2]
            right.column += 1
            right.columns = max(0, right.columns - 1)
        }
        self.line = line
        left.columns = max(0, left.columns)
        func row(_ row: Int, of side: Rect) -> Rect {
            Rect(
                row: side.row + row,
                column: side.column,
                rows: side.rows > row ? 1 : 0,
                columns: side.columns
            )
        }
        func below(_ row: Int, of side: Rect) -> Rect {
            Rect(
                row: side.row + row,
                column: side.column,
                rows: max(0, side.rows - row),
                columns: side.columns
            )
        }
        tree = below(1, of: left)
        tabs = row(0, of: right)
        search = row(1, of: right)
        text = below(2, of: right)
    }

    /// The names of the tabs, after their keys where there is room.
    func tabTitles(_ issueCount: Int) -> [String] {
        let titles = BrowserPane.Tab.allCases.map {
            $0 == .issues && issueCount > 0 ? "\($0.title) \(Format.short(issueCount))" : $0.title
        }
        let numbered = titles.enumerated().map { "\($0.offset + 1) \($0.element)" }
        let width = numbered.reduce(0) { $0 + $1.count + 2 } - 2
        return width <= tabs.columns ? numbered : titles
    }

    /// Where each tab stands, from the start of the tabs.
    func tabPlaces(_ issueCount: Int) -> [Range<Int>] {
        let titles = tabTitles(issueCount)
        let wide = titles.reduce(0) { $0 + $1.count + 2 } - 2
        let gap = wide <= tabs.columns ? 2 : 1
        var column = 0
        return titles.map { title in
            let place = column..<column + title.count
            column = place.upperBound + gap
            return place
        }
    }
}
