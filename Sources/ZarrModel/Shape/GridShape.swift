/// How many chunks a grid has along each dimension, and in all.
public struct GridShape: Hashable, Sendable {
    /// Chunks along each dimension, outermost first.
    public let counts: [Int]
    /// Chunks in all: 1 for 0 dimensions, 0 when a dimension is empty.
    public let total: Int

    /// Makes a grid. `nil` when a count is negative or the total does not fit.
    public init?(counts: [Int]) {
        guard counts.allSatisfy({ $0 >= 0 }), let total = counts.checkedProduct() else {
            return nil
        }
        self.counts = counts
        self.total = total
    }

    /// How many dimensions there are.
    public var rank: Int {
        counts.count
    }

    /// Where `index` stands in C order, or `nil` when it lies outside the grid.
    public func linearIndex(of index: ChunkIndex) -> Int? {
        guard index.coordinates.count == counts.count else { return nil }
        var linear = 0
        for (coordinate, count) in zip(index.coordinates, counts) {
            guard coordinate >= 0, coordinate < count else { return nil }
            linear = linear * count + coordinate
        }
        return linear
    }

    /// The chunk that stands at `linear` in C order. Requires `0 <= linear < total`.
    public func index(at linear: Int) -> ChunkIndex {
        precondition(linear >= 0 && linear < total, "no chunk stands there")
        var rest = linear
        var coordinates = [Int](repeating: 0, count: counts.count)
        for dimension in counts.indices.reversed() {
            coordinates[dimension] = rest % counts[dimension]
            rest /= counts[dimension]
        }
        return ChunkIndex(coordinates)
    }

    /// Whether `index` lies in the grid.
    public func contains(_ index: ChunkIndex) -> Bool {
        linearIndex(of: index) != nil
    }
}
