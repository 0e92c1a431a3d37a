internal import Dispatch
internal import Synchronization

/// Threads for calls that block, so that none of them ever holds up the cooperative pool.
///
/// Threads start when there is work and end when there is none for a while.
public final class BlockingExecutor: TaskExecutor {
    /// For reads, writes and listings of local storage.
    public static let shared = BlockingExecutor(threadLimit: 8)
    /// For opening storage, where a call may hang and keep its thread.
    static let openings = BlockingExecutor(threadLimit: 64)

    private enum Work {
        case job(UnownedJob)
        case call(@Sendable () -> Void)
    }

    private struct State {
        var waiting: [Work] = []
        var taken = 0
        var idle: [Int]
    }

    private let state: Mutex<State>
    private let lanes: [DispatchQueue]

    /// Makes an executor of at most `threadLimit` threads (at least one).
    public init(threadLimit: Int) {
        // A serial queue always gets a thread of its own; a concurrent one would wait for a core.
        lanes = (0..<max(1, threadLimit)).map { DispatchQueue(label: "zscope.blocking.\($0)") }
        state = Mutex(State(idle: Array(lanes.indices.reversed())))
    }

    /// Runs `body` on one of the threads.
    public func run<Answer: Sendable>(
        _ body: @escaping @Sendable () throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        try await withTaskExecutorPreference(self) { () async throws(StorageError) -> Answer in
            try await Self.perform(body)
        }
    }

    /// Queues `body`, which nobody waits for.
    public func submit(_ body: @escaping @Sendable () -> Void) {
        queue(.call(body))
    }

    /// Queues a job; called by the concurrency runtime.
    public func enqueue(_ job: consuming ExecutorJob) {
        queue(.job(UnownedJob(job)))
    }

    private func queue(_ work: Work) {
        let lane = state.withLock { state in
            state.waiting.append(work)
            return state.idle.popLast()
        }
        guard let lane else { return }
        lanes[lane].async { self.drain(lane) }
    }

    @concurrent
    private static func perform<Answer: Sendable>(
        _ body: @Sendable () throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        try body()
    }

    private func drain(_ lane: Int) {
        while let work = next(lane) {
            switch work {
            case .job(let job): unsafe job.runSynchronously(on: asUnownedTaskExecutor())
            case .call(let body): body()
            }
        }
    }

    /// The oldest work, or `nil` after noting that the lane is idle.
    private func next(_ lane: Int) -> Work? {
        state.withLock { state in
            guard state.taken < state.waiting.count else {
                state.waiting.removeAll(keepingCapacity: true)
                state.taken = 0
                state.idle.append(lane)
                return nil
            }
            state.taken += 1
            let work = state.waiting[state.taken - 1]
            if state.taken == 4096 {
                state.waiting.removeFirst(4096)
                state.taken = 0
            }
            return work
        }
    }
}
