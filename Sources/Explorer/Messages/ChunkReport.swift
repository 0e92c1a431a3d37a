public import ZarrModel

/// What a direct look at one chunk found.
public struct ChunkReport: Hashable, Sendable {
    /// Which chunk.
    public var chunk: ChunkIndex
    /// Its key from the root of the store: untrusted text.
    public var key: String
    /// What it is.
    public var state: ChunkState
    /// Why it is not just present, in one line.
    public var reason: String?
    /// Bytes stored.
    public var size: Int?
    /// When it changed last, in words: `2026-11-22 14:00:31`.
    public var modified: String?
    /// The tag of the storage.
    public var tag: String?
    /// Where it lies when it is part of a shard.
    public var inside: InnerPlace?
    /// The codecs that its stages stand for; empty where it was not decoded.
    public var codecs: [CodecCard] = []
    /// Bytes before and after each codec, in the order of decoding.
    public var stages: [CodecStage] = []
    /// The extents of the decoded values; the last chunks of an axis are whole too.
    public var shape: [Int] = []
    /// The first plane of the values, row by row, as text: that of the last two dimensions, cut to
    /// a few thousand.
    public var preview: [String] = []
    /// How many values of `preview` make a row; 0 where it is a plain list.
    public var previewWidth: Int = 0
    /// The inner chunks, where it is a shard whose index can be read.
    public var inner: [InnerChunk] = []
    /// When it was looked at, in words: `2026-11-22 14:41:10`.
    public var looked: String?
    /// Statistics over the part inside the array.
    public var statistics: ValueStatistics?
    /// How long the look took, in microseconds.
    public var microseconds: Int?

    /// Makes a report.
    public init(chunk: ChunkIndex, key: String, state: ChunkState) {
        self.chunk = chunk
        self.key = key
        self.state = state
    }
}

/// Where a chunk lies that is no stored object of its own.
public struct InnerPlace: Hashable, Sendable {
    /// The elements of the array that it holds.
    public var region: [Range<Int>]
    /// Inner chunks of its shard along each dimension.
    public var grid: [Int]
    /// Its first byte in the stored object; `nil` where it is not stored.
    public var offset: Int?

    /// Makes a place.
    public init(region: [Range<Int>], grid: [Int], offset: Int?) {
        self.region = region
        self.grid = grid
        self.offset = offset
    }
}

/// One inner chunk of a shard, as the shard's index and the codecs say.
public struct InnerChunk: Hashable, Sendable {
    /// Where it lies in the array's grid of inner chunks.
    public var index: ChunkIndex
    /// Its first byte in the shard; `nil` where it is not stored.
    public var offset: Int?
    /// Its bytes; `nil` where it is not stored.
    public var bytes: Int?
    /// What it is.
    public var state: ChunkState
    /// Why it is not just present.
    public var reason: String?

    /// Makes an inner chunk.
    public init(index: ChunkIndex, offset: Int?, bytes: Int?, state: ChunkState, reason: String?) {
        self.index = index
        self.offset = offset
        self.bytes = bytes
        self.state = state
        self.reason = reason
    }
}

/// What one codec did to a chunk.
public struct CodecStage: Hashable, Sendable {
    /// The codec's name.
    public var codec: String
    /// Bytes before.
    public var bytesIn: Int
    /// Bytes after; `nil` where it failed.
    public var bytesOut: Int?
    /// Why it failed.
    public var problem: String?

    /// Makes a stage.
    public init(codec: String, bytesIn: Int, bytesOut: Int?, problem: String? = nil) {
        self.codec = codec
        self.bytesIn = bytesIn
        self.bytesOut = bytesOut
        self.problem = problem
    }
}

/// Figures over numbers.
public struct ValueStatistics: Hashable, Sendable {
    /// How many values.
    public var count = 0
    /// How many of them are not a number.
    public var nanCount = 0
    /// How many equal the fill value.
    public var fillCount = 0
    /// The least, NaN apart.
    public var minimum: Double?
    /// The greatest, NaN apart.
    public var maximum: Double?
    /// The mean, NaN apart.
    public var mean: Double?
    /// The standard deviation, NaN apart.
    public var deviation: Double?

    /// Makes empty figures.
    public init() {}
}
