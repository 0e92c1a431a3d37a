public import Storage
internal import Synchronization

extension LayerDescriptor {
    /// Another try after failures that may pass.
    public static let retry = LayerDescriptor(
        id: "retry",
        summary: "tries temporary failures again, with growing random waits and a budget",
        options: [
            OptionDescriptor(
                "attempts",
                .integer,
                default: "3",
                help: "tries in all, from 1 to 10"
            ),
            OptionDescriptor(
                "base",
                .duration,
                default: "50ms",
                help: "longest first wait; doubles with every try"
            ),
            OptionDescriptor("cap", .duration, default: "20s", help: "longest wait"),
            OptionDescriptor("seed", .integer, default: "0", help: "decides the waits"),
        ],
        example: "retry:attempts=5"
    ) { storage, configuration throws(StorageError) in
        let options = configuration.options
        let attempts = options.integer("attempts") ?? 3
        guard (1...10).contains(attempts) else {
            let message = "retry: attempts is from 1 to 10, not \(attempts)"
            throw StorageError(.invalidConfiguration, .open, message)
        }
        let policy = RetryPolicy(
            attempts: attempts,
            base: options.duration("base") ?? .milliseconds(50),
            cap: options.duration("cap") ?? .seconds(20)
        )
        let seed = UInt64(options.integer("seed") ?? 0)
        return storage.intercepted(by: Retry(policy, seed: seed, clock: configuration.clock))
    }
}

/// Tries temporary failures again.
///
/// Every operation of both contracts may be repeated as it was issued: reads, listings, deletes,
/// and writes of the same bytes. A failure that is left after the last try, or for want of budget,
/// is marked `.exhausted`, so that an outer layer does not begin anew.
public final class Retry: Interceptor {
    /// What happened so far.
    public struct Counts: Hashable, Sendable {
        /// Operations.
        public var calls = 0
        /// Tries, first ones included.
        public var attempts = 0
        /// Operations that succeeded after a failure.
        public var rescued = 0
        /// Operations that failed for good after being tried again.
        public var exhausted = 0
        /// Retries that the budget refused.
        public var refused = 0
    }

    private struct State {
        var budget: RetryBudget
        var counts = Counts()
        var drawn = 0
    }

    /// How often and after what wait.
    public let policy: RetryPolicy
    /// Tokens for retries at first.
    public let budgetCapacity: Int
    private let draw: KeyedDraw
    private let clock: StorageClock
    private let state: Mutex<State>

    /// Makes a layer with a full budget.
    public init(
        _ policy: RetryPolicy = RetryPolicy(),
        budget: RetryBudget = RetryBudget(),
        seed: UInt64 = 0,
        clock: StorageClock = .system
    ) {
        self.policy = policy
        budgetCapacity = budget.capacity
        draw = KeyedDraw(seed: seed)
        self.clock = clock
        state = Mutex(State(budget: budget))
    }

    /// What happened so far.
    public var counts: Counts {
        state.withLock { $0.counts }
    }

    /// Tokens left for retries.
    public var budgetLeft: Int {
        state.withLock { $0.budget.tokens }
    }

    /// Performs the operation, as often as policy and budget allow.
    public func intercept<Answer: Sendable>(
        _ call: StorageCall,
        _ next: @escaping @Sendable () async throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        state.withLock { $0.counts.calls += 1 }
        var number = 0
        var paid = 0
        // Once a try may have done it, no later failure can say that it was not done.
        var mayBeDone = false
        while true {
            state.withLock { $0.counts.attempts += 1 }
            do throws(StorageError) {
                let answer = try await next()
                succeeded(afterRetries: number, paid)
                return answer
            } catch {
                mayBeDone = mayBeDone || error.outcome == .unknown
                var error = error
                if mayBeDone { error.outcome = .unknown }
                let cost = try mayRetry(error, number)
                paid = cost
                try await clock.pause(wait(after: error, number, call), before: call)
                number += 1
                RetryTally.current?.add()
            }
        }
    }

    /// A success pays its last retry back; one without a retry pays one token.
    private func succeeded(afterRetries number: Int, _ paid: Int) {
        state.withLock { state in
            state.budget.giveBack(number == 0 ? 1 : paid)
            if number > 0 { state.counts.rescued += 1 }
        }
    }

    /// Pays for a retry, or throws what the caller is to get.
    private func mayRetry(_ error: StorageError, _ number: Int) throws(StorageError) -> Int {
        guard policy.allows(error) else { throw error }
        let cost = RetryBudget.cost(isThrottled: error.code == .throttled)
        var left = error
        left.persistence = .exhausted
        guard number + 1 < policy.attempts else {
            guard number > 0 else { throw error }
            left.message += ", after \(number + 1) tries"
            state.withLock { $0.counts.exhausted += 1 }
            throw left
        }
        let isPaid = state.withLock { state in
            let isPaid = state.budget.take(cost)
            if !isPaid { state.counts.refused += 1 }
            return isPaid
        }
        guard isPaid else {
            left.message += ", and the retry budget is empty"
            throw left
        }
        return cost
    }

    private func wait(after error: StorageError, _ number: Int, _ call: StorageCall) -> Duration {
        let count = state.withLock { state in
            state.drawn += 1
            return state.drawn
        }
        let unit = draw.unit(call.operation, key: "", count: count)
        return policy.wait(after: error, number: number, unit: unit)
    }
}
