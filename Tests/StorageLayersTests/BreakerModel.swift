import StorageLayers

/// A breaker that remembers everything and counts it anew each time: slow, and simple to believe.
struct BreakerModel {
    enum State: Equatable {
        case closed
        case open(until: Duration)
        case halfOpen
    }

    private struct Ended {
        var second: Int64
        var isFailed: Bool
        var isSlow: Bool
    }

    private let policy: BreakerPolicy
    private let jitter: (Int) -> Double
    private(set) var state = State.closed
    private(set) var opened = 0
    private(set) var refused = 0
    private(set) var late = 0
    /// Calls that ended since the last transition, and the tickets of those that began since.
    private var ended: [Ended] = []
    private var begun: Set<Int> = []
    private var lastProbe = Duration.zero
    private var inARow = 0
    private var tickets = 0

    init(_ policy: BreakerPolicy, jitter: @escaping (Int) -> Double) {
        self.policy = policy
        self.jitter = jitter
    }

    /// The ticket of a call that may be made; `nil` for one that may not.
    mutating func ask(_ now: Duration) -> Int? {
        look(now)
        var isAllowed = true
        if case .open = state { isAllowed = false }
        if state == .halfOpen, begun.count + ended.count == policy.probes { isAllowed = false }
        guard isAllowed else {
            refused += 1
            return nil
        }
        if state == .halfOpen { lastProbe = now }
        tickets += 1
        begun.insert(tickets)
        return tickets
    }

    /// `isFailed` is `nil` for what tells nothing.
    mutating func tell(_ ticket: Int, isFailed: Bool?, took: Duration, _ now: Duration) {
        look(now)
        guard begun.remove(ticket) != nil else {
            late += 1
            return
        }
        guard let isFailed else { return }
        let isSlow = took > policy.slowAfter
        ended.append(
            Ended(second: now.components.seconds, isFailed: isFailed, isSlow: isSlow)
        )
        let seen = relevant(now)
        switch state {
        case .open: break
        case .halfOpen:
            guard seen.count == policy.probes else { return }
            if isTooMuch(seen) {
                open(now)
            } else {
                inARow = 0
                become(.closed)
            }
        case .closed:
            var least = policy.leastCalls
            if case .calls(let count) = policy.window { least = min(least, count) }
            if seen.count >= least, isTooMuch(seen) { open(now) }
        }
    }

    mutating func look(_ now: Duration) {
        let isFull = begun.count + ended.count == policy.probes
        if state == .halfOpen, isFull, now - lastProbe >= policy.probeLimit {
            open(lastProbe + policy.probeLimit)
        }
        if case .open(let until) = state, until <= now { become(.halfOpen) }
    }

    private func relevant(_ now: Duration) -> [Ended] {
        guard state != .halfOpen else { return ended }
        switch policy.window {
        case .calls(let count): return ended.suffix(count)
        case .seconds(let count):
            let first = now.components.seconds - Int64(count) + 1
            return ended.filter { $0.second >= first }
        }
    }

    private func isTooMuch(_ seen: [Ended]) -> Bool {
        let failed = seen.filter(\.isFailed).count
        let slow = seen.filter(\.isSlow).count
        return Double(failed) / Double(seen.count) >= policy.failures
            || Double(slow) / Double(seen.count) >= policy.slow
    }

    private mutating func open(_ moment: Duration) {
        opened += 1
        var wait = policy.open
        for _ in 0..<inARow where wait < policy.longestOpen { wait += wait }
        if wait > policy.longestOpen { wait = policy.longestOpen }
        inARow += 1
        become(.open(until: moment + wait * (1 - 0.2 * jitter(opened))))
    }

    private mutating func become(_ next: State) {
        state = next
        ended = []
        begun = []
    }
}
