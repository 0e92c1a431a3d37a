internal import Codecs
internal import ZarrModel

/// Elements of a chunk that are taken one by one, and where each goes: every combination of the
/// places along the axes. Points are one axis.
struct Gather: Hashable, Sendable {
    /// The places along one axis, in elements of the chunk and items of the result. The places of an
    /// element are the sums over all axes.
    struct Axis: Hashable, Sendable {
        private(set) var sources: [Int] = []
        private(set) var targets: [Int] = []

        init(sources: [Int] = [], targets: [Int] = []) {
            self.sources = sources
            self.targets = targets
        }

        mutating func reserve(_ count: Int) {
            sources.reserveCapacity(count)
            targets.reserveCapacity(count)
        }

        mutating func append(source: Int, target: Int) {
            sources.append(source)
            targets.append(target)
        }
    }

    var axes: [Axis]

    /// How many elements there are. Requires that it fits, as the selection's number does.
    var count: Int {
        axes.reduce(1) { $0 * $1.sources.count }
    }

    /// Calls `body` with the place of each element in the chunk and in the result.
    func forEach(_ body: (_ source: Int, _ target: Int) -> Void) {
        forEach(0, 0, 0, body)
    }

    private func forEach(
        _ dimension: Int,
        _ source: Int,
        _ target: Int,
        _ body: (Int, Int) -> Void
    ) {
        guard dimension < axes.count else { return body(source, target) }
        let axis = axes[dimension]
        for number in axis.sources.indices {
            forEach(
                dimension + 1,
                source + axis.sources[number],
                target + axis.targets[number],
                body
            )
        }
    }

    /// The lowest and highest place of either side; `nil` where there are none.
    func extent(_ side: KeyPath<Axis, [Int]>) -> ClosedRange<Int>? {
        var (low, high) = (0, 0)
        for axis in axes {
            guard let least = axis[keyPath: side].min(), let most = axis[keyPath: side].max()
            else { return nil }
            low += least
            high += most
        }
        return low...high
    }
}

/// What is copied of each element: all of it, or the values of a field.
struct ItemLayout: Hashable, Sendable {
    /// A run of bytes.
    struct Run: Hashable, Sendable {
        /// Where it lies in the element.
        var source: Int
        /// Where it goes in the item.
        var target: Int
        var count: Int
    }

    /// Bytes of an element of the chunk.
    let elementSize: Int
    /// Bytes of an item of the result.
    let itemSize: Int
    /// What of the element makes the item.
    let runs: [Run]

    init(elementSize: Int, itemSize: Int, runs: [Run]) {
        self.elementSize = elementSize
        self.itemSize = itemSize
        self.runs = runs
    }

    /// Requires that elements of the array have `elementSize` bytes. O(values of the field).
    init(elementSize: Int, _ field: FieldSelection?) {
        self.elementSize = elementSize
        guard let field else {
            itemSize = elementSize
            runs = elementSize == 0 ? [] : [Run(source: 0, target: 0, count: elementSize)]
            return
        }
        itemSize = field.byteCount
        let size = field.type.byteCount ?? 0
        var sources = [field.offset]
        for (length, stride) in zip(field.shape, field.strides) {
            sources = sources.flatMap { source in (0..<length).map { source + $0 * stride } }
        }
        var runs: [Run] = []
        for (number, source) in sources.enumerated() where size > 0 {
            if let last = runs.last, last.source + last.count == source {
                runs[runs.count - 1].count += size
            } else {
                runs.append(Run(source: source, target: number * size, count: size))
            }
        }
        self.runs = runs
    }

    /// The item of an element.
    func item(of element: [UInt8]) -> [UInt8] {
        runs.flatMap { element[$0.source..<($0.source + $0.count)] }
    }
}
