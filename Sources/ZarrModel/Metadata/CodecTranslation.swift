import JSONValue

/// Which codecs of the two versions are the same, and how their configurations correspond.
enum CodecTranslation {
    /// Whether v2 keeps the codec that numcodecs calls `id` as an array's `compressor`; any other is
    /// a filter.
    static func isCompressor(_ id: String) -> Bool {
        compressors.contains(id)
    }

    /// The filters of v2 that make bytes of elements of any length.
    static let objectCodecs: Set<String> = [
        "vlen-utf8", "vlen-bytes", "vlen-array", "json", "json2", "msgpack", "msgpack2",
        "categorize", "pickle",
    ]

    private static let compressors: Set<String> = [
        "blosc", "bz2", "gzip", "lz4", "lzma", "pcodec", "zfpy", "zlib", "zstd",
    ]

    /// numcodecs' codecs that v3 has under their names with `numcodecs.` before them, and whether
    /// they stand before the codec that makes bytes there.
    private static let prefixed: [String: Bool] = [
        "adler32": false, "astype": true, "bitround": true, "bz2": false, "crc32": false,
        "delta": true, "fixedscaleoffset": true, "fletcher32": false, "jenkins_lookup3": false,
        "lz4": false, "lzma": false, "packbits": true, "quantize": true, "shuffle": false,
        "zlib": false,
    ]

    /// A filter or compressor of v2 as v3 names it, and whether it works on arrays there; `nil` where
    /// v3 has none.
    static func toV3(_ spec: CodecSpec, _ type: DataType) -> (spec: CodecSpec, isArray: Bool)? {
        var configuration = spec.configuration
        switch spec.name {
        case "blosc":
            let size = type.byteCount ?? 1
            let codes: [Int: JSONValue] = [
                -1: size == 1 ? "bitshuffle" : "shuffle", 0: "noshuffle", 1: "shuffle",
                2: "bitshuffle",
            ]
            configuration["shuffle"] = codes[configuration["shuffle"]?.intValue ?? 1]
            return (made("blosc", configuration, type), false)
        case "zstd", "gzip":
            return (made(spec.name, configuration, type), false)
        case "crc32c":
            // v3's own stands behind the bytes; a sum in front is numcodecs' business.
            guard configuration["location"]?.stringValue == "start" else {
                return (CodecSpec(name: "crc32c"), false)
            }
            return (made("numcodecs.crc32c", configuration, type), false)
        default:
            guard let isArray = prefixed[spec.name] else { return nil }
            for key in ["dtype", "astype", "encode_dtype", "decode_dtype"] {
                guard let text = configuration[key]?.stringValue, text.hasPrefix(">") else {
                    continue
                }
                configuration[key] = .string("<" + text.dropFirst())
            }
            return (made("numcodecs." + spec.name, configuration, type), isArray)
        }
    }

    private static func made(
        _ name: String,
        _ configuration: JSONObject,
        _ type: DataType
    ) -> CodecSpec {
        CodecSpec(name: name, configuration: configuration).completed(for: type)
    }

    /// A codec of v3 as v2 names it, the ones that make bytes of arrays and `transpose` aside; `nil`
    /// where v2 has none.
    static func toV2(_ spec: CodecSpec) -> CodecSpec? {
        var configuration = spec.configuration
        var name = spec.name
        if name.hasPrefix("numcodecs.") {
            name.removeFirst("numcodecs.".utf8.count)
            guard prefixed[name] != nil || ["blosc", "zstd", "gzip", "crc32c"].contains(name) else {
                return nil
            }
            return CodecSpec(name: name, configuration: configuration, dialect: .v2)
        }
        switch name {
        case "blosc":
            let codes: [String: JSONValue] = ["noshuffle": 0, "shuffle": 1, "bitshuffle": 2]
            configuration["shuffle"] =
                configuration["shuffle"]?.stringValue.flatMap { codes[$0] } ?? 0
            configuration["typesize"] = nil
        case "zstd", "gzip", "bz2", "lz4", "lzma", "zlib", "shuffle", "bitround": break
        case "crc32c": configuration["location"] = "end"
        default: return nil
        }
        return CodecSpec(name: name, configuration: configuration, dialect: .v2)
    }
}
