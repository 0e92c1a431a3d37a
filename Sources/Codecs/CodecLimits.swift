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

    /// Throws where a buffer of `count` bytes is not allowed.
    func check(_ count: Int, codec: String) throws(CodecError) {
        guard count <= most else {
            throw CodecError(
                .tooLarge,
                codec: codec,
                "it decodes to \(count) bytes, the limit is \(most)"
            )
        }
    }

    /// The longest buffer, with room for what codecs add.
    var most: Int {
        max(chunkBytes, variableBytes).addingCapped(1 << 16)
    }

    /// The limits that hold where nobody says otherwise.
    public static let standard = CodecLimits()
}
