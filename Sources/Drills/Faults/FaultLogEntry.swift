/// Something that a rule did to a call.
public struct FaultLogEntry: Hashable, Sendable {
    /// What the caller got.
    public enum Outcome: String, Hashable, Sendable {
        /// An error; nothing was done.
        case failed
        /// The right answer, late.
        case slow
        /// A wrong answer, or a wrong deed, without an error.
        case wrong
        /// An error that does not say whether it was done.
        case unacknowledged
    }

    /// Time since the faults were armed.
    public var time: Duration
    /// What was asked.
    public var operation: FaultOperation
    /// Of which key. Untrusted text.
    public var key: String
    /// What the caller got.
    public var outcome: Outcome
    /// How and by which rule: `error 503 by [flaky]`.
    public var detail: String
}
