internal import Storage
public import ZarrModel

/// What would be removed from a store because nobody needs it: chunks outside their arrays' grids, and
/// what programs left behind.
public struct VacuumPlan: Sendable {
    /// The orphans of one array.
    public struct Orphans: Sendable {
        /// The array.
        public var array: ArrayNode
        /// Its chunks outside the grid.
        public var chunks: DeletePlan
    }

    /// Chunks outside the grid, by array. They go into each array's trash.
    public internal(set) var orphans: [Orphans] = []
    /// What programs left behind, old enough to be sure of. It goes for good.
    public internal(set) var leftovers: [Leftover] = []
    /// What looks the same and is too young, or of an unknown age: its writer may be alive.
    public internal(set) var young: [Leftover] = []
    /// Keys of everything else that is not Zarr's; a folder ends in `/`. Never touched. Untrusted text.
    public internal(set) var foreign: [String] = []
    /// Nodes that could not be looked at: what lies there is not known.
    public internal(set) var problems: [EngineError] = []
    /// Seconds since 1970; what changed later is too young.
    public internal(set) var moment: Int64

    /// How many objects would be removed.
    public var count: Int {
        orphans.reduce(leftovers.count) { $0 + $1.chunks.items.count }
    }

    /// Bytes that would be removed, as far as the storage gives sizes.
    public var byteCount: Int {
        let chunks = orphans.reduce(0) {
            $0.addingReportingOverflow($1.chunks.byteCount).partialValue
        }
        return leftovers.reduce(chunks) {
            $0.addingReportingOverflow($1.info.size ?? 0).partialValue
        }
    }
}

/// What a vacuum did.
public struct VacuumOutcome: Sendable {
    /// What became of one object.
    public struct Item: Hashable, Sendable {
        /// Where it would lie in its array's grid; `nil` for a leftover.
        public var index: ChunkIndex?
        /// Its key in the store. Untrusted text.
        public var key: String
        /// Its bytes, where the storage says.
        public var byteCount: Int?
        /// What became of it.
        public var result: RepairOutcome.Result
        /// Why it was skipped or failed; the program that left it behind otherwise.
        public var reason: String
    }

    /// Every object, orphans first.
    public internal(set) var items: [Item] = []
    /// The name of the deletion in the trash of each array that had orphans; `nil` where nothing was
    /// put into one.
    public internal(set) var trash: String?

    /// How many objects have `result`.
    public func count(_ result: RepairOutcome.Result) -> Int {
        items.count { $0.result == result }
    }
}
