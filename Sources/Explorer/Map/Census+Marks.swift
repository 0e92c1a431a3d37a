import ZarrModel

/// Marks lie in the state bytes, so that they cost nothing.
extension Census {
    /// Marks every chunk of a box of the grid, or takes their marks away. Cost: the box.
    mutating func mark(_ ranges: [Range<Int>], _ isOn: Bool) {
        GridOrder.forEach(in: ranges, of: grid) { mark($0, isOn) }
    }

    /// Marks every chunk of a box that is in `state`; only kept ones in a sparse census. Cost: the
    /// box, or what is kept.
    mutating func mark(_ ranges: [Range<Int>], where state: ChunkState) {
        guard !isSparse else {
            for (index, chunk) in named where chunk.bits & Self.stateMask == state.rawValue {
                let place = GridOrder.coordinates(index, in: grid)
                if zip(ranges, place).allSatisfy({ $0.contains($1) }) { mark(index, true) }
            }
            return
        }
        GridOrder.forEach(in: ranges, of: grid) { index in
            if self.state(index) == state {
                mark(index, true)
            }
        }
    }

    /// Whether every chunk of a box is marked. Cost: the box.
    func isMarked(_ ranges: [Range<Int>]) -> Bool {
        var isAll = true
        GridOrder.forEach(in: ranges, of: grid) { isAll = isAll && isMarked($0) }
        return isAll
    }

    /// The marked chunks, as few boxes that do not overlap. Cost: the grid, and the marks times the
    /// rank.
    func markedSelection() -> ChunkSelection {
        ChunkSelection(boxes: BoxGrouping.boxes(of: markedIndexes(), in: grid))
    }
}
