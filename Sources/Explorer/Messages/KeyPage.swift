/// Some keys under a node, as the storage lists them.
public struct KeyPage: Hashable, Sendable {
    /// The node's path.
    public var path: String
    /// The keys, in the order of the listing.
    public var keys: [KeyCard]
    /// Whether these are the last.
    public var isLast: Bool

    /// Makes a page.
    public init(path: String, keys: [KeyCard], isLast: Bool) {
        self.path = path
        self.keys = keys
        self.isLast = isLast
    }
}

/// One key under a node.
public struct KeyCard: Hashable, Sendable {
    /// What a key is.
    public enum Kind: String, Hashable, Sendable {
        /// A document of the node.
        case metadata
        /// A chunk of the grid.
        case chunk
        /// Named as a chunk outside the grid.
        case orphan
        /// Nothing of Zarr's.
        case foreign
        /// A chunk that was deleted and can be brought back, and what belongs to it.
        case trash
        /// A node or folder below.
        case below
    }

    /// Relative to the node: untrusted text.
    public var key: String
    /// What it is.
    public var kind: Kind
    /// Bytes, where the storage says.
    public var bytes: Int?
    /// Last change, in words; empty where the storage does not say.
    public var modified = ""

    /// Makes a key.
    public init(key: String, kind: Kind, bytes: Int? = nil) {
        self.key = key
        self.kind = kind
        self.bytes = bytes
    }
}

/// What the codecs of an array did to one of its chunks.
public struct CodecSample: Hashable, Sendable {
    /// The array's path.
    public var path: String
    /// The chunk's key: untrusted text.
    public var key: String
    /// Bytes before and after each codec, in the order of decoding.
    public var stages: [CodecStage]
    /// Why there are none, or not all.
    public var problem: String?

    /// Makes a sample.
    public init(path: String, key: String, stages: [CodecStage] = []) {
        self.path = path
        self.key = key
        self.stages = stages
    }
}
