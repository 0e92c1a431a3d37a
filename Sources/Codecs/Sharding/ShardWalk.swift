import ZarrModel

/// The inner chunks of a shard one after another, each with what a scatter selects of it.
struct ShardWalk {
    /// The inner chunk at hand.
    private(set) var coordinates: [Int]
    /// What `select` found for it.
    private(set) var part: Scatter
    /// The inner chunks along each dimension that are walked over.
    private var bounds: [ClosedRange<Int>]
    private let innerShape: [Int]
    private let counts: [Int]

    init(_ layout: ShardLayout) {
        innerShape = layout.innerShape
        counts = layout.grid.counts
        part = Scatter(whole: layout.innerShape)
        coordinates = [Int](repeating: 0, count: counts.count)
        bounds = [ClosedRange<Int>](repeating: 0...0, count: counts.count)
    }

    /// Goes to the first inner chunk of those that `scatter`, which is not empty, can touch.
    mutating func begin(_ scatter: Scatter) {
        for dimension in scatter.axes.indices {
            let axis = scatter.axes[dimension]
            let length = innerShape[dimension]
            let first = axis.start / length
            let last = (axis.start + (axis.count - 1) * axis.step) / length
            bounds[dimension] = min(first, last)...max(first, last)
            coordinates[dimension] = bounds[dimension].lowerBound
        }
    }

    /// Goes to the first inner chunk of all.
    mutating func beginWithAll() {
        for dimension in coordinates.indices {
            bounds[dimension] = 0...max(0, counts[dimension] - 1)
            coordinates[dimension] = 0
        }
    }

    /// Moves to the next inner chunk; `false` behind the last.
    mutating func advance() -> Bool {
        for dimension in coordinates.indices.reversed() {
            if coordinates[dimension] < bounds[dimension].upperBound {
                coordinates[dimension] += 1
                return true
            }
            coordinates[dimension] = bounds[dimension].lowerBound
        }
        return false
    }

    /// Sets `part` to what the scatter selects of the inner chunk at hand; `false` for nothing.
    mutating func select(_ scatter: Scatter) -> Bool {
        part.outputOffset = scatter.outputOffset
        for dimension in scatter.axes.indices {
            let axis = scatter.axes[dimension]
            let length = innerShape[dimension]
            let low = coordinates[dimension] * length
            let numbers = Self.numbers(of: axis, in: low..<(low + length))
            if numbers.isEmpty { return false }
            part.axes[dimension] = Scatter.Axis(
                start: axis.start + numbers.lowerBound * axis.step - low,
                step: axis.step,
                count: numbers.count,
                stride: axis.stride
            )
            if numbers.lowerBound > 0 { part.outputOffset += numbers.lowerBound * axis.stride }
        }
        return true
    }

    /// Which of the axis's elements (the first is 0) lie in `range`.
    private static func numbers(of axis: Scatter.Axis, in range: Range<Int>) -> Range<Int> {
        if axis.count <= 0 { return 0..<0 }
        if axis.count == 1 { return range.contains(axis.start) ? 0..<1 : 0..<0 }
        let step = abs(axis.step)
        // How far the range's near and far ends lie from the start, in the direction of the walk.
        let near = axis.step > 0 ? range.lowerBound - axis.start : axis.start - range.upperBound + 1
        let far = axis.step > 0 ? range.upperBound - 1 - axis.start : axis.start - range.lowerBound
        if far < 0 || step == 0 { return 0..<0 }
        let first = near <= 0 ? 0 : (near + step - 1) / step
        let end = min(axis.count, far / step + 1)
        return first < end ? first..<end : 0..<0
    }

    /// Names the inner chunk at hand in an error.
    func located(_ error: CodecError) -> CodecError {
        let place = coordinates.map(String.init).joined(separator: ",")
        return CodecError(error.code, codec: error.codec, error.message + " (inner chunk \(place))")
    }
}
