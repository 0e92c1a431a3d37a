import Arena
import ZarrModel

/// An array-to-bytes codec for elements without a fixed length.
protocol VariableCodec: ArrayToBytesCodec {
    /// Its name in metadata.
    var name: String { get }

    /// All elements in C order.
    func decode(_ encoded: RawSpan) throws(CodecError) -> [[UInt8]]
}

extension VariableCodec {
    var isCanonical: Bool {
        false
    }

    func makeDecoding(_ limits: CodecLimits) -> any ArrayDecoding {
        VariableDecoding(codec: self)
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        throw CodecError(.configuration, codec: name, "it encodes elements of any length")
    }
}

extension CodecPlace {
    /// The array here. Throws where its elements have a fixed length, or may be absent.
    func variableForm(_ reader: SpecReader) throws(CodecError) -> ArrayForm {
        guard form.type.isVariableLength, form.type.kind != .optional else {
            throw reader.wrong("it does not work on elements of type \(form.type.name)")
        }
        return form
    }
}

/// Decoding of elements without a fixed length, which keeps nothing between chunks.
private final class VariableDecoding: ArrayDecoding {
    private let codec: any VariableCodec

    init(codec: any VariableCodec) {
        self.codec = codec
    }

    func decode(
        _ encoded: RawSpan,
        _ scatter: Scatter,
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        throw CodecError(.configuration, codec: codec.name, "it decodes elements of any length")
    }

    func decodeVariable(_ encoded: RawSpan) throws(CodecError) -> [[UInt8]] {
        try codec.decode(encoded)
    }
}
