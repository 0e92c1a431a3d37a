/// How a mock overlay misbehaves.
public struct MockSettings: Hashable, Sendable {
    /// How often an operation fails, from 0 to 1.
    public var errorRate: Double
    /// How late every operation answers, in milliseconds.
    public var latencyMilliseconds: Int
    /// Decides every draw.
    public var seed: UInt64
    /// Rules in the drills' own language, separated by new lines; may be empty. The runner parses
    /// them and answers `.failed` where they are wrong.
    public var rules: String

    /// Makes settings.
    public init(
        errorRate: Double = 0.1,
        latencyMilliseconds: Int = 0,
        seed: UInt64 = 42,
        rules: String = ""
    ) {
        self.errorRate = errorRate
        self.latencyMilliseconds = latencyMilliseconds
        self.seed = seed
        self.rules = rules
    }
}

/// What an armed mock did so far. Counts are totals; the log holds what is new.
public struct MockReport: Hashable, Sendable {
    /// Operations asked of it.
    public var operations = 0
    /// Operations that it made fail.
    public var failed = 0
    /// Operations that it made late.
    public var slow = 0
    /// Reads that it answered with wrong bytes.
    public var wrong = 0
    /// How often each rule fired, by name.
    public var rules: [Fact] = []
    /// What it did to single operations since the last report: newest last.
    public var log: [MockLogEntry] = []

    /// Makes an empty report.
    public init() {}
}

/// One operation that the mock did something to.
public struct MockLogEntry: Hashable, Sendable {
    /// What it did.
    public enum Outcome: String, Hashable, Sendable {
        case failed, slow, wrong
    }

    /// Milliseconds since it was armed.
    public var milliseconds: Int
    /// The operation's word: `read`, `list`…
    public var operation: String
    /// The key: untrusted text.
    public var key: String
    /// What it did.
    public var outcome: Outcome
    /// The chunk it was about, where it was one: linear index, C order.
    public var chunk: Int?
    /// How and why, in a few words: `error 503 by [flaky]`.
    public var detail: String

    /// Makes an entry.
    public init(
        milliseconds: Int,
        operation: String,
        key: String,
        outcome: Outcome,
        chunk: Int? = nil,
        detail: String = ""
    ) {
        self.milliseconds = milliseconds
        self.operation = operation
        self.key = key
        self.outcome = outcome
        self.chunk = chunk
        self.detail = detail
    }
}
