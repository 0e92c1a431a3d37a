public import ZarrModel

/// What a copy changes on the way, and how it is made.
public struct CopyOptions: Sendable {
    /// What becomes of shards.
    public enum Shards: Hashable, Sendable {
        /// As the source has them, as far as the version has shards.
        case asInSource
        /// There are none: the chunks inside become the chunks.
        case none
        /// Stored objects of these lengths hold the chunks.
        case lengths(ChunkLengths)

        /// Stored objects of this shape hold the chunks.
        public static func shape(_ shape: [Int]) -> Shards {
            .lengths(ChunkLengths(shape))
        }
    }

    /// Gives the codecs of an array.
    public typealias Codecs =
        @Sendable (ArrayDescription) throws(EngineError) -> [CodecSpec]

    /// The version of the format; `nil` as in the source.
    public var version: FormatVersion?
    /// The lengths of chunks (of those inside, where there are shards); `nil` as in the source.
    public var chunks: ChunkLengths?
    /// What becomes of shards.
    public var shards: Shards
    /// Gives the codecs of a chunk in the order of encoding, the one that makes bytes of the array among
    /// them, for a copy that is described otherwise. `nil` as in the source.
    public var codecs: Codecs?
    /// Whether chunks that are absent in the source, or hold nothing but fill, are stored all the same.
    public var storesFill: Bool
    /// Whether the copy is read back and compared with the source, chunk by chunk.
    public var verifies: Bool
    /// Whether an array is finished although chunks of the source could not be read: they are absent in
    /// the copy then, and read as fill. Otherwise such an array gets no document.
    public var allowsMissing: Bool
    /// Threads; `nil` is one per core where storage blocks, else eight tasks.
    public var workerCount: Int?
    /// Bytes of decoded values that one worker may hold; a chunk of the copy at least.
    public var blockByteLimit: Int
    /// Called from the workers with the chunks of the copy that are done and those there are, over all
    /// arrays.
    public var onProgress: (@Sendable (_ done: Int, _ total: Int) -> Void)?

    /// Makes options: everything as in the source.
    public init(
        version: FormatVersion? = nil,
        chunkShape: [Int]? = nil,
        shards: Shards = .asInSource,
        codecs: Codecs? = nil,
        storesFill: Bool = false,
        verifies: Bool = false,
        allowsMissing: Bool = false,
        workerCount: Int? = nil,
        blockByteLimit: Int = 256 << 20,
        onProgress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
    ) {
        self.version = version
        chunks = chunkShape.map { ChunkLengths($0) }
        self.shards = shards
        self.codecs = codecs
        self.storesFill = storesFill
        self.verifies = verifies
        self.allowsMissing = allowsMissing
        self.workerCount = workerCount
        self.blockByteLimit = blockByteLimit
        self.onProgress = onProgress
    }
}
