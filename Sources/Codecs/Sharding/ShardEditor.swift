import Arena
import ZarrModel

/// Rewrites shards with some of their inner chunks replaced or left out; the others keep their bytes.
///
/// Gaps between inner chunks are not kept. Not `Sendable`: each worker owns its own.
public final class ShardEditor {
    /// What becomes of an inner chunk.
    public enum Change: Hashable, Sendable {
        /// It is stored with these encoded bytes.
        case bytes([UInt8])
        /// It is not stored: it reads as the fill value.
        case absent
    }

    /// What the shards look like.
    public let layout: ShardLayout
    private let index: ShardIndexDecoder
    private let output = Arena(capacity: 1)
    private let words = Arena(capacity: 1)

    /// Makes an editor.
    public init(_ layout: ShardLayout) {
        self.layout = layout
        index = ShardIndexDecoder(layout)
    }

    /// The shard with `changes`, by the numbers of index entries; `nil` where no inner chunk is left.
    /// An empty `shard` is one that is not there yet.
    ///
    /// Throws where the shard has no index that decodes, and where an inner chunk that is to stay does
    /// not lie in it: its bytes cannot be kept.
    public func edit(_ shard: RawSpan, _ changes: [Int: Change]) throws(CodecError) -> [UInt8]? {
        let stored = try ranges(in: shard)
        output.reset(to: layout.indexLocation == .start ? layout.indexByteCount : 0)
        var places = [Range<Int>?](repeating: nil, count: layout.grid.total)
        for number in order(stored, changes) {
            let start = output.count
            switch changes[number] {
            case .absent: continue
            case .bytes(let bytes): output.append(bytes)
            case nil:
                guard case .present(let range)? = stored[number] else { throw Self.outside }
                output.append(shard.extracting(range))
            }
            places[number] = start..<output.count
        }
        guard places.contains(where: { $0 != nil }) else { return nil }
        try appendIndex(places)
        return output.bytes
    }

    /// What the index says of each inner chunk that it names.
    private func ranges(in shard: RawSpan) throws(CodecError) -> [Int: ShardIndex.Entry] {
        guard !shard.isEmpty else { return [:] }
        guard let place = layout.indexRange(shardByteCount: shard.byteCount) else {
            throw CodecError(
                .short,
                codec: "sharding_indexed",
                "\(shard.byteCount) bytes have no room for the index of \(layout.indexByteCount)"
            )
        }
        let decoded = try index.decode(shard.extracting(place))
        var ranges: [Int: ShardIndex.Entry] = [:]
        for number in 0..<decoded.count {
            switch decoded[number] {
            case .absent: continue
            case .present(let range)
            where range.upperBound <= shard.byteCount && !range.overlaps(place):
                ranges[number] = .present(range)
            case .present, .invalid:
                ranges[number] = .invalid
            }
        }
        return ranges
    }

    /// The entries that are written: in the order in which they were stored, new ones last.
    private func order(
        _ stored: [Int: ShardIndex.Entry],
        _ changes: [Int: Change]
    ) -> [Int] {
        func offset(_ number: Int) -> Int {
            if case .present(let range)? = stored[number] { return range.lowerBound }
            return .max
        }
        return Set(stored.keys).union(changes.keys)
            .filter { (0..<layout.grid.total).contains($0) }
            .sorted { (offset($0), $0) < (offset($1), $1) }
    }

    private static let outside = CodecError(
        .corrupt,
        codec: "sharding_indexed",
        "the index points outside the shard for an inner chunk that is to stay as it is"
    )

    private func appendIndex(_ places: [Range<Int>?]) throws(CodecError) {
        words.reset(to: 0)
        for place in places {
            words.append(littleEndian: place.map { UInt64($0.lowerBound) } ?? .max)
            words.append(littleEndian: place.map { UInt64($0.count) } ?? .max)
        }
        let index = try words.withBytes { (bytes: RawSpan) throws(CodecError) in
            try ChunkEncoder(layout.indexChain).encode(bytes)
        }
        switch layout.indexLocation {
        case .end: output.append(index)
        case .start:
            output.withMutableBytes { bytes in
                index.withRawBytes { Bytes.copy($0, into: &bytes, at: 0) }
            }
        }
    }
}
