import Arena
import ZarrModel

/// **What**: LZ4 block compression behind a length. Not the LZ4 frame format.
///
/// **Specification**: numcodecs `lz4`: the decoded length in 4 bytes, little-endian, then one block
/// (lz4 "block format").
///
/// **Names**: v3 `numcodecs.lz4` (`lz4`); v2 `lz4`.
///
/// **Configuration**: `{"id": "lz4", "acceleration": 1}`; it does not matter for reading.
///
/// **Interoperability**: a chunk decodes to less than 2 GiB. The length is believed only where it is
/// what the chunk must have.
struct Lz4Codec: BytesToBytesCodec {
    static let descriptor = CodecDescriptor(
        v3: ["numcodecs.lz4", "lz4"],
        v2: ["lz4"],
        .bytesToBytes,
        "LZ4 block behind its length",
        library: "liblz4"
    ) { spec, _ throws(CodecError) in
        .bytes(
            Lz4Codec(name: spec.name, acceleration: try SpecReader(spec).int("acceleration") ?? 1)
        )
    }

    private static let headerSize = 4

    let name: String
    let acceleration: Int

    func encodedSize(of decoded: SizeBound) -> SizeBound {
        decoded.compressed
    }

    func decodedSize(of encoded: RawSpan) throws(CodecError) -> SizeBound? {
        guard encoded.byteCount > Self.headerSize else {
            throw CodecError(.short, codec: name, "there is no block behind the length")
        }
        let claimed = Int(Bytes.load(encoded, at: 0, as: UInt32.self))
        // A sequence makes at most 255 bytes out of one byte of length.
        let possible = (encoded.byteCount - Self.headerSize).multipliedCapped(by: 255)
            .addingCapped(64)
        guard claimed <= Int(Int32.max), claimed <= possible else {
            throw CodecError(.corrupt, codec: name, "it claims to decode to \(claimed) bytes")
        }
        return .exact(claimed)
    }

    func decode(
        _ encoded: RawSpan,
        into output: inout MutableRawSpan,
        _ contexts: CodecContexts
    ) throws(CodecError) -> Int {
        let claimed = try decodedSize(of: encoded)?.limit ?? 0
        guard claimed <= output.byteCount else {
            throw CodecError(.long, codec: name, "it claims to decode to \(claimed) bytes")
        }
        let block = encoded.extracting(Self.headerSize..<encoded.byteCount)
        var room = output._mutatingExtracting(0..<claimed)
        let written = try Native.check(Native.lz4Decode(block, into: &room), codec: name)
        guard written == claimed else {
            throw CodecError(
                .corrupt,
                codec: name,
                "it claims \(claimed) bytes and decodes to \(written)"
            )
        }
        return written
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        output.append(littleEndian: UInt32(clamping: decoded.byteCount))
        try output.append(upTo: Native.lz4EncodedBound(decoded.byteCount)) {
            (bytes: inout MutableRawSpan) throws(CodecError) in
            try Native.check(
                Native.lz4Encode(decoded, into: &bytes, acceleration: acceleration),
                codec: name
            )
        }
    }
}
