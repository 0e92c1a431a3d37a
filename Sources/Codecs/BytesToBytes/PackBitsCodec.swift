import Arena
import ZarrModel

/// **What**: eight booleans in a byte, the first in its highest bit, behind a byte that says how many
/// bits of the last one are padding.
///
/// **Specification**: numcodecs `packbits`.
///
/// **Names**: v2 `packbits`. (v3's `packbits` is another codec.)
///
/// **Configuration**: none.
///
/// **Interoperability**: any byte that is not 0 is written as true.
struct PackBitsCodec: BytesToBytesCodec {
    static let descriptor = CodecDescriptor(
        v2: ["packbits"],
        .bytesToBytes
    ) { spec, _ throws(CodecError) in
        .bytes(PackBitsCodec(name: spec.name))
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
