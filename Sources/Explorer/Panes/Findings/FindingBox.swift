import ZarrModel

/// Chunks in one state that lie together, and how they lie.
struct FindingBox: Hashable, Sendable {
    /// How a box lies in the grid: what that says of how it came to be.
    enum Pattern: String, Hashable, Sendable {
        case everything, slab, end, isolated, corner, run, block, single, outside
    }

    var state: ChunkState
    /// The box; empty for an object outside the grid.
    var ranges: [Range<Int>]
    /// Chunks in it.
    var count: Int
    var pattern: Pattern
    /// Which reason of the book all of them have.
    var reason: Int?
    /// How many chunks around it are there; `nil` where that was not counted.
    var around: Surroundings.Count?
    /// The first chunk's place in C order; after all others for an object outside the grid.
    var start = Int.max
    /// Bytes of the first chunk, where known.
    var bytes: Int?
    /// Whether that was found by reading, and not by its size.
    var isRead = false
    /// Coordinates of an object outside the grid, and its key.
    var orphan: ChunkFinding?

    /// The first chunk.
    var first: ChunkIndex {
        orphan?.chunk ?? ChunkIndex(ranges.map(\.lowerBound))
    }

    /// How a box of chunks lies in a grid.
    static func pattern(
        of box: [Range<Int>],
        in grid: [Int],
        _ around: Surroundings.Count?
    ) -> Pattern {
        let partial = box.indices.filter { box[$0] != 0..<grid[$0] }
        let long = box.indices.filter { box[$0].count > 1 }
        guard !partial.isEmpty else {
            return box.allSatisfy { $0.count == 1 } ? .single : .everything
        }
        if partial.count == 1, let axis = partial.first, grid.count == 1 || !long.isEmpty,
            grid.count > 1 || box[axis].count > 1
        {
            let isEnd = box[axis].upperBound == grid[axis]
            if isEnd { return .end }
            if grid.count > 1, box.indices.contains(where: { $0 != axis && box[$0].count > 1 }) {
                return .slab
            }
        }
        if partial.count > 1, !long.isEmpty, touchesEdges(box, in: grid, partial) { return .corner }
        if let around, around.total > 0, around.present == around.total { return .isolated }
        return long.isEmpty ? .single : long.count == 1 ? .run : .block
    }

    /// Whether a box lies at an end of every axis that it does not fill.
    private static func touchesEdges(
        _ box: [Range<Int>],
        in grid: [Int],
        _ axes: [Int]
    ) -> Bool {
        axes.allSatisfy { box[$0].lowerBound == 0 || box[$0].upperBound == grid[$0] }
    }
}

/// What decides which findings come first.
enum FindingOrder: String, Hashable, Sendable, CaseIterable {
    case kind, count, isolation, place

    var next: FindingOrder {
        let all = Self.allCases
        return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }
}
