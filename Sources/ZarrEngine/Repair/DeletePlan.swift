public import Storage
public import ZarrModel

/// Which chunks are meant.
public enum ChunkTargets: Hashable, Sendable {
    /// These stored chunks of the grid.
    case indices([ChunkIndex])
    /// Every stored chunk of a box of the grid, in chunk coordinates.
    case box(Region)
    /// Every stored chunk of some boxes of the grid, found by one listing.
    case boxes([Region])
    /// Every stored chunk in one of these states, as far as a listing tells: `present`, `short`,
    /// `corrupt` (of an impossible size), `orphan`. The only way to name a chunk outside the grid.
    case states(Set<ChunkState>)
}

/// What a deletion would remove: chunks alone, each by its key and as it was when it was looked at.
public struct DeletePlan: Sendable {
    /// One stored chunk.
    public struct Item: Hashable, Sendable {
        /// Where it lies in the grid, or would lie.
        public var index: ChunkIndex
        /// Its key in the storage. Untrusted text.
        public var key: String
        /// Its size, time and tag when the plan was made: a chunk that changed since is skipped.
        public var info: ObjectInfo?
        /// Its state when the plan was made.
        public var state: ChunkState

        /// Makes an item.
        public init(index: ChunkIndex, key: String, info: ObjectInfo?, state: ChunkState) {
            self.index = index
            self.key = key
            self.info = info
            self.state = state
        }
    }

    /// What would be removed.
    public var items: [Item]
    /// Chunks that were named and are not stored.
    public var absent: [ChunkIndex]

    /// Makes a plan.
    public init(items: [Item], absent: [ChunkIndex] = []) {
        self.items = items
        self.absent = absent
    }

    /// Bytes that would be removed, as far as the storage gives sizes.
    public var byteCount: Int {
        items.reduce(0) { $0.addingReportingOverflow($1.info?.size ?? 0).partialValue }
    }
}

/// Told how far a plan is: what was looked at, and of how much where that is known. From several tasks at
/// once.
public typealias PlanProgress = @Sendable (_ done: Int, _ total: Int?) -> Void

/// How chunks are deleted, mended or put back.
public struct RepairOptions: Sendable {
    /// Whether deleted chunks are kept in the array's trash.
    public var usesTrash: Bool
    /// Whether nothing is changed, and the outcome says what would be.
    public var isDryRun: Bool
    /// Whether a chunk that was written after its deletion may be replaced when it is put back.
    public var overwrites: Bool
    /// The moment, in seconds since 1970; `nil` is now. Names the deletion.
    public var moment: Int64?
    /// Called after each chunk with the chunks done and those there are.
    public var onProgress: (@Sendable (_ done: Int, _ total: Int) -> Void)?
    /// Told what became of each chunk as soon as that is known, from several tasks at once; the work
    /// goes on when it returns, so that a question can be asked here.
    public var onItem: (@Sendable (RepairOutcome.Item) async -> Void)?
    /// What the deletion is called in the trash, where several arrays share one name.
    var deletionName: String?
    /// The place in the trash that is open already, where one change is made of several parts.
    var bin: Bin?

    /// Makes options: into the trash, for real, overwriting nothing.
    public init(
        usesTrash: Bool = true,
        isDryRun: Bool = false,
        overwrites: Bool = false,
        moment: Int64? = nil,
        onProgress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
    ) {
        self.usesTrash = usesTrash
        self.isDryRun = isDryRun
        self.overwrites = overwrites
        self.moment = moment
        self.onProgress = onProgress
    }
}

/// What became of the chunks of a deletion, a repair or a restoration.
public struct RepairOutcome: Sendable {
    /// What became of one chunk.
    public enum Result: String, Hashable, Sendable {
        /// It was deleted, mended, or put back.
        case done
        /// It was left alone: it had changed, was gone, or would have been overwritten.
        case skipped
        /// The storage failed; the chunk is where it was, or in both places.
        case failed
        /// The work was stopped while it was on its way: nobody knows whether it was done.
        case unknown
    }

    /// Why a chunk was left alone, where that is no finding.
    public enum Omission: Hashable, Sendable {
        /// The work was cancelled before this chunk.
        case cancelled
        /// It is already what it would become.
        case needless
    }

    /// One chunk.
    public struct Item: Hashable, Sendable {
        /// Where it lies in the grid.
        public var index: ChunkIndex
        /// The one inner chunk that it is about, in the array's grid of inner chunks; `nil` where it
        /// is about the whole object.
        public var innerIndex: ChunkIndex?
        /// Its key in the storage. Untrusted text.
        public var key: String
        /// What became of it.
        public var result: Result
        /// Why it was skipped or failed; empty otherwise. May hold untrusted text.
        public var reason: String
        /// Why it was skipped, where no other program had a hand in it; `nil` otherwise.
        public var omission: Omission?
        /// Whether it failed because the storage is full.
        public var isOutOfSpace = false
        /// Bytes that are stored in its place now that it is done; `nil` for nothing.
        public var storedBytes: Int?
    }

    /// Every chunk, in the order of the plan.
    public internal(set) var items: [Item] = []
    /// The name of the deletion in the trash; `nil` where nothing was put there.
    public internal(set) var trash: String?
    /// Whether nothing was changed.
    public internal(set) var isDryRun = false

    /// Adds what another array's part of the same work came to.
    public mutating func add(_ other: RepairOutcome) {
        items += other.items
        trash = trash ?? other.trash
    }

    /// How many chunks have `result`.
    public func count(_ result: Result) -> Int {
        items.count { $0.result == result }
    }

    /// How many chunks were left alone for that reason. O(chunks).
    public func count(_ omission: Omission) -> Int {
        items.count { $0.omission == omission }
    }
}
