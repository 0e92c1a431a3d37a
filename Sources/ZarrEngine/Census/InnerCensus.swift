internal import Codecs
public import Storage
internal import Synchronization
public import ZarrModel

/// Counts the chunks inside the shards of an array, exactly, from the shards' indexes: a listing, and
/// one small read by range for each stored shard. Nothing is decoded but the indexes; where codecs
/// around the shards hide those, every shard is read and undone as a whole.
public final class InnerCensus: Listing {
    private struct State {
        var waiting: [(shard: Int, size: Int64)] = []
        var taken = 0
        var presence: ChunkPresence?
        var missingFrom = 0
        var summary: InnerCensusSummary
    }

    /// Shards that one step looks into.
    private static let stepLength = 64

    private let array: ArrayNode
    private let chain: CodecChain
    private let grid: InnerGrid
    private let census: Census
    private let includesMissing: Bool
    private let options: ReadOptions
    private let state: Mutex<State>

    init(
        _ array: ArrayNode,
        _ chain: CodecChain,
        _ grid: InnerGrid,
        _ census: Census,
        includesMissing: Bool,
        _ options: ReadOptions
    ) {
        self.array = array
        self.chain = chain
        self.grid = grid
        self.census = census
        self.includesMissing = includesMissing
        self.options = options
        state = Mutex(State(summary: InnerCensusSummary(total: grid.grid.total)))
    }

    /// What was counted so far.
    public var summary: InnerCensusSummary {
        state.withLock { $0.summary }
    }

    /// What was counted of the stored objects so far.
    public var shardSummary: CensusSummary {
        census.summary
    }

    /// Makes the next step throw `.cancelled`.
    public func cancel() {
        census.cancel()
    }

    /// The shards of the next step, or `nil` after the last: the stored ones as they are listed, then
    /// the missing ones in the order of the grid.
    public func next() async throws(StorageError) -> [ShardCensus]? {
        if Task.isCancelled { throw Self.cancelled }
        while state.withLock({ $0.taken == $0.waiting.count && $0.presence == nil }) {
            guard let page = try await census.next() else {
                let presence = census.summary.presence
                state.withLock { state in
                    state.presence = presence
                    state.summary.isComplete = true
                }
                break
            }
            state.withLock { state in
                state.waiting = zip(page.chunks, page.sizes).map { ($0, $1) }
                state.taken = 0
            }
        }
        let batch = state.withLock { state in
            let end = min(state.waiting.count, state.taken + Self.stepLength)
            defer { state.taken = end }
            return Array(state.waiting[state.taken..<end])
        }
        return batch.isEmpty ? missing() : try await look(into: batch)
    }

    /// Reads all steps that are left and answers what was counted. O(shards).
    public func finished() async throws(StorageError) -> InnerCensusSummary {
        while try await next() != nil {}
        return summary
    }

    /// What the index of one shard says of the chunks inside, without the others being listed.
    public func shard(at index: ChunkIndex) async -> ShardCensus {
        let found = Mutex<ShardCensus?>(nil)
        await array.work(on: WorkCounter(count: 1), tasks: 1, chain) { _, reader in
            let report = await self.look(into: index, size: -1, reader)
            found.withLock { $0 = report }
        }
        return found.withLock { $0 }
            ?? ShardCensus(shard: index, key: array.key(of: index), state: .unknown, inner: [])
    }

    private static let cancelled = StorageError(.cancelled, .list, "the census was cancelled")

    private func look(
        into batch: [(shard: Int, size: Int64)]
    ) async throws(StorageError) -> [ShardCensus] {
        let counter = WorkCounter(count: batch.count)
        let tasks = options.taskCount(blocking: array.source.blocking != nil, work: batch.count)
        let found = Mutex<[ShardCensus]>([])
        await array.work(on: counter, tasks: tasks, chain) { number, reader in
            let (linear, size) = batch[number]
            let shard = self.array.grid.index(at: linear)
            let report = await self.look(into: shard, size: size, reader)
            found.withLock { $0.append(report) }
        }
        if Task.isCancelled { throw Self.cancelled }
        let reports = found.withLock { $0.sorted { $0.shard < $1.shard } }
        state.withLock { state in
            for report in reports {
                state.summary.present += report.count(.present)
                state.summary.corrupt += report.count(.corrupt)
                state.summary.unknown +=
                    report.state == .present ? 0 : grid.count(in: report.shard)
            }
        }
        return reports
    }

    private func look(
        into shard: ChunkIndex,
        size: Int64,
        _ reader: ChunkReader
    ) async -> ShardCensus {
        var report = ShardCensus(
            shard: shard,
            key: array.key(of: shard),
            state: .present,
            inner: []
        )
        do throws(ChunkFailure) {
            guard let (index, layout, size) = try await readIndex(of: shard, size, reader) else {
                throw ChunkFailure(
                    StorageError(.incomplete, .read, "it was listed and is gone")
                )
            }
            guard grid.count(in: shard) <= InnerGrid.listLimit else {
                throw ChunkFailure(
                    CodecError(
                        .tooLarge,
                        codec: "sharding_indexed",
                        "a shard has \(grid.count(in: shard)) inner chunks"
                    )
                )
            }
            report.inner = grid.chunks(of: shard).map { global, local in
                entry(index, layout.entryNumber(of: local), global, size)
            }
        } catch {
            report.state = error.state
            report.reason = error.reason
            report.inner = grid.chunks(of: shard).map { global, _ in
                ShardCensus.Inner(index: global, state: .unknown)
            }
        }
        return report
    }

    /// The index of a shard, its layout, and how many bytes the shard has, -1 where nobody says; `nil`
    /// where it is absent.
    private func readIndex(
        of shard: ChunkIndex,
        _ size: Int64,
        _ reader: ChunkReader
    ) async throws(ChunkFailure) -> (ShardIndex, ShardLayout, Int64)? {
        let kit = try reader.kit(for: shard)
        if let shards = kit.shards {
            return try await shards.readIndex(shard).map { ($0, shards.layout, size) }
        }
        guard let layout = kit.decoder.chain.hiddenShardLayout else { return nil }
        return try await reader.readHiddenIndex(shard).map { found in
            (found.index, layout, Int64(found.shardByteCount))
        }
    }

    private func entry(
        _ index: ShardIndex,
        _ number: Int?,
        _ global: ChunkIndex,
        _ size: Int64
    ) -> ShardCensus.Inner {
        guard let number else {
            return ShardCensus.Inner(index: global, state: .unknown)
        }
        switch index[number] {
        case .absent:
            return ShardCensus.Inner(index: global, state: .missing)
        case .present(let range) where size < 0 || range.upperBound <= size:
            return ShardCensus.Inner(index: global, state: .present, byteCount: range.count)
        case .present, .invalid:
            return ShardCensus.Inner(index: global, state: .corrupt)
        }
    }

    /// The next missing shards, once the listing has ended.
    private func missing() -> [ShardCensus]? {
        guard includesMissing else { return nil }
        let shards = state.withLock { state in
            var found: [Int] = []
            guard let presence = state.presence else { return found }
            while found.count < Self.stepLength,
                let shard = presence.firstMissing(from: state.missingFrom)
            {
                found.append(shard)
                state.missingFrom = shard + 1
            }
            return found
        }
        guard !shards.isEmpty else { return nil }
        return shards.map { linear in
            let shard = array.grid.index(at: linear)
            return ShardCensus(
                shard: shard,
                key: array.key(of: shard),
                state: .missing,
                reason: "it is not stored",
                inner: grid.chunks(of: shard).map { global, _ in
                    ShardCensus.Inner(index: global, state: .missing)
                }
            )
        }
    }
}

extension ArrayNode {
    /// Whether the chunks inside this array's stored objects can be counted by their indexes alone: it
    /// is sharded, and no codec around the shards hides them.
    public var hasInnerChunks: Bool {
        (try? chain().shardLayout) != nil
    }

    /// Starts to count the chunks inside the shards. With `includesMissingShards` off, only stored
    /// shards are listed; the counts are the same.
    ///
    /// Where codecs around the shards hide their indexes, every shard is read and undone as a whole: that
    /// costs what reading the array does. Throws `.wrongKind` for an array that has no inner chunks.
    public func innerCensus(
        includesMissingShards: Bool = true,
        _ options: ReadOptions = ReadOptions()
    ) async throws(EngineError) -> InnerCensus {
        let chain = try chain()
        guard let layout = chain.shardLayout ?? chain.hiddenShardLayout,
            let grid = ChunkGrid.regular(chunkShape: layout.innerShape)
                .gridShape(for: metadata.shape)
        else {
            throw EngineError(
                .wrongKind,
                at: path.description,
                "the array has no inner chunks that can be told apart"
            )
        }
        return InnerCensus(
            self,
            chain,
            InnerGrid(grid: grid, axes: metadata.axes, innerShape: layout.innerShape),
            try await census(),
            includesMissing: includesMissingShards,
            options
        )
    }
}
