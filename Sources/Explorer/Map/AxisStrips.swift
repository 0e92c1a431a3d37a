import ZarrModel

/// How many chunks a person should look at lie along each axis of a view, in a few parts.
struct AxisStrips: Sendable {
    /// Parts to an axis.
    static let length = 20

    /// Anomalies in each part of each axis.
    private(set) var counts: [[Int]]

    /// Counts over the whole grid. Cost: the grid, and the rank for every anomaly.
    init(_ census: Census, _ view: GridProjection) {
        let grid = view.counts
        counts = grid.map { Array(repeating: 0, count: Self.parts($0)) }
        guard census.anomalyCount > 0 else { return }
        if census.isSparse {
            for (index, chunk) in census.named
            where chunk.bits & Census.stateMask >= ChunkState.orphan.rawValue {
                add(1, at: view.place(of: index), grid)
            }
            return
        }
        let line = grid.last ?? 1
        guard line > 0 else { return }
        let least = ChunkState.orphan.rawValue
        let states = census.states.span
        var start = 0
        while start < census.total {
            let end = min(start + line, census.total)
            var found = 0
            for index in start..<end where states[index] & Census.stateMask >= least {
                found += 1
                let part = (index - start) * counts[grid.count - 1].count / line
                counts[grid.count - 1][part] += 1
            }
            if found > 0 {
                add(found, at: view.place(of: start).dropLast(), grid)
            }
            start = end
        }
    }

    /// How many parts an axis of `count` chunks has.
    static func parts(_ count: Int) -> Int {
        max(1, min(count, length))
    }

    private mutating func add(_ found: Int, at place: some Sequence<Int>, _ grid: [Int]) {
        for (axis, coordinate) in place.enumerated() {
            let part = coordinate * counts[axis].count / max(1, grid[axis])
            counts[axis][part] += found
        }
    }
}
