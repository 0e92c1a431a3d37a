internal import Arena
internal import Codecs
internal import Storage
internal import ZarrModel

/// Why one chunk could not be had.
struct ChunkFailure: Error, Sendable {
    /// `short`, `corrupt` or `unreadable`.
    var state: ChunkState
    /// Why, in one sentence. May hold untrusted text.
    var reason: String
    /// The error underneath.
    var cause: any Error

    init(_ error: StorageError) {
        state = .unreadable
        reason = error.message
        cause = error
    }

    init(_ error: CodecError) {
        switch error.code {
        case .short: state = .short
        case .corrupt, .checksum, .long: state = .corrupt
        case .unsupported, .configuration, .tooLarge: state = .unreadable
        }
        reason = error.description
        cause = error
    }

    /// What `body` answers; an error of a codec is the chunk's.
    static func catching<Answer>(
        _ body: () throws(CodecError) -> Answer
    ) throws(ChunkFailure) -> Answer {
        do throws(CodecError) {
            return try body()
        } catch {
            throw ChunkFailure(error)
        }
    }
}

/// Reads and decodes chunks of one array, one after another, in buffers that are kept.
///
/// Each worker has its own.
final class ChunkReader {
    /// What decodes chunks of one shape.
    final class Kit {
        let shape: [Int]
        let decoder: ChunkDecoder
        /// Reads parts of shards, where the array is sharded.
        let shards: ShardReader?
        /// Lends the chunks inside of whole shards, where the array is sharded.
        lazy var innerChunks = decoder.chain.shardLayout.map(InnerChunkDecoder.init)

        init(_ source: ChunkSource, _ chain: CodecChain, _ indexes: ShardIndexCache) {
            shape = chain.shape
            decoder = ChunkDecoder(chain)
            shards = chain.shardLayout.map { ShardReader(source, $0, indexes) }
        }
    }

    let source: ChunkSource
    /// The encoded chunk.
    let encoded = Arena()
    /// The decoded chunk, where it is lent out.
    let decoded = Arena()
    private let metadata: ArrayMetadata
    private let indexes: ShardIndexCache
    private let common: Kit
    /// For the other shapes of a grid whose chunks differ.
    private var others: [[Int]: Kit] = [:]
    /// For parts of chunks that are stored as they are.
    private var parts: [[Int]: ChunkDecoder] = [:]
    /// Whether the storage tells the size of an object with a part of it, as far as is known.
    private var tellsSizes = true

    /// Buffers for more shapes than these are not kept at a time.
    private static let kitLimit = 8

    init(_ array: ArrayNode, _ chain: CodecChain) {
        // Not the array itself, which keeps this reader.
        source = array.source
        metadata = array.metadata
        indexes = array.reading.indexes
        common = Kit(source, chain, indexes)
    }

    /// Bytes of the buffers, about: what decoding takes on the way is as long as a chunk.
    var heldBytes: Int {
        ([common] + others.values).reduce(encoded.capacity + decoded.capacity) { sum, kit in
            let chunk = encoded.capacity > 4096 ? kit.decoder.chain.byteCount ?? 0 : 0
            return sum + chunk + (kit.shards?.heldBytes ?? 0)
        }
    }

    /// Whether elements are byte strings of any length.
    var isVariableLength: Bool { metadata.dataType.isVariableLength }

    /// What decodes the stored chunk `index`, which lies in the grid.
    func kit(for index: ChunkIndex) throws(ChunkFailure) -> Kit {
        if metadata.hasUniformChunks { return common }
        let shape = metadata.chunkShape(at: index)
        if shape == common.shape { return common }
        if let kit = others[shape] { return kit }
        let kit = try ChunkFailure.catching { () throws(CodecError) in
            Kit(source, try common.decoder.chain.reshaped(shape), indexes)
        }
        if others.count >= Self.kitLimit { others.removeAll() }
        others[shape] = kit
        return kit
    }

    /// Reads a chunk and copies `places` of it to `target`; `false` when it is absent.
    func read(
        _ index: ChunkIndex,
        _ places: ChunkPlaces,
        into target: ReadTarget
    ) async throws(ChunkFailure) -> Bool {
        let decoder = try kit(for: index).decoder
        let fetched = try await source.fetchWhole(index, into: encoded)
        return try ChunkFailure.catching { () throws(CodecError) -> Bool in
            try fetched.withBytes(in: encoded) { (bytes: RawSpan) throws(CodecError) -> Bool in
                try target.take(places, of: bytes, decoder, over: decoded)
                return true
            } ?? false
        }
    }

    /// Reads of a chunk that is stored as it is the bytes that `places` need, and no others; `false` when
    /// it is absent, `nil` where it is to be read whole.
    ///
    /// A chunk of another length than it should have is left to be read whole, and to fail; so are all
    /// chunks of a storage that does not tell.
    func readPart(
        _ index: ChunkIndex,
        _ places: ChunkPlaces,
        into target: ReadTarget
    ) async throws(ChunkFailure) -> Bool? {
        guard tellsSizes, source.capabilities.contains(.ranges),
            let part = PlainPart(of: places, in: try kit(for: index).decoder.chain)
        else { return nil }
        let fetched: ChunkSource.Fetched
        let info: ObjectInfo?
        do throws(StorageError) {
            (fetched, info) = try await source.fetchWithInfo(index, part.range, into: encoded)
        } catch {
            throw ChunkFailure(error)
        }
        if case .absent = fetched { return false }
        guard let size = info?.size else {
            tellsSizes = false
            return nil
        }
        guard size == part.chunkByteCount else { return nil }
        return try ChunkFailure.catching { () throws(CodecError) -> Bool? in
            let decoder = try partDecoder(part.shape)
            return try fetched.withBytes(in: encoded) {
                (bytes: RawSpan) throws(CodecError) -> Bool? in
                guard bytes.byteCount == part.byteCount else { return nil }
                try target.take(part.places, of: bytes, decoder, over: decoded)
                return true
            } ?? nil
        }
    }

    private func partDecoder(_ shape: [Int]) throws(CodecError) -> ChunkDecoder {
        if let decoder = parts[shape] { return decoder }
        let decoder = ChunkDecoder(try common.decoder.chain.reshaped(shape))
        if parts.count >= Self.kitLimit { parts.removeAll() }
        parts[shape] = decoder
        return decoder
    }

    /// Sets `places` of a chunk that is absent to the fill value.
    func fill(
        _ index: ChunkIndex,
        _ places: ChunkPlaces,
        into target: ReadTarget
    ) throws(ChunkFailure) {
        let decoder = try kit(for: index).decoder
        try ChunkFailure.catching { () throws(CodecError) in try target.fill(places, decoder) }
    }

    /// Reads a chunk and lends its decoded bytes; `nil` when it is absent.
    func lend<Answer>(
        _ index: ChunkIndex,
        _ body: (RawSpan) -> Answer
    ) async throws(ChunkFailure) -> Answer? {
        let decoder = try kit(for: index).decoder
        let fetched = try await source.fetchWhole(index, into: encoded)
        return try ChunkFailure.catching { () throws(CodecError) -> Answer? in
            try fetched.withBytes(in: encoded) { (bytes: RawSpan) throws(CodecError) -> Answer in
                decoded.resize(to: try decoder.decodedSize())
                try decoded.withMutableBytes { (output: inout MutableRawSpan) throws(CodecError) in
                    try decoder.decode(bytes, into: &output)
                }
                return decoded.withBytes(body)
            }
        }
    }

    /// Reads a shard and lends its inner chunks, one after another; `false` when it is absent.
    func lendInner(
        _ index: ChunkIndex,
        _ body: (_ coordinates: [Int], InnerChunkDecoder.Outcome, RawSpan) -> Void
    ) async throws(ChunkFailure) -> Bool {
        guard let inner = try kit(for: index).innerChunks else { return false }
        let fetched = try await source.fetchWhole(index, into: encoded)
        return try ChunkFailure.catching { () throws(CodecError) -> Bool in
            try fetched.withBytes(in: encoded) { (bytes: RawSpan) throws(CodecError) -> Bool in
                try inner.forEach(in: bytes, over: decoded, body)
                return true
            } ?? false
        }
    }

    /// Reads and decodes a whole shard that codecs around it hide: what its index says, and how many
    /// bytes the shard itself has. `nil` when it is absent.
    func readHiddenIndex(
        _ index: ChunkIndex
    ) async throws(ChunkFailure) -> (index: ShardIndex, shardByteCount: Int)? {
        let kit = try kit(for: index)
        guard let layout = kit.decoder.chain.hiddenShardLayout else { return nil }
        let fetched = try await source.fetchWhole(index, into: encoded)
        return try ChunkFailure.catching { () throws(CodecError) in
            try fetched.withBytes(in: encoded) { (bytes: RawSpan) throws(CodecError) in
                try kit.decoder.unwrap(bytes) { (shard: RawSpan) throws(CodecError) in
                    let found = try ShardIndexDecoder(layout).decode(fromShard: shard)
                    return (found, shard.byteCount)
                }
            }
        }
    }

    /// Reads a chunk of elements without a fixed length; `nil` when it is absent.
    func readVariable(_ index: ChunkIndex) async throws(ChunkFailure) -> [[UInt8]]? {
        let decoder = try kit(for: index).decoder
        let fetched = try await source.fetchWhole(index, into: encoded)
        return try ChunkFailure.catching { () throws(CodecError) -> [[UInt8]]? in
            try fetched.withBytes(in: encoded) { (bytes: RawSpan) throws(CodecError) -> [[UInt8]] in
                try decoder.decodeVariable(bytes)
            }
        }
    }
}

extension ArrayNode {
    /// Takes the counter's numbers on the engine's threads, each task with a reader of its own, until
    /// there are no more, the counter is stopped or the caller is cancelled.
    func work(
        on counter: WorkCounter,
        tasks: Int,
        _ chain: CodecChain,
        _ body: @escaping @Sendable (Int, ChunkReader) async -> Void
    ) async {
        await onWorkers(tasks) { _ in
            let reader = reading.readers.take() ?? ChunkReader(self, chain)
            while !Task.isCancelled, let number = counter.next() {
                await body(number, reader)
            }
            reading.readers.give(reader)
        }
    }
}
