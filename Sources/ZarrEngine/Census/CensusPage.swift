public import Storage
public import ZarrModel

/// What one page of an array's listing says of its chunks, packed in columns: a million chunks cost
/// no million objects.
public struct CensusPage: Sendable {
    /// A stored object whose key parses as a chunk outside the grid.
    public struct Orphan: Hashable, Sendable {
        /// Where it would lie.
        public var index: ChunkIndex
        /// Its key under the array's prefix. Untrusted text.
        public var key: String
        /// Size and time, where the storage says.
        public var info: ObjectInfo
    }

    /// The chunks of this page, numbered in C order.
    public internal(set) var chunks: [Int] = []
    /// The state of each: present, short or corrupt, as far as its size tells; unreadable where what
    /// stands there is no object.
    public internal(set) var states: [ChunkState] = []
    /// Bytes of each; -1 where the storage does not say.
    public internal(set) var sizes: [Int64] = []
    /// Last change of each in seconds since 1970; `Int64.min` where the storage does not say.
    public internal(set) var modifiedTimes: [Int64] = []
    /// Chunks outside the grid.
    public internal(set) var orphans: [Orphan] = []
    /// Keys under the array that are no chunk keys and no metadata. Untrusted text.
    public internal(set) var foreign: [String] = []

    /// An empty page.
    public init() {}

    /// How many chunks of the grid the page holds.
    public var count: Int {
        chunks.count
    }

    /// Size and time of the chunk at `position`. Requires `0 <= position < count`.
    public func info(_ position: Int) -> ObjectInfo {
        ObjectInfo(
            size: sizes[position] < 0 ? nil : Int(sizes[position]),
            modified: modifiedTimes[position] == .min ? nil : modifiedTimes[position]
        )
    }

    mutating func reserve(_ capacity: Int) {
        chunks.reserveCapacity(capacity)
        states.reserveCapacity(capacity)
        sizes.reserveCapacity(capacity)
        modifiedTimes.reserveCapacity(capacity)
    }

    mutating func append(_ chunk: Int, _ state: ChunkState, size: Int64, modified: Int64) {
        chunks.append(chunk)
        states.append(state)
        sizes.append(size)
        modifiedTimes.append(modified)
    }
}

/// What a census has counted so far; exact once `isComplete`.
public struct CensusSummary: Sendable {
    /// Which chunks of the grid are stored, whatever their size.
    public internal(set) var presence: ChunkPresence
    /// Stored chunks with fewer bytes than they must have.
    public internal(set) var short = 0
    /// Stored chunks whose size rules out that they decode.
    public internal(set) var corrupt = 0
    /// Chunks in whose place stands what is no object and cannot be read: a link, a directory.
    public internal(set) var unreadable = 0
    /// Objects whose key parses as a chunk outside the grid.
    public internal(set) var orphans = 0
    /// Objects under the array that are no chunks and no metadata.
    public internal(set) var foreign = 0
    /// Bytes of the stored chunks, as far as the storage gives sizes.
    public internal(set) var storedBytes: Int64 = 0
    /// Stored chunks whose size the storage did not say.
    public internal(set) var unsized = 0
    /// Whether the listing was read to its end, and nothing was left out. Until then nothing is known to
    /// be missing, but where `unlisted` says what was left out.
    public internal(set) var isComplete = false
    /// Why folders could not be listed, each with its place under the array as the key.
    public internal(set) var unlisted: [StorageError] = []
    /// Chunks that lie below such folders, ascending, numbered in C order. Some of them may have been listed
    /// all the same.
    public private(set) var unlistedChunks: [Range<Int>] = []
    /// Chunks of which nothing is known, since they lie below folders that could not be listed.
    public private(set) var unknown = 0
    /// What was noticed: another separator than the metadata declares, keys of two forms.
    public internal(set) var diagnostics: [Diagnostic] = []

    init(total: Int) {
        presence = ChunkPresence(total: total)
    }

    /// Chunks in the grid (shards, where the array is sharded).
    public var total: Int { presence.total }
    /// Stored chunks of the grid, short, corrupt and unreadable ones among them.
    public var present: Int { presence.count }
    /// Chunks of the grid that are not stored. Means something only once the listing has ended.
    public var missing: Int { presence.missingCount - unknown }

    /// Bytes of the stored chunks; `nil` where the storage does not say them of each.
    public var knownStoredBytes: Int? { unsized == 0 ? Int(storedBytes) : nil }

    /// Whether a person should look: something is missing, short, corrupt, unreadable or outside
    /// the grid.
    public var hasFindings: Bool {
        missing > 0 || short > 0 || corrupt > 0 || unreadable > 0 || orphans > 0
    }

    /// Whether nothing is known of a chunk that was not listed.
    public func isUnlisted(_ chunk: Int) -> Bool {
        var low = 0
        var high = unlistedChunks.count
        while low < high {
            let middle = (low + high) / 2
            if unlistedChunks[middle].upperBound <= chunk {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < unlistedChunks.count && unlistedChunks[low].contains(chunk)
    }

    mutating func leaveUnknown(_ chunks: Range<Int>) {
        if !chunks.isEmpty { unlistedChunks.append(chunks) }
    }

    /// Joins what overlaps, and counts. O(chunks below such folders / 64).
    mutating func countUnknown() {
        var joined: [Range<Int>] = []
        for range in unlistedChunks.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, last.upperBound >= range.lowerBound {
                let end = max(last.upperBound, range.upperBound)
                joined[joined.count - 1] = last.lowerBound..<end
            } else {
                joined.append(range)
            }
        }
        unlistedChunks = joined
        unknown = joined.reduce(0) { $0 + presence.missingCount(in: $1) }
    }
}
