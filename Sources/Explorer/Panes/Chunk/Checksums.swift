import ZarrModel

/// What the codecs of a chunk say of its checksums.
enum Checksums {
    /// One codec that keeps a checksum.
    struct Fact: Hashable, Sendable {
        /// The codec, and the checksum where the codec is no checksum itself.
        var name: String
        /// Whether it matched; `nil` where decoding did not come that far.
        var isRight: Bool?
        /// What the codec said where it did not.
        var problem: String?
    }

    /// The checksums of the chain, in the order of decoding.
    static func facts(_ report: ChunkReport, _ codecs: [CodecCard]) -> [Fact] {
        codecs.reversed().compactMap { codec in
            guard let name = name(codec) else { return nil }
            guard let stage = report.stages.first(where: { $0.codec == codec.name }) else {
                return Fact(name: name)
            }
            return Fact(name: name, isRight: stage.bytesOut != nil, problem: stage.problem)
        }
    }

    private static func name(_ codec: CodecCard) -> String? {
        let short = codec.name.split(separator: ".").last.map(String.init) ?? codec.name
        switch short {
        case "crc32c", "crc32", "adler32", "fletcher32", "jenkins_lookup3": return short
        case "gzip": return "gzip (crc32)"
        case "zlib": return "zlib (adler32)"
        case "zstd":
            let settings = codec.configuration.filter { $0 != " " }
            return settings.mentions("\"checksum\":true") ? "zstd (xxh64)" : nil
        case "lzma", "xz": return "xz (its own check)"
        case "bz2": return "bz2 (crc32)"
        case "sharding_indexed":
            let sums = ["crc32c", "crc32", "adler32", "fletcher32"].filter {
                codec.configuration.mentions("\"\($0)\"")
            }
            return sums.isEmpty ? nil : "sharding_indexed (\(sums.joined(separator: ", ")) inside)"
        default: return nil
        }
    }
}
