/// How much memory decoding one chunk may ask for, whatever its metadata and bytes claim.
public struct CodecLimits: Hashable, Sendable {
    /// Bytes of one decoded chunk (or shard) of elements with a fixed length.
    public var chunkBytes: Int
    /// Bytes of one decoded chunk of elements without a fixed length.
    public var variableBytes: Int

    /// Makes limits; the standard ones are 4 GiB and 512 MiB.
    public init(chunkBytes: Int = 4 << 30, variableBytes: Int = 512 << 20) {
        self.chunkBytes = chunkBytes
        self.variableBytes = variableBytes
    }

    /// The limits that hold where nobody says otherwise.
    public static let standard = CodecLimits()
}
