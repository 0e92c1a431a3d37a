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

    /// Chunks closer than this are read together.
    private static let gapLimit = 256 << 10
    /// One read is no longer than this, unless a chunk is.
    private static let readLimit = 16 << 20

    let layout: ShardLayout
    /// How the shard is cut into inner chunks.
    let cuts: [ChunkAxis]
    /// Whether the storage reads ranges; where it does not, an index costs its whole shard.
    let readsRanges: Bool
    private let source: ChunkSource
    private let index: ShardIndexDecoder
    private let decoder: ChunkDecoder
    private let encoded = Arena()
    private let decoded = Arena()

    init(_ source: ChunkSource, _ layout: ShardLayout) {
        self.source = source
        self.layout = layout
        cuts = zip(layout.innerShape, layout.grid.counts).map { inner, count in
            ChunkAxis(length: inner * count, chunkLength: inner)
        }
        readsRanges = source.capabilities.contains(.ranges)
        index = ShardIndexDecoder(layout)
        decoder = ChunkDecoder(layout.innerChain)
    }

    /// The index of a shard, by range where the storage has ranges; `nil` when it is absent.
    func readIndex(_ shard: ChunkIndex) async throws(ChunkFailure) -> ShardIndex? {
        let fetched: ChunkSource.Fetched
        do throws(StorageError) {
            fetched = try await source.fetch(shard, indexRange, into: encoded)
        } catch {
            throw ChunkFailure(error)
        }
        do throws(CodecError) {
            return try fetched.withBytes(in: encoded) { (bytes: RawSpan) throws(CodecError) in
                // A whole shard is cut down to its index; too few bytes are left to the decoder.
                let end = bytes.byteCount
                return try index.decode(
                    bytes.extracting(layout.indexRange(shardByteCount: end) ?? 0..<end)
                )
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
    func read(
        _ shard: ChunkIndex,
        _ plan: ChunkPlan,
        into target: ReadTarget
    ) async throws(ChunkFailure) -> [Broken]? {
        guard let index = try await readIndex(shard) else { return nil }
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
        wanted.sort { $0.range.lowerBound < $1.range.lowerBound }
        var rest = wanted[...]
        while !rest.isEmpty {
            let group = Self.group(&rest)
            broken += await read(shard, group, into: target)
        }
        return broken
    }

    private static let outside = CodecError(
        .corrupt,
        codec: "sharding_indexed",
        "the index points outside the shard"
    )

    /// Takes the chunks from the start of `rest` that one read covers.
    private static func group(_ rest: inout ArraySlice<Wanted>) -> ArraySlice<Wanted> {
        guard let first = rest.first else { return [] }
        var end = first.range.upperBound
        var length = 1
        for next in rest.dropFirst() {
            let isClose = next.range.lowerBound <= end || next.range.lowerBound - end <= gapLimit
            let reach = max(end, next.range.upperBound)
            guard isClose, reach - first.range.lowerBound <= readLimit else { break }
            end = reach
            length += 1
        }
        defer { rest = rest.dropFirst(length) }
        return rest.prefix(length)
    }

    /// Reads one range and decodes the chunks in it.
    private func read(
        _ shard: ChunkIndex,
        _ group: ArraySlice<Wanted>,
        into target: ReadTarget
    ) async -> [Broken] {
        let start = group.first?.range.lowerBound ?? 0
        let end = group.map(\.range.upperBound).max() ?? start
        do throws(StorageError) {
            let range = ByteRange.bounded(offset: start, count: end - start)
            let fetched = try await source.fetch(shard, range, into: encoded)
            let found = fetched.withBytes(in: encoded) { bytes in
                group.compactMap { chunk in
                    decode(chunk, at: start, bytes, into: target)
                }
            }
            if let found { return found }
            throw StorageError(.incomplete, .read, "the shard is gone since its index was read")
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
