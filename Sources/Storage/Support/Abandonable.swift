internal import Synchronization

/// Performs `body` on a thread of its own, and stops waiting for it at the limit or on cancellation.
///
/// What was left behind is cancelled, and its answer, should it ever come, is dropped. Work that may
/// hang cannot be a child task, which its parent would have to await.
func abandonable<Answer: Sendable>(
    _ limit: Duration?,
    _ body: @escaping @Sendable () async throws(StorageError) -> Answer
) async throws(StorageError) -> Answer {
    let slot = FirstAnswer<Answer>()
    let work = Task(executorPreference: BlockingExecutor.openings) {
        do throws(StorageError) {
            slot.settle(.success(try await body()))
        } catch {
            slot.settle(.failure(error))
        }
    }
    let timer = limit.map { limit in
        Task {
            guard (try? await Task.sleep(for: limit)) != nil else { return }
            let message = "no answer in \(Quantity.text(limit))"
            slot.settle(
                .failure(StorageError(.timeout, .open, message, persistence: .temporary))
            )
        }
    }
    defer {
        timer?.cancel()
        work.cancel()
    }
    let result = await withTaskCancellationHandler {
        await slot.answer()
    } onCancel: {
        slot.settle(.failure(StorageError(.cancelled, .open, "cancelled")))
    }
    return try result.get()
}

/// A place for one answer: the first stays, the others are dropped.
private final class FirstAnswer<Answer: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Result<Answer, StorageError>, Never>)
        case settled(Result<Answer, StorageError>)
    }

    private let state = Mutex(State.open)

    /// Gives the answer, unless there is one.
    func settle(_ result: Result<Answer, StorageError>) {
        let waiting = state.withLock { state in
            switch state {
            case .settled:
                return nil as CheckedContinuation<Result<Answer, StorageError>, Never>?
            case .open:
                state = .settled(result)
                return nil
            case .awaited(let continuation):
                state = .settled(result)
                return continuation
            }
        }
        waiting?.resume(returning: result)
    }

    /// Waits for the answer. Called once.
    func answer() async -> Result<Answer, StorageError> {
        await withCheckedContinuation { continuation in
            let ready = state.withLock { state in
                if case .settled(let result) = state {
                    return result as Result<Answer, StorageError>?
                }
                state = .awaited(continuation)
                return nil
            }
            if let ready { continuation.resume(returning: ready) }
        }
    }
}
