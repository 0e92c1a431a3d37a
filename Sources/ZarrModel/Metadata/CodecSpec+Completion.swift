import JSONValue

extension CodecSpec {
    /// The spec with what the specification demands, or other programs insist on, filled in: the byte
    /// order of `bytes`, `checksum` of `zstd`, the type size of `blosc`, levels.
    public func completed(for type: DataType) -> CodecSpec {
        var spec = self
        func preset(_ key: String, _ value: JSONValue) {
            if spec.configuration[key] == nil { spec.configuration[key] = value }
        }
        let size = type.byteCount ?? 1
        switch (dialect, name) {
        case (.v3, "bytes"):
            // A single byte has no order; every other type has to say it.
            if type.swapUnit != 1 { preset("endian", "little") }
        case (.v3, "zstd"):
            preset("level", 0)
            preset("checksum", false)
        case (.v3, "gzip"):
            preset("level", 5)
        case (.v3, "blosc"):
            preset("cname", "lz4")
            preset("clevel", 5)
            preset("shuffle", size == 1 ? "bitshuffle" : "shuffle")
            preset("typesize", .integer(size > 255 ? 1 : size))
            preset("blocksize", 0)
        case (.v3, "sharding_indexed"):
            preset("index_codecs", .array(ArrayDescription.Sharding.usualIndexCodecs.map(\.json)))
            preset("index_location", "end")
        case (.v2, "blosc"):
            preset("cname", "lz4")
            preset("clevel", 5)
            preset("shuffle", 1)
            preset("blocksize", 0)
        case (.v2, "zstd"):
            preset("level", 0)
        case (.v2, "gzip"), (.v2, "zlib"), (.v2, "bz2"):
            preset("level", 1)
        case (.v2, "lz4"):
            preset("acceleration", 1)
        default: break
        }
        return spec
    }
}
