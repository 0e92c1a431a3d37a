import ZarrModel

/// Which elements of a chunk go where in a larger output.
///
/// Along each dimension of the chunk, elements `start`, `start + step`, … (`count` of them) go to
/// the places `stride` elements apart, the first of all to `outputOffset`. Values that are kept and
/// changed in place cost no allocation.
public struct Scatter: Hashable, Sendable {
    /// One dimension of a chunk.
    public struct Axis: Hashable, Sendable {
        /// The first element, counted from the start of the chunk.
        public var start: Int
        /// How far the next one is; negative to walk backwards, never 0.
        public var step: Int
        /// How many there are.
        public var count: Int
        /// How many elements of the output lie between two of them.
        public var stride: Int

        /// Makes an axis.
        public init(start: Int, step: Int = 1, count: Int, stride: Int) {
            self.start = start
            self.step = step
            self.count = count
            self.stride = stride
        }
    }

    /// One axis for each dimension of the chunk.
    public var axes: [Axis]
    /// The place in the output of the first element, counted in elements.
    public var outputOffset: Int

    /// Makes a scatter.
    public init(axes: [Axis], outputOffset: Int = 0) {
        self.axes = axes
        self.outputOffset = outputOffset
    }

    /// All of a chunk of `shape`, in C order, to the start of the output.
    public init(whole shape: [Int]) {
        axes = shape.map { Axis(start: 0, count: $0, stride: 0) }
        outputOffset = 0
        var stride = 1
        for dimension in axes.indices.reversed() {
            axes[dimension].stride = stride
            stride = stride.multipliedCapped(by: shape[dimension])
        }
    }

    /// Whether nothing is selected.
    public var isEmpty: Bool {
        axes.contains { $0.count <= 0 }
    }

    /// How many elements are selected, or `nil` where that does not fit.
    public var elementCount: Int? {
        axes.lazy.map { max(0, $0.count) }.checkedProduct()
    }

    /// Whether all of a chunk of `shape` goes, in C order, to adjacent places.
    func isWhole(_ shape: [Int]) -> Bool {
        var stride = 1
        for dimension in axes.indices.reversed() {
            let axis = axes[dimension]
            guard axis.start == 0, axis.count == shape[dimension] else { return false }
            if axis.count != 1 {
                guard axis.step == 1, axis.stride == stride else { return false }
            }
            stride = stride.multipliedCapped(by: axis.count)
        }
        return true
    }

    /// Whether every element of a chunk of `shape` goes somewhere.
    func isEverything(_ shape: [Int]) -> Bool {
        zip(axes, shape).allSatisfy { $0.count == $1 }
    }

    /// Calls `body` with the place of every element in a chunk of `shape`, in C order, and its place in
    /// the output. Requires that it lies inside. O(elements).
    public func forEachPlace(in shape: [Int], _ body: (_ chunk: Int, _ output: Int) -> Void) {
        if isEmpty { return }
        let strides = Scatter(whole: shape).axes.map(\.stride)
        var position = [Int](repeating: 0, count: axes.count)
        while true {
            var chunk = 0
            var output = outputOffset
            for (dimension, axis) in axes.enumerated() {
                chunk += (axis.start + position[dimension] * axis.step) * strides[dimension]
                output += position[dimension] * axis.stride
            }
            body(chunk, output)
            guard let next = axes.indices.last(where: { position[$0] + 1 < axes[$0].count }) else {
                return
            }
            position[next] += 1
            for dimension in axes.indices where dimension > next { position[dimension] = 0 }
        }
    }

    /// Throws unless every element that is touched lies in a chunk of `shape` and in an output of
    /// `outputBytes`.
    func check(_ shape: [Int], elementSize: Int, outputBytes: Int) throws(CodecError) {
        guard axes.count == shape.count else {
            throw Self.outside("has another rank than the chunk")
        }
        if isEmpty { return }
        var low = outputOffset
        var high = outputOffset
        for (axis, length) in zip(axes, shape) {
            let (walk, over) = (axis.count - 1).multipliedReportingOverflow(by: axis.step)
            let (last, overLast) = axis.start.addingReportingOverflow(walk)
            guard !over, !overLast, axis.start >= 0, axis.start < length, last >= 0, last < length
            else { throw Self.outside("reaches outside the chunk") }
            let (reach, overReach) = (axis.count - 1).multipliedReportingOverflow(by: axis.stride)
            let (end, overEnd) = (reach < 0 ? low : high).addingReportingOverflow(reach)
            guard !overReach, !overEnd else { throw Self.outside("reaches outside the output") }
            if reach < 0 { low = end } else { high = end }
        }
        let places = outputBytes / max(1, elementSize)
        guard low >= 0, high < places else { throw Self.outside("reaches outside the output") }
    }

    private static func outside(_ what: String) -> CodecError {
        CodecError(.configuration, codec: "scatter", "the selection \(what)")
    }
}
