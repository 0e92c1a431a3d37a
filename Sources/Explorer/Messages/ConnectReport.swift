/// What a connect test has found so far.
public struct ConnectReport: Hashable, Sendable {
    /// What was tested.
    public var locator: String
    /// The id of its backend; empty until it is known.
    public var backend: String
    /// What was tried, in order.
    public var steps: [ConnectStep] = []
    /// How long each small request took, in microseconds, in order.
    public var latencies: [Int] = []
    /// How many small requests failed.
    public var failures = 0
    /// The words for what the storage can do, as opened.
    public var capabilities: [String] = []

    /// Makes a report with nothing tried.
    public init(locator: String, backend: String = "") {
        self.locator = locator
        self.backend = backend
    }
}

/// One thing that a connect test tried.
public struct ConnectStep: Hashable, Sendable {
    /// What came of it.
    public enum Outcome: Hashable, Sendable {
        /// It did what it should.
        case passed
        /// It did, and a person should know something.
        case noticed
        /// It did not.
        case failed
    }

    /// What was tried, in a word.
    public var name: String
    /// What came of it.
    public var outcome: Outcome
    /// How long it took and what was found: untrusted text.
    public var text: String

    /// Makes a step.
    public init(_ name: String, _ outcome: Outcome, _ text: String) {
        self.name = name
        self.outcome = outcome
        self.text = text
    }
}

extension ConnectReport {
    /// The latency that this share of the requests did not exceed, in microseconds; `nil` for none.
    func latency(_ share: Double) -> Int? {
        let sorted = latencies.sorted()
        guard !sorted.isEmpty else { return nil }
        let place = Int((Double(sorted.count) * share).rounded(.up)) - 1
        return sorted[max(0, min(sorted.count - 1, place))]
    }

    /// `0.1/2.2 ms`: half of the requests and 99 in 100 of them were at least so fast.
    var latencyText: String {
        guard let half = latency(0.5), let most = latency(0.99) else { return "" }
        return Format.latencies(half, most)
    }

    /// `0 %`: the share of requests that failed.
    var errorText: String {
        let all = latencies.count + failures
        return all == 0 ? "" : Format.percent(failures, of: all)
    }
}
