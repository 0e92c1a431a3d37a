public import ZarrModel

/// Some chunks of a comparison: columns of the same length. Later pages replace what earlier ones said
/// of a chunk.
public struct ComparePage: Hashable, Sendable {
    /// Linear indexes in the left array's grid, C order.
    public var indexes: [Int] = []
    /// What was found of each.
    public var differences: [ChunkDifference] = []
    /// Bytes stored on the left; -1 where nothing is, or it is not known.
    public var leftSizes: [Int64] = []
    /// Bytes stored on the right, all of the region together.
    public var rightSizes: [Int64] = []
    /// How many chunks (or objects of a listing) are done.
    public var done = 0
    /// How many there are to do; `nil` while that is not known.
    public var wanted: Int?
    /// Milliseconds since the work began.
    public var elapsedMilliseconds = 0

    /// Makes an empty page.
    public init() {}

    /// Adds a chunk.
    public mutating func append(
        _ index: Int,
        _ difference: ChunkDifference,
        left: Int?,
        right: Int?
    ) {
        indexes.append(index)
        differences.append(difference)
        leftSizes.append(left.map(Int64.init) ?? -1)
        rightSizes.append(right.map(Int64.init) ?? -1)
    }
}

/// How comparing two listings, or the values, ended.
public struct CompareSummary: Hashable, Sendable {
    /// The right side as a person names it: untrusted text.
    public var right: String
    /// Whether both are cut into chunks alike; else chunks of the left are compared with regions.
    public var sharesGrid = true
    /// Whether chunks that are absent on both sides read differently.
    public var fillsDiffer = false
    /// Why values cannot be compared; `nil` where they can.
    public var reasonNoValues: String?
    /// Whether values were compared, rather than listings.
    public var isOfValues = false
    /// Milliseconds it took.
    public var elapsedMilliseconds = 0

    /// Makes a summary.
    public init(right: String) {
        self.right = right
    }
}

/// What a look at one chunk on both sides found.
public struct ChunkComparison: Hashable, Sendable {
    /// Its linear index in the left grid.
    public var index: Int
    /// What was found.
    public var difference: ChunkDifference
    /// Named facts, in order: sizes, times, values. Untrusted text.
    public var facts: [Fact] = []

    /// Makes a comparison.
    public init(index: Int, difference: ChunkDifference) {
        self.index = index
        self.difference = difference
    }
}
