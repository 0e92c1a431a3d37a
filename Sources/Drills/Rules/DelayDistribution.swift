internal import Glibc

/// How long calls wait.
public enum DelayDistribution: Hashable, Sendable {
    /// All the same.
    case fixed(Duration)
    /// Evenly between two times.
    case uniform(Range<Duration>)
    /// Log-normal through two percentiles, as networks are; none longer than `max`.
    case percentiles(p50: Duration, p99: Duration, max: Duration)

    /// The time for two numbers drawn from `0..<1`.
    func time(_ first: Double, _ second: Double) -> Duration {
        switch self {
        case .fixed(let time): return time
        case .uniform(let range):
            let length = range.upperBound - range.lowerBound
            return range.lowerBound + length * first
        case .percentiles(let p50, let p99, let longest):
            // Box and Muller make a normal number; 2.3263 deviations above the middle lie 99 %.
            let normal = sqrt(-2 * log(1 - first)) * cos(2 * .pi * second)
            let median = p50 / .nanoseconds(1)
            let ratio = median > 0 ? (p99 / .nanoseconds(1)) / median : 1
            let sigma = ratio > 1 ? log(ratio) / 2.326_347_874 : 0
            let time = min(longest / .nanoseconds(1), median * exp(sigma * normal))
            return .nanoseconds(Int64(time))
        }
    }
}
