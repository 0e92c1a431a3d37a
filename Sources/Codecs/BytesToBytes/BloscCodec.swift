import Arena
import JSONValue
import ZarrModel

/// **What**: Blosc, a shuffle (of bytes or bits) and a fast compressor over blocks; the format of
/// c-blosc 1.
///
/// **Specification**: Zarr v3 core codec `blosc`; c-blosc "README_CHUNK_FORMAT".
///
/// **Names**: v3 `blosc` (`numcodecs.blosc`); v2 `blosc`.
///
/// **Configuration**: `{"name": "blosc", "configuration": {"cname": "zstd", "clevel": 5, "shuffle": "shuffle",
/// "typesize": 4, "blocksize": 0}}`. v2 has the shuffle as 0, 1, 2 or -1 (bits for one-byte types, else
/// bytes) and takes the type size from the array. Compressors: blosclz, lz4, lz4hc, snappy, zlib, zstd.
///
/// **Interoperability**: reading needs only the header of the chunk, so a missing `typesize`, which v3
/// demands beside a shuffle, is accepted (as zarr-python does; TensorStore and zarrs refuse). There is
/// no checksum: a flipped bit may pass.
struct BloscCodec: BytesToBytesCodec {
    static let descriptor = CodecDescriptor(
        v3: ["blosc", "numcodecs.blosc"],
        v2: ["blosc"],
        .bytesToBytes,
        "blocks of shuffled bytes or bits: blosclz, lz4, lz4hc, snappy, zlib, zstd",
        library: "c-blosc"
    ) { spec, place throws(CodecError) in
        .bytes(
            BloscCodec(
                name: spec.name,
                settings: try Settings(SpecReader(spec), place)
            )
        )
    }

    /// Which parts of the elements are put together before compression.
    enum Shuffle: Int32, Sendable {
        case none = 0
        case bytes = 1
        case bits = 2
    }

    /// How to encode.
    struct Settings: Sendable {
        var compressor: String
        var level: Int
        var shuffle: Shuffle
        var typeSize: Int
        var blockSize: Int

        init(_ reader: SpecReader, _ place: CodecPlace) throws(CodecError) {
            compressor = try reader.string("cname") ?? "lz4"
            guard Self.compressors.contains(compressor) else {
                throw reader.unsupported("its compressor \(compressor) is not known")
            }
            level = try reader.int("clevel", in: 0...9, otherwise: 5)
            blockSize = try reader.int("blocksize", in: 0...(1 << 31 - 1), otherwise: 0)
            let size = try reader.int("typesize", in: 0...Int(Int32.max), otherwise: 0)
            typeSize = size > 0 ? size : max(1, place.numberSize)
            shuffle = try Self.shuffle(reader, typeSize: typeSize)
        }

        private static let compressors = ["blosclz", "lz4", "lz4hc", "snappy", "zlib", "zstd"]

        private static func shuffle(
            _ reader: SpecReader,
            typeSize: Int
        ) throws(CodecError) -> Shuffle {
            switch reader.spec.configuration["shuffle"] {
            case nil, .null, -1: return typeSize == 1 ? .bits : .bytes
            case "noshuffle", 0, false: return .none
            case "shuffle", 1, true: return .bytes
            case "bitshuffle", 2: return .bits
            default: throw reader.wrong("shuffle must be noshuffle, shuffle or bitshuffle")
            }
        }
    }

    let name: String
    let settings: Settings

    func encodedSize(of decoded: SizeBound) -> SizeBound {
        decoded.compressed
    }

    func decodedSize(of encoded: RawSpan) throws(CodecError) -> SizeBound? {
        .exact(try Native.check(Native.bloscDecodedSize(encoded), codec: name))
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
        return try Native.check(Native.bloscDecode(encoded, into: &output), codec: name)
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        try output.append(upTo: Native.bloscEncodedBound(decoded.byteCount)) {
            (bytes: inout MutableRawSpan) throws(CodecError) in
            try Native.check(Native.bloscEncode(decoded, into: &bytes, settings), codec: name)
        }
    }
}
