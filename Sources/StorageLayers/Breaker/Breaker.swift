public import Storage
internal import Synchronization

/// Stops asking storage that fails or is slow, and sees now and then whether it answers again.
///
/// Reads and writes have a breaker each. While one is open, its calls are answered at once with
/// `.circuitOpen`, which says when to try again, and the storage is not asked. It belongs inside of
/// `retry`: what it refuses is marked `.exhausted`, so that nothing tries it again.
public final class Breaker: Interceptor {
    /// Operations that share a breaker.
    public enum Side: String, Sendable, CaseIterable {
        /// What changes nothing.
        case reads
        /// What changes something.
        case writes

        /// The side of an operation.
        public init(_ operation: StorageOperation) {
            switch operation {
            case .open, .exists, .read, .list, .info, .readMetadata: self = .reads
            case .create, .write, .delete, .writeMetadata: self = .writes
            }
        }
    }

    /// How one side stands.
    public struct Standing: Sendable {
        /// Which side.
        public var side: Side
        /// How it stands now.
        public var state: BreakerMachine.State
        /// How long it refuses calls from now on; zero where it does not.
        public var wait: Duration
        /// What happened so far.
        public var counts: BreakerMachine.Counts
        /// Why it opened last, such as `10 of 20 calls failed`; empty where it never did.
        public var reason: String
    }

    private struct Machines {
        var reads: BreakerMachine
        var writes: BreakerMachine

        /// Asks to make a call; also how it stands, in words, where the answer is no.
        mutating func enter(_ side: Side, at now: Duration) -> (BreakerMachine.Entry, String) {
            let entry = side == .reads ? reads.enter(at: now) : writes.enter(at: now)
            guard case .refused = entry else { return (entry, "") }
            return (entry, side == .reads ? reads.standing : writes.standing)
        }
    }

    /// When it opens and closes.
    public let policy: BreakerPolicy
    private let clock: StorageClock
    private let machines: Mutex<Machines>

    /// Makes a closed breaker for each side.
    public init(
        _ policy: BreakerPolicy = BreakerPolicy(),
        seed: UInt64 = 0,
        clock: StorageClock = .system
    ) {
        self.policy = policy
        self.clock = clock
        let draw = KeyedDraw(seed: seed)
        func machine(_ side: Side) -> BreakerMachine {
            BreakerMachine(policy) { opening in
                draw.unit(rule: "breaker", .open, key: side.rawValue, count: opening)
            }
        }
        machines = Mutex(Machines(reads: machine(.reads), writes: machine(.writes)))
    }

    /// How both sides stand: reads, then writes.
    public var standings: [Standing] {
        let now = clock.now()
        let machines = machines.withLock { $0 }
        return Side.allCases.map { side in
            let machine = side == .reads ? machines.reads : machines.writes
            let state = machine.state(at: now)
            var wait = Duration.zero
            if case .open(let until) = state { wait = until - now }
            return Standing(
                side: side,
                state: state,
                wait: wait,
                counts: machine.counts,
                reason: machine.why
            )
        }
    }

    /// Performs the operation, or refuses it without asking the storage.
    public func intercept<Answer: Sendable>(
        _ call: StorageCall,
        _ next: @escaping @Sendable () async throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        let side = Side(call.operation)
        let (permission, start) = try enter(side, call)
        do throws(StorageError) {
            let answer = try await next()
            leave(side, permission, Self.isAbsence(answer, call) ? .ignored : .success, start)
            return answer
        } catch {
            leave(side, permission, Self.counts(error) ? .failure : .ignored, start)
            throw error
        }
    }

    /// Whether an error counts as a failure: it says that the storage does not do what it should, and
    /// not that a question or the right to ask was wrong, an object is damaged, or nobody waits any more.
    public static func counts(_ error: StorageError) -> Bool {
        switch error.code {
        case .timeout, .unreachable, .throttled, .server, .ioError, .incomplete, .tooMany,
            .internal:
            true
        case .notFound, .exists, .conflict, .invalidKey, .invalidLocator, .invalidConfiguration,
            .unsupported, .readOnly, .unauthenticated, .forbidden, .noSpace, .quota, .tooLarge,
            .corrupt, .circuitOpen, .cancelled:
            false
        }
    }

    private func enter(
        _ side: Side,
        _ call: StorageCall
    ) throws(StorageError) -> (BreakerMachine.Permission, Duration) {
        let (entry, now, why) = machines.withLock { machines in
            let now = clock.now()
            let (entry, why) = machines.enter(side, at: now)
            return (entry, now, why)
        }
        switch entry {
        case .admitted(let permission): return (permission, now)
        case .refused(let until): throw Self.refusal(call, side, why, until - now)
        }
    }

    private func leave(
        _ side: Side,
        _ permission: BreakerMachine.Permission,
        _ outcome: BreakerMachine.Outcome,
        _ start: Duration
    ) {
        machines.withLock { machines in
            let now = clock.now()
            switch side {
            case .reads: machines.reads.leave(permission, outcome, after: now - start, at: now)
            case .writes: machines.writes.leave(permission, outcome, after: now - start, at: now)
            }
        }
    }

    private static func refusal(
        _ call: StorageCall,
        _ side: Side,
        _ why: String,
        _ wait: Duration
    ) -> StorageError {
        let tenths = Int((wait / .milliseconds(100)).rounded(.up))
        return StorageError(
            .circuitOpen,
            call.operation,
            key: call.key.isEmpty ? nil : call.key,
            "not asked: the breaker for \(side.rawValue) is \(why);"
                + " next try in \(tenths / 10).\(tenths % 10) s",
            persistence: .exhausted,
            retryAfter: wait
        )
    }

    /// Whether an answer says that there is no such object, which tells nothing of the storage's health.
    private static func isAbsence(_ answer: some Sendable, _ call: StorageCall) -> Bool {
        // The end of a listing is `nil` as well.
        guard call.operation != .list else { return false }
        // A `nil` of any type can be had as one of this.
        if let bytes = answer as? [UInt8]? { return bytes == nil }
        return answer as? Bool == false
    }
}

extension BreakerMachine {
    /// How it stands and why, in words.
    fileprivate var standing: String {
        switch state {
        case .closed: "closed"
        case .open: "open since \(why)"
        case .halfOpen: "half-open and its probes are on their way"
        }
    }

    /// Why it opened last, in words; empty where it never did.
    fileprivate var why: String {
        guard counts.opened > 0 else { return "" }
        guard reason.failed > 0 || reason.slow > 0 else {
            return "its probes did not come back"
        }
        let isFailing = policy.trips(.init(calls: reason.calls, failed: reason.failed, slow: 0))
        let (count, what) = isFailing ? (reason.failed, "failed") : (reason.slow, "were slow")
        return "\(count) of \(reason.calls) calls \(what)"
    }
}

extension OpenedStorage {
    /// The breakers around the storage, outermost first.
    public var breakers: [Breaker] {
        interceptors.compactMap { $0 as? Breaker }
    }
}
