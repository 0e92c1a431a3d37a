public import Storage

/// How often and after what wait a failed operation is tried again.
public struct RetryPolicy: Sendable {
    /// Tries in all, the first included.
    public var attempts: Int
    /// Longest first wait after a failure that may pass.
    public var base: Duration
    /// Longest first wait after storage asked for less.
    public var throttledBase: Duration
    /// Longest wait of any, but for one that storage asked for.
    public var cap: Duration

    /// The usual policy: three tries, waits of up to 50 ms (1 s throttled), doubling up to 20 s.
    public init(
        attempts: Int = 3,
        base: Duration = .milliseconds(50),
        throttledBase: Duration = .seconds(1),
        cap: Duration = .seconds(20)
    ) {
        self.attempts = min(max(1, attempts), 10)
        self.base = base
        self.throttledBase = throttledBase
        self.cap = cap
    }

    /// How long to wait before try `number` + 1, where `unit` is drawn from `0...1`.
    ///
    /// The whole interval is drawn from, so that callers that failed together do not return
    /// together. What storage asked for is kept, but never for more than 5 s longer than that.
    public func wait(after error: StorageError, number: Int, unit: Double) -> Duration {
        let first = error.code == .throttled ? throttledBase : base
        let doubled = first * (1 << min(max(0, number), 30))
        let drawn = min(doubled, cap) * unit
        guard let asked = error.retryAfter, asked >= .zero else { return drawn }
        return min(max(asked, drawn), drawn + .seconds(5))
    }

    /// Whether a failure of `error` may be tried again at all.
    public func allows(_ error: StorageError) -> Bool {
        error.persistence == .temporary && error.code != .cancelled
    }
}
