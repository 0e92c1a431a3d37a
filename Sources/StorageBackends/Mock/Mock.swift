public import Storage
internal import Synchronization

/// What makes storage a mock: it waits, records every call, and fails some of them on purpose.
///
/// A call that fails does nothing to what is underneath. Which calls fail depends on the seed, the
/// operation, the key and how often that operation hit that key, so one seed gives one set of
/// faults, however threads interleave.
public final class Mock: Interceptor {
    /// How it misbehaves.
    public struct Behaviour: Sendable {
        /// Share of calls that fail, in `0...1`.
        public var errorRate: Double
        /// Whether calls fail at all.
        public var simulatesErrors: Bool
        /// Operations that always fail.
        public var failOn: Set<StorageOperation>
        /// What a call fails with.
        public var error: StorageError.Code
        /// How long each call takes before anything happens.
        public var delay: Duration
        /// What every draw depends on.
        public var seed: UInt64

        /// A mock that behaves well unless told otherwise.
        public init(
            errorRate: Double = 0,
            simulatesErrors: Bool = true,
            failOn: Set<StorageOperation> = [],
            error: StorageError.Code = .server,
            delay: Duration = .zero,
            seed: UInt64 = 0
        ) {
            self.errorRate = errorRate
            self.simulatesErrors = simulatesErrors
            self.failOn = failOn
            self.error = error
            self.delay = delay
            self.seed = seed
        }
    }

    /// A call as it was recorded.
    public struct Record: Hashable, Sendable {
        /// What was asked.
        public var call: StorageCall
        /// Whether it was made to fail.
        public var wasFailed: Bool
    }

    private struct State {
        var records: [Record] = []
        var counts: [StorageOperation: Int] = [:]
        var failures = 0
        /// How often each operation hit each key, by a hash of both.
        var hits: [UInt64: Int] = [:]
    }

    /// Records kept; counting goes on beyond.
    private static let recordLimit = 10_000

    /// How it misbehaves.
    public let behaviour: Behaviour
    private let clock: StorageClock
    private let draw: KeyedDraw
    private let state = Mutex(State())

    /// Makes a mock.
    public init(_ behaviour: Behaviour, clock: StorageClock = .system) {
        self.behaviour = behaviour
        self.clock = clock
        draw = KeyedDraw(seed: behaviour.seed)
    }

    /// The first calls, in the order in which they came, failed ones included.
    public var records: [Record] {
        state.withLock { $0.records }
    }

    /// How many calls there were of `operation`, or of all.
    public func count(of operation: StorageOperation? = nil) -> Int {
        state.withLock { state in
            operation.map { state.counts[$0, default: 0] } ?? state.counts.values.reduce(0, +)
        }
    }

    /// How many calls were made to fail.
    public var failureCount: Int {
        state.withLock { $0.failures }
    }

    /// Forgets records and counts; the draws begin anew.
    public func reset() {
        state.withLock { $0 = State() }
    }

    /// Waits, records, and fails or goes on.
    public func intercept<Answer: Sendable>(
        _ call: StorageCall,
        _ next: @escaping @Sendable () async throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        try await clock.pause(behaviour.delay, before: call)
        if record(call) {
            throw StorageError(
                behaviour.error,
                call.operation,
                key: call.key,
                "injected by the mock backend",
                persistence: behaviour.error.isTemporary ? .temporary : .permanent
            )
        }
        return try await next()
    }

    /// Notes the call; whether it is to fail.
    private func record(_ call: StorageCall) -> Bool {
        let identity = draw.bits(call.operation, key: call.key, count: 0, purpose: 1)
        return state.withLock { state in
            let hit = state.hits[identity, default: 0]
            state.hits[identity] = hit + 1
            let fails =
                behaviour.simulatesErrors
                && (behaviour.failOn.contains(call.operation)
                    || draw.unit(call.operation, key: call.key, count: hit) < behaviour.errorRate)
            state.counts[call.operation, default: 0] += 1
            if fails { state.failures += 1 }
            if state.records.count < Self.recordLimit {
                state.records.append(Record(call: call, wasFailed: fails))
            }
            return fails
        }
    }
}
