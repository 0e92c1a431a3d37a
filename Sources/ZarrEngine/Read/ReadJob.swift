internal import Codecs
internal import Storage
internal import Synchronization
internal import ZarrModel

/// One read while it runs: the plan, the place of the result, and what was met on the way.
final class ReadJob: Sendable {
    /// What was met on the way.
    struct Outcome {
        var problems: [ChunkProblem] = []
        var absent: [Int] = []
        var error: EngineError?
        var done = 0
        var elements: [[UInt8]] = []
        var elementBytes = 0
    }

    let array: ArrayNode
    let selection: ResolvedSelection
    let plan: BoxPlan
    let block: ByteBlock
    let options: ReadOptions
    let counter: WorkCounter
    let outcome: Mutex<Outcome>
    /// Elements of the result between neighbours along each dimension.
    private let strides: [Int]
    private let fillsWithZeros: Bool

    init(
        _ array: ArrayNode,
        _ selection: ResolvedSelection,
        into block: ByteBlock,
        elements: [[UInt8]],
        _ options: ReadOptions
    ) {
        self.array = array
        self.selection = selection
        self.block = block
        self.options = options
        plan = BoxPlan(selection, array.metadata)
        counter = WorkCounter(count: plan.pieceCount)
        outcome = Mutex(Outcome(elements: elements))
        strides = Self.strides(of: selection.axes.map(\.count))
        fillsWithZeros = array.metadata.fillValue.bytes.allSatisfy { $0 == 0 }
    }

    /// Elements between neighbours along each dimension of an array in C order.
    static func strides(of counts: [Int]) -> [Int] {
        var strides = [Int](repeating: 1, count: counts.count)
        for dimension in counts.indices.dropLast().reversed() {
            // Beside a dimension of length 0 the others may be of any length.
            strides[dimension] = strides[dimension + 1] &* counts[dimension + 1]
        }
        return strides
    }

    /// Reads piece `number` of the plan.
    func read(_ number: Int, _ reader: ChunkReader) async {
        let pieces = plan.piece(number)
        let index = ChunkIndex(pieces.map(\.chunk))
        do throws(ChunkFailure) {
            try reader.prepare(index)
            let isPresent =
                array.metadata.dataType.isVariableLength
                ? try await readVariable(index, pieces, reader)
                : try await readFixed(index, pieces, reader)
            if !isPresent, let linear = array.grid.linearIndex(of: index) {
                outcome.withLock { $0.absent.append(linear) }
            }
        } catch {
            note(error, at: index, pieces)
        }
        let done = outcome.withLock { outcome in
            outcome.done += 1
            return outcome.done
        }
        options.onProgress?(done, plan.pieceCount)
    }

    /// Hands out what was met. Called once, when all workers have ended.
    func finish() -> Outcome {
        outcome.withLock { outcome in
            defer { outcome = Outcome() }
            return outcome
        }
    }

    private func readFixed(
        _ index: ChunkIndex,
        _ pieces: [AxisPlan.Piece],
        _ reader: ChunkReader
    ) async throws(ChunkFailure) -> Bool {
        let shard = shardPlan(pieces, reader)
        if let shard, readsParts(shard, reader) {
            return try await readParts(index, pieces, shard, reader)
        }
        let scatter = scatter(pieces)
        do throws(ChunkFailure) {
            if try await reader.read(index, scatter, into: block) { return true }
        } catch {
            // What is broken may be a single inner chunk: the others are worth having.
            guard let shard, options.onProblem == .report, error.state != .unreadable else {
                throw error
            }
            return try await readParts(index, pieces, shard, reader)
        }
        // The result begins as zeros: a place that nobody writes costs no memory.
        if !fillsWithZeros { try reader.fill(scatter, into: block) }
        return false
    }

    /// How the selection falls on the inner chunks of a shard; `nil` without ranges or shards.
    private func shardPlan(_ pieces: [AxisPlan.Piece], _ reader: ChunkReader) -> BoxPlan? {
        guard let shards = reader.shards, shards.readsRanges else { return nil }
        let layout = shards.layout
        return BoxPlan(
            pieces.indices.map { dimension in
                AxisPlan(
                    start: pieces[dimension].start,
                    step: selection.axes[dimension].step,
                    count: pieces[dimension].count,
                    chunkLength: layout.innerShape[dimension]
                )
            }
        )
    }

    /// Whether reading parts of a shard costs less than reading all of it: when under half of it is
    /// wanted, or when it is so large that it should not be held in memory.
    private func readsParts(_ plan: BoxPlan, _ reader: ChunkReader) -> Bool {
        guard let layout = reader.shards?.layout else { return false }
        let isLarge = (reader.decoder.chain.byteCount ?? 0) > Self.wholeShardLimit
        return isLarge || plan.pieceCount < (layout.grid.total + 1) / 2
    }

    /// Larger shards than this are read by ranges even when all of them is wanted.
    private static let wholeShardLimit = 256 << 20

    private func readParts(
        _ index: ChunkIndex,
        _ pieces: [AxisPlan.Piece],
        _ plan: BoxPlan,
        _ reader: ChunkReader
    ) async throws(ChunkFailure) -> Bool {
        guard let shards = reader.shards else { return false }
        let broken = try await shards.read(index, plan, into: block) { inner in
            scatter(inner, inside: pieces)
        }
        guard let broken else {
            if !fillsWithZeros { try reader.fill(scatter(pieces), into: block) }
            return false
        }
        for chunk in broken {
            let places = zip(pieces, chunk.pieces).map { outer, inner in
                AxisPlan.Piece(
                    chunk: outer.chunk,
                    start: inner.start,
                    count: inner.count,
                    output: outer.output + inner.output
                )
            }
            let inner = pieces.indices.map { dimension in
                let start = array.metadata.axes[dimension].start(of: pieces[dimension].chunk)
                return start / shards.layout.innerShape[dimension]
                    + chunk.inner.coordinates[dimension]
            }
            note(chunk.failure, at: index, places, inner: ChunkIndex(inner))
        }
        return true
    }

    private func readVariable(
        _ index: ChunkIndex,
        _ pieces: [AxisPlan.Piece],
        _ reader: ChunkReader
    ) async throws(ChunkFailure) -> Bool {
        guard let elements = try await reader.readVariable(index) else { return false }
        let bytes = elements.reduce(0) { $0 + $1.count }
        let sources = Self.positions(scatter(pieces), in: reader.decoder.chain.shape)
        outcome.withLock { outcome in
            outcome.elementBytes += bytes
            guard outcome.elementBytes <= options.byteLimit else {
                outcome.error = .tooLarge(bytes: outcome.elementBytes, options, array.path)
                counter.stop()
                return
            }
            for (from, to) in sources { outcome.elements[to] = elements[from] }
        }
        return true
    }

    /// Where each selected element of a chunk lies in it, and where it goes.
    private static func positions(
        _ scatter: Scatter,
        in shape: [Int]
    ) -> [(from: Int, to: Int)] {
        var found = [(from: 0, to: scatter.outputOffset)]
        for (axis, length) in zip(scatter.axes, shape) {
            found = found.flatMap { place in
                (0..<axis.count).map { step in
                    (
                        from: place.from * length + axis.start + step * axis.step,
                        to: place.to + step * axis.stride
                    )
                }
            }
        }
        return found
    }

    /// Where the selected elements of a chunk go; of an inner chunk, with its shard's pieces.
    private func scatter(
        _ pieces: [AxisPlan.Piece],
        inside outer: [AxisPlan.Piece]? = nil
    ) -> Scatter {
        var offset = 0
        for (dimension, piece) in (outer ?? []).enumerated() {
            offset += piece.output * strides[dimension]
        }
        var axes: [Scatter.Axis] = []
        axes.reserveCapacity(pieces.count)
        for (dimension, piece) in pieces.enumerated() {
            offset += piece.output * strides[dimension]
            axes.append(
                Scatter.Axis(
                    start: piece.start,
                    step: selection.axes[dimension].step,
                    count: piece.count,
                    stride: strides[dimension]
                )
            )
        }
        return Scatter(axes: axes, outputOffset: offset)
    }

    private func note(
        _ failure: ChunkFailure,
        at index: ChunkIndex,
        _ pieces: [AxisPlan.Piece],
        inner: ChunkIndex? = nil
    ) {
        let places = zip(selection.axes, pieces).filter { !$0.0.isDropped }
            .map { $0.1.output..<($0.1.output + $0.1.count) }
        let problem = ChunkProblem(
            index: index,
            innerIndex: inner,
            key: array.key(of: index),
            state: failure.state,
            reason: failure.reason,
            region: Region(places)
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
