import Explorer
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
        /// How many have a number, the sum of those, the least and the greatest.
        var known = 0
        var sum = 0.0
        var least = Double.infinity
        var greatest = -Double.infinity

        mutating func add(_ number: Double) {
            guard number.isFinite else { return }
            known += 1
            sum += number
            least = min(least, number)
            greatest = max(greatest, number)
        }
    }

    /// The axis of the grid that runs down, and the one that runs across; `nil` where there is none.
    let axes: (down: Int?, across: Int?)
    /// What the cells show besides states.
    let measure: MapMeasure
    /// Rows of cells.
    let rows: Int
    /// Columns of cells.
    let columns: Int
    /// Row by row.
    private(set) var cells: [Cell]
    private let counts: [Int]
    /// How many chunks further the next one along each axis is.
    private let strides: [Int]

    /// A map of at most `rows` × `columns` cells, in which nothing lies yet.
    init(
        _ grid: GridShape,
        _ measure: MapMeasure,
        axes: (down: Int?, across: Int?),
        rows: Int,
        columns: Int
    ) {
        self.axes = axes
        self.measure = measure
        counts = grid.counts
        var strides = [Int](repeating: 1, count: grid.counts.count)
        for axis in strides.indices.dropLast().reversed() {
            // Of a grid without chunks the product may be too large, and is never used.
            strides[axis] =
                strides[axis + 1].multipliedReportingOverflow(by: grid.counts[axis + 1])
                .partialValue
        }
        self.strides = strides
        self.rows = min(rows, axes.down.map { grid.counts[$0] } ?? 1)
        self.columns = min(columns, axes.across.map { grid.counts[$0] } ?? 1)
        cells = Array(repeating: Cell(), count: max(0, self.rows * self.columns))
    }

    /// The cell at a place inside.
    subscript(row: Int, column: Int) -> Cell {
        cells[row * columns + column]
    }

    /// The number that a cell shows; `nil` where none is known.
    func number(_ cell: Cell) -> Double? {
        guard measure != .presence, measure != .state, cell.known > 0 else { return nil }
        switch measure {
        case .min: return cell.least
        case .max: return cell.greatest
        default: return cell.sum / Double(cell.known)
        }
    }

    /// From the least to the greatest number of the cells without an anomaly; `nil` where there is
    /// none.
    var scale: MapScale? {
        if measure.isShare { return MapScale(range: 0...1, isLogarithmic: false) }
        let numbers = cells.filter { !$0.worst.isAnomaly }.compactMap { number($0) }
        guard let low = numbers.min(), let high = numbers.max() else { return nil }
        return MapScale(range: low...high, isLogarithmic: measure.isLogarithmic)
    }

    /// The chunks of the axis that runs down (or across) behind row (or column) `cell`.
    func chunks(behind cell: Int, of cells: Int, axis: Int?) -> Range<Int> {
        guard let axis, cells > 0 else { return 0..<1 }
        let count = counts[axis]
        // The first chunk of a cell, `cell * count / cells` rounded up, without a product that large.
        func first(_ cell: Int) -> Int {
            count / cells * cell + (count % cells * cell + cells - 1) / cells
        }
        return first(cell)..<max(first(cell) + 1, first(cell + 1))
    }

    /// Says that every chunk that was not added is in `state`: of a grid too large to add each.
    mutating func complete(with state: ChunkState) {
        let shown = [axes.down, axes.across]
        let folded = counts.indices.filter { !shown.contains($0) }
            .reduce(1) { $0.multipliedOrMost(by: counts[$1]) }
        for row in 0..<rows {
            let down = chunks(behind: row, of: rows, axis: axes.down).count
            for column in 0..<columns {
                let across = chunks(behind: column, of: columns, axis: axes.across).count
                let all = down.multipliedOrMost(by: across).multipliedOrMost(by: folded)
                let cell = cells[row * columns + column]
                guard cell.chunks < all else { continue }
                cells[row * columns + column].anomalies += all - cell.chunks
                cells[row * columns + column].chunks = all
                cells[row * columns + column].worst = max(cell.worst, state)
            }
        }
    }

    /// Adds a chunk of the grid by its number in C order.
    mutating func add(_ chunk: Int, _ state: ChunkState, _ number: Double?) {
        let position =
            place(axes.down.map { chunk / strides[$0] % counts[$0] }, axes.down, rows) * columns
            + place(axes.across.map { chunk / strides[$0] % counts[$0] }, axes.across, columns)
        cells[position].chunks += 1
        if state.isAnomaly { cells[position].anomalies += 1 }
        cells[position].worst = max(cells[position].worst, state)
        if let number { cells[position].add(number) }
    }

    /// Adds the number of a chunk that was added before.
    mutating func add(_ number: Double, of index: ChunkIndex) {
        cells[position(index)].add(number)
    }

    /// Says that a chunk that was added as present is not.
    mutating func mend(_ index: ChunkIndex, _ state: ChunkState) {
        let position = position(index)
        guard state.isAnomaly else { return }
        cells[position].anomalies += 1
        cells[position].worst = max(cells[position].worst, state)
    }

    private func position(_ index: ChunkIndex) -> Int {
        place(axes.down.map { index.coordinates[$0] }, axes.down, rows) * columns
            + place(axes.across.map { index.coordinates[$0] }, axes.across, columns)
    }

    private func place(_ coordinate: Int?, _ axis: Int?, _ cells: Int) -> Int {
        guard let axis, let coordinate else { return 0 }
        let product = UInt(coordinate).multipliedFullWidth(by: UInt(cells))
        return Int(UInt(counts[axis]).dividingFullWidth(product).quotient)
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
