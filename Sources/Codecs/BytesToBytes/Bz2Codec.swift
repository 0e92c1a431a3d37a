import Arena
import ZarrModel

/// **What**: bzip2, lossless compression; slow and small. Any number of streams, one behind the other.
///
/// **Specification**: numcodecs `bz2`; bzip2 1.0.
///
/// **Names**: v3 `numcodecs.bz2` (`bz2`); v2 `bz2`.
///
/// **Configuration**: `{"id": "bz2", "level": 1}`; levels 1 to 9, which do not matter for reading.
///
/// **Interoperability**: each block carries a CRC-32, which is verified.
struct Bz2Codec: BytesToBytesCodec {
    static let descriptor = CodecDescriptor(
        v3: ["numcodecs.bz2", "bz2", "https://codec.zarrs.dev/bytes_to_bytes/bz2"],
        v2: ["bz2"],
        .bytesToBytes,
        "bzip2, any number of streams",
        library: "libbz2"
    ) { spec, _ throws(CodecError) in
        .bytes(
            Bz2Codec(
                name: spec.name,
                level: try SpecReader(spec).int("level", in: 1...9, otherwise: 1)
            )
        )
    }

    let name: String
    let level: Int

    func encodedSize(of decoded: SizeBound) -> SizeBound {
        decoded.compressed
    }

    func decodedSize(of encoded: RawSpan) -> SizeBound? {
        nil
    }

    func decode(
        _ encoded: RawSpan,
        into output: inout MutableRawSpan,
        _ contexts: CodecContexts
    ) throws(CodecError) -> Int {
        try Native.check(Native.bz2Decode(encoded, into: &output), codec: name)
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        try output.append(upTo: Native.bz2EncodedBound(decoded.byteCount)) {
            (bytes: inout MutableRawSpan) throws(CodecError) in
            try Native.check(Native.bz2Encode(decoded, into: &bytes, level: level), codec: name)
        }
    }
}
