/// When a rule fires. Counts are of the calls that its operations and keys match.
public enum FaultCondition: Hashable, Sendable {
    /// Every time.
    case always
    /// This share of calls, drawn by seed, rule, operation, key and how often that operation hit
    /// that key: the same calls whatever runs beside them.
    case share(Double)
    /// The calls of these numbers, from 1.
    case nth(ClosedRange<Int>)
    /// Every so-manieth call.
    case every(Int)
    /// Calls in this time since the faults were armed.
    case window(Range<Duration>)
    /// Calls after one of this operation on such a key.
    case after(Set<FaultOperation>, KeyPattern)
    /// The first `count` of every `period` calls.
    case burst(count: Int, period: Int)
}
