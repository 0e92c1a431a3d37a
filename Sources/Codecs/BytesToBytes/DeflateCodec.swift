import Arena
import ZarrModel

/// **What**: deflate in its gzip and zlib wrappings, lossless compression. The checksum of either is
/// verified; a gzip stream may have several members, one behind the other, and zeros behind the last.
///
/// **Specification**: Zarr v3 core codec `gzip`; RFC 1952, RFC 1950, RFC 1951.
///
/// **Names**: v3 `gzip` (`numcodecs.gzip`) and `numcodecs.zlib` (`zlib`); v2 `gzip`, `zlib`.
///
/// **Configuration**: `{"name": "gzip", "configuration": {"level": 5}}`. Levels 0 to 9; -1 or none is the
/// library's own choice and does not matter for reading.
///
/// **Interoperability**: `pigz` and `cat` make several members, which TensorStore and zarrs refuse.
struct DeflateCodec: BytesToBytesCodec {
    static let gzip = CodecDescriptor(
        v3: ["gzip", "numcodecs.gzip"],
        v2: ["gzip"],
        .bytesToBytes,
        "deflate in gzip's wrapping, any number of members",
        library: "libdeflate, zlib"
    ) { spec, _ throws(CodecError) in
        .bytes(
            DeflateCodec(
                name: spec.name,
                wrapping: .gzip,
                level: try SpecReader(spec).int("level") ?? -1
            )
        )
    }

    static let zlib = CodecDescriptor(
        v3: ["numcodecs.zlib", "zlib"],
        v2: ["zlib"],
        .bytesToBytes,
        "deflate in zlib's wrapping",
        library: "libdeflate, zlib"
    ) { spec, _ throws(CodecError) in
        .bytes(
            DeflateCodec(
                name: spec.name,
                wrapping: .zlib,
                level: try SpecReader(spec).int("level") ?? -1
            )
        )
    }

    /// Deflate cannot make more than this many bytes out of one.
    private static let greatestRatio = 1032

    let name: String
    let wrapping: DeflateWrapping
    let level: Int

    func encodedSize(of decoded: SizeBound) -> SizeBound {
        decoded.compressed
    }

    func decodedSize(of encoded: RawSpan) -> SizeBound? {
        .atMost(encoded.byteCount.multipliedCapped(by: Self.greatestRatio))
    }

    func decode(
        _ encoded: RawSpan,
        into output: inout MutableRawSpan,
        _ contexts: CodecContexts
    ) throws(CodecError) -> Int {
        try Native.check(
            contexts.deflate.decode(wrapping, encoded, into: &output),
            codec: name
        )
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        let most = contexts.deflate.bound(wrapping, level: level, decoded.byteCount)
        try output.append(upTo: most) { (bytes: inout MutableRawSpan) throws(CodecError) in
            try Native.check(
                contexts.deflate.encode(wrapping, level: level, decoded, into: &bytes),
                codec: name
            )
        }
    }
}
