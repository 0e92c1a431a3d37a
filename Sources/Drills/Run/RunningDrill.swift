internal import JSONValue
public import Storage
public import StorageLayers
public import ZarrModel

/// A drill that is run step by step, and whose faults can be changed on the way.
///
/// What is changed becomes a rule with the calls for which it held, so that `rules`, run again from the start
/// with the same seed, give the same log. One task at a time.
public final class RunningDrill {
    /// Faults on top of the scenario's.
    public struct Knobs: Hashable, Sendable {
        /// The share of calls that fail for a moment, from 0 to 1.
        public var errorRate = 0.0
        /// How long every call waits.
        public var latency = Duration.zero

        /// Makes knobs that change nothing.
        public init(errorRate: Double = 0, latency: Duration = .zero) {
            self.errorRate = min(1, max(0, errorRate))
            self.latency = max(.zero, latency)
        }
    }

    private let run: DrillRun
    private var lines: [String] = []
    private var armed: [Armed] = []
    private var turnCount = 0
    private var outageCount = 0
    /// Operations of the workload that were performed.
    public private(set) var performed = 0

    /// Prepares `drill`: learns what is stored before the first fault.
    public init(
        _ drill: Drill,
        on target: DrillTarget,
        layers: Drill.Layers? = nil
    ) async throws(StorageError) {
        run = try await DrillRun(drill, target, layers ?? drill.retrying(5), logLimit: 1000)
        try await run.prepare()
    }

    /// The drill as it was begun.
    public var drill: Drill { run.drill }

    /// The time on the drill's clock.
    public var now: Duration { run.clock.now }

    /// The chunks that the workload works on, in C order.
    public var chunks: [ChunkIndex] { run.chunks }

    /// Every rule, those that the knobs made included.
    public var rules: [FaultRule] { run.injector.rules }

    /// What the storage with its faults was asked, and how it answered.
    public var counts: FaultInjector.Counts { run.injector.counts }

    /// Tokens left for retries and how many there were at first; `nil` where no layer tries again.
    public var retryBudget: (left: Int, capacity: Int)? { run.retryBudget }

    /// How often calls were made again.
    public var retryCount: Int { run.retryCount }

    /// How the breakers around the failing storage stand: those of the layers, or the scenario's own.
    public var breakers: [Breaker.Standing] {
        run.breakerWatch.breakers.flatMap(\.standings)
    }

    /// What whoever uses the storage must take a chunk for.
    public func belief(_ chunk: ChunkIndex) -> ChunkBelief {
        run.beliefs[chunk] ?? .unknown
    }

    /// What a chunk is in truth.
    public func truth(_ chunk: ChunkIndex) -> ChunkBelief {
        if let known = run.model[chunk] { return known == nil ? .absent : .present }
        guard let listed = run.listed else { return .unknown }
        return listed.contains(chunk) ? .present : .absent
    }

    /// Whether the last answer about a chunk was wrong and did not say so.
    public func isDeceived(_ chunk: ChunkIndex) -> Bool {
        run.deceived.contains(chunk)
    }

    /// What the rules did since the last time.
    public func takeLog() -> [FaultLogEntry] {
        run.injector.takeLog()
    }

    /// Performs the next operation of the workload; `nil` after the last.
    public func step() async throws(StorageError) -> DrillStep? {
        guard performed < drill.operationCount else { return nil }
        let (line, step) = try await run.performStep(performed)
        performed += 1
        lines.append(line.text())
        return step
    }

    /// What the drill found so far, without the hash of its log.
    public var standing: DrillVerdict {
        var verdict = run.verdict()
        verdict.operations = performed
        verdict.logSHA256 = ""
        if performed > 0, performed < drill.operationCount {
            verdict.availability.layers = run.share(ofPerformed: performed)
        }
        return verdict
    }

    /// What the drill found so far. O(log).
    public func verdict() -> DrillVerdict {
        var verdict = standing
        var hash = SHA256()
        for line in [header] + lines {
            hash.update(line.utf8)
            hash.update(CollectionOfOne(UInt8(ascii: "\n")))
        }
        verdict.logSHA256 = hash.finish()
        return verdict
    }

    /// The log so far, as `zscope drill --log` writes it.
    public var log: String {
        ([header] + lines).map { $0 + "\n" }.joined()
    }

    private var header: String {
        var drill = drill
        drill.operationCount = performed
        return drill.header(rules: rules).text()
    }

    // MARK: Knobs

    /// Turns the knobs: from now on calls fail and wait as they say, on top of the scenario.
    public func turn(_ knobs: Knobs) {
        for place in armed.indices where armed[place].isKnob { close(place) }
        guard knobs.errorRate > 0 || knobs.latency > .zero else { return }
        turnCount += 1
        if knobs.errorRate > 0 {
            let parts = Int((knobs.errorRate * 100_000).rounded())
            let rest = String(1000 + parts % 1000).dropFirst()
            let share = "\(parts / 1000)" + (parts % 1000 == 0 ? "" : ".\(rest)")
            arm("errors\(turnCount)", "\(share)%", "error 503", isKnob: true)
        }
        if knobs.latency > .zero {
            let delay = "delay \(Quantity.text(knobs.latency))"
            arm("late\(turnCount)", "always", delay, isKnob: true)
        }
    }

    /// Lets nothing answer for a while from now on.
    public func fail(for time: Duration) {
        outageCount += 1
        // Begun a little early: it holds from the next call on anyway.
        let start = Duration.milliseconds(Int64((now / .milliseconds(1)).rounded(.down)))
        let span = "\(Quantity.text(start))..\(Quantity.text(start + time))"
        arm("outage\(outageCount)", span, "error refused", isKnob: false)
    }

    /// Gives every rule that was armed on the way its end, and takes out those that never did anything.
    public func tidy() {
        for place in armed.indices { close(place, isLast: true) }
    }

    /// Arms a rule about every call from the next one on.
    private func arm(_ label: String, _ condition: String, _ effect: String, isKnob: Bool) {
        let rule = Armed(
            label: label,
            condition: condition,
            effect: effect,
            first: counts.operations + 1,
            isKnob: isKnob
        )
        armed.append(rule)
        if let rule = rule.rule(to: nil) { run.injector.add(rule) }
    }

    private func close(_ place: Int, isLast: Bool = false) {
        let old = armed[place]
        guard !old.isClosed else { return }
        armed[place].isClosed = true
        let fired = run.injector.firings.first { $0.name == old.label }?.fired ?? 0
        guard fired > 0 else {
            run.injector.remove(old.label)
            return
        }
        let isWhole = isLast && old.first == 1
        guard let rule = old.rule(to: isWhole ? nil : counts.operations) else { return }
        run.injector.replace(old.label, with: rule)
    }

    /// A rule that was armed on the way. It counts calls, since the drill's time need not pass.
    private struct Armed {
        var label: String
        var condition: String
        var effect: String
        /// The first call that it holds for, from 1.
        var first: Int
        var isKnob: Bool
        var isClosed = false

        /// The rule up to call `last`; `nil` for all that follow.
        func rule(to last: Int?) -> FaultRule? {
            let calls =
                first == 1 && last == nil ? "" : "nth \(first)..\(last ?? 1_000_000_000) and "
            let text = "[\(label)] * ** : \(calls)\(condition) -> \(effect)"
            return try? FaultScript(parsing: text).rules.first
        }
    }
}

/// What somebody who uses storage takes a chunk for, or what it is.
public enum ChunkBelief: Hashable, Sendable {
    /// It is there.
    case present
    /// There is no such object.
    case absent
    /// The last question about it failed.
    case failed
    /// Nobody asked yet.
    case unknown
}

/// One operation of a workload that was performed.
public struct DrillStep: Hashable, Sendable {
    /// Its number, from 0.
    public var number: Int
    /// What was done.
    public var operation: StorageOperation
    /// To which chunk, where it was one.
    public var chunk: ChunkIndex?
    /// When it began, on the drill's clock.
    public var start: Duration
    /// How long it took there.
    public var latency: Duration
    /// How it ended: `ok`, `absent`, or how it failed.
    public var result: String
    /// Whether it succeeded.
    public var isSuccess: Bool
    /// What was wrong with it, as in the verdict; `nil` for nothing.
    public var finding: String?
    /// What the storage with its faults answered on the way.
    public var calls: Calls

    /// Calls to the storage with its faults, and how they ended.
    public struct Calls: Hashable, Sendable {
        /// Calls that were answered right.
        public var good = 0
        /// Calls that failed.
        public var failed = 0
        /// Calls that were answered or done wrong, without an error.
        public var wrong = 0
        /// Calls that were made again.
        public var retried = 0
        /// Calls that a breaker refused, so that they were not made.
        public var refused = 0
        /// Calls of which a half-open breaker learned how the storage does.
        public var probes = 0

        /// Makes counts of nothing.
        public init() {}
    }
}

extension DrillRun {
    /// How often layers made calls again.
    var retryCount: Int {
        retries.reduce(0) { $0 + $1.counts.attempts - $1.counts.calls }
    }

    /// The budget of the first layer that tries again.
    var retryBudget: (left: Int, capacity: Int)? {
        retries.first.map { ($0.budgetLeft, $0.budgetCapacity) }
    }

    /// Performs operation `number` and says what came of it, as a line of the log and for a screen.
    func performStep(
        _ number: Int
    ) async throws(StorageError) -> (line: JSONValue, step: DrillStep) {
        let before = (injector.counts, retryCount)
        let probing = (breakerWatch.refusedCount, breakerWatch.probeCount)
        let line = try await perform(number)
        let after = injector.counts
        var calls = DrillStep.Calls()
        calls.failed =
            after.failed + after.unacknowledged - before.0.failed - before.0.unacknowledged
        calls.wrong = after.wrong - before.0.wrong
        calls.good = max(0, after.operations - before.0.operations - calls.failed - calls.wrong)
        calls.retried = retryCount - before.1
        calls.refused = breakerWatch.refusedCount - probing.0
        calls.probes = breakerWatch.probeCount - probing.1
        let last = lastPerformed
        let step = DrillStep(
            number: number,
            operation: last.operation,
            chunk: last.chunk,
            start: last.start,
            latency: last.latency,
            result: last.outcome.word,
            isSuccess: last.outcome.isSuccess,
            finding: last.outcome.finding?.rawValue,
            calls: calls
        )
        return (line, step)
    }
}
