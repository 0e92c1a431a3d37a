internal import Synchronization

/// Counts how often one operation was tried again, for whoever called it.
///
/// Bind one to ``current`` around a call: every ``Retry`` on the way adds to it.
public final class RetryTally: Sendable {
    /// The tally of the operation that is being performed; `nil` where nobody asked.
    @TaskLocal public static var current: RetryTally?

    private let number = Atomic(0)

    /// Makes a tally at zero.
    public init() {}

    /// How often the operation was tried again.
    public var count: Int {
        number.load(ordering: .relaxed)
    }

    /// Counts one more try.
    func add() {
        number.wrappingAdd(1, ordering: .relaxed)
    }
}
