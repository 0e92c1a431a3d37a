import ZarrModel

/// What is known of the chunk under the cursor, and of its surroundings.
struct CursorFacts: Hashable, Sendable {
    /// Coordinates on the array's own grid.
    var chunk: ChunkIndex
    var state: ChunkState
    var isSlow: Bool
    var size: Int?
    var key: String?
    /// How many of the chunks next to it are there, and how many there are.
    var neighboursPresent: Int
    var neighbours: Int
    /// The mean size of those, where known.
    var neighbourSize: Int?

    /// Looks at a chunk. Requires `index` to be in the grid. Cost: 3 to the power of the rank, at
    /// most a few hundred.
    init(_ index: Int, _ census: Census, _ details: ArrayDetails?) {
        let place = GridOrder.coordinates(index, in: census.grid)
        chunk = ChunkIndex(place)
        state = census.state(index)
        isSlow = census.isSlow(index)
        size = census.size(index)
        key = details?.keyEncoding?.key(for: chunk)
        var present = 0
        var count = 0
        var bytes = (sum: 0, count: 0)
        for near in Self.neighbours(of: place, in: census.grid) {
            let other = GridOrder.linear(near, in: census.grid)
            count += 1
            guard census.state(other) == .present else { continue }
            present += 1
            if let size = census.size(other) { bytes = (bytes.sum + size, bytes.count + 1) }
        }
        neighboursPresent = present
        neighbours = count
        neighbourSize = bytes.count > 0 ? bytes.sum / bytes.count : nil
    }

    /// What kind of place it is, where that says something.
    var remark: String? {
        guard state == .missing, neighbours > 0 else { return nil }
        if neighboursPresent == neighbours { return "isolated hole" }
        if neighboursPresent == 0 { return "inside a hole" }
        return nil
    }

    /// All places next to one, diagonally too; along single axes only where there are many axes.
    static func neighbours(of place: [Int], in grid: [Int]) -> [[Int]] {
        var found: [[Int]] = []
        if place.count > 5 {
            for axis in place.indices {
                for step in [-1, 1] where grid.indices.contains(axis) {
                    var near = place
                    near[axis] += step
                    if near[axis] >= 0, near[axis] < grid[axis] { found.append(near) }
                }
            }
            return found
        }
        found = [[]]
        for axis in place.indices {
            found = found.flatMap { head in
                (place[axis] - 1...place[axis] + 1).compactMap { coordinate in
                    coordinate >= 0 && coordinate < grid[axis] ? head + [coordinate] : nil
                }
            }
        }
        return found.filter { $0 != place }
    }
}
