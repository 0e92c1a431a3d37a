/// Time as layers and fault injection see it: given to them, so that tests and drills own it.
public struct StorageClock: Sendable {
    /// Time since some fixed moment; never goes back.
    public var now: @Sendable () -> Duration
    /// Waits; throws when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void

    /// Makes a clock.
    public init(
        now: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    /// The machine's own monotonic clock.
    public static let system: StorageClock = {
        let clock = ContinuousClock()
        let start = clock.now
        return StorageClock(
            now: { start.duration(to: clock.now) },
            sleep: { try await clock.sleep(for: $0) }
        )
    }()

    /// Waits before an operation; a cancelled wait is the operation's error.
    public func pause(_ time: Duration, before call: StorageCall) async throws(StorageError) {
        guard time > .zero else { return }
        do {
            try await sleep(time)
        } catch {
            throw StorageError(.cancelled, call.operation, key: call.key, "cancelled")
        }
    }
}
