/// New values for some elements of one chunk: which ones, and where they stand in the input that they
/// come from.
public struct ChunkPart: Hashable, Sendable {
    /// The elements, and for each the place in the input where it is taken from. Strides of 0 give all
    /// elements of an axis one value.
    public var scatter: Scatter
    /// How much of the chunk lies in the array, along each dimension. What is beyond is padding.
    public var extent: [Int]
    /// The bytes of each element that are new, which is all that elements of the input have: one field
    /// of a structured type. `nil` is the whole element.
    public var field: Range<Int>?

    /// Makes a part. Requires as many extents as axes.
    public init(_ scatter: Scatter, extent: [Int], field: Range<Int>? = nil) {
        self.scatter = scatter
        self.extent = extent
        self.field = field
    }

    /// All of a chunk of `shape`, from an input that is that chunk.
    public init(whole shape: [Int]) {
        self.init(Scatter(whole: shape), extent: shape)
    }

    /// Whether nothing stays of what the chunk held: every element that lies in the array is new.
    public var isWhole: Bool {
        field == nil && zip(scatter.axes, extent).allSatisfy { $0.count >= $1 }
    }

    /// The boxes of a chunk of `shape` that lie past the array's edge, as places of the chunk itself.
    func padding(_ shape: [Int]) -> [Scatter] {
        extent.indices.compactMap { dimension in
            guard extent[dimension] < shape[dimension] else { return nil }
            var box = Scatter(whole: shape)
            let start = max(0, extent[dimension])
            box.axes[dimension].start = start
            box.axes[dimension].count = shape[dimension] - start
            box.outputOffset = start * box.axes[dimension].stride
            return box
        }
    }
}

/// What becomes of chunks in which every element is the fill value, bit by bit, padding included.
public enum FillPolicy: Hashable, Sendable {
    /// They are not made: absent reads the same.
    case omit
    /// The stored object is made; inner chunks of a shard are left out.
    case keepObject
    /// They are made like any other.
    case keep
}
