/// How the open storage has answered so far, in figures.
public struct OperationMeter: Hashable, Sendable {
    /// How one kind of operation was answered, or all of them together.
    public struct Kind: Hashable, Sendable {
        /// The operation's word; empty for all together.
        public var operation: String
        /// Operations that ended.
        public var count = 0
        /// Those that failed.
        public var failed = 0
        /// Those that would have changed something and were stopped: nobody knows whether they did.
        public var unknown = 0
        /// Those that found no object.
        public var absent = 0
        /// How often they were tried again.
        public var retries = 0
        /// Bytes that came or went.
        public var bytes = 0
        /// Half took no longer, in microseconds.
        public var p50 = 0
        /// 90 % took no longer.
        public var p90 = 0
        /// 99 % took no longer.
        public var p99 = 0
        /// None took longer.
        public var longest = 0

        /// Makes a kind of which nothing happened.
        public init(_ operation: String = "") {
            self.operation = operation
        }

        /// The share that failed, from 0 to 1.
        public var errorRate: Double {
            count == 0 ? 0 : Double(failed) / Double(count)
        }
    }

    /// What ended in one second.
    public struct Second: Hashable, Sendable {
        /// Operations that ended.
        public var count = 0
        /// Those that failed.
        public var failed = 0
        /// Bytes that came or went.
        public var bytes = 0

        /// Makes a second in which nothing happened.
        public init() {}
    }

    /// All operations together.
    public var total = Kind()
    /// Each kind that occurred, the most frequent first.
    public var kinds: [Kind] = []
    /// The 60 seconds up to the latest operation, oldest first; empty before the first.
    public var seconds: [Second] = []
    /// Operations that began and have not ended.
    public var inFlight = 0
    /// How the breakers around the storage stand; empty where no layer is one.
    public var breakers: [BreakerStanding] = []

    /// Makes a meter of storage that was asked nothing.
    public init() {}
}

extension OperationMeter {
    /// `0.10/2.20 ms`: half of the operations and 99 in 100 of them were at least so fast.
    var latencyText: String {
        Format.latencies(total.p50, total.p99)
    }

    /// The share of operations that failed.
    var errorText: String {
        Format.percent(total.failed, of: total.count)
    }
}
