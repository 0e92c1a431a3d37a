import JSONValue
public import ZarrModel

extension CodecSpec {
    /// The checksum that the codec keeps over the bytes of every chunk, in a word or two; `nil` where it
    /// keeps none, so that a changed byte may pass. Of a codec around others it is theirs: what guards
    /// the index of a shard alone says nothing of the values.
    public var checksum: String? {
        let short = name.split(separator: ".").last.map(String.init) ?? name
        switch short {
        case "crc32c", "crc32", "adler32", "fletcher32", "jenkins_lookup3": return short
        case "gzip": return "gzip (crc32)"
        case "zlib": return "zlib (adler32)"
        case "zstd": return configuration["checksum"] == true ? "zstd (xxh64)" : nil
        case "lzma", "xz": return isCheckedLzma ? "xz (its own check)" : nil
        case "bz2": return "bz2 (crc32)"
        default: return nestedChecksum
        }
    }

    /// Of the three containers of lzma xz alone has a check, and that can be left out.
    private var isCheckedLzma: Bool {
        (configuration["format"]?.intValue ?? 1) <= 1 && configuration["check"]?.intValue != 0
    }

    private var nestedChecksum: String? {
        // Codecs that are applied to some chunks and not to others guard none of them.
        guard CodecDescriptor.find(name, in: dialect)?.kind == .arrayToBytes,
            let inner = try? nestedCodecs()
        else { return nil }
        return inner.lazy.compactMap(\.checksum).first.map { "\($0) in \(name)" }
    }
}
