internal import Codecs
internal import ZarrModel

/// What the index of a shard says of an inner chunk that it names.
enum ShardEntry: Sendable {
    /// Its bytes, counted from the start of the shard.
    case stored(Range<Int>)
    /// The index points outside the shard's chunks.
    case outside

    /// Why an entry outside is broken.
    static let outsideError = CodecError(
        .corrupt,
        codec: "sharding_indexed",
        "the index points outside the shard's chunks"
    )

    /// Where the bytes lie; throws for an entry outside.
    func range() throws(CodecError) -> Range<Int> {
        guard case .stored(let range) = self else { throw Self.outsideError }
        return range
    }
}

extension ShardLayout {
    /// What the index of a shard of these bytes says of each inner chunk, by the numbers of its entries;
    /// `nil` for what is not stored. Throws where it has no index that decodes. O(inner chunks).
    func entries(
        of shard: RawSpan,
        _ decoder: ShardIndexDecoder
    ) throws(CodecError) -> [ShardEntry?] {
        guard let place = indexRange(shardByteCount: shard.byteCount) else {
            throw CodecError(
                .short,
                codec: "sharding_indexed",
                "\(shard.byteCount) bytes have no room for the index of \(indexByteCount)"
            )
        }
        let index = try decoder.decode(shard.extracting(place))
        return (0..<index.count).map { number in
            switch index[number] {
            case .absent: nil
            case .present(let range)
            where range.upperBound <= shard.byteCount && !range.overlaps(place):
                .stored(range)
            case .present, .invalid: .outside
            }
        }
    }
}

extension ArrayNode {
    /// Where the inner chunk at `local` of `shard` lies in the array's grid of inner chunks.
    func innerIndex(
        of local: ChunkIndex,
        in shard: ChunkIndex,
        _ layout: ShardLayout
    ) -> ChunkIndex {
        ChunkIndex(
            local.coordinates.indices.map { dimension in
                let start = metadata.axes[dimension].start(of: shard.coordinates[dimension])
                return start / layout.innerShape[dimension] + local.coordinates[dimension]
            }
        )
    }

    /// The shard that holds an inner chunk of the array's grid of inner chunks, and its place in it;
    /// `nil` where there is no such chunk. Shards begin where an inner chunk begins.
    func split(
        _ inner: ChunkIndex,
        _ innerShape: [Int]
    ) -> (shard: ChunkIndex, local: ChunkIndex)? {
        guard inner.coordinates.count == metadata.rank, grid.total > 0 else { return nil }
        var shard: [Int] = []
        var local: [Int] = []
        for (dimension, coordinate) in inner.coordinates.enumerated() {
            let axis = metadata.axes[dimension]
            let length = innerShape[dimension]
            let (element, isFar) = coordinate.multipliedReportingOverflow(by: length)
            guard coordinate >= 0, !isFar else { return nil }
            // Inner chunks past the array's edge belong to the last shard, where it has room for them.
            let chunk = axis.chunk(containing: min(element, axis.length - 1))
            let start = axis.start(of: chunk)
            guard element - start < axis.storedLength(of: chunk) else { return nil }
            shard.append(chunk)
            local.append((element - start) / length)
        }
        return (ChunkIndex(shard), ChunkIndex(local))
    }
}
