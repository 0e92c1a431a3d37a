internal import Arena
internal import Codecs
internal import Storage
internal import ZarrModel

/// Reads the inner chunks that a selection touches from a shard, by ranges: the index first, then
/// chunks that lie close together in one read.
///
/// Each worker has its own.
final class ShardReader {
    /// An inner chunk that could not be had, and what of it was wanted.
    struct Broken {
        var inner: PlannedChunk
        var failure: ChunkFailure
    }

    /// An inner chunk that is wanted.
    private struct Wanted {
        var inner: PlannedChunk
        var range: Range<Int>
    }

    /// How an attempt to read a shard ended.
    private enum Attempt {
        /// With these inner chunks broken.
        case done([Broken])
        /// There is no such shard.
        case absent
        /// The object changed since its index was read.
        case changed
    }

    /// One read is no longer than this, unless a chunk is.
    private static let readLimit = 16 << 20
    /// A shard that is rewritten so often while it is read is given up.
    private static let attemptLimit = 4

    let layout: ShardLayout
    /// How the shard is cut into inner chunks.
    let cuts: [ChunkAxis]
    /// Whether the storage reads ranges; where it does not, an index costs its whole shard.
    let readsRanges: Bool
    private let source: ChunkSource
    private let cache: ShardIndexCache
    /// Chunks closer than this are read together: another read costs more than these bytes.
    private let gapLimit: Int
    private let index: ShardIndexDecoder
    private let decoder: ChunkDecoder
    private let encoded = Arena()
    private let decoded = Arena()

    init(_ source: ChunkSource, _ layout: ShardLayout, _ cache: ShardIndexCache) {
        self.source = source
        self.cache = cache
        gapLimit = source.blocking == nil ? 1 << 20 : 32 << 10
        self.layout = layout
        cuts = zip(layout.innerShape, layout.grid.counts).map { inner, count in
            ChunkAxis(length: inner * count, chunkLength: inner)
        }
        readsRanges = source.capabilities.contains(.ranges)
        index = ShardIndexDecoder(layout)
        decoder = ChunkDecoder(layout.innerChain)
    }

    /// Bytes of the buffers.
    var heldBytes: Int {
        encoded.capacity + decoded.capacity + (decoder.chain.byteCount ?? 0)
    }

    /// The index of a shard, by range where the storage has ranges; `nil` when it is absent.
    func readIndex(_ shard: ChunkIndex) async throws(ChunkFailure) -> ShardIndex? {
        try await readTaggedIndex(shard)?.index
    }

    /// The same with the tag of the object, where the storage gives one.
    private func readTaggedIndex(
        _ shard: ChunkIndex
    ) async throws(ChunkFailure) -> (index: ShardIndex, tag: String?)? {
        let fetched: ChunkSource.Fetched
        let info: ObjectInfo?
        do throws(StorageError) {
            (fetched, info) = try await source.fetchWithInfo(shard, indexRange, into: encoded)
        } catch {
            throw ChunkFailure(error)
        }
        do throws(CodecError) {
            return try fetched.withBytes(in: encoded) { (bytes: RawSpan) throws(CodecError) in
                // A whole shard is cut down to its index; too few bytes are left to the decoder.
                let end = bytes.byteCount
                let range = layout.indexRange(shardByteCount: end) ?? 0..<end
                return (try index.decode(bytes.extracting(range)), info?.tag)
            }
        } catch {
            throw ChunkFailure(error)
        }
    }

    private var indexRange: ByteRange {
        guard readsRanges else { return .all }
        switch layout.indexLocation {
        case .end: return .suffix(layout.indexByteCount)
        case .start: return .bounded(offset: 0, count: layout.indexByteCount)
        }
    }

    /// Copies what `plan` (of the shard's inner chunks) touches to `target`; `nil` when the shard is
    /// absent, otherwise the inner chunks that are broken.
    ///
    /// All bytes are of the object that the index is of: a shard that is rewritten meanwhile is read
    /// again.
    func read(
        _ shard: ChunkIndex,
        _ plan: ChunkPlan,
        into target: ReadTarget
    ) async throws(ChunkFailure) -> [Broken]? {
        for _ in 0..<Self.attemptLimit {
            switch try await attempt(shard, plan, into: target) {
            case .done(let broken): return broken
            case .absent: return nil
            case .changed: cache.forget(shard)
            }
        }
        throw ChunkFailure(
            StorageError(.conflict, .read, "the shard is rewritten while it is read")
        )
    }

    private func attempt(
        _ shard: ChunkIndex,
        _ plan: ChunkPlan,
        into target: ReadTarget
    ) async throws(ChunkFailure) -> Attempt {
        let known = cache.entry(shard)
        var found = known.map { (index: $0.index, tag: Optional($0.tag)) }
        if found == nil { found = try await readTaggedIndex(shard) }
        guard let (index, tag) = found else { return .absent }
        var (wanted, broken) = sort(plan, by: index, into: target)
        // Without a read of the object it is not known whether the index still holds.
        if known != nil, wanted.isEmpty { return .changed }
        wanted.sort { $0.range.lowerBound < $1.range.lowerBound }
        var rest = wanted[...]
        while !rest.isEmpty {
            let group = group(&rest)
            guard let more = await read(shard, group, tag, into: target) else { return .changed }
            broken += more
        }
        if let tag {
            if known == nil { cache.keep(.init(index: index, tag: tag), of: shard) }
        } else if !wanted.isEmpty, try await readIndex(shard) != index {
            return .changed
        }
        return .done(broken)
    }

    /// The inner chunks that are wanted and stored; the absent ones are filled.
    private func sort(
        _ plan: ChunkPlan,
        by index: ShardIndex,
        into target: ReadTarget
    ) -> (wanted: [Wanted], broken: [Broken]) {
        var broken: [Broken] = []
        var wanted: [Wanted] = []
        for number in 0..<plan.pieceCount {
            let inner = plan.piece(number)
            guard let entry = layout.entryNumber(of: inner.index) else { continue }
            do throws(CodecError) {
                switch index[entry] {
                case .present(let range): wanted.append(Wanted(inner: inner, range: range))
                case .absent: try target.fill(inner.places, decoder)
                case .invalid: throw Self.outside
                }
            } catch {
                broken.append(Broken(inner: inner, failure: ChunkFailure(error)))
            }
        }
        return (wanted, broken)
    }

    private static let outside = CodecError(
        .corrupt,
        codec: "sharding_indexed",
        "the index points outside the shard"
    )

    /// Takes the chunks from the start of `rest` that one read covers.
    private func group(_ rest: inout ArraySlice<Wanted>) -> ArraySlice<Wanted> {
        guard let first = rest.first else { return [] }
        var end = first.range.upperBound
        var length = 1
        for next in rest.dropFirst() {
            let isClose = next.range.lowerBound <= end || next.range.lowerBound - end <= gapLimit
            let reach = max(end, next.range.upperBound)
            guard isClose, reach - first.range.lowerBound <= Self.readLimit else { break }
            end = reach
            length += 1
        }
        defer { rest = rest.dropFirst(length) }
        return rest.prefix(length)
    }

    /// Reads one range of the object with `tag` and decodes the chunks in it, answering the broken ones;
    /// `nil` when the object is another one by now.
    private func read(
        _ shard: ChunkIndex,
        _ group: ArraySlice<Wanted>,
        _ tag: String?,
        into target: ReadTarget
    ) async -> [Broken]? {
        let start = group.first?.range.lowerBound ?? 0
        let end = group.map(\.range.upperBound).max() ?? start
        do throws(StorageError) {
            let range = ByteRange.bounded(offset: start, count: end - start)
            let (fetched, found) = try await source.fetchWithInfo(shard, range, into: encoded)
            if let tag, found?.tag != tag { return nil }
            return fetched.withBytes(in: encoded) { bytes in
                group.compactMap { decode($0, at: start, bytes, into: target) }
            }
        } catch {
            let failure = ChunkFailure(error)
            return group.map { Broken(inner: $0.inner, failure: failure) }
        }
    }

    private func decode(
        _ chunk: Wanted,
        at start: Int,
        _ bytes: RawSpan,
        into target: ReadTarget
    ) -> Broken? {
        let low = chunk.range.lowerBound - start
        let high = chunk.range.upperBound - start
        do throws(CodecError) {
            guard high <= bytes.byteCount else {
                throw CodecError(
                    .corrupt,
                    codec: "sharding_indexed",
                    "the index points past the end of the shard"
                )
            }
            let places = chunk.inner.places
            try target.take(places, of: bytes.extracting(low..<high), decoder, over: decoded)
            return nil
        } catch {
            return Broken(inner: chunk.inner, failure: ChunkFailure(error))
        }
    }
}
