import Arena
import ZarrModel

/// Where each inner chunk of one shard lies.
public struct ShardIndex: Hashable, Sendable {
    /// What the index says of one inner chunk.
    public enum Entry: Hashable, Sendable {
        /// It was not written: it reads as fill.
        case absent
        /// Its encoded bytes, counted from the start of the shard.
        case present(Range<Int>)
        /// The two numbers cannot be: half absent, or beyond what a file can have.
        case invalid
    }

    private var words: [UInt64]

    init(words: [UInt64]) {
        self.words = words
    }

    /// How many inner chunks it knows.
    public var count: Int {
        words.count / 2
    }

    /// The entry of that number. Requires `0 <= number < count`.
    public subscript(number: Int) -> Entry {
        Self.entry(offset: words[2 * number], length: words[2 * number + 1])
    }

    static func entry(offset: UInt64, length: UInt64) -> Entry {
        if offset == .max, length == .max { return .absent }
        guard let start = Int(exactly: offset), let count = Int(exactly: length) else {
            return .invalid
        }
        let (end, overflowed) = start.addingReportingOverflow(count)
        return overflowed ? .invalid : .present(start..<end)
    }
}

/// Decodes the indexes of shards of one layout. Not `Sendable`: each worker owns its own.
public final class ShardIndexDecoder {
    /// What the shards look like.
    public let layout: ShardLayout
    private let decoder: ChunkDecoder
    private let words = Arena(capacity: 1)

    /// Makes a decoder.
    public init(_ layout: ShardLayout) {
        self.layout = layout
        decoder = ChunkDecoder(layout.indexChain)
    }

    /// Decodes the bytes of an index, which are ``ShardLayout/indexByteCount`` many.
    public func decode(_ index: RawSpan) throws(CodecError) -> ShardIndex {
        try load(index)
        return loaded
    }

    /// Decodes the index of a whole shard.
    public func decode(fromShard shard: RawSpan) throws(CodecError) -> ShardIndex {
        _ = try load(fromShard: shard)
        return loaded
    }

    private var loaded: ShardIndex {
        let count = layout.grid.total
        return words.withBytes { bytes in
            ShardIndex(
                words: (0..<(2 * count)).map { Bytes.load(bytes, at: 8 * $0, as: UInt64.self) }
            )
        }
    }

    /// Decodes the bytes of an index, for ``entry(_:)``.
    func load(_ index: RawSpan) throws(CodecError) {
        guard index.byteCount == layout.indexByteCount else {
            throw CodecError(
                index.byteCount < layout.indexByteCount ? .short : .long,
                codec: "sharding_indexed",
                "the index has \(index.byteCount) bytes, not \(layout.indexByteCount)"
            )
        }
        words.reset(to: layout.indexChain.byteCount ?? 0)
        try words.withMutableBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
            try decoder.decode(index, into: &bytes)
        }
    }

    /// The entry of that number of the index that was loaded last.
    func entry(_ number: Int) -> ShardIndex.Entry {
        words.withBytes { bytes in
            ShardIndex.entry(
                offset: Bytes.load(bytes, at: 16 * number, as: UInt64.self),
                length: Bytes.load(bytes, at: 16 * number + 8, as: UInt64.self)
            )
        }
    }

    /// Decodes the index of a whole shard and answers where it lies in it.
    func load(fromShard shard: RawSpan) throws(CodecError) -> Range<Int> {
        guard let range = layout.indexRange(shardByteCount: shard.byteCount) else {
            throw CodecError(
                .short,
                codec: "sharding_indexed",
                "\(shard.byteCount) bytes have no room for the index of \(layout.indexByteCount)"
            )
        }
        try load(shard.extracting(range))
        return range
    }

    /// Where the inner chunk of that number lies in a shard of so many bytes; `nil` where it is
    /// absent. Throws where it lies outside or in the index.
    func place(
        _ number: Int,
        in shardByteCount: Int,
        besides indexRange: Range<Int>
    ) throws(CodecError) -> Range<Int>? {
        switch entry(number) {
        case .absent: return nil
        case .present(let range)
        where range.upperBound <= shardByteCount && !range.overlaps(indexRange):
            return range
        default:
            throw CodecError(
                .corrupt,
                codec: "sharding_indexed",
                "the index points outside the shard's chunks"
            )
        }
    }
}
