import JSONValue

extension ArrayMetadata {
    /// Follows `sharding_indexed` inwards and checks that each level divides the one around it.
    static func shardLevels(
        of codecs: [CodecSpec],
        axes: [ChunkAxis]
    ) throws(MetadataError) -> [[Int]] {
        var levels: [[Int]] = []
        var outer = axes.map(\.storedLengths)
        var chain = codecs
        while let sharding = chain.first(where: {
            $0.dialect == .v3 && $0.name == "sharding_indexed"
        }) {
            let inner = try sharding.nestedChunkShape()
            let place = sharding.location + "/configuration/chunk_shape"
            guard inner.count == outer.count else {
                throw MetadataError(
                    at: place,
                    "inner chunks have \(dimensions(inner.count)), shards \(outer.count)"
                )
            }
            guard levels.count < 8 else {
                throw MetadataError(at: place, "shards are nested deeper than 8")
            }
            outer = transposed(outer, by: chain)
            for (lengths, part) in zip(outer, inner) {
                guard let odd = lengths.first(where: { $0 % part != 0 }) else { continue }
                throw MetadataError(
                    at: place,
                    "inner chunks \(inner) do not divide shards: \(part) does not divide \(odd)"
                )
            }
            levels.append(inner)
            outer = inner.map { [$0] }
            chain = try sharding.nestedCodecs()
        }
        return levels
    }

    /// The lengths that the first codecs leave to the sharding codec.
    private static func transposed(_ lengths: [[Int]], by chain: [CodecSpec]) -> [[Int]] {
        var lengths = lengths
        for spec in chain.prefix(while: { $0.name != "sharding_indexed" })
        where spec.name == "transpose" {
            let order = spec.configuration["order"]?.arrayValue?.compactMap(\.intValue) ?? []
            guard order.sorted() == Array(lengths.indices) else { continue }
            lengths = order.map { lengths[$0] }
        }
        return lengths
    }
}
