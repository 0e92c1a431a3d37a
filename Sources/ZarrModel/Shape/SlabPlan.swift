/// Boxes of an array that follow one another in C order, none larger than a limit: the way to pass
/// through an array of any size with memory for one of them.
public struct SlabPlan: Sequence, Sendable {
    private let axes: [ChunkAxis]
    /// The dimension that is cut into ranges; those before it are taken one index at a time.
    private let cut: Int
    /// Elements along `cut` in one box, at most.
    private let step: Int

    /// Plans boxes of at most `limit` elements, which is at least 1. They end where chunks end, as far
    /// as the limit allows, so that few chunks lie in two of them.
    public init(_ axes: [ChunkAxis], limit: Int) {
        self.axes = axes
        let limit = Swift.max(1, limit)
        var row = 1
        var cut = axes.count
        while cut > 0 {
            let (next, overflow) = row.multipliedReportingOverflow(by: axes[cut - 1].length)
            cut -= 1
            guard !overflow, next <= limit, cut > 0 else { break }
            row = next
        }
        self.cut = cut
        step = Swift.max(1, limit / Swift.max(1, row))
    }

    /// Starts at the origin.
    public func makeIterator() -> Iterator {
        Iterator(self)
    }

    /// Gives box after box.
    public struct Iterator: IteratorProtocol {
        private let plan: SlabPlan
        private var leading: [Int]
        private var start = 0
        private var isAtEnd: Bool

        fileprivate init(_ plan: SlabPlan) {
            self.plan = plan
            leading = [Int](repeating: 0, count: plan.cut)
            isAtEnd = plan.axes.contains { $0.length == 0 }
        }

        /// The next box, or `nil` after the last.
        public mutating func next() -> Region? {
            guard !isAtEnd else { return nil }
            guard plan.cut < plan.axes.count else {
                isAtEnd = true
                return Region([])
            }
            let end = plan.end(from: start)
            let ranges = leading.map { $0..<($0 + 1) } + [start..<end]
            let region = Region(ranges + plan.axes[(plan.cut + 1)...].map { 0..<$0.length })
            start = end
            if end == plan.axes[plan.cut].length { advance() }
            return region
        }

        /// On to the next indices of the dimensions before the one that is cut.
        private mutating func advance() {
            start = 0
            for dimension in leading.indices.reversed() {
                leading[dimension] += 1
                if leading[dimension] < plan.axes[dimension].length { return }
                leading[dimension] = 0
            }
            isAtEnd = true
        }
    }

    /// Where a box that begins at `start` ends along the cut dimension.
    private func end(from start: Int) -> Int {
        let axis = axes[cut]
        guard step < axis.length - start else { return axis.length }
        let border = axis.start(of: axis.chunk(containing: start + step))
        return border > start ? border : start + step
    }
}
