public import ZarrModel

/// A chunk that is there but could not be read or decoded.
public struct ChunkProblem: Hashable, Sendable {
    /// The stored object: the shard, where the array is sharded.
    public var index: ChunkIndex
    /// The inner chunk in the grid of inner chunks, where just that one is broken.
    public var innerIndex: ChunkIndex?
    /// Its key in the storage. Untrusted text.
    public var key: String
    /// `short`, `corrupt` or `unreadable`.
    public var state: ChunkState
    /// Why, with the codec or the storage's answer. May hold untrusted text.
    public var reason: String
    /// Where its values would stand in the result: the smallest box that holds them all.
    public var region: Region
    /// The numbers of its values in C order of the result, of a field's those of the elements;
    /// `nil` where they fill `region`.
    public var items: [Int]?
}
