import ZarrEngine
import ZarrModel

/// A census seen from above: two axes of the grid shown, the others folded, the worst state first.
///
/// A cell with one anomaly among any number of chunks is that anomaly's cell.
struct ChunkMap: Sendable {
    /// What lies behind one cell.
    struct Cell: Hashable, Sendable {
        /// The worst of its chunks.
        var worst = ChunkState.present
        /// How many chunks.
        var chunks = 0
        /// How many of them are not as they should be.
        var anomalies = 0
        /// Bytes of those that are there.
        var bytes = 0

        /// Bytes of one of its chunks, on average.
        var mean: Double { Double(bytes) / Double(max(1, chunks)) }
    }

    /// The axis of the grid that runs down, and the one that runs across; `nil` where there is none.
    let axes: (down: Int?, across: Int?)
    /// Rows of cells.
    let rows: Int
    /// Columns of cells.
    let columns: Int
    /// Row by row.
    private(set) var cells: [Cell]
    /// The largest mean number of bytes of a cell's chunks.
    private(set) var largestMean = 0.0
    /// The smallest, of the cells without an anomaly.
    private(set) var smallestMean = 0.0
    private let counts: [Int]

    /// Folds `table` to at most `rows` × `columns` cells.
    init(
        _ table: ChunkTable,
        grid: GridShape,
        axes: (down: Int?, across: Int?),
        rows: Int,
        columns: Int
    ) {
        self.axes = axes
        counts = grid.counts
        self.rows = min(rows, axes.down.map { grid.counts[$0] } ?? 1)
        self.columns = min(columns, axes.across.map { grid.counts[$0] } ?? 1)
        cells = Array(repeating: Cell(), count: max(0, self.rows * self.columns))
        table.forEach(in: nil) { row in
            guard grid.contains(row.index) else { return }
            add(row)
        }
        largestMean = cells.map(\.mean).max() ?? 0
        smallestMean = cells.filter { !$0.worst.isAnomaly }.map(\.mean).min() ?? 0
    }

    /// The cell at a place inside.
    subscript(row: Int, column: Int) -> Cell {
        cells[row * columns + column]
    }

    /// The chunks of the axis that runs down (or across) behind row (or column) `cell`.
    func chunks(behind cell: Int, of cells: Int, axis: Int?) -> Range<Int> {
        guard let axis, cells > 0 else { return 0..<1 }
        let count = counts[axis]
        let low = (cell * count + cells - 1) / cells
        return low..<max(low + 1, ((cell + 1) * count + cells - 1) / cells)
    }

    private mutating func add(_ row: ChunkTable.Row) {
        let down = place(row.index, axes.down, rows)
        let across = place(row.index, axes.across, columns)
        let position = down * columns + across
        cells[position].chunks += 1
        cells[position].bytes &+= row.bytes ?? 0
        if row.state.isAnomaly { cells[position].anomalies += 1 }
        cells[position].worst = max(cells[position].worst, row.state)
    }

    private func place(_ index: ChunkIndex, _ axis: Int?, _ cells: Int) -> Int {
        guard let axis else { return 0 }
        let (product, overflow) = index.coordinates[axis].multipliedReportingOverflow(by: cells)
        guard !overflow else {
            let share = Double(index.coordinates[axis]) / Double(counts[axis])
            return min(cells - 1, Int(share * Double(cells)))
        }
        return product / counts[axis]
    }
}

extension ChunkMap {
    /// The axes of `text` (`y,x` by name or number), or the two longest in their order.
    static func axes(
        _ text: String?,
        of array: ArrayNode
    ) throws(ToolError) -> (down: Int?, across: Int?) {
        let rank = array.grid.rank
        guard let text else {
            guard rank > 2 else { return rank == 2 ? (0, 1) : (nil, rank == 1 ? 0 : nil) }
            let counts = array.grid.counts
            let longest = counts.indices.sorted { (counts[$1], $1) < (counts[$0], $0) }.prefix(2)
            let pair = longest.sorted()
            return (pair[0], pair[1])
        }
        var found: [Int] = []
        let names = array.metadata.dimensionNames ?? []
        for word in text.split(separator: ",").map(String.init) {
            guard let axis = names.firstIndex(of: word) ?? Int(word), (0..<rank).contains(axis)
            else {
                let known = names.compactMap(\.self).joined(separator: ", ")
                throw ToolError(
                    "no dimension is called '\(word)'",
                    remedy: known.isEmpty
                        ? "they are numbered from 0 to \(rank - 1)" : "there are \(known)"
                )
            }
            found.append(axis)
        }
        switch found.count {
        case 1: return (nil, found[0])
        case 2 where found[0] != found[1]: return (found[0], found[1])
        default: throw ToolError("--axes takes two different dimensions, down and across: y,x")
        }
    }
}
