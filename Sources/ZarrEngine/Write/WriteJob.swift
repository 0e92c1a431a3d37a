internal import Synchronization
internal import ZarrModel

/// One write while it runs: the plan, the values, and what was met on the way.
final class WriteJob: Sendable {
    private struct State {
        var outcome = WriteOutcome()
        var error: EngineError?
        var done = 0
    }

    let counter: WorkCounter
    private let plan: ChunkPlan
    private let input: WriteInput
    private let options: WriteOptions
    private let state = Mutex(State())

    /// A write of `values`, which fit `selection`, which lies in the array.
    init(
        _ array: ArrayNode,
        _ values: NewValues,
        to selection: ResolvedSelection,
        _ options: WriteOptions
    ) {
        self.options = options
        plan = ChunkPlan(ChunkPlaces(selection), array.metadata.axes)
        counter = WorkCounter(count: plan.pieceCount)
        input = WriteInput(values, selection, array.metadata)
    }

    /// How many pieces there are to write.
    var pieceCount: Int { plan.pieceCount }

    /// Writes piece `number` of the plan.
    func write(_ number: Int, _ writer: ChunkWriter) async {
        let chunk = plan.piece(number)
        var result: ChunkWriter.Result?
        do throws(EngineError) {
            result = try await writer.write(chunk, input)
        } catch {
            state.withLock { $0.error = $0.error ?? error }
            counter.stop()
        }
        let done = state.withLock { state in
            switch result {
            case nil: break
            case .empty: state.outcome.emptyChunks += 1
            case .stored(let bytes):
                state.outcome.writtenChunks += 1
                state.outcome.storedBytes += bytes
            }
            state.done += 1
            return state.done
        }
        options.onProgress?(done, plan.pieceCount)
    }

    /// What was done, or the error that ended it. Called once, when all workers have ended.
    func finish() throws(EngineError) -> WriteOutcome {
        let (outcome, error) = state.withLock { ($0.outcome, $0.error) }
        guard var error else { return outcome }
        let others = outcome.writtenChunks + outcome.emptyChunks
        if others > 0 {
            error.message += "; \(others) of \(pieceCount) chunks are as they were to be already"
        }
        throw error
    }
}
