import ZarrModel

/// The chunks of a census laid on each other as a view shows them: what each cell of the window
/// holds, and how many anomalies each row and column has over its whole length.
struct MapFold: Sendable {
    /// What lies in one cell of the window.
    struct Cell: Hashable, Sendable {
        /// The greatest severity, as a raw state.
        var worst: UInt8 = 0
        /// The bits of all chunks together, states aside.
        var flags: UInt8 = 0
        /// How many chunks.
        var count = 0
        /// How many of them a person should look at.
        var anomalies = 0
        /// How many of them are shards that do not hold all their inner chunks.
        var partial = 0
        /// How many of them are unknown.
        var unknown = 0
        /// How many of them were read and decoded.
        var sound = 0
        /// How many have a known number, the numbers' sum, the least and the greatest.
        var known = 0
        var sum = 0.0
        var least = Float.infinity
        var greatest = -Float.infinity

        /// The count that stands beside the sign of its kind.
        var counted: Int {
            anomalies > 0 ? anomalies : partial
        }

        /// The worst kind that it holds; `nil` where there is none.
        var kind: AnomalyKind? {
            anomalies + partial > 0 ? AnomalyKind(worst | flags & Census.partialBit) : nil
        }
    }

    /// The part of a view that is folded.
    struct Window: Hashable, Sendable {
        /// Rows of the view, in chunks.
        var rows: Range<Int>
        /// Columns of the view, in chunks.
        var columns: Range<Int>
        /// Chunks to a cell, down.
        var rowSpan: Int
        /// Chunks to a cell, across.
        var columnSpan: Int

        /// Cells down.
        var cellRows: Int {
            (rows.count + rowSpan - 1) / rowSpan
        }

        /// Cells across.
        var cellColumns: Int {
            (columns.count + columnSpan - 1) / columnSpan
        }
    }

    /// What was folded.
    let window: Window
    /// Row by row.
    var cells: [Cell]
    /// Anomalies of each row of cells, over all columns of the view.
    var rowAnomalies: [Int]
    /// Anomalies of each column of cells, over all rows of the view.
    var columnAnomalies: [Int]

    /// Folds a census. Cost: what is kept of it, 1 to 5 ns a chunk.
    init(
        _ census: Census,
        _ view: GridProjection,
        _ window: Window,
        _ number: MapNumber? = nil,
        countsSound: Bool = false
    ) {
        self.window = window
        cells = Array(repeating: Cell(), count: window.cellRows * window.cellColumns)
        rowAnomalies = Array(repeating: 0, count: window.cellRows)
        columnAnomalies = Array(repeating: 0, count: window.cellColumns)
        guard census.total > 0 else { return }
        countChunks(view)
        foldBlocks(census, view, number, countsSound: countsSound)
    }

    /// The cell at a row and column of the window.
    subscript(row: Int, column: Int) -> Cell {
        guard row >= 0, row < window.cellRows, column >= 0, column < window.cellColumns else {
            return Cell()
        }
        return cells[row * window.cellColumns + column]
    }

    func rowCell(_ row: Int) -> Int {
        window.rows.contains(row) ? (row - window.rows.lowerBound) / window.rowSpan : -1
    }

    func columnCell(_ column: Int) -> Int {
        window.columns.contains(column)
            ? (column - window.columns.lowerBound) / window.columnSpan : -1
    }

    /// Sets how many chunks each cell holds.
    private mutating func countChunks(_ view: GridProjection) {
        let shown = view.depth
        for row in 0..<window.cellRows {
            for column in 0..<window.cellColumns {
                let down = min(window.rowSpan, window.rows.count - row * window.rowSpan)
                let across = min(
                    window.columnSpan,
                    window.columns.count - column * window.columnSpan
                )
                cells[row * window.cellColumns + column].count =
                    volume(row, column, down, across, view) * shown
            }
        }
    }

    /// Counts the chunks that are not kept as what the census says they are.
    mutating func settle(_ kept: Kept, _ base: ChunkState, _ view: GridProjection) {
        for at in cells.indices {
            let rest = cells[at].count - kept.cells[at]
            guard rest > 0 else { continue }
            cells[at].worst = max(cells[at].worst, base.rawValue)
            cells[at].unknown += base == .unknown ? rest : 0
            cells[at].anomalies += base.isAnomaly ? rest : 0
        }
        guard base.isAnomaly else { return }
        for row in rowAnomalies.indices {
            rowAnomalies[row] += max(0, rowVolume(row, view) - kept.rows[row])
        }
        for column in columnAnomalies.indices {
            columnAnomalies[column] += max(0, columnVolume(column, view) - kept.columns[column])
        }
    }

    /// How many chunks of each cell, row and column are kept.
    struct Kept {
        var cells: [Int]
        var rows: [Int]
        var columns: [Int]
    }

    /// Places of the view in a cell: fewer at the end of a wrapped grid.
    private func volume(
        _ row: Int,
        _ column: Int,
        _ down: Int,
        _ across: Int,
        _ view: GridProjection
    ) -> Int {
        guard view.isWrapped else { return down * across }
        let first = window.rows.lowerBound + row * window.rowSpan
        let left = window.columns.lowerBound + column * window.columnSpan
        // All lines but the last of the grid are whole.
        let last = view.rowCount - 1
        guard first + down > last else { return down * across }
        return max(0, down - 1) * across
            + max(0, min(across, view.total - last * view.columnCount - left))
    }

    private func rowVolume(_ row: Int, _ view: GridProjection) -> Int {
        let first = window.rows.lowerBound + row * window.rowSpan
        let down = min(window.rowSpan, window.rows.upperBound - first)
        let whole = down * view.columnCount
        guard view.isWrapped else { return whole * view.depth }
        return max(0, min(whole, view.total - first * view.columnCount))
    }

    private func columnVolume(_ column: Int, _ view: GridProjection) -> Int {
        let first = window.columns.lowerBound + column * window.columnSpan
        let across = min(window.columnSpan, window.columns.upperBound - first)
        guard view.isWrapped else { return across * view.rowCount * view.depth }
        let last = view.total - (view.rowCount - 1) * view.columnCount
        return across * (view.rowCount - 1) + max(0, min(across, last - first))
    }
}

extension MapFold.Cell {
    /// Adds what lies in another.
    mutating func add(_ other: MapFold.Cell) {
        worst = max(worst, other.worst)
        flags |= other.flags
        count += other.count
        anomalies += other.anomalies
        partial += other.partial
        unknown += other.unknown
        sound += other.sound
        known += other.known
        sum += other.sum
        least = min(least, other.least)
        greatest = max(greatest, other.greatest)
    }
}
