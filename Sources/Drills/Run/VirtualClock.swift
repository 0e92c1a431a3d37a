public import Storage
internal import Synchronization

/// Time that passes only when someone waits: a drill of hours takes seconds, and always the same.
///
/// For one task at a time; a wait moves the time and returns.
public final class VirtualClock: Sendable {
    private let time = Mutex(Duration.zero)

    /// Makes a clock at zero.
    public init() {}

    /// The time since the clock was made.
    public var now: Duration {
        time.withLock { $0 }
    }

    /// The clock as layers take it.
    public var storageClock: StorageClock {
        StorageClock(
            now: { self.now },
            sleep: { duration in
                try Task.checkCancellation()
                self.time.withLock { $0 += max(.zero, duration) }
            }
        )
    }
}
