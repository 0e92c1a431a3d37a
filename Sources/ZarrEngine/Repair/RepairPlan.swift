internal import Storage
public import ZarrModel

/// What is done to a chunk that is to be mended.
public enum ChunkRemedy: Sendable {
    /// Nothing is stored any more: it reads as the fill value.
    case resetToFill
    /// It is decoded, and encoded again with the array's codecs.
    case reEncode
    /// It gets the values that another array, of the same shape and type, has in its place. The other's
    /// chunks, codecs, format and storage may differ.
    case copy(from: ArrayNode)

    /// The word that commands and journals use.
    public var word: String {
        switch self {
        case .resetToFill: "reset-to-fill"
        case .reEncode: "re-encode"
        case .copy: "from"
        }
    }
}

/// Which chunks are to be mended.
public enum RepairTargets: Hashable, Sendable {
    /// Whole stored objects. A chunk outside the grid has no values, so `orphan` names nothing here.
    case chunks(ChunkTargets)
    /// Inner chunks of shards, in the array's grid of inner chunks. The others of each shard keep their
    /// bytes.
    case inner([ChunkIndex])
}

/// What a repair would change: stored chunks, each as it was when it was looked at.
public struct RepairPlan: Sendable {
    /// One stored chunk.
    public struct Item: Hashable, Sendable {
        /// What is known of it; without an info where it is not stored.
        public var chunk: DeletePlan.Item
        /// The inner chunks that are mended, in the array's grid of inner chunks and in its order; none
        /// where the whole object is.
        public var inner: [ChunkIndex]
    }

    /// What is done to each.
    public var remedy: ChunkRemedy
    /// What would be changed.
    public var items: [Item]
    /// Chunks that were named and are not stored, where only something stored can be mended.
    public var absent: [ChunkIndex]

    /// Bytes of the objects that would be replaced or removed, as far as the storage gives sizes.
    public var byteCount: Int {
        items.reduce(0) { $0.addingReportingOverflow($1.chunk.info?.size ?? 0).partialValue }
    }

    /// How many chunks would be mended: inner chunks where those are named.
    public var count: Int {
        items.reduce(0) { $0 + max(1, $1.inner.count) }
    }
}
