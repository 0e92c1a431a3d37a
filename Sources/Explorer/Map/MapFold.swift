import ZarrModel

/// The chunks of a census laid on each other as a view shows them: what each cell of the window
/// holds, and how many anomalies each row and column has over its whole length.
struct MapFold: Sendable {
    /// What lies in one cell of the window.
    struct Cell: Hashable, Sendable {
        /// The greatest severity, as a raw state.
        var worst: UInt8 = 0
        /// The slow and mark bits of all chunks together.
        var flags: UInt8 = 0
        /// How many chunks.
        var count = 0
        /// How many of them a person should look at.
        var anomalies = 0
        /// How many of them are unknown.
        var unknown = 0
        /// How many have a known size.
        var sized = 0
        /// The sum of the known sizes.
        var bytes = 0
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

    /// Folds a census. Cost: every chunk of the grid once, 1 to 5 ns each; kept chunks only where
    /// the census is sparse.
    init(_ census: Census, _ view: GridProjection, _ window: Window, bytes: Bool) {
        self.window = window
        cells = Array(repeating: Cell(), count: window.cellRows * window.cellColumns)
        rowAnomalies = Array(repeating: 0, count: window.cellRows)
        columnAnomalies = Array(repeating: 0, count: window.cellColumns)
        guard census.total > 0 else { return }
        countChunks(view)
        if census.isSparse {
            foldSparse(census, view)
        } else {
            foldDense(census, view, bytes: bytes)
        }
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

    // MARK: Sparse

    private mutating func foldSparse(_ census: Census, _ view: GridProjection) {
        var rest = (
            cells: cells.map(\.count),
            rows: rowAnomalies.indices.map { rowVolume($0, view) },
            columns: columnAnomalies.indices.map { columnVolume($0, view) }
        )
        for (index, chunk) in census.named {
            let place = view.place(of: index)
            guard isShown(place, view) else { continue }
            let state = chunk.bits & Census.stateMask
            let row = rowCell(place[view.rowAxis])
            let column = columnCell(place[view.columnAxis])
            let anomaly = state >= ChunkState.orphan.rawValue ? 1 : 0
            if row >= 0 {
                rest.rows[row] -= 1
                rowAnomalies[row] += anomaly
            }
            if column >= 0 {
                rest.columns[column] -= 1
                columnAnomalies[column] += anomaly
            }
            guard row >= 0, column >= 0 else { continue }
            let at = row * window.cellColumns + column
            rest.cells[at] -= 1
            cells[at].add(single: chunk)
        }
        settle(rest.cells, rest.rows, rest.columns, census.base)
    }

    /// Counts the chunks that no page named as what the census says they are.
    private mutating func settle(
        _ cellRest: [Int],
        _ rowRest: [Int],
        _ columnRest: [Int],
        _ base: ChunkState
    ) {
        for (at, rest) in cellRest.enumerated() where rest > 0 {
            cells[at].worst = max(cells[at].worst, base.rawValue)
            cells[at].unknown += base == .unknown ? rest : 0
            cells[at].anomalies += base.isAnomaly ? rest : 0
        }
        guard base.isAnomaly else { return }
        for (at, rest) in rowRest.enumerated() { rowAnomalies[at] += max(0, rest) }
        for (at, rest) in columnRest.enumerated() { columnAnomalies[at] += max(0, rest) }
    }

    private func isShown(_ place: [Int], _ view: GridProjection) -> Bool {
        view.otherAxes.allSatisfy { axis in
            if case .fixed(let fixed) = view.parts[axis] { place[axis] == fixed } else { true }
        }
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
        return (first..<first + down).reduce(0) { sum, line in
            let start = line * view.columnCount + left
            return sum + max(0, min(across, view.total - start))
        }
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
        unknown += other.unknown
        sized += other.sized
        bytes += other.bytes
    }

    /// Adds one chunk that is counted already.
    fileprivate mutating func add(single chunk: Census.NamedChunk) {
        let state = chunk.bits & Census.stateMask
        worst = max(worst, state)
        flags |= chunk.bits
        anomalies += state >= ChunkState.orphan.rawValue ? 1 : 0
        unknown += state == ChunkState.unknown.rawValue ? 1 : 0
        if chunk.size != Census.noSize {
            sized += 1
            bytes += Int(chunk.size)
        }
    }
}
