/// How a grid of any rank is shown in rows and columns: which two axes run, and what happens to the
/// others.
///
/// A grid of one axis is wrapped into lines, and one without axes is a single place, so that there
/// are always two.
struct GridProjection: Hashable, Sendable {
    /// What an axis does.
    enum Part: Hashable, Sendable {
        case rows, columns
        /// All its chunks lie on each other: the worst state wins.
        case folded
        /// Only chunks at this coordinate are shown.
        case fixed(Int)
    }

    /// Chunks along each axis of the array's grid.
    let grid: [Int]
    /// Chunks along each axis as shown; the product is at least the grid's.
    let counts: [Int]
    /// Chunks in all.
    let total: Int
    /// What each shown axis does.
    private(set) var parts: [Part]

    /// The default view: the two largest axes, the last two if tied; the others folded.
    init(grid: [Int], total: Int) {
        self.grid = grid
        self.total = total
        switch grid.count {
        case 0:
            counts = [1, 1]
        case 1:
            let width = Self.lineLength(grid[0])
            counts = [(grid[0] + width - 1) / width, width]
        default:
            counts = grid
        }
        parts = Array(repeating: .folded, count: counts.count)
        let ranked = counts.indices.sorted { (counts[$0], $0) > (counts[$1], $1) }
        parts[min(ranked[0], ranked[1])] = .rows
        parts[max(ranked[0], ranked[1])] = .columns
    }

    /// Whether a single axis is wrapped into lines.
    var isWrapped: Bool {
        grid.count == 1
    }

    /// The axis that runs down.
    var rowAxis: Int {
        parts.firstIndex(of: .rows) ?? 0
    }

    /// The axis that runs across.
    var columnAxis: Int {
        parts.firstIndex(of: .columns) ?? counts.count - 1
    }

    /// Rows in all.
    var rowCount: Int {
        counts[rowAxis]
    }

    /// Columns in all.
    var columnCount: Int {
        counts[columnAxis]
    }

    /// The axes that do not run.
    var otherAxes: [Int] {
        counts.indices.filter { parts[$0] != .rows && parts[$0] != .columns }
    }

    /// How many chunks lie on each other in one place.
    var depth: Int {
        otherAxes.reduce(1) { parts[$1] == .folded ? $0 * counts[$1] : $0 }
    }

    /// Lets an axis run down or across; the one that did takes its place.
    mutating func run(_ axis: Int, as part: Part) {
        guard counts.indices.contains(axis), parts[axis] != part, !isWrapped else { return }
        guard let former = parts.firstIndex(of: part) else { return }
        let isSwap = parts[axis] == .rows || parts[axis] == .columns
        parts[former] = isSwap ? parts[axis] : .folded
        parts[axis] = part
    }

    /// Folds an axis or fixes it at a coordinate. Running axes are left alone.
    mutating func set(_ axis: Int, _ part: Part) {
        guard otherAxes.contains(axis) else { return }
        if case .fixed(let place) = part {
            parts[axis] = .fixed(max(0, min(place, counts[axis] - 1)))
        } else {
            parts[axis] = part
        }
    }

    /// Shows another coordinate of every fixed axis, so that the chunk at `place` is in view.
    mutating func reveal(_ place: [Int]) {
        for axis in otherAxes {
            if case .fixed = parts[axis] {
                parts[axis] = .fixed(place[axis])
            }
        }
    }

    /// Coordinates on the shown axes of a linear index.
    func place(of index: Int) -> [Int] {
        GridOrder.coordinates(index, in: counts)
    }

    /// The linear index of coordinates on the shown axes; `nil` beyond the end of a wrapped grid.
    func index(of place: [Int]) -> Int? {
        guard place.count == counts.count,
            zip(place, counts).allSatisfy({ $0 >= 0 && $0 < $1 })
        else { return nil }
        let index = GridOrder.linear(place, in: counts)
        return index < total ? index : nil
    }

    /// The boxes of the array's own grid that rows and columns of the view cover, other axes as they
    /// are. Wrapped grids give one run for each line; of more than a million lines one run that covers
    /// them all, which is more than can be gone through.
    func boxes(rows: Range<Int>, columns: Range<Int>) -> [[Range<Int>]] {
        guard !grid.isEmpty else { return [[]] }
        guard !isWrapped else {
            if columns == 0..<columnCount {
                return [rows.lowerBound * columnCount..<min(total, rows.upperBound * columnCount)]
                    .map { [$0] }
            }
            guard rows.count <= 1 << 20 else {
                let start = rows.lowerBound * columnCount + columns.lowerBound
                return [[start..<min(total, rows.upperBound * columnCount)]]
            }
            return rows.map { row in
                let start = row * columnCount
                return [(start + columns.lowerBound)..<(start + columns.upperBound)]
            }
        }
        return [
            counts.indices.map { axis in
                switch parts[axis] {
                case .rows: rows
                case .columns: columns
                case .folded: 0..<counts[axis]
                case .fixed(let place): place..<place + 1
                }
            }
        ]
    }

    /// A line length that reads well, for about twice as many columns as rows.
    private static func lineLength(_ count: Int) -> Int {
        let nice = [8, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256, 500, 512, 1000]
        return nice.first { $0 * $0 / 2 >= count } ?? 1000
    }
}
