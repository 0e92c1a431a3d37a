public import ZarrModel

/// Some chunks of a census: columns of the same length.
///
/// A listing names what is there; what no page names is missing once the census ends complete, and
/// unknown if it does not. Later pages replace what earlier ones said of a chunk.
public struct CensusPage: Hashable, Sendable {
    /// Linear indexes in the grid of stored objects, C order.
    public var indexes: [Int] = []
    /// What is known of each.
    public var states: [ChunkState] = []
    /// Bytes of each; -1 where they are not known.
    public var sizes: [Int64] = []
    /// Positions in this page (not indexes) of chunks that answered late.
    public var slow: [Int] = []
    /// When each was changed last, in seconds since 1970; negative where that is not known. Empty
    /// where nothing is known of any.
    public var modified: [Int64] = []
    /// Whether the chunks were read and decoded, and not merely listed.
    public var isDecoded = false
    /// When the page was made, in seconds since 1970, so that ages can be told.
    public var takenAt: Int?
    /// When its chunks were decoded, in seconds since 1970; `nil` where they were not.
    public var decodedAt: Int?
    /// Milliseconds since the work began.
    public var elapsedMilliseconds: Int = 0

    /// Makes an empty page.
    public init() {}

    /// Adds a chunk.
    public mutating func append(
        _ index: Int,
        _ state: ChunkState,
        size: Int64,
        isSlow: Bool = false
    ) {
        if isSlow {
            slow.append(indexes.count)
        }
        indexes.append(index)
        states.append(state)
        sizes.append(size)
    }
}

/// How a census ended.
public struct CensusSummary: Hashable, Sendable {
    /// Whether everything was listed, so that what no page named is missing.
    public var isComplete: Bool
    /// Milliseconds it took.
    public var elapsedMilliseconds: Int = 0
    /// Keys that parse as chunks outside the grid: the first few.
    public var orphans: [String] = []
    /// How many orphans there are.
    public var orphanCount = 0
    /// Keys that are not the array's: the first few.
    public var foreign: [String] = []
    /// How many foreign keys there are.
    public var foreignCount = 0
    /// The latest deletion whose chunks are still in the array's trash, whoever made it and when;
    /// `nil` where there is none or it was not asked for.
    public var trash: String?
    /// Chunks below folders that could not be listed, where everything else was: of those alone nothing is
    /// known. Empty where the listing was complete, or ended early.
    public var unlisted: [Range<Int>] = []
    /// Why it is not complete; `nil` when it is.
    public var problem: String?

    /// Makes a summary.
    public init(isComplete: Bool) {
        self.isComplete = isComplete
    }
}
