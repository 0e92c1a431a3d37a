/// When a breaker opens, and how it finds out that it may close again.
public struct BreakerPolicy: Sendable {
    /// What the shares are shares of.
    public enum Window: Equatable, Sendable {
        /// The latest calls, at least one.
        case calls(Int)
        /// The calls of the second that has begun and those before it, so many in all.
        case seconds(Int)
    }

    /// What the shares are shares of.
    public var window = Window.calls(20)
    /// Calls without which nothing is decided; never more than the window holds.
    public var leastCalls = 10
    /// The share of calls that failed, from 0 to 1, that opens it.
    public var failures = 0.5
    /// The share of calls that were slow, from 0 to 1, that opens it.
    public var slow = 0.8
    /// A call that took longer is slow, also one that succeeded.
    public var slowAfter = Duration.seconds(2)
    /// How long it is open the first time; each further time in a row doubles it.
    public var open = Duration.seconds(5)
    /// How long it is open at most.
    public var longestOpen = Duration.seconds(60)
    /// Calls that are let through to see whether it may close.
    public var probes = 3
    /// How long all of these may be on their way, before it opens again.
    public var probeLimit = Duration.seconds(10)

    /// The usual policy.
    public init() {}

    /// Calls without which nothing is decided, as far as the window has room for them.
    var leastCallsInWindow: Int {
        guard case .calls(let count) = window else { return leastCalls }
        return min(leastCalls, count)
    }

    /// Whether so many outcomes open it.
    func trips(_ counts: OutcomeWindow.Counts) -> Bool {
        guard counts.calls > 0 else { return false }
        // A quotient is rounded as the share that was written down was, so that equal is equal.
        return Double(counts.failed) / Double(counts.calls) >= failures
            || Double(counts.slow) / Double(counts.calls) >= slow
    }

    /// How long it is open after `openings` times in a row, where `unit` is drawn from `0...1`: up to
    /// a fifth less than the whole time, so that callers that failed together do not return together.
    func wait(openings: Int, unit: Double) -> Duration {
        let doubled = open * (1 << min(max(0, openings), 20))
        return min(doubled, longestOpen) * (1 - 0.2 * unit)
    }
}
