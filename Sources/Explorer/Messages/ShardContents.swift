public import ZarrModel

/// A shard, or a shard inside one.
public struct ShardPlace: Hashable, Sendable {
    /// The stored object.
    public var shard: ChunkIndex
    /// The way into it: at each step an inner chunk, each but the last a shard itself.
    public var inside: [ChunkIndex]

    /// Makes a place.
    public init(_ shard: ChunkIndex, inside: [ChunkIndex] = []) {
        self.shard = shard
        self.inside = inside
    }
}

/// What the index of one shard says of the chunks inside.
public struct ShardContents: Hashable, Sendable {
    /// Which shard.
    public var place: ShardPlace
    /// The key of the stored object: untrusted text.
    public var key: String
    /// The element of the array that it begins with.
    public var start: [Int]
    /// Elements of an inner chunk along each dimension.
    public var innerShape: [Int]
    /// Inner chunks along each dimension that hold a part of the array.
    public var grid: [Int]
    /// Whether the inner chunks are shards themselves.
    public var isNested: Bool
    /// The state of each inner chunk, C order.
    public var states: [ChunkState] = []
    /// Bytes of each; -1 where it is not there.
    public var sizes: [Int64] = []
    /// Where in the object the bytes of each begin; -1 where it is not there.
    public var offsets: [Int64] = []
    /// Why the index could not be had; `nil` where it was.
    public var problem: String?

    /// Makes contents of which nothing is known.
    public init(
        place: ShardPlace,
        key: String,
        start: [Int],
        innerShape: [Int],
        grid: [Int],
        isNested: Bool
    ) {
        self.place = place
        self.key = key
        self.start = start
        self.innerShape = innerShape
        self.grid = grid
        self.isNested = isNested
    }
}

/// How many inner chunks some shards hold.
public struct InsidePage: Hashable, Sendable {
    /// One shard.
    public struct Shard: Hashable, Sendable {
        /// Its linear index in the grid of stored objects, C order.
        public var index: Int
        /// Inner chunks that hold a part of the array.
        public var total: Int
        /// Those of them that are there.
        public var present: Int
        /// What reading its index showed.
        public var state: ChunkState
        /// Why it is not just present: untrusted text.
        public var reason: String?

        /// Makes a shard.
        public init(
            index: Int,
            total: Int,
            present: Int,
            state: ChunkState = .present,
            reason: String? = nil
        ) {
            self.index = index
            self.total = total
            self.present = present
            self.state = state
            self.reason = reason
        }
    }

    /// Shards whose index was asked for.
    public var shards: [Shard] = []
    /// Makes an empty page.
    public init() {}
}
