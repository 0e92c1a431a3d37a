import Canvas

/// Where the parts of the drills lie.
struct DrillsLayout: Hashable, Sendable {
    /// The scenarios with what came of them.
    let scenarios: Rect
    /// What can be turned.
    let knobs: Rect
    /// What the selected scenario does, and what stands around the failing storage.
    let about: Rect
    /// The column between.
    let line: Rect
    /// The verdict, the calls and the chunks.
    let main: Rect
    /// The invariants.
    let invariants: Rect
    /// The log where it has a place of its own.
    private let ownLog: Rect
    /// The command that does the same again.
    let replay: Rect
    /// Whether there is room for all outcomes of calls.
    let isTall: Bool
    /// Rows of the verdict and the calls.
    let upperRows: Int

    /// Divides a pane. A breaker has lines of its own.
    init(size: Size, hasBreaker: Bool = false) {
        let none = Rect(row: 0, column: 0, rows: 0, columns: 0)
        let isNarrow = size.columns < 60
        isTall = size.rows >= 30 && !isNarrow
        upperRows = 8 + (hasBreaker ? isTall ? 2 : 1 : 0)
        let parts = Rect(size).splitRows([
            .share(1), .fixed(size.rows >= 30 ? 3 : size.rows >= 12 ? 2 : 0),
        ])
        replay = parts[1].inset(rows: 0, columns: 1)
        let left: Rect
        let right: Rect
        if isNarrow {
            let rows = parts[0].splitRows([.fixed(12), .share(1)])
            left = rows[0].inset(rows: 0, columns: 1)
            right = rows[1].inset(rows: 0, columns: 1)
            line = none
        } else {
            let width = size.columns >= 118 ? 42 : 29
            let columns = parts[0].splitColumns([.fixed(width), .fixed(1), .share(1)])
            left = columns[0].inset(rows: 0, columns: 1)
            line = columns[1]
            right = columns[2].inset(rows: 0, columns: 1)
        }
        let leftParts = left.splitRows([
            .fixed(12), .fixed(isNarrow ? 0 : isTall ? 6 : 5), .share(1),
        ])
        scenarios = leftParts[0]
        knobs = leftParts[1]
        about = leftParts[2]
        if isTall {
            let rows = right.splitRows([.fixed(15), .fixed(hasBreaker ? 12 : 9), .share(1)])
            main = rows[0]
            invariants = rows[1]
            ownLog = rows[2]
        } else {
            main = right
            invariants = none
            ownLog = none
        }
    }

    /// Where the log lies: below, or in the place of the chunks and invariants while it is looked at.
    func log(_ part: DrillsPane.Part) -> Rect {
        guard ownLog.isEmpty, part == .log else { return ownLog }
        return lower
    }

    /// The lower part of the right side where there is room for one thing only.
    var lower: Rect {
        Rect(
            row: main.row + upperRows,
            column: main.column,
            rows: max(0, main.rows - upperRows),
            columns: main.columns
        )
    }
}
