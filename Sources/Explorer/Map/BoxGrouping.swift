/// Groups single chunks into few boxes that do not overlap.
enum BoxGrouping {
    /// Boxes that hold exactly the chunks of `indexes` (linear, ascending, C order), by the places of
    /// their first chunks.
    ///
    /// Runs along the last axis are found first; boxes that differ only by being next to each other
    /// along the axis before are joined then, axis by axis. Not always the fewest, but whole slabs
    /// become one. Cost: `indexes` times the rank.
    static func boxes(of indexes: [Int], in grid: [Int]) -> [[Range<Int>]] {
        guard !grid.isEmpty else { return indexes.isEmpty ? [] : [[]] }
        var boxes = FlatBoxes(runs: indexes, in: grid)
        for axis in grid.indices.reversed().dropFirst() { boxes.join(along: axis) }
        return boxes.sorted
    }
}

/// Boxes as plain numbers, so that a hundred thousand of them cost no memory of their own each.
private struct FlatBoxes {
    private let grid: [Int]
    /// How far the linear index goes for a step along each axis.
    private var strides: [Int]
    /// The linear index of each box's first chunk.
    private var starts: [Int] = []
    /// The lengths of each box, one axis after another.
    private var lengths: [Int] = []

    /// The runs along the last axis.
    init(runs indexes: [Int], in grid: [Int]) {
        self.grid = grid
        strides = Array(repeating: 1, count: grid.count)
        for axis in grid.indices.dropLast().reversed() {
            strides[axis] = strides[axis + 1] &* grid[axis + 1]
        }
        let rank = grid.count
        let line = max(1, grid[rank - 1])
        for index in indexes {
            if let start = starts.last, start + lengths[lengths.count - 1] == index,
                index % line != 0
            {
                lengths[lengths.count - 1] += 1
            } else {
                starts.append(index)
                for _ in 0..<rank { lengths.append(1) }
            }
        }
    }

    /// Joins boxes that are equal in every axis but one, where one ends as the next begins.
    ///
    /// The place where a box ends, at its first corner, is the end of no other box: both would hold
    /// the chunk before it.
    mutating func join(along axis: Int) {
        let rank = grid.count
        var ends: [Int: Int] = [:]
        ends.reserveCapacity(starts.count)
        var kept = 0
        for box in starts.indices {
            let start = starts[box]
            let length = lengths[box * rank + axis]
            let isEdge = start / strides[axis] % grid[axis] == 0
            if !isEdge, let before = ends[start], isSame(before, box, but: axis) {
                ends[start] = nil
                lengths[before * rank + axis] += length
                ends[starts[before] + lengths[before * rank + axis] * strides[axis]] = before
                continue
            }
            starts[kept] = start
            for place in 0..<rank { lengths[kept * rank + place] = lengths[box * rank + place] }
            ends[start + length * strides[axis]] = kept
            kept += 1
        }
        starts.removeLast(starts.count - kept)
        lengths.removeLast(lengths.count - kept * rank)
    }

    private func isSame(_ one: Int, _ other: Int, but axis: Int) -> Bool {
        let rank = grid.count
        for place in 0..<rank where place != axis {
            if lengths[one * rank + place] != lengths[other * rank + place] { return false }
        }
        return true
    }

    /// The boxes in the order of their first chunks.
    var sorted: [[Range<Int>]] {
        let rank = grid.count
        return starts.indices.sorted { starts[$0] < starts[$1] }.map { box in
            var place = GridOrder.coordinates(starts[box], in: grid)[...]
            return (0..<rank).map { axis in
                let low = place.removeFirst()
                return low..<low + lengths[box * rank + axis]
            }
        }
    }
}

extension ChunkSelection {
    /// Boxes that hold exactly the chunks of `indexes`, which may come in any order and twice.
    public static func boxes(of indexes: [Int], in grid: [Int]) -> [[Range<Int>]] {
        var unique: [Int] = []
        for index in indexes.sorted() where index != unique.last { unique.append(index) }
        return BoxGrouping.boxes(of: unique, in: grid)
    }
}
