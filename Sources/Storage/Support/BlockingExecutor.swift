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

    private struct State {
        var waiting: [UnownedJob] = []
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

    /// Queues a job; called by the concurrency runtime.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let lane = state.withLock { state in
            state.waiting.append(job)
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
        while let job = next(lane) {
            unsafe job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }

    /// The oldest job, or `nil` after noting that the lane is idle.
    private func next(_ lane: Int) -> UnownedJob? {
        state.withLock { state in
            guard state.taken < state.waiting.count else {
                state.waiting.removeAll(keepingCapacity: true)
                state.taken = 0
                state.idle.append(lane)
                return nil
            }
            state.taken += 1
            let job = state.waiting[state.taken - 1]
            if state.taken == 4096 {
                state.waiting.removeFirst(4096)
                state.taken = 0
            }
            return job
        }
    }
}
