/// How the latest calls ended: a ring with running totals, so that each outcome costs the same.
struct OutcomeWindow: Sendable {
    /// So many calls, and what came of them.
    struct Counts: Sendable {
        var calls = 0
        var failed = 0
        var slow = 0

        fileprivate mutating func add(_ other: Counts, times sign: Int = 1) {
            calls += sign * other.calls
            failed += sign * other.failed
            slow += sign * other.slow
        }
    }

    /// What came of the calls in the window.
    private(set) var total = Counts()
    /// One outcome in each slot, or those of one second.
    private var slots: [Counts]
    private let isTimed: Bool
    /// The slot that was written last; of seconds also which second it is.
    private var newest = -1

    /// Makes an empty window.
    init(_ window: BreakerPolicy.Window) {
        switch window {
        case .calls(let count):
            slots = [Counts](repeating: Counts(), count: max(1, count))
            isTimed = false
        case .seconds(let count):
            slots = [Counts](repeating: Counts(), count: max(1, count))
            isTimed = true
        }
    }

    /// Adds the outcome of a call that ended at `now`.
    mutating func add(isFailed: Bool, isSlow: Bool, at now: Duration) {
        let outcome = Counts(calls: 1, failed: isFailed ? 1 : 0, slow: isSlow ? 1 : 0)
        if isTimed {
            pass(to: now)
        } else {
            newest = (newest + 1) % slots.count
            empty(newest)
        }
        slots[newest % slots.count].add(outcome)
        total.add(outcome)
    }

    /// Forgets the seconds that have gone out of the window.
    private mutating func pass(to now: Duration) {
        let second = Int(max(0, now.components.seconds))
        guard second > newest else { return }
        for passed in max(newest + 1, second - slots.count + 1)...second {
            empty(passed % slots.count)
        }
        newest = second
    }

    private mutating func empty(_ slot: Int) {
        total.add(slots[slot], times: -1)
        slots[slot] = Counts()
    }
}
