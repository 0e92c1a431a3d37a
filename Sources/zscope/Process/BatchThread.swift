import Glibc
import Synchronization

/// Runs work away from the main thread, which waits for its end or for a signal meanwhile.
///
/// Ctrl-C cancels the work and lets what is in flight end; a second one, or two seconds, end it.
enum BatchThread {
    private final class Answer: Sendable {
        let status = Mutex<ExitStatus?>(nil)
    }

    /// Work's status, or `.interrupted`. Called once, before any other thread is started.
    static func run(_ work: @escaping @Sendable () async -> ExitStatus) -> ExitStatus {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP, SIGUSR1] { unsafe sigaddset(&signals, number) }
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)

        let answer = Answer()
        let task = Task.detached {
            let status = await work()
            answer.status.withLock { $0 = status }
            kill(getpid(), SIGUSR1)
        }
        while true {
            var number: Int32 = 0
            guard unsafe sigwait(&signals, &number) == 0 else { continue }
            if number != SIGUSR1 {
                task.cancel()
                return stopped(by: number, waitingFor: signals)
            }
            if let status = answer.status.withLock({ $0 }) { return status }
        }
    }

    /// Waits for cancelled work to end, and ends as the signal asks.
    private static func stopped(by number: Int32, waitingFor signals: sigset_t) -> ExitStatus {
        var signals = signals
        var limit = timespec(tv_sec: 2, tv_nsec: 0)
        _ = unsafe sigtimedwait(&signals, nil, &limit)
        guard number != SIGINT else { return .interrupted }
        var only = sigset_t()
        unsafe sigemptyset(&only)
        unsafe sigaddset(&only, number)
        _ = signal(number, SIG_DFL)
        kill(getpid(), number)
        unsafe pthread_sigmask(SIG_UNBLOCK, &only, nil)
        return .failed
    }
}
