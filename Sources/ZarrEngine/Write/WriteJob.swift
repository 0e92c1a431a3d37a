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

    let plan: ChunkPlan
    let counter: WorkCounter
    private let array: ArrayNode
    private let values: NewValues
    private let field: Range<Int>?
    private let options: WriteOptions
    /// How the values lie in memory.
    private let destination: Destination
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
        self.field = field
        self.options = options
        plan = ChunkPlan(ChunkPlaces(selection), array.metadata.axes)
        counter = WorkCounter(count: plan.pieceCount)
        destination = Destination(selection, isRepeated: values.isRepeated)
    }

    /// Writes piece `number` of the plan.
    func write(_ number: Int, _ writer: ChunkWriter) async {
        let chunk = plan.piece(number)
        let index = chunk.index
        guard let part = part(chunk) else { return }
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

    /// Which elements of a chunk come from which of the values; `nil` for none.
    private func part(_ chunk: PlannedChunk) -> ChunkPart? {
        guard !chunk.places.isEmpty, let scatter = destination.scatter(chunk.places) else {
            return nil
        }
        let extent = array.metadata.chunkRegion(chunk.index).shape
        return ChunkPart(scatter, extent: extent, field: field)
    }
}
