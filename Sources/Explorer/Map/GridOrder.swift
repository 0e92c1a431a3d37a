/// C order: between the coordinates of a chunk and its place in a list of all.
enum GridOrder {
    /// The linear index of coordinates that lie in the grid.
    static func linear(_ coordinates: [Int], in grid: [Int]) -> Int {
        var index = 0
        for (coordinate, count) in zip(coordinates, grid) {
            index = index * count + coordinate
        }
        return index
    }

    /// The coordinates of a linear index of the grid. An empty grid gives zeros.
    static func coordinates(_ index: Int, in grid: [Int]) -> [Int] {
        var rest = index
        var result = Array(repeating: 0, count: grid.count)
        for axis in grid.indices.reversed() where grid[axis] > 0 {
            result[axis] = rest % grid[axis]
            rest /= grid[axis]
        }
        return result
    }

    /// Calls `body` with the linear index of each place of a box, cut to the grid, in C order.
    static func forEach(in ranges: [Range<Int>], of grid: [Int], _ body: (Int) -> Void) {
        walk(ranges, grid) { index in
            body(index)
            return true
        }
    }

    /// The same until `body` answers that it is enough.
    private static func walk(_ ranges: [Range<Int>], _ grid: [Int], _ body: (Int) -> Bool) {
        let cut = zip(ranges, grid).map { $0.clamped(to: 0..<max(0, $1)) }
        guard cut.count == grid.count, cut.allSatisfy({ !$0.isEmpty }) else { return }
        guard let last = cut.last else {
            _ = body(0)
            return
        }
        var place = cut.map(\.lowerBound)
        while true {
            let start = linear(place, in: grid)
            for index in start..<start + last.count {
                guard body(index) else { return }
            }
            var axis = grid.count - 2
            while axis >= 0 {
                place[axis] += 1
                if place[axis] < cut[axis].upperBound { break }
                place[axis] = cut[axis].lowerBound
                axis -= 1
            }
            if axis < 0 { return }
        }
    }

    /// The first places of a box, cut to the grid, that are as `isWanted` says: at most `limit`, in C
    /// order. Cost: the box, at worst.
    static func find(
        in ranges: [Range<Int>],
        of grid: [Int],
        limit: Int,
        _ isWanted: (Int) -> Bool
    ) -> [Int] {
        var found: [Int] = []
        walk(ranges, grid) { index in
            if isWanted(index) { found.append(index) }
            return found.count < limit
        }
        return found
    }

    /// The product of all extents; `nil` where it does not fit or one is negative.
    static func product(_ extents: [Int]) -> Int? {
        var product = 1
        for extent in extents {
            guard extent >= 0 else { return nil }
            let (next, overflow) = product.multipliedReportingOverflow(by: extent)
            guard !overflow else { return nil }
            product = next
        }
        return product
    }
}
