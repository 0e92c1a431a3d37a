import Glibc
import Synchronization

/// Runs tasks on threads of the engine's own, where blocking reads and decoding are allowed.
///
/// Swift's cooperative pool has a thread per core and must never block. Threads are started when
/// work waits and none is idle, so that a short read does not queue behind a long verification;
/// they stay for the next work.
final class WorkerExecutor: TaskExecutor {
    /// The threads of this process.
    static let shared = WorkerExecutor()

    /// More work than this at a time waits for a thread.
    private static let threadLimit = 64

    private struct State {
        var jobs: [UnownedJob] = []
        var taken = 0
        var idleThreads = 0
        var threads = 0

        var waiting: Int { jobs.count - taken }

        /// Adds a job; whether another thread is needed for it.
        mutating func add(_ job: UnownedJob) -> Bool {
            jobs.append(job)
            guard waiting > idleThreads, threads < WorkerExecutor.threadLimit else { return false }
            threads += 1
            idleThreads += 1
            return true
        }

        /// The oldest job. The thread that takes it is idle no more.
        mutating func take() -> UnownedJob? {
            guard taken < jobs.count else { return nil }
            let job = jobs[taken]
            taken += 1
            if taken == jobs.count {
                jobs.removeAll(keepingCapacity: true)
                taken = 0
            }
            idleThreads -= 1
            return job
        }
    }

    private let state = Mutex(State())
    private let work = Semaphore()

    /// Hands a job to a thread.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let needsThread = state.withLock { $0.add(job) }
        if needsThread, !startThread() {
            state.withLock { state in
                state.threads -= 1
                state.idleThreads -= 1
            }
        }
        work.post()
    }

    /// Starts a thread; `false` when the system gives none. Those there are take its work then.
    private func startThread() -> Bool {
        var thread = pthread_t()
        let context = unsafe Unmanaged.passRetained(self)
        let failure = unsafe pthread_create(
            &thread,
            nil,
            { context in
                guard let context = unsafe context else { return nil }
                WorkerExecutor.blockSignals()
                unsafe Unmanaged<WorkerExecutor>.fromOpaque(context).takeRetainedValue().serve()
            },
            context.toOpaque()
        )
        guard failure == 0 else {
            unsafe context.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    /// The life of a thread: take a job, run it, be idle again.
    private func serve() -> Never {
        while true {
            work.wait()
            guard let job = state.withLock({ $0.take() }) else { continue }
            unsafe job.runSynchronously(on: asUnownedTaskExecutor())
            state.withLock { $0.idleThreads += 1 }
        }
    }

    /// Signals belong to the thread that owns the terminal, not to a worker.
    private static func blockSignals() {
        var every = sigset_t()
        unsafe sigfillset(&every)
        for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] {
            unsafe sigdelset(&every, fault)
        }
        _ = unsafe pthread_sigmask(SIG_SETMASK, &every, nil)
    }
}

/// Runs `body(0)` to `body(count - 1)` at once on the engine's threads; ends when all have returned.
///
/// They belong to the caller's task: cancelling it cancels them.
func onWorkers(
    _ count: Int,
    _ body: @escaping @Sendable (Int) async -> Void
) async {
    await withTaskExecutorPreference(WorkerExecutor.shared) {
        await onThisExecutor(count, body)
    }
}

/// The same on the executor that the task prefers, never on the caller's actor. The first runs in the
/// caller's own task, so that a small piece of work costs no other.
@concurrent
private func onThisExecutor(
    _ count: Int,
    _ body: @escaping @Sendable (Int) async -> Void
) async {
    guard count > 1 else { return await body(0) }
    await withTaskGroup(of: Void.self) { group in
        for number in 1..<count {
            group.addTask(executorPreference: WorkerExecutor.shared) { await body(number) }
        }
        await body(0)
    }
}
