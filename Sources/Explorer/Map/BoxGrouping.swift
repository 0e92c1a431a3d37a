/// Groups single chunks into few boxes that do not overlap.
enum BoxGrouping {
    /// Boxes that hold exactly the chunks of `indexes` (linear, ascending, C order).
    ///
    /// Runs along the last axis are found first; boxes that differ only by being next to each other
    /// along the axis before are joined then, axis by axis. Not always the fewest, but whole slabs
    /// become one. Cost: `indexes` times the rank.
    static func boxes(of indexes: [Int], in grid: [Int]) -> [[Range<Int>]] {
        guard !grid.isEmpty else { return indexes.isEmpty ? [] : [[]] }
        var boxes: [[Range<Int>]] = []
        let line = max(1, grid[grid.count - 1])
        var at = 0
        while at < indexes.count {
            let first = indexes[at]
            let end = (first / line + 1) * line
            var next = first + 1
            at += 1
            while at < indexes.count, indexes[at] == next, next < end {
                next += 1
                at += 1
            }
            var box = GridOrder.coordinates(first, in: grid).map { $0..<$0 + 1 }
            let last = box[box.count - 1].lowerBound
            box[box.count - 1] = last..<last + next - first
            boxes.append(box)
        }
        for axis in grid.indices.reversed().dropFirst() {
            boxes = joined(boxes, along: axis)
        }
        return boxes.sorted { $0.map(\.lowerBound).lexicographicallyPrecedes($1.map(\.lowerBound)) }
    }

    /// Joins boxes that are equal in every axis but one, where one ends as the next begins.
    private static func joined(_ boxes: [[Range<Int>]], along axis: Int) -> [[Range<Int>]] {
        var growing: [[Range<Int>]: Int] = [:]
        var result: [[Range<Int>]] = []
        for box in boxes {
            var open = box
            open[axis] = box[axis].lowerBound..<box[axis].lowerBound
            if let position = growing.removeValue(forKey: open) {
                result[position][axis] = result[position][axis].lowerBound..<box[axis].upperBound
                open[axis] = box[axis].upperBound..<box[axis].upperBound
                growing[open] = position
            } else {
                open[axis] = box[axis].upperBound..<box[axis].upperBound
                growing[open] = result.count
                result.append(box)
            }
        }
        return result
    }
}
