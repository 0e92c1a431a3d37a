public import JSONValue

/// What a drill found.
public struct DrillVerdict: Hashable, Sendable {
    /// Shares of calls that succeeded, from 0 to 1.
    public struct Availability: Hashable, Sendable {
        /// Of the storage with its faults.
        public var backend = 1.0
        /// Of what the layers made of it.
        public var layers = 1.0
    }

    /// How long operations took on the drill's clock, in milliseconds.
    public struct Latency: Hashable, Sendable {
        /// Half took no longer.
        public var p50 = 0.0
        /// 90 % took no longer.
        public var p90 = 0.0
        /// 99 % took no longer.
        public var p99 = 0.0
        /// 99.9 % took no longer.
        public var p99_9 = 0.0
        /// None took longer.
        public var max = 0.0
    }

    /// A rule, and how often it fired.
    public struct Rule: Hashable, Sendable {
        /// Its name, or its text where it has none.
        public var name: String
        /// How often it fired.
        public var fired: Int
    }

    /// What breakers did, and what they are for.
    public struct Breaker: Hashable, Sendable {
        /// How often one opened.
        public var opened = 0
        /// Calls that they refused.
        public var refused = 0
        /// Calls that reached the storage although one was open.
        public var passed = 0
        /// The most failed calls in a row that reached the storage before one opened.
        public var longestRun = 0
        /// How many these may be; `nil` where the breaker goes by time.
        public var longestRunAllowed: Int?
        /// Whether one is not closed in the end.
        public var isOpen = false
        /// Whether one must open, and be closed in the end.
        public var mustOpen = false

        /// Makes counts of nothing.
        public init() {}

        /// Whether it opened in time.
        public var isInTime: Bool {
            longestRunAllowed.map { longestRun <= $0 } ?? true
        }

        /// Whether it did what was to be tried: opened, and closed again.
        public var hasCycled: Bool {
            !mustOpen || opened > 0 && !isOpen
        }
    }

    /// What the drill was called.
    public var scenario: String
    /// What every draw depended on.
    public var seed: UInt64
    /// Operations of the workload.
    public var operations: Int
    /// Acknowledged writes that were not there afterwards, and objects gone that nobody deleted.
    public var lost = 0
    /// Answers that were wrong and did not say so.
    public var silentWrong = 0
    /// Objects that were neither what was before nor what was written.
    public var torn = 0
    /// Acknowledged deletes whose object was there afterwards.
    public var resurrected = 0
    /// Changes that ended without saying whether they were done.
    public var unknown = 0
    /// Those of them that reading back settled.
    public var resolved = 0
    /// Shares of calls that succeeded.
    public var availability = Availability()
    /// How long operations took.
    public var latency = Latency()
    /// Calls that the storage with its faults got.
    public var attempts = 0
    /// Calls that were made again.
    public var retries = 0
    /// Calls that were made twice at a time.
    public var hedges = 0
    /// What breakers did; `nil` where there are none.
    public var breaker: Breaker?
    /// How often each rule fired.
    public var rules: [Rule] = []
    /// SHA-256 of the log: equal for equal seeds, rules and contents.
    public var logSHA256 = ""

    /// Whether nothing was lost, wrong, torn or resurrected, everything unknown was settled,
    /// every rule fired (one that never did has tried nothing), and breakers did what they are for.
    public var passed: Bool {
        lost == 0 && silentWrong == 0 && torn == 0 && resurrected == 0 && unknown == resolved
            && silentRules.isEmpty
            && breaker.map { $0.passed == 0 && $0.isInTime && $0.hasCycled } ?? true
    }

    /// The rules that never fired.
    public var silentRules: [String] {
        rules.filter { $0.fired == 0 }.map(\.name)
    }

    /// The verdict as `zscope drill --json` prints it.
    public var json: JSONValue {
        [
            "scenario": .string(scenario), "seed": .integer(seed), "ops": .integer(operations),
            "passed": .bool(passed), "lost": .integer(lost), "silent_wrong": .integer(silentWrong),
            "torn": .integer(torn), "resurrected": .integer(resurrected),
            "unknown": .integer(unknown), "resolved": .integer(resolved),
            "availability": [
                "backend": .floating(availability.backend),
                "layers": .floating(availability.layers),
            ],
            "latency_ms": [
                "p50": .floating(latency.p50), "p90": .floating(latency.p90),
                "p99": .floating(latency.p99), "p99_9": .floating(latency.p99_9),
                "max": .floating(latency.max),
            ],
            "attempts": .integer(attempts), "retries": .integer(retries),
            "hedges": .integer(hedges), "breaker_opened": .integer(breaker?.opened ?? 0),
            "rules": .array(rules.map { ["name": .string($0.name), "fired": .integer($0.fired)] }),
            "log_sha256": .string(logSHA256),
        ]
    }
}

extension DrillVerdict.Latency {
    /// The percentiles of `times`.
    init(of times: [Duration]) {
        let sorted = times.sorted()
        func percentile(_ share: Double) -> Double {
            guard let last = sorted.indices.last else { return 0 }
            let position = Int((Double(sorted.count) * share).rounded(.up)) - 1
            let microseconds = sorted[Swift.min(last, Swift.max(0, position))] / .microseconds(1)
            return microseconds.rounded() / 1000
        }
        self.init(
            p50: percentile(0.5),
            p90: percentile(0.9),
            p99: percentile(0.99),
            p99_9: percentile(0.999),
            max: percentile(1)
        )
    }
}
