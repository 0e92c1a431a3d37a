internal import Storage
internal import StorageLayers
internal import Synchronization

/// Stands between the layers and the failing storage, and sees which calls arrive there: none while a
/// breaker is open, and of those that fail no more in a row than a breaker needs to open.
///
/// For one task at a time.
final class BreakerWatch: Interceptor {
    fileprivate struct State {
        var breakers: [Breaker] = []
        /// Of reads and of writes, failed calls in a row since the last that succeeded, or since a breaker opened.
        var runs = [0, 0]
        /// How often a breaker of each side opened, when it was looked at last.
        var opened = [0, 0]
        var longestRun = 0
        var passed = 0
        var probes = 0
    }

    private let state = Mutex(State())

    /// From now on goes by these breakers, which lie around it.
    func begin(_ breakers: [Breaker]) {
        state.withLock { $0.breakers = breakers }
    }

    /// The breakers, outermost first.
    var breakers: [Breaker] {
        state.withLock { $0.breakers }
    }

    /// Calls that breakers refused.
    var refusedCount: Int {
        breakers.reduce(0) { sum, breaker in
            breaker.standings.reduce(sum) { $0 + $1.counts.refused }
        }
    }

    /// Calls that arrived while a breaker was half open.
    var probeCount: Int {
        state.withLock { $0.probes }
    }

    func intercept<Answer: Sendable>(
        _ call: StorageCall,
        _ next: @escaping @Sendable () async throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        let side = Breaker.Side(call.operation)
        arrive(side)
        do throws(StorageError) {
            let answer = try await next()
            state.withLock { $0.runs[Self.place(side)] = 0 }
            return answer
        } catch {
            if Breaker.counts(error) { state.withLock { $0.runs[Self.place(side)] += 1 } }
            throw error
        }
    }

    fileprivate static func place(_ side: Breaker.Side) -> Int {
        side == .reads ? 0 : 1
    }

    /// Notes that a call arrives, and how many failed before it.
    private func arrive(_ side: Breaker.Side) {
        state.withLock { state in
            let standings = state.breakers.flatMap(\.standings).filter { $0.side == side }
            guard !standings.isEmpty else { return }
            if standings.contains(where: { $0.wait > .zero }) { state.passed += 1 }
            if standings.contains(where: { $0.state == .halfOpen }) { state.probes += 1 }
            state.note(side, opened: standings.reduce(0) { $0 + $1.counts.opened })
        }
    }

    /// What the breakers did; `nil` where there are none.
    func verdict(mustOpen: Bool) -> DrillVerdict.Breaker? {
        state.withLock { state -> DrillVerdict.Breaker? in
            guard !state.breakers.isEmpty else { return nil }
            var verdict = DrillVerdict.Breaker()
            let standings = state.breakers.flatMap(\.standings)
            for side in Breaker.Side.allCases {
                let opened = standings.filter { $0.side == side }
                    .reduce(0) { $0 + $1.counts.opened }
                state.note(side, opened: opened)
            }
            verdict.opened = standings.reduce(0) { $0 + $1.counts.opened }
            verdict.refused = standings.reduce(0) { $0 + $1.counts.refused }
            verdict.passed = state.passed
            verdict.longestRun = state.longestRun
            verdict.longestRunAllowed = state.breakers.map(\.policy.window).compactMap(\.callCount)
                .max()
            verdict.isOpen = standings.contains { $0.state != .closed }
            verdict.mustOpen = mustOpen
            return verdict
        }
    }
}

extension BreakerWatch.State {
    /// Looks at the failed calls in a row; those before a breaker opened are not followed by others.
    fileprivate mutating func note(_ side: Breaker.Side, opened count: Int) {
        let place = BreakerWatch.place(side)
        longestRun = max(longestRun, runs[place])
        guard count != opened[place] else { return }
        opened[place] = count
        runs[place] = 0
    }
}

extension BreakerPolicy.Window {
    /// How many calls it holds, where it goes by calls.
    fileprivate var callCount: Int? {
        if case .calls(let count) = self { count } else { nil }
    }
}
