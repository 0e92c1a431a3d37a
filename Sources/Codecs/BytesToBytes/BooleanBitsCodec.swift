import Arena
import ZarrModel

/// **What**: eight booleans in a byte, the first in its highest bit, behind a byte that says how many
/// bits of the last one are padding.
///
/// **Specification**: numcodecs `packbits`.
///
/// **Names**: v3 `numcodecs.packbits`; v2 `packbits`. (v3's `packbits` is another codec.)
///
/// **Configuration**: none.
///
/// **Interoperability**: any byte that is not 0 is written as true. In v3 it turns an array of booleans into
/// a list of bytes, which a codec such as `bytes` follows.
struct BooleanBitsCodec: BytesToBytesCodec {
    static let descriptor = CodecDescriptor(
        v3: ["numcodecs.packbits"],
        v2: ["packbits"],
        .arrayToArray,
        "eight booleans in a byte, the first in its highest bit, behind a count of padding"
    ) { spec, place throws(CodecError) in
        let codec = BooleanBitsCodec(name: spec.name)
        if place.isBytes { return .bytes(codec) }
        return .array(try BooleanBitsArray(codec, place.form))
    }

    let name: String

    func encodedSize(of decoded: SizeBound) -> SizeBound {
        let size = decoded.limit / 8 + (decoded.limit % 8 == 0 ? 0 : 1)
        if case .exact = decoded { return .exact(size + 1) }
        return .atMost(size + 1)
    }

    func decodedSize(of encoded: RawSpan) throws(CodecError) -> SizeBound? {
        let count = encoded.byteCount
        guard count > 0 else { throw CodecError(.short, codec: name, "there is no byte") }
        let padding = Int(Bytes.load(encoded, at: 0, as: UInt8.self))
        let bits = (count - 1).multipliedCapped(by: 8)
        guard padding < 8, padding <= bits else {
            throw CodecError(.corrupt, codec: name, "it claims \(padding) bits of padding")
        }
        return .exact(bits - padding)
    }

    func decode(
        _ encoded: RawSpan,
        into output: inout MutableRawSpan,
        _ contexts: CodecContexts
    ) throws(CodecError) -> Int {
        let count = try decodedSize(of: encoded)?.limit ?? 0
        guard count <= output.byteCount else {
            throw CodecError(.long, codec: name, "it decodes to \(count) bytes")
        }
        Numbers.unpackBits(encoded.extracting(1..<encoded.byteCount), count, into: &output)
        return count
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        let count = decoded.byteCount
        let size = (count + 7) / 8
        output.append(littleEndian: UInt8(size * 8 - count))
        output.append(upTo: size) { bytes in
            Numbers.packBits(decoded, into: &bytes)
            return size
        }
    }
}

/// The same as an array that becomes another.
private struct BooleanBitsArray: ArrayToArrayCodec {
    let codec: BooleanBitsCodec
    let encodedForm: ArrayForm

    init(_ codec: BooleanBitsCodec, _ form: ArrayForm) throws(CodecError) {
        guard form.type == .bool else {
            throw CodecError(
                .configuration,
                codec: codec.name,
                "it works on booleans, not on elements of type \(form.type.name)"
            )
        }
        self.codec = codec
        encodedForm = try ArrayForm(
            shape: [codec.encodedSize(of: .exact(form.count)).limit],
            type: .integer(.uint8),
            fill: [0],
            codec: codec.name
        )
    }

    var order: [Int]? {
        nil
    }

    func decode(_ encoded: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        let count = try codec.decode(encoded, into: &output, CodecContexts())
        guard count == output.byteCount else {
            throw CodecError(.short, codec: codec.name, "it decodes to \(count) booleans")
        }
    }

    func encode(_ decoded: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        let arena = Arena(capacity: max(1, output.byteCount))
        try codec.encode(decoded, into: arena, CodecContexts())
        arena.withBytes { Bytes.copy($0, into: &output, at: 0) }
    }
}
