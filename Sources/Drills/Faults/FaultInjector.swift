public import Storage
internal import Synchronization

/// Decides what happens to each call, counts it, and keeps a log: the heart of a drill, and of a
/// mock that is armed over an open store.
///
/// What happens to a call depends on the seed, the rule, the operation, the key and how often that
/// operation hit that key, so that the same faults come however calls interleave. `nth`, `every`,
/// `once` and `burst` count the calls of a rule in the order in which they come.
public final class FaultInjector: Sendable {
    /// What happened so far.
    public struct Counts: Hashable, Sendable {
        /// Calls.
        public var operations = 0
        /// Calls that ended in an error, the storage's own included.
        public var failed = 0
        /// Calls that waited.
        public var slow = 0
        /// Calls that were answered, or done, wrong.
        public var wrong = 0
        /// Calls that were done without an acknowledgement.
        public var unacknowledged = 0
    }

    private struct State {
        var counts = Counts()
        var rules: [FaultRule]
        /// How often each operation hit each key, by a hash of the two.
        var calls: [UInt64: Int] = [:]
        /// How often each rule matched, and fired.
        var matched: [Int]
        var fired: [Int]
        /// Which rules' `after` has come.
        var hasSeen: [Bool]
        /// How often each rule saw each operation on each key, by a hash of the three.
        var hits: [UInt64: Int] = [:]
        /// Bytes written, for quotas.
        var written = 0
        var log: [FaultLogEntry] = []
        var dropped = 0
    }

    /// What every draw depends on.
    public let seed: UInt64
    let clock: StorageClock
    private let start: Duration
    private let draw: KeyedDraw
    private let logLimit: Int
    private let state: Mutex<State>

    /// Arms `script`. `seed` wins over the script's own; with neither it is 0. Of the log at most
    /// `logLimit` entries wait to be taken.
    public init(
        _ script: FaultScript,
        seed: UInt64? = nil,
        clock: StorageClock = .system,
        logLimit: Int = 10_000
    ) {
        self.seed = seed ?? script.seed ?? 0
        self.clock = clock
        self.logLimit = logLimit
        start = clock.now()
        draw = KeyedDraw(seed: self.seed)
        let none = [Int](repeating: 0, count: script.rules.count)
        let unseen = [Bool](repeating: false, count: script.rules.count)
        state = Mutex(
            State(rules: script.rules, matched: none, fired: none, hasSeen: unseen)
        )
    }

    /// The rules, in order.
    public var rules: [FaultRule] {
        state.withLock { $0.rules }
    }

    /// What happened so far.
    public var counts: Counts {
        state.withLock { $0.counts }
    }

    /// How often each rule fired, in the script's order.
    public var firings: [(name: String, fired: Int)] {
        state.withLock { state in
            zip(state.rules, state.fired).map { ($0.label, $1) }
        }
    }

    /// The entries since the last time, oldest first.
    public func takeLog() -> [FaultLogEntry] {
        state.withLock { state in
            defer { state.log = [] }
            return state.log
        }
    }

    /// Time since the faults were armed.
    var elapsed: Duration {
        clock.now() - start
    }

    // MARK: Deciding

    /// Counts a call and says what is to happen to it.
    func plan(_ operation: StorageOperation, _ key: String) -> FaultPlan {
        let operation = FaultOperation(operation, key: key)
        let elapsed = elapsed
        return state.withLock { state in
            state.counts.operations += 1
            var plan = FaultPlan(operation: operation, key: key)
            let hash = draw.bits(operation.storageOperation, key: key, count: 0, purpose: 1)
            state.calls[hash, default: 0] += 1
            for (number, rule) in state.rules.enumerated() {
                defer {
                    state.hasSeen[number] = state.hasSeen[number] || rule.waits(for: operation, key)
                }
                let effects = rule.effects.filter { $0.applies(to: operation) }
                guard rule.operations.contains(operation), rule.keys.matches(key), !effects.isEmpty
                else { continue }
                state.matched[number] += 1
                let chance = chance(rule, operation, key, &state)
                let isNow = rule.conditions.allSatisfy { condition in
                    holds(condition, chance, state.matched[number], state.hasSeen[number], elapsed)
                }
                guard isNow else { continue }
                state.fired[number] += 1
                for effect in effects {
                    plan.steps.append(.init(effect: effect, rule: rule.label, chance: chance))
                }
            }
            return plan
        }
    }

    private func chance(
        _ rule: FaultRule,
        _ operation: FaultOperation,
        _ key: String,
        _ state: inout State
    ) -> FaultPlan.Chance {
        let call = operation.storageOperation
        let identity = draw.bits(rule: rule.label, call, key: key, count: 0, purpose: 1)
        var count = state.hits[identity, default: 0]
        state.hits[identity] = count + 1
        if rule.isUniversal {
            // The same count, also for a rule that was added on the way.
            let hash = draw.bits(call, key: key, count: 0, purpose: 1)
            count = state.calls[hash, default: 1] - 1
        }
        return .init(draw: draw, rule: rule.label, operation: call, key: key, count: count)
    }

    private func holds(
        _ condition: FaultCondition,
        _ chance: FaultPlan.Chance,
        _ matched: Int,
        _ hasSeen: Bool,
        _ elapsed: Duration
    ) -> Bool {
        switch condition {
        case .always: true
        case .share(let share): chance.unit(0) < share
        case .nth(let range): range.contains(matched)
        case .every(let period): matched % period == 0
        case .window(let window): window.contains(elapsed)
        case .after: hasSeen
        case .burst(let count, let period): (matched - 1) % period < count
        }
    }

    // MARK: Changing

    /// Arms one more rule. One about every operation and key, whose effects apply to all, counts and
    /// draws as if it had been there from the start.
    public func add(_ rule: FaultRule) {
        state.withLock { state in
            state.rules.append(rule)
            state.matched.append(rule.isUniversal ? state.counts.operations : 0)
            state.fired.append(0)
            state.hasSeen.append(false)
        }
    }

    /// Puts `rule` in the place of the one that is called `label`.
    public func replace(_ label: String, with rule: FaultRule) {
        state.withLock { state in
            guard let place = state.rules.firstIndex(where: { $0.label == label }) else { return }
            state.rules[place] = rule
        }
    }

    /// Takes away the rule that is called `label`.
    public func remove(_ label: String) {
        state.withLock { state in
            guard let place = state.rules.firstIndex(where: { $0.label == label }) else { return }
            state.rules.remove(at: place)
            state.matched.remove(at: place)
            state.fired.remove(at: place)
            state.hasSeen.remove(at: place)
        }
    }

    // MARK: Recording

    /// Whether `count` more bytes stay within `quota`; they count from then on.
    func reserve(_ count: Int, within quota: Int) -> Bool {
        state.withLock { state in
            let (sum, over) = state.written.addingReportingOverflow(count)
            guard !over, sum <= quota else { return false }
            state.written = sum
            return true
        }
    }

    /// Counts what came of a call, and logs it.
    func record(_ plan: FaultPlan, _ outcome: FaultLogEntry.Outcome, _ detail: String) {
        let entry = FaultLogEntry(
            time: elapsed,
            operation: plan.operation,
            key: plan.key,
            outcome: outcome,
            detail: detail
        )
        state.withLock { state in
            switch outcome {
            case .failed: state.counts.failed += 1
            case .slow: state.counts.slow += 1
            case .wrong: state.counts.wrong += 1
            case .unacknowledged: state.counts.unacknowledged += 1
            }
            if state.log.count < logLimit { state.log.append(entry) } else { state.dropped += 1 }
        }
    }

    /// Counts an error of the storage itself.
    func recordFailure() {
        state.withLock { $0.counts.failed += 1 }
    }
}

extension FaultRule {
    /// Whether the rule is about every call.
    fileprivate var isUniversal: Bool {
        operations.count == FaultOperation.allCases.count && keys.text == "**"
            && effects.allSatisfy { effect in
                FaultOperation.allCases.allSatisfy { effect.applies(to: $0) }
            }
    }

    /// Whether the rule waits for a call like this.
    fileprivate func waits(for operation: FaultOperation, _ key: String) -> Bool {
        conditions.contains { condition in
            guard case .after(let operations, let keys) = condition else { return false }
            return operations.contains(operation) && keys.matches(key)
        }
    }
}
