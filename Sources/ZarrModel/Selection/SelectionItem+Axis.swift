extension Selection.Item {
    /// The positions that it stands for in a dimension of `length`.
    func axis(length: Int, dimension: Int) throws(SelectionError) -> ResolvedSelection.Axis {
        switch self {
        case .index(let index):
            let position = try place(index, length: length, dimension: dimension)
            return .init(start: position, count: 1, isDropped: true)
        case .slice(let start, let stop, let step):
            return Self.slice(start, stop, step ?? 1, length: length)
        case .ellipsis:
            return .init(start: 0, count: length)
        case .positions(let list):
            var positions = list
            for number in positions.indices {
                positions[number] = try place(list[number], length: length, dimension: dimension)
            }
            return .init(positions: positions)
        case .flags(let flags):
            guard flags.count == length else {
                throw SelectionError(
                    "\(flags.count) flags for dimension \(dimension), whose length is \(length)"
                )
            }
            return .init(positions: flags.indices.filter { flags[$0] })
        }
    }

    /// Python's `slice.indices`.
    private static func slice(
        _ start: Int?,
        _ stop: Int?,
        _ step: Int,
        length: Int
    ) -> ResolvedSelection.Axis {
        let isBackwards = step < 0
        let lowest = isBackwards ? -1 : 0
        let highest = isBackwards ? length - 1 : length
        func clip(_ bound: Int?, _ preset: Int) -> Int {
            guard let bound else { return preset }
            return min(max(bound < 0 ? bound + length : bound, lowest), highest)
        }
        let first = clip(start, isBackwards ? highest : lowest)
        let end = clip(stop, isBackwards ? lowest : highest)
        let distance = isBackwards ? first - end : end - first
        guard distance > 0 else { return .init(start: 0, step: step, count: 0) }
        let stride = step.magnitude
        let count = Int((UInt(distance) - 1) / stride) + 1
        return .init(start: first, step: count == 1 ? 1 : step, count: count)
    }

    /// The chunks that it stands for, of `count` along the dimension.
    func blocks(count: Int, dimension: Int) throws(SelectionError) -> Range<Int> {
        switch self {
        case .index(let index):
            let position = index < 0 ? index + count : index
            guard position >= 0, position < count else {
                throw SelectionError(
                    "\(index) is outside dimension \(dimension), which has \(count) chunks"
                )
            }
            return position..<(position + 1)
        case .slice(let start, let stop, let step) where step ?? 1 == 1:
            let axis = Self.slice(start, stop, 1, length: count)
            return axis.bounds
        case .ellipsis: return 0..<count
        case .slice, .positions, .flags:
            throw SelectionError("chunks are chosen by a place or a slice without a step")
        }
    }
}

extension ChunkGrid {
    /// The elements that a run of chunks holds along one dimension of an array of `shape`.
    func axis(of chunks: Range<Int>, dimension: Int, in shape: [Int]) -> ResolvedSelection.Axis {
        guard let last = chunks.last else { return .init(start: 0, count: 0) }
        func range(_ chunk: Int) -> Range<Int> {
            var coordinates = [Int](repeating: 0, count: shape.count)
            coordinates[dimension] = chunk
            return region(of: ChunkIndex(coordinates), in: shape).ranges[dimension]
        }
        let start = range(chunks.lowerBound).lowerBound
        return .init(start: start, count: range(last).upperBound - start)
    }
}
