/// A number that every chunk may have, and that a map can show.
enum MapNumber: Hashable, Sendable {
    /// Stored bytes.
    case size
    /// When it was changed, in seconds since 1970.
    case time
    /// Figures of its values.
    case mean, minimum, maximum, nanShare
    /// 1 where all values are the same, else 0.
    case constant
}

/// The numbers of a census summed by the cells of a map.
struct MapSums {
    private struct Total {
        var known = 0
        var sum = 0.0
        var least = Float.infinity
        var greatest = -Float.infinity

        mutating func add(_ number: Float) {
            known += 1
            sum += Double(number)
            least = min(least, number)
            greatest = max(greatest, number)
        }
    }

    private let number: MapNumber
    private var totals: [Total]

    /// Sums of nothing, for so many cells.
    init(_ number: MapNumber, _ cells: Int) {
        self.number = number
        totals = Array(repeating: Total(), count: cells)
    }

    /// Adds the chunks of a run; `offsets` says what a lane adds to the number of the first cell.
    mutating func add(_ block: CensusBlock, _ slots: LaneSlots, _ offsets: [Int]) {
        switch number {
        case .size: addWhole(block.sizes, block, slots, offsets)
        case .time: if !block.times.isEmpty { addWhole(block.times, block, slots, offsets) }
        case .mean: addFigure(0, block, slots, offsets)
        case .minimum: addFigure(1, block, slots, offsets)
        case .maximum: addFigure(2, block, slots, offsets)
        case .nanShare: addFigure(3, block, slots, offsets)
        case .constant: addConstant(block, slots, offsets)
        }
    }

    private mutating func addWhole(
        _ column: [UInt32],
        _ block: CensusBlock,
        _ slots: LaneSlots,
        _ offsets: [Int]
    ) {
        var slots = slots
        let numbers = column.span
        let first = slots.cell
        var totals = totals.mutableSpan
        while let (lane, part) = slots.next(block) {
            let offset = offsets[lane]
            guard offset >= 0 else { continue }
            for slot in part where numbers[slot] != CensusBlock.unknown {
                totals[first + offset].add(Float(numbers[slot]))
            }
        }
    }

    private mutating func addFigure(
        _ figure: Int,
        _ block: CensusBlock,
        _ slots: LaneSlots,
        _ offsets: [Int]
    ) {
        guard !block.figures.isEmpty else { return }
        var slots = slots
        let column = block.figures[figure]
        let numbers = column.span
        let first = slots.cell
        var totals = totals.mutableSpan
        while let (lane, part) = slots.next(block) {
            let offset = offsets[lane]
            guard offset >= 0 else { continue }
            for slot in part where !numbers[slot].isNaN {
                totals[first + offset].add(numbers[slot])
            }
        }
    }

    private mutating func addConstant(
        _ block: CensusBlock,
        _ slots: LaneSlots,
        _ offsets: [Int]
    ) {
        guard !block.figures.isEmpty else { return }
        var slots = slots
        while let (lane, part) = slots.next(block) {
            let offset = offsets[lane]
            guard offset >= 0 else { continue }
            for slot in part {
                guard let found = block.figures(slot) else { continue }
                totals[slots.cell + offset].add(found.isConstant ? 1 : 0)
            }
        }
    }

    /// Writes what was summed into the cells.
    func give(to cells: inout [MapFold.Cell]) {
        for (cell, total) in totals.enumerated() where cell < cells.count {
            cells[cell].known = total.known
            cells[cell].sum = total.sum
            cells[cell].least = total.least
            cells[cell].greatest = total.greatest
        }
    }
}
