public import ZarrModel

/// What a copy would make: every node, and how its chunks get there.
public struct CopyPlan: Sendable {
    /// How the chunks of an array are copied.
    public enum Way: String, Hashable, Sendable {
        /// As they are stored: grid and codecs stay the same.
        case bytes
        /// As they are stored, into other shards, into shards or out of them: only the indexes of shards
        /// are made anew.
        case units
        /// Decoded and encoded again.
        case values
    }

    /// One array.
    public struct Array: Sendable {
        /// The array that is copied.
        public var source: ArrayNode
        /// Where the copy lies in its hierarchy.
        public var path: NodePath
        /// What the copy is to be.
        public var description: ArrayDescription
        /// How its chunks are copied.
        public var way: Way
        /// What is said differently in the copy.
        public var notes: [Diagnostic]

        /// The copy, whose document nobody has written yet.
        let node: ArrayNode
        let documents: [WrittenDocument]
    }

    /// One group.
    public struct Group: Sendable {
        /// The group that is copied.
        public var source: NodePath
        /// Where the copy lies in its hierarchy.
        public var path: NodePath

        let documents: [WrittenDocument]
        /// Whether it carries a consolidated copy of the metadata below, which is made anew.
        let isConsolidated: Bool
    }

    /// The node that is copied.
    public internal(set) var source: NodePath
    /// Where the copy lies.
    public internal(set) var path: NodePath
    /// The groups, outermost first.
    public internal(set) var groups: [Group] = []
    /// The arrays, by path.
    public internal(set) var arrays: [Array] = []
    /// Nodes, and attributes of nodes, that cannot be read or have no counterpart in the version that is
    /// written: they are not copied.
    public internal(set) var problems: [EngineError] = []
    /// What is not Zarr's and is not copied. Untrusted text.
    public internal(set) var foreign: [NodePath] = []

    /// The version of the node that is copied, as the copy has it.
    var version: FormatVersion? {
        let documents = groups.first { $0.path == path }?.documents ?? arrays.first?.documents
        return documents.map { $0.contains { $0.name == "zarr.json" } ? .v3 : .v2 }
    }

    /// Chunks (shards, where arrays are sharded) of all copies.
    public var chunkCount: Int {
        arrays.reduce(0) { $0.addingReportingOverflow($1.node.grid.total).partialValue }
    }
}

/// A chunk that was not copied, or that does not read back as the source does.
public struct CopyFailure: Hashable, Sendable {
    /// The array's path in the source.
    public var path: NodePath
    /// The chunk of the copy.
    public var index: ChunkIndex
    /// The key in the source, or of the copy where that is wrong. Untrusted text.
    public var key: String
    /// What is the matter: the state of the source's chunk; `corrupt` where the copy differs.
    public var state: ChunkState
    /// Why, in one sentence. May hold untrusted text.
    public var reason: String
}

/// What a copy did.
public struct CopyOutcome: Sendable {
    /// Chunks of the copies in all.
    public internal(set) var total = 0
    /// Chunks that were encoded anew and stored.
    public internal(set) var encoded = 0
    /// Chunks that were copied as they are stored.
    public internal(set) var copied = 0
    /// Chunks of which nothing is stored: absent in the source, or nothing but fill.
    public internal(set) var empty = 0
    /// Chunks that an earlier run had copied.
    public internal(set) var kept = 0
    /// Bytes that were stored.
    public internal(set) var storedBytes = 0
    /// Chunks that were read back and compared.
    public internal(set) var verified = 0
    /// Chunks that failed, by array and in the order of the grid.
    public internal(set) var failures: [CopyFailure] = []
    /// Arrays without a document in the copy, because chunks of theirs failed.
    public internal(set) var unfinished: [NodePath] = []
    /// Whether it went on where an earlier run had stopped.
    public internal(set) var isResumed = false
}
