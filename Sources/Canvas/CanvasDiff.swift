/// What has to be drawn again to turn one canvas into another.
public struct CanvasDiff: Equatable, Sendable {
    /// Neighbouring cells of one row that changed.
    public struct Run: Equatable, Sendable {
        /// The row, from 0.
        public var row: Int
        /// The first cell, and the one after the last.
        public var columns: Range<Int>
    }

    /// What changed, from top to bottom and left to right. Never begins or ends inside a wide character.
    public let runs: [Run]

    /// Compares cell by cell. Everything changed if there was nothing before, or another size.
    public init(from old: Canvas?, to new: Canvas) {
        let rows = 0..<new.size.rows
        guard let old, old.size == new.size else {
            let all = 0..<new.size.columns
            runs = all.isEmpty ? [] : rows.map { Run(row: $0, columns: all) }
            return
        }
        runs = rows.flatMap { CanvasDiff.runs(old, new, row: $0) }
    }

    private static func runs(_ old: Canvas, _ new: Canvas, row: Int) -> [Run] {
        var runs: [Run] = []
        var column = 0
        while column < new.size.columns {
            guard old[row, column] != new[row, column] else {
                column += 1
                continue
            }
            var start = column
            while start > 0, new[row, start].character == nil { start -= 1 }
            while column < new.size.columns, old[row, column] != new[row, column] { column += 1 }
            while column < new.size.columns, new[row, column].character == nil { column += 1 }
            runs.append(Run(row: row, columns: start..<column))
        }
        return runs
    }
}
