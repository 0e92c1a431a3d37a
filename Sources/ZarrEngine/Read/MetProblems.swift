internal import Synchronization
internal import ZarrModel

/// The problems that the workers of one pass meet, and how far they are.
final class MetProblems: Sendable {
    private struct State {
        var problems: [ChunkProblem] = []
        var error: EngineError?
        var done = 0
    }

    private let state = Mutex(State())
    private let options: ReadOptions
    private let counter: WorkCounter
    private let total: Int

    init(_ options: ReadOptions, _ counter: WorkCounter, total: Int) {
        self.options = options
        self.counter = counter
        self.total = total
    }

    /// Notes that `region`, of the stored chunk `index`, could not be had.
    func note(_ index: ChunkIndex, _ key: String, _ failure: ChunkFailure, _ region: Region) {
        state.withLock { state in
            state.problems.append(
                ChunkProblem(
                    index: index,
                    key: key,
                    state: failure.state,
                    reason: failure.reason,
                    region: region
                )
            )
            guard options.onProblem == .fail, state.error == nil else { return }
            state.error = EngineError(failure, at: key)
            counter.stop()
        }
    }

    func count() {
        let done = state.withLock { state in
            state.done += 1
            return state.done
        }
        options.onProgress?(done, total)
    }

    /// What was met, or the error that ended it.
    func finish() throws(EngineError) -> [ChunkProblem] {
        let (problems, error) = state.withLock { ($0.problems, $0.error) }
        if let error { throw error }
        return problems.sorted { $0.index < $1.index }
    }
}
