import ZarrModel

/// Folding the kept blocks of a census.
///
/// Chunks are visited in C order, in runs along the last axis that is not folded; the axes after it
/// make one stretch per place of the run. A run in which every chunk is present costs a look at each
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
        var stretch: Int
        /// What the axis does.
        var part: GridProjection.Part
    }

    /// A part of a run that lies in one block.
    private struct Piece {
        /// The linear index of the run's first chunk.
        var start: Int
        /// The chunks of the piece.
        var chunks: Range<Int>
        /// The row and column of cells of the axes before, for the margins; -1 outside the window.
        var row: Int
        var column: Int
        /// The number of the first cell; -1 outside the window.
        var cell: Int
    }

    /// Adds every kept chunk to the cell that it lies in, and to the margins.
    mutating func foldBlocks(
        _ census: Census,
        _ view: GridProjection,
        _ number: MapNumber?,
        countsSound: Bool
    ) {
        let axis = view.parts.lastIndex { $0 != .folded } ?? view.counts.count - 1
        let lanes = lanes(axis, view)
        let length = view.counts[axis] * lanes.stretch
        guard length > 0 else { return }
        var kept =
            census.isFull
            ? nil
            : Kept(
                cells: cells.map { _ in 0 },
                rows: rowAnomalies.map { _ in 0 },
                columns: columnAnomalies.map { _ in 0 }
            )
        let wanted = countsSound ? UInt8.max : ~Census.soundBit
        var sums = number.map { MapSums($0, cells.count) }
        for (blockNumber, block) in zip(census.numbers, census.blocks) {
            let first = blockNumber << CensusBlock.shift
            let end = first + block.capacity
            var place = GridOrder.coordinates(first / length, in: Array(view.counts[..<axis]))
            var start = first / length * length
            while start < end {
                if var piece = piece(start, place, axis, view) {
                    let low = max(first, start + lanes.range.lowerBound * lanes.stretch)
                    let high = min(end, start + lanes.range.upperBound * lanes.stretch)
                    if low < high {
                        piece.chunks = low..<high
                        foldStates(block, first, piece, lanes, wanted)
                        if piece.cell >= 0 {
                            sums?.add(block, slots(block, first, piece, lanes), lanes.offsets)
                        }
                        if kept != nil { count(&kept, block, first, piece, lanes) }
                    }
                }
                start += length
                Self.advance(&place, view.counts)
            }
        }
        sums?.give(to: &cells)
        if let kept { settle(kept, census.base, view) }
    }

    /// The next place of the axes before a run.
    private static func advance(_ place: inout [Int], _ counts: [Int]) {
        var axis = place.count - 1
        while axis >= 0 {
            place[axis] += 1
            if place[axis] < counts[axis] { return }
            place[axis] = 0
            axis -= 1
        }
    }

    /// A run of the window; `nil` where nothing of it is shown or counted.
    private func piece(
        _ start: Int,
        _ place: [Int],
        _ axis: Int,
        _ view: GridProjection
    ) -> Piece? {
        var row = 0
        var column = 0
        for outer in 0..<axis {
            switch view.parts[outer] {
            case .rows: row = rowCell(place[outer])
            case .columns: column = columnCell(place[outer])
            case .fixed(let fixed): if place[outer] != fixed { return nil }
            case .folded: break
            }
        }
        if row < 0, column < 0 { return nil }
        let cell = row < 0 || column < 0 ? -1 : row * window.cellColumns + column
        return Piece(start: start, chunks: 0..<0, row: row, column: column, cell: cell)
    }

    private mutating func foldStates(
        _ block: CensusBlock,
        _ first: Int,
        _ piece: Piece,
        _ lanes: Lanes,
        _ wanted: UInt8
    ) {
        var slots = slots(block, first, piece, lanes)
        let states = block.states.span
        var all: UInt8 = 0
        for slot in slots.rest { all |= states[slot] }
        guard all & wanted != 0 else { return }
        let orphan = ChunkState.orphan.rawValue
        let unknown = ChunkState.unknown.rawValue
        while let (lane, part) = slots.next(block) {
            var sum = Cell()
            for slot in part {
                let bits = states[slot]
                guard bits & wanted != 0 else { continue }
                let state = bits & Census.stateMask
                sum.worst = max(sum.worst, state)
                sum.flags |= bits
                sum.unknown += state == unknown ? 1 : 0
                sum.sound += bits & Census.soundBit != 0 ? 1 : 0
                sum.anomalies += state >= orphan ? 1 : 0
                sum.partial += bits & Census.partialBit != 0 ? 1 : 0
            }
            guard sum.flags != 0 else { continue }
            if sum.anomalies > 0 { count(sum.anomalies, piece, lanes.lines[lane], lanes.part) }
            let offset = lanes.offsets[lane]
            if piece.cell >= 0, offset >= 0 { cells[piece.cell + offset].add(sum) }
        }
    }

    private func slots(
        _ block: CensusBlock,
        _ first: Int,
        _ piece: Piece,
        _ lanes: Lanes
    ) -> LaneSlots {
        LaneSlots(
            block,
            places: piece.chunks.lowerBound - first..<piece.chunks.upperBound - first,
            origin: piece.start - first,
            stretch: lanes.stretch,
            cell: piece.cell
        )
    }

    private mutating func count(
        _ anomalies: Int,
        _ piece: Piece,
        _ line: Int,
        _ part: GridProjection.Part
    ) {
        let row = part == .rows ? line : piece.row
        let column = part == .columns ? line : piece.column
        if row >= 0 { rowAnomalies[row] += anomalies }
        if column >= 0 { columnAnomalies[column] += anomalies }
    }

    /// Counts how many chunks of a piece are kept, by lane.
    private func count(
        _ kept: inout Kept?,
        _ block: CensusBlock,
        _ first: Int,
        _ piece: Piece,
        _ lanes: Lanes
    ) {
        var slots = slots(block, first, piece, lanes)
        while let (lane, part) = slots.next(block) {
            let line = lanes.lines[lane]
            let row = lanes.part == .rows ? line : piece.row
            let column = lanes.part == .columns ? line : piece.column
            if row >= 0 { kept?.rows[row] += part.count }
            if column >= 0 { kept?.columns[column] += part.count }
            let offset = lanes.offsets[lane]
            if piece.cell >= 0, offset >= 0 { kept?.cells[piece.cell + offset] += part.count }
        }
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
            stretch: view.counts[(axis + 1)...].reduce(1, *),
            part: part
        )
    }
}
