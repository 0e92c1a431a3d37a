internal import Codecs
internal import Storage
internal import Synchronization
internal import ZarrModel

/// One read while it runs: the plan, the place of the result, and what was met on the way.
final class ReadJob: Sendable {
    /// What was met on the way.
    struct Outcome {
        var problems: [ChunkProblem] = []
        var absent: Set<Int> = []
        /// Shards of which no part can be had, and that are named already.
        var lost: Set<ChunkIndex> = []
        var error: EngineError?
        var done = 0
        var elements: [[UInt8]] = []
        var elementBytes = 0
    }

    let counter: WorkCounter
    private let array: ArrayNode
    private let units: ReadUnits
    private let target: ReadTarget
    private let options: ReadOptions
    private let outcome: Mutex<Outcome>

    /// A read of `selection`, which lies in the array, for so many workers. `elements` are the places of
    /// elements without a fixed length.
    init(
        _ array: ArrayNode,
        _ selection: ResolvedSelection,
        _ chain: CodecChain,
        into target: ReadTarget,
        elements: [[UInt8]],
        _ options: ReadOptions
    ) {
        self.array = array
        self.target = target
        self.options = options
        let metadata = array.metadata
        let canRange = array.capabilities.contains(.ranges) && elements.isEmpty
        units = ReadUnits(
            ChunkPlan(ChunkPlaces(selection), metadata.axes),
            workers: options.taskCount(blocking: array.source.blocking != nil, work: .max),
            canRange && metadata.hasUniformChunks ? chain.shardLayout : nil,
            leastBytes: array.source.blocking == nil ? 4 << 20 : 256 << 10
        )
        counter = WorkCounter(count: units.count)
        outcome = Mutex(Outcome(elements: elements))
    }

    /// How many units there are to read.
    var unitCount: Int { units.count }

    /// Reads unit `number`.
    func read(_ number: Int, _ reader: ChunkReader) async {
        let chunk = units.unit(number)
        do throws(ChunkFailure) {
            let isPresent =
                if array.metadata.dataType.isVariableLength {
                    try await readVariable(chunk, reader)
                } else {
                    try await readFixed(chunk, reader)
                }
            if !isPresent, let linear = array.grid.linearIndex(of: chunk.index) {
                _ = outcome.withLock { $0.absent.insert(linear) }
            }
        } catch {
            note(error, of: number)
        }
        let done = outcome.withLock { outcome in
            outcome.done += 1
            return outcome.done
        }
        options.onProgress?(done, units.count)
    }

    /// Hands out what was met. Called once, when all workers have ended.
    func finish() -> Outcome {
        outcome.withLock { outcome in
            defer { outcome = Outcome() }
            return outcome
        }
    }

    private func readFixed(
        _ chunk: PlannedChunk,
        _ reader: ChunkReader
    ) async throws(ChunkFailure) -> Bool {
        let kit = try reader.kit(for: chunk.index)
        let shards = kit.shards.flatMap { $0.readsRanges ? $0 : nil }
        let inner = shards.map { ChunkPlan(chunk.places, $0.cuts) }
        if let shards, let inner, units.areParts || Self.readsParts(inner, kit) {
            return try await readParts(chunk, inner, shards, reader)
        }
        do throws(ChunkFailure) {
            let (index, places) = (chunk.index, chunk.places)
            if let isPresent = try await reader.readPart(index, places, into: target) {
                if isPresent { return true }
            } else if try await reader.read(index, places, into: target) {
                return true
            }
        } catch {
            // What is broken may be a single inner chunk: the others are worth having.
            guard let shards, let inner, options.onProblem == .report, error.state != .unreadable
            else { throw error }
            return try await readParts(chunk, inner, shards, reader)
        }
        try reader.fill(chunk.index, chunk.places, into: target)
        return false
    }

    /// Whether reading parts of a shard costs less than reading all of it: when under half of it is
    /// wanted, or when it is so large that it should not be held in memory.
    private static func readsParts(_ plan: ChunkPlan, _ kit: ChunkReader.Kit) -> Bool {
        guard let layout = kit.shards?.layout else { return false }
        let isLarge = (kit.decoder.chain.byteCount ?? 0) > wholeShardLimit
        return isLarge || plan.pieceCount < (layout.grid.total + 1) / 2
    }

    /// Larger shards than this are read by ranges even when all of them is wanted.
    private static let wholeShardLimit = 256 << 20

    private func readParts(
        _ chunk: PlannedChunk,
        _ inner: ChunkPlan,
        _ shards: ShardReader,
        _ reader: ChunkReader
    ) async throws(ChunkFailure) -> Bool {
        guard let broken = try await shards.read(chunk.index, inner, into: target) else {
            try reader.fill(chunk.index, chunk.places, into: target)
            return false
        }
        for part in broken {
            let global = part.inner.index.coordinates.enumerated().map { dimension, local in
                let first = array.metadata.axes[dimension]
                    .start(of: chunk.index.coordinates[dimension])
                return first / shards.layout.innerShape[dimension] + local
            }
            note(part.failure, at: chunk.index, part.inner.places, inner: ChunkIndex(global))
        }
        return true
    }

    private func readVariable(
        _ chunk: PlannedChunk,
        _ reader: ChunkReader
    ) async throws(ChunkFailure) -> Bool {
        guard let elements = try await reader.readVariable(chunk.index) else { return false }
        let shape = array.metadata.chunkShape(at: chunk.index)
        let gather = target.destination.gather(chunk.places, in: shape)
        outcome.withLock { outcome in
            gather.forEach { from, to in
                outcome.elementBytes += elements[from].count
                outcome.elements[to] = elements[from]
            }
            guard outcome.elementBytes > options.byteLimit else { return }
            outcome.error = .tooLarge(bytes: outcome.elementBytes, options, array.path)
            counter.stop()
        }
        return true
    }

    /// Notes that nothing of a chunk can be had, once for all its units.
    private func note(_ failure: ChunkFailure, of number: Int) {
        let chunk = units.whole(number)
        guard outcome.withLock({ $0.lost.insert(chunk.index).inserted }) else { return }
        note(failure, at: chunk.index, chunk.places)
    }

    private func note(
        _ failure: ChunkFailure,
        at index: ChunkIndex,
        _ places: ChunkPlaces,
        inner: ChunkIndex? = nil
    ) {
        let extent = target.destination.extent(of: places)
        let problem = ChunkProblem(
            index: index,
            innerIndex: inner,
            key: array.key(of: index),
            state: failure.state,
            reason: failure.reason,
            region: extent.region,
            items: extent.items
        )
        outcome.withLock { outcome in
            outcome.problems.append(problem)
            guard options.onProblem == .fail, outcome.error == nil else { return }
            outcome.error = EngineError(failure, at: problem.key)
            counter.stop()
        }
    }
}

extension EngineError {
    /// A chunk that could not be had.
    init(_ failure: ChunkFailure, at key: String) {
        let code: Code
        switch failure.cause {
        case let error as StorageError: code = error.code == .cancelled ? .cancelled : .storage
        case let error as CodecError where error.code == .tooLarge: code = .tooLarge
        case let error as CodecError where error.code == .unsupported: code = .unsupported
        default: code = .corrupt
        }
        self.init(code, at: key, failure.reason, cause: failure.cause)
    }

    /// A result beyond the limit.
    static func tooLarge(bytes: Int?, _ options: ReadOptions, _ path: NodePath) -> EngineError {
        let size = bytes.map { "\($0) bytes" } ?? "more than 2^63 - 1 bytes"
        return EngineError(
            .tooLarge,
            at: path.description,
            "the selection takes \(size), the limit is \(options.byteLimit); select less of it"
        )
    }
}
