import ZarrModel

/// Marks lie in the state bytes, so that they cost nothing.
extension Census {
    /// More chunks than these are not marked at once, nor looked at one by one.
    static let markLimit = 32 << 20

    /// Marks every chunk of a box of the grid, or takes their marks away. Cost: the box.
    mutating func mark(_ ranges: [Range<Int>], _ isOn: Bool) {
        GridOrder.forEach(in: ranges, of: grid) { mark($0, isOn) }
    }

    /// Marks every chunk of a box whose bits are as `isWanted` says; `false` where these are too
    /// many to go through. Cost: the box, or what is kept where that is less.
    mutating func mark(_ ranges: [Range<Int>], where isWanted: (UInt8) -> Bool) -> Bool {
        let volume = GridOrder.product(ranges.map(\.count)) ?? .max
        if volume <= Self.markLimit {
            GridOrder.forEach(in: ranges, of: grid) { index in
                if isWanted(bits(index)) { mark(index, true) }
            }
            return true
        }
        guard !isWanted(base.rawValue) else { return false }
        for index in indexes(where: isWanted) {
            let place = GridOrder.coordinates(index, in: grid)
            if zip(ranges, place).allSatisfy({ $0.contains($1) }) { mark(index, true) }
        }
        return true
    }

    /// Whether every chunk of a box is marked. Cost: the box.
    func isMarked(_ ranges: [Range<Int>]) -> Bool {
        var isAll = true
        GridOrder.forEach(in: ranges, of: grid) { isAll = isAll && isMarked($0) }
        return isAll
    }

    /// How many chunks of a box are marked. Cost: the box, or the marks where these are fewer.
    func marked(in ranges: [Range<Int>]) -> Int {
        guard markedCount > 0 else { return 0 }
        var count = 0
        if GridOrder.product(ranges.map(\.count)) ?? .max <= Self.markLimit {
            GridOrder.forEach(in: ranges, of: grid) { if isMarked($0) { count += 1 } }
        } else {
            count = markedIndexes().count { index in
                zip(ranges, GridOrder.coordinates(index, in: grid)).allSatisfy { $0.contains($1) }
            }
        }
        return count
    }

    /// The kept chunks whose bits are as `isWanted` says, ascending. Cost: what is kept.
    func indexes(where isWanted: (UInt8) -> Bool) -> [Int] {
        var found: [Int] = []
        for (number, block) in zip(numbers, blocks) {
            let start = number << CensusBlock.shift
            let states = block.states.span
            for slot in states.indices where isWanted(states[slot]) {
                found.append(start + block.place(slot))
            }
        }
        return found
    }

    /// The marked chunks, ascending. Cost: what is kept.
    func markedIndexes() -> [Int] {
        guard markedCount > 0 else { return [] }
        return indexes { $0 & Self.markBit != 0 }
    }

    /// The marked chunks, as few boxes that do not overlap. Cost: what is kept, and the marks times
    /// the rank.
    func markedSelection() -> ChunkSelection {
        ChunkSelection(boxes: BoxGrouping.boxes(of: markedIndexes(), in: grid))
    }
}
