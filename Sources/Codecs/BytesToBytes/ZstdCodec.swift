import Arena
import ZarrModel

/// **What**: Zstandard, lossless compression. Any number of frames, skippable ones too, with or
/// without content size; a frame's own checksum is verified.
///
/// **Specification**: Zarr v3 extension `zstd`; RFC 8878.
///
/// **Names**: v3 `zstd` (`numcodecs.zstd`), v2 `zstd`.
///
/// **Configuration**: `{"name": "zstd", "configuration": {"level": 3, "checksum": false}}`. Both may be
/// absent; neither matters for reading.
///
/// **Interoperability**: zarr-python's v2 streams lack a content size when they were written in pieces;
/// zarrs refuses metadata without `checksum`.
struct ZstdCodec: BytesToBytesCodec {
    static let descriptor = CodecDescriptor(
        v3: ["zstd", "numcodecs.zstd"],
        v2: ["zstd"],
        .bytesToBytes,
        "Zstandard, any frames",
        library: "libzstd"
    ) { spec, _ throws(CodecError) in
        let reader = SpecReader(spec)
        return .bytes(
            ZstdCodec(
                name: spec.name,
                level: try reader.int("level") ?? 0,
                checksum: try reader.bool("checksum") ?? false
            )
        )
    }

    let name: String
    let level: Int
    let checksum: Bool

    func encodedSize(of decoded: SizeBound) -> SizeBound {
        decoded.compressed
    }

    func decodedSize(of encoded: RawSpan) throws(CodecError) -> SizeBound? {
        .atMost(try Native.check(Native.zstdBound(encoded), codec: name))
    }

    func decode(
        _ encoded: RawSpan,
        into output: inout MutableRawSpan,
        _ contexts: CodecContexts
    ) throws(CodecError) -> Int {
        try Native.check(contexts.zstd.decode(encoded, into: &output), codec: name)
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        try output.append(upTo: Native.zstdEncodedBound(decoded.byteCount)) {
            (bytes: inout MutableRawSpan) throws(CodecError) in
            try Native.check(
                contexts.zstd.encode(decoded, into: &bytes, level: level, checksum: checksum),
                codec: name
            )
        }
    }
}
