/// What the open storage was asked since the last report.
public struct OperationReport: Hashable, Sendable {
    /// All of it so far, in figures.
    public var meter: OperationMeter
    /// Every operation that ended since the last report: newest last, and only as many as are kept.
    public var entries: [OperationEntry]

    /// Makes a report.
    public init(meter: OperationMeter = OperationMeter(), entries: [OperationEntry] = []) {
        self.meter = meter
        self.entries = entries
    }
}

/// One storage operation that ended.
public struct OperationEntry: Hashable, Sendable {
    /// How an operation ended.
    public enum Outcome: String, Hashable, Sendable {
        /// It succeeded.
        case done
        /// It succeeded: there definitely is no such object.
        case absent
        /// It failed; nothing is known of the object.
        case failed
        /// Whoever asked did not wait for it.
        case stopped
    }

    /// Its number since the store was opened, from 0.
    public var number: Int
    /// When it began, in milliseconds since 1970.
    public var moment: Int64
    /// The operation's word: `read`, `list`…
    public var operation: String
    /// The key, prefix or chunk, made visible; empty where there is none.
    public var key: String
    /// Which bytes were asked for, in words; empty for the whole object.
    public var range = ""
    /// Bytes that came or went, where there were any.
    public var bytes: Int?
    /// Names that a page of a listing held.
    public var names: Int?
    /// How long it took, in microseconds.
    public var microseconds: Int
    /// How it ended.
    public var outcome: Outcome
    /// The code of its error; empty without one.
    public var code = ""
    /// What its error says, made visible; empty without one.
    public var message = ""
    /// How often it was tried again on the way.
    public var retries = 0
    /// Whether it would have changed something and was stopped: nobody knows whether it did.
    public var isUnknown = false

    /// Whether it only asked which documents there are or what they say, and that succeeded: what the
    /// screens need besides what a person asked for.
    var isBookkeeping: Bool {
        guard outcome == .done || outcome == .absent, retries == 0 else { return false }
        if operation == "info" { return true }
        let start = key.utf8.lastIndex(of: UInt8(ascii: "/")).map { key.utf8.index(after: $0) }
        let name = String(key[(start ?? key.startIndex)...])
        return operation == "read" && Self.documents.contains(name)
    }

    private static let documents: Set<String> = [
        "zarr.json", ".zarray", ".zgroup", ".zattrs", ".zmetadata",
    ]

    /// Makes an entry of an operation that succeeded.
    public init(
        number: Int,
        moment: Int64,
        operation: String,
        key: String,
        microseconds: Int,
        outcome: Outcome = .done
    ) {
        self.number = number
        self.moment = moment
        self.operation = operation
        self.key = key
        self.microseconds = microseconds
        self.outcome = outcome
    }
}
