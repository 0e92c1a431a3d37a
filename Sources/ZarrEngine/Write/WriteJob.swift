internal import Codecs
internal import Storage
internal import Synchronization
internal import ZarrModel

/// One write while it runs: the plan, the values, and what was met on the way.
final class WriteJob: Sendable {
    private struct State {
        var outcome = WriteOutcome()
        var error: EngineError?
        var done = 0
    }

    let plan: BoxPlan
    let counter: WorkCounter
    private let array: ArrayNode
    private let values: NewValues
    private let selection: ResolvedSelection
    private let field: Range<Int>?
    private let options: WriteOptions
    /// Elements of the values between neighbours along each dimension; 0 where there is just one.
    private let strides: [Int]
    private let state = Mutex(State())

    init(
        _ array: ArrayNode,
        _ values: NewValues,
        to selection: ResolvedSelection,
        field: Range<Int>?,
        _ options: WriteOptions
    ) {
        self.array = array
        self.values = values
        self.selection = selection
        self.field = field
        self.options = options
        plan = BoxPlan(selection, array.metadata)
        counter = WorkCounter(count: plan.pieceCount)
        let counts = selection.axes.map(\.count)
        strides = values.isRepeated ? counts.map { _ in 0 } : ReadJob.strides(of: counts)
    }

    /// Writes piece `number` of the plan.
    func write(_ number: Int, _ writer: ChunkWriter) async {
        let pieces = plan.piece(number)
        let index = ChunkIndex(pieces.map(\.chunk))
        let part = part(pieces, of: index)
        do throws(ChunkFailure) {
            let result = try await writer.write(index, part, values)
            state.withLock { state in
                switch result {
                case .stored(let bytes):
                    state.outcome.writtenChunks += 1
                    state.outcome.storedBytes += bytes
                case .empty:
                    state.outcome.emptyChunks += 1
                }
            }
        } catch {
            let error = refusal(error, part) ?? EngineError(error, at: array.key(of: index))
            state.withLock { state in
                state.error = state.error ?? error
            }
            counter.stop()
        }
        let done = state.withLock { state in
            state.done += 1
            return state.done
        }
        options.onProgress?(done, plan.pieceCount)

        func refusal(_ failure: ChunkFailure, _ part: ChunkPart) -> EngineError? {
            guard let cause = failure.cause as? CodecError, cause.isCorruption, !part.isWhole
            else { return nil }
            return EngineError(
                .refused,
                at: array.key(of: index),
                "only a part of this chunk is new, and what is stored does not decode: "
                    + failure.reason,
                cause: cause
            )
        }
    }

    /// What was done, or the error that ended it. Called once, when all workers have ended.
    func finish() throws(EngineError) -> WriteOutcome {
        let (outcome, error) = state.withLock { ($0.outcome, $0.error) }
        if let error { throw error }
        return outcome
    }

    /// Which elements of a chunk come from which of the values.
    private func part(_ pieces: [AxisPlan.Piece], of index: ChunkIndex) -> ChunkPart {
        var offset = 0
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
        return ChunkPart(
            Scatter(axes: axes, outputOffset: offset),
            extent: array.metadata.chunkRegion(index).shape,
            field: field
        )
    }
}
