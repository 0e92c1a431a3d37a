import ZarrModel

/// How many chunks a person should look at lie along each axis of a view, in a few parts.
struct AxisStrips: Sendable {
    /// Parts to an axis.
    static let length = 20

    /// Anomalies in each part of each axis.
    private(set) var counts: [[Int]]

    /// Counts over the whole grid. Cost: what is kept, and the rank for every anomaly.
    init(_ census: Census, _ view: GridProjection) {
        let grid = view.counts
        counts = grid.map { Array(repeating: 0, count: Self.parts($0)) }
        guard census.anomalyCount > 0, let line = grid.last, line > 0 else { return }
        let isBase = census.base.isAnomaly && !census.isFull
        if isBase { addAll(view) }
        for (number, block) in zip(census.numbers, census.blocks) {
            add(block, number << CensusBlock.shift, line, view, isBase: isBase)
        }
    }

    /// How many parts an axis of `count` chunks has.
    static func parts(_ count: Int) -> Int {
        max(1, min(count, length))
    }

    /// Adds every chunk of the grid.
    private mutating func addAll(_ view: GridProjection) {
        let grid = view.counts
        for axis in grid.indices where grid[axis] > 0 {
            let others = view.total / grid[axis]
            for part in counts[axis].indices {
                let length = counts[axis].count
                let first = (part * grid[axis] + length - 1) / length
                let end = ((part + 1) * grid[axis] + length - 1) / length
                counts[axis][part] += (end - first) * others
            }
        }
    }

    /// Adds the anomalies of a block; where every chunk was added, takes away what is none.
    private mutating func add(
        _ block: CensusBlock,
        _ first: Int,
        _ line: Int,
        _ view: GridProjection,
        isBase: Bool
    ) {
        let grid = view.counts
        let last = grid.count - 1
        let states = block.states.span
        var slot = 0
        while slot < block.count {
            let start = (first + block.place(slot)) / line * line
            let end = min(block.count, block.firstSlot(from: start + line - first))
            var found = 0
            while slot < end {
                if Census.isAnomaly(states[slot]) != isBase {
                    let inLine = first + block.place(slot) - start
                    let part = inLine * counts[last].count / line
                    counts[last][part] += isBase ? -1 : 1
                    found += isBase ? -1 : 1
                }
                slot += 1
            }
            guard found != 0 else { continue }
            for (axis, coordinate) in view.place(of: start).dropLast().enumerated() {
                let part = coordinate * counts[axis].count / max(1, grid[axis])
                counts[axis][part] += found
            }
        }
    }
}
