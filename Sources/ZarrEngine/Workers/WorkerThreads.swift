import Glibc
import Synchronization

/// Threads of the engine's own, on which blocking reads and decoding run.
///
/// Swift's cooperative pool has a thread per core and must never block: blocking calls run here.
enum WorkerThreads {
    /// Runs `body(0)` to `body(count - 1)`, each on a thread of its own, and suspends until all of
    /// them have returned. Requires `count >= 1`.
    static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) async {
        await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
            let crew = Crew(count: count, body: body, done: done)
            for number in 0..<count {
                start(Member(crew: crew, number: number))
            }
        }
    }

    /// Starts a thread for `member`; runs it here when the system gives no more threads.
    private static func start(_ member: Member) {
        var thread = pthread_t()
        let context = unsafe Unmanaged.passRetained(member)
        let failure = unsafe pthread_create(
            &thread,
            nil,
            { context in
                guard let context = unsafe context else { return nil }
                let member = unsafe Unmanaged<Member>.fromOpaque(context).takeRetainedValue()
                WorkerThreads.blockSignals()
                member.work()
                return nil
            },
            context.toOpaque()
        )
        if failure == 0 {
            pthread_detach(thread)
        } else {
            unsafe context.release()
            member.work()
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

/// What the threads of one run share.
private final class Crew: Sendable {
    let body: @Sendable (Int) -> Void
    private let working: Atomic<Int>
    private let done: CheckedContinuation<Void, Never>

    init(
        count: Int,
        body: @escaping @Sendable (Int) -> Void,
        done: CheckedContinuation<Void, Never>
    ) {
        self.body = body
        self.done = done
        working = Atomic(count)
    }

    /// One thread has returned; the last one wakes the caller.
    func leave() {
        if working.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 {
            done.resume()
        }
    }
}

/// One thread of a run.
private final class Member: Sendable {
    private let crew: Crew
    private let number: Int

    init(crew: Crew, number: Int) {
        self.crew = crew
        self.number = number
    }

    func work() {
        crew.body(number)
        crew.leave()
    }
}
