public import ZarrModel

/// What stands at a place of the hierarchy.
public enum NodeKind: String, Hashable, Sendable {
    /// A Zarr group.
    case group
    /// A Zarr array.
    case array
    /// A node whose metadata cannot be used; its siblings are unharmed.
    case broken
    /// Something that is not Zarr's.
    case foreign
}

/// One line of the tree.
public struct NodeCard: Hashable, Sendable {
    /// From the root of the store: `/air/temp`.
    public var path: String
    /// The last part of the path, as stored: untrusted text.
    public var name: String
    /// What it is.
    public var kind: NodeKind
    /// A group without a document of its own.
    public var isImplicit = false
    /// The element type's name, for arrays.
    public var dataType: String?
    /// The extents, for arrays.
    public var shape: [Int]?
    /// The extents of a stored chunk, for arrays; of the longest, where they differ.
    public var chunkShape: [Int]?
    /// The extents of the chunks inside a stored one, where that is a shard.
    public var innerChunkShape: [Int]?
    /// Whether stored chunks differ in shape.
    public var hasUnevenChunks = false
    /// Bytes stored, where they are known without looking at every object.
    public var storedBytes: Int?
    /// Whether its chunks can be decoded, for arrays: not where a codec or the type is not known.
    public var isDecodable = true
    /// Why the node is broken, in one line.
    public var error: String?
    /// What it is by a convention, in a word or two: `coordinate`, `image, 3 levels`.
    public var note = ""
    /// The worst of what is odd about it.
    public var severity: Diagnostic.Severity?
    /// Why its chunks could not be counted: untrusted text. `nil` where they were, or nobody tried.
    public var countProblem: String?
    /// What a census of it came to, once there was one.
    public var counts: CensusCounts?

    /// Makes a card.
    public init(path: String, name: String, kind: NodeKind) {
        self.path = path
        self.name = name
        self.kind = kind
    }
}
