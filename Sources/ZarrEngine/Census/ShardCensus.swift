public import ZarrModel

/// What the index of one shard says of the chunks inside.
public struct ShardCensus: Hashable, Sendable {
    /// One chunk inside the shard.
    public struct Inner: Hashable, Sendable {
        /// Where it lies in the array's grid of inner chunks.
        public var index: ChunkIndex
        /// `present`, `missing`, `corrupt` (the index points outside the shard), or `unknown` where
        /// the index could not be had.
        public var state: ChunkState
        /// Its bytes in the shard; `nil` unless it is present.
        public var byteCount: Int?
    }

    /// Where the shard lies in the grid.
    public var shard: ChunkIndex
    /// Its key in the storage. Untrusted text.
    public var key: String
    /// `present`, `missing`, `short`, `corrupt` (its index does not decode) or `unreadable`.
    public var state: ChunkState
    /// Why it is not present; `nil` where it is. May hold untrusted text.
    public var reason: String?
    /// The chunks inside that hold a part of the array, in C order; none where there are more than
    /// four million of them.
    public var inner: [Inner]

    /// How many of them have `state`.
    public func count(_ state: ChunkState) -> Int {
        inner.count { $0.state == state }
    }
}

/// What a census of inner chunks has counted so far; exact once `isComplete`.
public struct InnerCensusSummary: Hashable, Sendable {
    /// Inner chunks that hold a part of the array.
    public internal(set) var total = 0
    /// Those that are stored.
    public internal(set) var present = 0
    /// Those of shards whose index could not be had: neither present nor missing.
    public internal(set) var unknown = 0
    /// Those whose index entry points outside the shard.
    public internal(set) var corrupt = 0
    /// Whether every stored shard was looked at.
    public internal(set) var isComplete = false

    /// Those that are not stored. Means something only once `isComplete`.
    public var missing: Int {
        total - present - unknown - corrupt
    }

    /// Whether a person should look.
    public var hasFindings: Bool {
        present < total
    }
}

/// How the inner chunks of an array lie in its shards.
struct InnerGrid: Sendable {
    /// The array's grid of inner chunks.
    let grid: GridShape
    /// How the shards lie. The shape of an inner chunk divides every one of them.
    let axes: [ChunkAxis]
    /// The shape of an inner chunk.
    let innerShape: [Int]

    /// The most inner chunks of one shard that are told one by one.
    static let listLimit = 1 << 22

    /// How many inner chunks of `shard` hold a part of the array.
    func count(in shard: ChunkIndex) -> Int {
        ranges(of: shard).reduce(1) { $0 * $1.count }
    }

    /// The inner chunks of `shard` that hold a part of the array, with their places in the shard;
    /// none where there are more than `listLimit`.
    func chunks(of shard: ChunkIndex) -> [(global: ChunkIndex, local: ChunkIndex)] {
        let ranges = ranges(of: shard)
        guard let inside = GridShape(counts: ranges.map(\.count)), inside.total <= Self.listLimit
        else { return [] }
        return (0..<inside.total).map { number in
            let local = inside.index(at: number)
            let global = zip(ranges, local.coordinates).map { $0.lowerBound + $1 }
            return (ChunkIndex(global), local)
        }
    }

    /// Inner chunks along each dimension of a shard, clipped to the array. Products fit, since the
    /// whole grid of inner chunks does.
    private func ranges(of shard: ChunkIndex) -> [Range<Int>] {
        axes.indices.map { dimension in
            let elements = axes[dimension].range(of: shard.coordinates[dimension])
            guard let last = elements.last else { return 0..<0 }
            let length = innerShape[dimension]
            return (elements.lowerBound / length)..<(last / length + 1)
        }
    }
}
