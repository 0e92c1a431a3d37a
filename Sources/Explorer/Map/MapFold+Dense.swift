import ZarrModel

/// Folding a census that keeps every chunk.
///
/// Chunks are visited in C order, in runs along the last axis that is not folded; the axes after it
/// make one block per place of the run. A run in which every chunk is present costs a look at each
/// byte and no more.
extension MapFold {
    /// Where each place of a run goes.
    private struct Lanes {
        /// What a place adds to the cell's number; -1 outside the window.
        var offsets: [Int]
        /// The row or column of cells, for the margins; -1 outside the window.
        var lines: [Int]
        /// The places of the run that are looked at.
        var range: Range<Int>
        /// Chunks to a place.
        var block: Int
        /// What the axis does.
        var part: GridProjection.Part
    }

    /// One run.
    private struct Run {
        /// The linear index of its first chunk.
        var start: Int
        /// The row and column of cells of the axes before, for the margins; -1 outside the window.
        var row: Int
        var column: Int
        /// The number of the first cell; -1 outside the window.
        var base: Int
    }

    /// Adds every chunk of the grid to the cell that it lies in, and to the margins.
    mutating func foldDense(_ census: Census, _ view: GridProjection, bytes: Bool) {
        let axis = view.parts.lastIndex { $0 != .folded } ?? view.counts.count - 1
        let lanes = lanes(axis, view)
        var strides = view.counts.map { _ in 1 }
        for outer in view.counts.indices.reversed().dropFirst() {
            strides[outer] = strides[outer + 1] * view.counts[outer + 1]
        }
        let rowAxis = view.rowAxis
        let columnAxis = view.columnAxis
        var place = view.counts.map { _ in 0 }
        var start = 0
        for outer in 0..<axis {
            guard case .fixed(let fixed) = view.parts[outer] else { continue }
            place[outer] = fixed
            start += fixed * strides[outer]
        }
        let folded = (0..<axis).filter {
            if case .fixed = view.parts[$0] { false } else { true }
        }
        var sizes = Sizes(bytes ? cells.count : 0)
        defer { add(sizes) }
        while true {
            let row = rowAxis == axis ? 0 : rowCell(place[rowAxis])
            let column = columnAxis == axis ? 0 : columnCell(place[columnAxis])
            let base = row < 0 || column < 0 ? -1 : row * window.cellColumns + column
            let run = Run(start: start, row: row, column: column, base: base)
            foldStates(census, run, lanes)
            if bytes, base >= 0 { sizes.add(census, run, lanes) }
            var isDone = true
            for outer in folded.reversed() {
                place[outer] += 1
                start += strides[outer]
                if place[outer] < view.counts[outer] {
                    isDone = false
                    break
                }
                start -= place[outer] * strides[outer]
                place[outer] = 0
            }
            if isDone { return }
        }
    }

    private mutating func foldStates(_ census: Census, _ run: Run, _ lanes: Lanes) {
        let isOutside = run.row < 0 && run.column < 0
        if isOutside, lanes.part != .rows, lanes.part != .columns { return }
        let states = census.states.span
        let first = run.start + lanes.range.lowerBound * lanes.block
        let end = min(census.total, run.start + lanes.range.upperBound * lanes.block)
        guard first < end else { return }
        var all: UInt8 = 0
        for index in first..<end { all |= states[index] }
        guard all != 0 else { return }
        let orphan = ChunkState.orphan.rawValue
        let unknown = ChunkState.unknown.rawValue
        var index = first
        for place in lanes.range {
            let stop = min(end, index + lanes.block)
            var sum = Cell()
            while index < stop {
                let bits = states[index]
                index += 1
                guard bits != 0 else { continue }
                let state = bits & Census.stateMask
                sum.worst = max(sum.worst, state)
                sum.flags |= bits
                sum.unknown += state == unknown ? 1 : 0
                sum.anomalies += state >= orphan ? 1 : 0
            }
            guard sum.flags != 0 else { continue }
            if sum.anomalies > 0 { count(sum.anomalies, run, lanes.lines[place], lanes.part) }
            let offset = lanes.offsets[place]
            if run.base >= 0, offset >= 0 { cells[run.base + offset].add(sum) }
        }
    }

    /// Sums of known sizes, by cell.
    private struct Sizes {
        struct Total {
            var count = 0
            var bytes = 0
        }

        var totals: [Total]

        init(_ cells: Int) {
            totals = Array(repeating: Total(), count: cells)
        }

        /// Adds the chunks of a run whose first cell is in the window.
        mutating func add(_ census: Census, _ run: Run, _ lanes: Lanes) {
            let sizes = census.sizes.span
            let offsets = lanes.offsets.span
            var totals = totals.mutableSpan
            let end = min(census.total, run.start + lanes.range.upperBound * lanes.block)
            var index = run.start + lanes.range.lowerBound * lanes.block
            for place in lanes.range {
                let offset = offsets[place]
                let stop = min(end, index + lanes.block)
                guard offset >= 0 else {
                    index = stop
                    continue
                }
                let cell = run.base + offset
                while index < stop {
                    let size = sizes[index]
                    index += 1
                    let isKnown = size != Census.noSize
                    totals[cell].count += isKnown ? 1 : 0
                    totals[cell].bytes += isKnown ? Int(size) : 0
                }
            }
        }
    }

    private mutating func add(_ sizes: Sizes) {
        for (cell, total) in sizes.totals.enumerated() {
            cells[cell].sized = total.count
            cells[cell].bytes = total.bytes
        }
    }

    private mutating func count(
        _ anomalies: Int,
        _ run: Run,
        _ line: Int,
        _ part: GridProjection.Part
    ) {
        let row = part == .rows ? line : run.row
        let column = part == .columns ? line : run.column
        if row >= 0 { rowAnomalies[row] += anomalies }
        if column >= 0 { columnAnomalies[column] += anomalies }
    }

    private func lanes(_ axis: Int, _ view: GridProjection) -> Lanes {
        let count = view.counts[axis]
        let part = view.parts[axis]
        var range = 0..<count
        var lines = Array(repeating: 0, count: count)
        switch part {
        case .rows: lines = (0..<count).map { rowCell($0) }
        case .columns: lines = (0..<count).map { columnCell($0) }
        case .fixed(let place): range = place..<place + 1
        case .folded: break
        }
        let step = part == .rows ? window.cellColumns : 1
        return Lanes(
            offsets: lines.map { $0 < 0 ? -1 : $0 * step },
            lines: lines,
            range: range,
            block: view.counts[(axis + 1)...].reduce(1, *),
            part: part
        )
    }
}
