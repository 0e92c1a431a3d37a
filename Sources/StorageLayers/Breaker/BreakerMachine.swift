/// The states of a breaker as a value: time and chance are given to it, so that every run repeats.
///
/// Whoever wants to call enters first; who was admitted leaves with the outcome. Closed, it looks at
/// the outcomes and opens when too many are failures or slow. Open, it refuses until a moment. Then, half
/// open, it admits a few probes, and decides by them alone.
public struct BreakerMachine: Sendable {
    /// How it stands.
    public enum State: Equatable, Sendable {
        /// Calls go through.
        case closed
        /// Calls are refused until that moment.
        case open(until: Duration)
        /// A few calls go through, to see how they end.
        case halfOpen
    }

    /// What a call that was admitted gives back.
    public struct Permission: Equatable, Sendable {
        /// Since which transition; a call of an earlier one is late.
        fileprivate let epoch: Int
    }

    /// The answer to whoever wants to call.
    public enum Entry: Equatable, Sendable {
        /// The call may be made, and is to leave with this.
        case admitted(Permission)
        /// The call is not to be made before that moment.
        case refused(until: Duration)
    }

    /// What a call tells of the storage.
    public enum Outcome: Sendable {
        /// It answers.
        case success
        /// It does not.
        case failure
        /// Nothing: the call gives its permission back, and is not counted.
        case ignored
    }

    /// What happened so far.
    public struct Counts: Sendable {
        /// How often it opened.
        public var opened = 0
        /// Calls that were refused.
        public var refused = 0
        /// Outcomes of calls that were admitted before the last transition, and changed nothing.
        public var late = 0
    }

    /// When it opens and closes.
    public let policy: BreakerPolicy
    /// What happened so far.
    public private(set) var counts = Counts()
    /// How it stood at the moment that it was told last.
    public private(set) var state = State.closed
    /// How many calls failed or were slow when it opened last, and of how many.
    public private(set) var reason = (failed: 0, slow: 0, calls: 0)
    private var window: OutcomeWindow
    private var epoch = 0
    /// How often it opened since it was closed.
    private var openings = 0
    /// Probes that are on their way or have ended, and when the last of them began.
    private var granted = 0
    private var lastGrant = Duration.zero
    private let jitter: @Sendable (Int) -> Double

    /// Makes a closed breaker. `jitter` is a number from 0 to 1 for the so-manieth opening, from 1.
    public init(_ policy: BreakerPolicy, jitter: @escaping @Sendable (Int) -> Double) {
        self.policy = policy
        self.jitter = jitter
        window = OutcomeWindow(policy.window)
    }

    /// How it stands at `now`.
    public func state(at now: Duration) -> State {
        var copy = self
        copy.pass(to: now)
        return copy.state
    }

    /// Asks to make a call at `now`.
    public mutating func enter(at now: Duration) -> Entry {
        pass(to: now)
        switch state {
        case .closed: return .admitted(Permission(epoch: epoch))
        case .open(let until): return refuse(until)
        case .halfOpen:
            guard granted < policy.probes else { return refuse(lastGrant + policy.probeLimit) }
            granted += 1
            lastGrant = now
            return .admitted(Permission(epoch: epoch))
        }
    }

    /// Ends a call that took `time` and ended at `now`.
    public mutating func leave(
        _ permission: Permission,
        _ outcome: Outcome,
        after time: Duration,
        at now: Duration
    ) {
        pass(to: now)
        guard permission.epoch == epoch else {
            counts.late += 1
            return
        }
        guard outcome != .ignored else {
            if state == .halfOpen { granted -= 1 }
            return
        }
        let isSlow = time > policy.slowAfter
        window.add(isFailed: outcome == .failure, isSlow: isSlow, at: now)
        let isHalfOpen = state == .halfOpen
        let least = isHalfOpen ? policy.probes : policy.leastCallsInWindow
        guard window.total.calls >= least else { return }
        if policy.trips(window.total) {
            open(at: now)
        } else if isHalfOpen {
            openings = 0
            turn(.closed, policy.window)
        }
    }

    /// Does what time alone does: an open breaker becomes half open, and one whose probes do not come
    /// back opens again.
    private mutating func pass(to now: Duration) {
        if state == .halfOpen, granted == policy.probes, now >= lastGrant + policy.probeLimit {
            open(at: lastGrant + policy.probeLimit)
        }
        if case .open(let until) = state, now >= until {
            granted = 0
            // Only the probes count, however long they take.
            turn(.halfOpen, .calls(policy.probes))
        }
    }

    private mutating func refuse(_ until: Duration) -> Entry {
        counts.refused += 1
        return .refused(until: until)
    }

    private mutating func open(at moment: Duration) {
        counts.opened += 1
        reason = (window.total.failed, window.total.slow, window.total.calls)
        let wait = policy.wait(openings: openings, unit: jitter(counts.opened))
        openings += 1
        turn(.open(until: moment + wait), policy.window)
    }

    private mutating func turn(_ state: State, _ window: BreakerPolicy.Window) {
        self.state = state
        self.window = OutcomeWindow(window)
        epoch += 1
    }
}
