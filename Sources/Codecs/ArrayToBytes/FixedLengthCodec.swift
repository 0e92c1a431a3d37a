import Arena

/// An array-to-bytes codec for elements of a fixed length.
protocol FixedLengthCodec: ArrayToBytesCodec {
    /// Its name in metadata.
    var name: String { get }
}

extension FixedLengthCodec {
    func encodeVariable(
        _ elements: [[UInt8]],
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        throw CodecError(.configuration, codec: name, "it encodes elements of a fixed length")
    }
}

/// The decoding side of a ``FixedLengthCodec``.
protocol FixedLengthDecoding: ArrayDecoding {
    /// What it decodes for.
    associatedtype Codec: FixedLengthCodec

    /// The codec, for its name.
    var codec: Codec { get }
}

extension FixedLengthDecoding {
    func decodeVariable(_ encoded: RawSpan) throws(CodecError) -> [[UInt8]] {
        throw CodecError(.configuration, codec: codec.name, "it decodes elements of a fixed length")
    }
}
