import ZarrModel

/// Which bytes change places when elements go from the stored order to the canonical one.
enum SwapPlan: Hashable, Sendable {
    /// None.
    case none
    /// Every run of so many bytes is reversed.
    case uniform(Int)
    /// The fields differ: each leaf is reversed where its flag says so.
    case leaves([DataType.Leaf])

    /// The plan for elements of `type` whose leaves are stored in `orders` (one for all, or one each).
    init(_ type: DataType, _ orders: [Endianness]) {
        guard orders.contains(.big) else {
            self = .none
            return
        }
        if orders.count == 1, let unit = type.swapUnit {
            self = unit == 1 ? .none : .uniform(unit)
            return
        }
        let leaves = type.leaves.enumerated().map { position, leaf in
            let order = orders.count == 1 ? orders[0] : orders[position]
            return DataType.Leaf(
                offset: leaf.offset,
                unit: order == .big ? leaf.unit : 1,
                count: order == .big ? leaf.count : leaf.count * leaf.unit
            )
        }
        self = leaves.allSatisfy { $0.unit == 1 } ? .none : .leaves(leaves)
    }
}

/// Copies boxes of elements between a packed array and an output with strides, swapping bytes on the
/// way. Keeps its tables, so that a chunk costs no allocation.
struct ElementCopy {
    private let shape: [Int]
    private let elementSize: Int
    private let swap: SwapPlan
    /// Between two neighbours of each dimension of the packed array, in elements.
    private let strides: [Int]
    private var box = StridedBox()

    init(shape: [Int], elementSize: Int, swap: SwapPlan = .none) {
        self.shape = shape
        self.elementSize = elementSize
        self.swap = swap
        strides = Scatter(whole: shape).axes.map(\.stride)
    }

    /// Copies what `scatter`, which has been checked, selects of `packed`, which holds the whole array.
    mutating func copy(
        _ packed: RawSpan,
        _ scatter: Scatter,
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        try move(packed, scatter, into: &output, gathers: false)
    }

    /// The way back: sets what `scatter`, which has been checked, selects of `packed` to the elements
    /// of `input` that stand where a copy would put them. Strides of 0 repeat one element.
    mutating func gather(
        _ input: RawSpan,
        _ scatter: Scatter,
        into packed: inout MutableRawSpan
    ) throws(CodecError) {
        try move(input, scatter, into: &packed, gathers: true)
    }

    /// Gathers bytes `part` of every element, which is all that the elements of `input` have.
    mutating func gather(
        _ input: RawSpan,
        _ scatter: Scatter,
        part: Range<Int>,
        into packed: inout MutableRawSpan
    ) throws(CodecError) {
        if part.isEmpty || scatter.isEmpty { return }
        let unit = Self.unit(of: elementSize | part.lowerBound | part.count)
        let first = layOut(scatter, per: elementSize / unit)
        for dimension in scatter.axes.indices {
            let axis = scatter.axes[dimension]
            let isLong = axis.count > 1
            box.target[dimension] = isLong ? Int64(axis.stride * (part.count / unit)) : 0
        }
        box.append(count: part.count / unit, source: 1, target: 1)
        box.turn()
        let isDone = box.copy(
            input,
            from: scatter.outputOffset * (part.count / unit),
            into: &packed,
            at: first + part.lowerBound / unit,
            size: unit,
            swapped: false
        )
        guard isDone else { throw Self.outside }
    }

    private mutating func move(
        _ input: RawSpan,
        _ scatter: Scatter,
        into output: inout MutableRawSpan,
        gathers: Bool
    ) throws(CodecError) {
        if elementSize == 0 || scatter.isEmpty { return }
        var done = true
        switch swap {
        case .none:
            done = moveUnits(
                input,
                scatter,
                into: &output,
                Move(unit: Self.unit(of: elementSize), swapped: false, gathers: gathers)
            )
        case .uniform(let unit):
            done = moveUnits(
                input,
                scatter,
                into: &output,
                Move(unit: unit, swapped: true, gathers: gathers)
            )
        case .leaves(let leaves):
            for leaf in leaves where done {
                done = moveLeaf(leaf, input, scatter, into: &output, gathers: gathers)
            }
        }
        guard done else { throw Self.outside }
    }

    private static let outside = CodecError(
        .configuration,
        codec: "scatter",
        "the selection reaches outside the output"
    )

    /// Sets what `scatter`, which has been checked, selects to `element`.
    mutating func fill(
        _ scatter: Scatter,
        with element: [UInt8],
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        if elementSize == 0 || scatter.isEmpty { return }
        _ = layOut(scatter, per: 1)
        guard element.count == elementSize,
            box.fill(&output, at: scatter.outputOffset, with: element)
        else { throw Self.outside }
    }

    /// The widest number that elements of `size` bytes can be moved by.
    private static func unit(of size: Int) -> Int {
        min(16, 1 << size.trailingZeroBitCount)
    }

    /// Sets the box to the scatter with strides counted in parts, `parts` to an element. Answers the
    /// first part in the packed array.
    private mutating func layOut(_ scatter: Scatter, per parts: Int) -> Int {
        box.removeAll()
        var first = 0
        for dimension in scatter.axes.indices {
            let axis = scatter.axes[dimension]
            let stride = strides[dimension]
            first += axis.start * stride
            let isLong = axis.count > 1  // of one element the strides mean nothing, and may be any
            box.append(
                count: axis.count,
                source: isLong ? axis.step * stride * parts : 0,
                target: isLong ? axis.stride * parts : 0
            )
        }
        return first * parts
    }

    /// How elements are moved: by numbers of `unit` bytes.
    private struct Move {
        var unit: Int
        var swapped: Bool
        var gathers: Bool
    }

    private mutating func moveUnits(
        _ input: RawSpan,
        _ scatter: Scatter,
        into output: inout MutableRawSpan,
        _ move: Move
    ) -> Bool {
        let parts = elementSize / move.unit
        let first = layOut(scatter, per: parts)
        if parts > 1 { box.append(count: parts, source: 1, target: 1) }
        let other = scatter.outputOffset * parts
        if move.gathers { box.turn() }
        return box.copy(
            input,
            from: move.gathers ? other : first,
            into: &output,
            at: move.gathers ? first : other,
            size: move.unit,
            swapped: move.swapped
        )
    }

    /// A leaf may begin anywhere, so it is moved byte by byte, backwards within each number.
    private mutating func moveLeaf(
        _ leaf: DataType.Leaf,
        _ input: RawSpan,
        _ scatter: Scatter,
        into output: inout MutableRawSpan,
        gathers: Bool
    ) -> Bool {
        let first = layOut(scatter, per: elementSize) + leaf.offset
        let other = scatter.outputOffset * elementSize + leaf.offset
        let last = leaf.unit - 1
        box.append(count: leaf.count, source: leaf.unit, target: leaf.unit)
        box.append(count: leaf.unit, source: gathers ? 1 : -1, target: gathers ? -1 : 1)
        if gathers { box.turn() }
        return box.copy(
            input,
            from: gathers ? other + last : first + last,
            into: &output,
            at: gathers ? first : other,
            size: 1,
            swapped: false
        )
    }
}
