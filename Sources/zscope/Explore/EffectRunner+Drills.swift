import Drills
import Explorer
import Storage
import ZarrEngine
import ZarrModel

extension EffectRunner {
    /// The scenarios that come with the program.
    static var scenarios: [ScenarioCard] {
        Scenario.all.map { scenario in
            let rules = scenario.text.split(separator: "\n").map(String.init)
            return ScenarioCard(id: scenario.name, summary: scenario.summary, rules: rules)
        }
    }

    /// Runs a drill over an overlay of the open storage, and brings how it stands ten times a second.
    func drill(_ order: DrillOrder, _ number: Int) async throws -> News {
        guard let control = control(of: number) else { throw ToolError("the drill is over") }
        let place = try await DrillPlace(store(), order.path)
        guard let scenario = Scenario.named(order.scenario) else {
            throw ToolError("there is no scenario '\(order.scenario)'")
        }
        let drill = Drill(
            scenario.name,
            script: try FaultScript(parsing: scenario.text),
            seed: order.seed,
            operationCount: order.operations
        )
        let running = try await RunningDrill(drill, on: place.target, layers: place.layers)
        var watch = DrillWatch(running, place)
        do {
            try await run(&watch, control, number)
        } catch {
            watch.noteStop()
            report(number, .drillProgress(watch.progress()))
            throw error
        }
        return .drillFinished(watch.finished())
    }

    private func run(
        _ watch: inout DrillWatch,
        _ control: DrillControl,
        _ number: Int
    ) async throws {
        let clock = ContinuousClock()
        var reported = clock.now
        var batch = (start: clock.now, count: 0)
        while true {
            try Task.checkCancellation()
            let orders = control.taken()
            watch.obey(orders)
            if orders.isPaused, orders.steps == 0 {
                report(number, .drillProgress(watch.progress()))
                await control.wait()
                batch = (clock.now, 0)
                continue
            }
            guard try await watch.step() else { return }
            batch.count += 1
            if clock.now - reported >= .milliseconds(100) {
                reported = clock.now
                report(number, .drillProgress(watch.progress()))
            }
            guard orders.pace != .full else { continue }
            // A few operations at a time, so that a quick pace does not wake for each.
            let due = batch.start + .seconds(Double(batch.count) / Double(orders.pace.rawValue))
            if due - clock.now > .milliseconds(10) { try await clock.sleep(until: due) }
            if batch.count >= 1000 { batch = (clock.now, 0) }
        }
    }
}

/// Where a drill runs: an array's storage without its layers, and the layers.
struct DrillPlace {
    var target: DrillTarget
    var layers: Drill.Layers?
    /// The words of the layers, as the locator has them.
    var layerWords: [String] = []
    /// What `--on` takes.
    var locator: String

    /// The array at `path` of an open store. Throws where it is none.
    init(_ store: OpenStore, _ path: String) async throws {
        let array = try await store.array(path)
        let location = store.location
        var bare = location.locator
        let words = bare.layers.map { layer in
            let options = layer.options.map { "\($0.name)=\($0.value)" }
            return options.isEmpty ? layer.id : "\(layer.id):\(options.joined(separator: ","))"
        }
        layerWords = words.map(visible)
        if bare.layers.isEmpty {
            target = DrillTarget(location.storage)
        } else {
            bare.layers = []
            target = DrillTarget(try await Composition.opener.open(bare).storage)
            let locator = location.locator
            layers = { storage, clock throws(StorageError) in
                try await Composition.opener.layered(storage, as: locator, clock: clock)
            }
        }
        target.prefix = try StorePrefix(array.path.keyPrefix)
        target.metadata = array.metadata
        target.version = array.metadata.version == .v2 ? .v2 : .v3
        // The listing may have shown another separator than the document leaves open.
        target.keyEncoding = array.keyEncoding
        var named = location.locator.at(node: nil)
        named.place = try Composition.opener.resolve(location.locator).place
        locator = named.naming(array.path)
    }
}

/// Looks on while a drill runs, and says how it stands.
struct DrillWatch {
    private let running: RunningDrill
    private let place: DrillPlace
    private var calls = DrillProgress.Calls()
    private var byTime = DrillCourse(width: 100)
    private var byOperation: DrillCourse
    private var succeeded = 0
    private var log: [DrillLogLine] = []
    private var knobs = DrillKnobs()
    private var breakers: [BreakerStanding]

    /// More lines than this do not wait for a report.
    private static let logLimit = 400

    init(_ running: RunningDrill, _ place: DrillPlace) {
        self.running = running
        self.place = place
        byOperation = DrillCourse(width: (running.drill.operationCount + 59) / 60)
        breakers = running.breakers.map { BreakerStanding($0, at: 0) }
    }

    /// Turns the knobs as a person wants.
    mutating func obey(_ orders: DrillControl.Orders) {
        if let turned = orders.turned, turned != knobs {
            knobs = turned
            running.turn(
                RunningDrill.Knobs(
                    errorRate: Double(turned.errorPercent) / 100,
                    latency: .milliseconds(turned.latencyMilliseconds)
                )
            )
            note("knobs: +\(turned.errorPercent) % errors, +\(turned.latencyMilliseconds) ms delay")
        }
        for seconds in orders.outages {
            running.fail(for: .seconds(seconds))
            note("outage: nothing answers for \(seconds) s")
        }
    }

    /// Notes that the drill ends here, before its last operation.
    mutating func noteStop() {
        note("stopped after \(running.performed) of \(running.drill.operationCount) operations")
    }

    private mutating func note(_ text: String) {
        log.append(DrillLogLine(milliseconds: milliseconds, text: text, weight: .note))
    }

    private var milliseconds: Int {
        Int(running.now / .milliseconds(1))
    }

    /// Performs an operation; `false` after the last.
    mutating func step() async throws -> Bool {
        guard let step = try await running.step() else { return false }
        guard step.isSuccess || !Task.isCancelled else {
            addStopped(step)
            return true
        }
        var made = DrillProgress.Calls(step.calls)
        made.breaker = noteBreakers(step)
        calls.add(made)
        byTime.add(made, at: Int(step.start / .milliseconds(1)))
        byOperation.add(made, at: step.number)
        if step.isSuccess { succeeded += 1 }
        for entry in running.takeLog() where entry.outcome != .slow {
            log.append(
                DrillLogLine(
                    milliseconds: Int(entry.time / .milliseconds(1)),
                    operation: entry.operation.rawValue,
                    key: visible(entry.key),
                    text: visible(entry.detail),
                    weight: .fault
                )
            )
        }
        if step.finding != nil || !step.isSuccess {
            let finding = step.finding.map { Self.words($0) }
            log.append(
                DrillLogLine(
                    milliseconds: milliseconds,
                    operation: step.operation.rawValue,
                    key: step.chunk?.description ?? "",
                    text: (finding.map { $0 + ": " } ?? "") + Self.result(step),
                    weight: finding == nil || step.finding == "resolved" ? .failure : .finding
                )
            )
        }
        if log.count > Self.logLimit { log.removeFirst(log.count - Self.logLimit) }
        return true
    }

    /// Notes what breakers did in a step, and how they stood.
    private mutating func noteBreakers(_ step: DrillStep) -> BreakerStanding.Phase? {
        let standings = running.breakers.map { BreakerStanding($0, at: milliseconds) }
        for (old, new) in zip(breakers, standings) where old != new {
            let text: String
            if new.opened > old.opened {
                text = "opens: \(new.reason)"
            } else if new.phase == .closed, old.phase != .closed {
                text = "closes: its probes succeeded"
            } else {
                continue
            }
            log.append(
                DrillLogLine(
                    milliseconds: milliseconds,
                    key: "breaker, \(new.side)",
                    text: text,
                    weight: .note
                )
            )
        }
        breakers = standings
        guard !standings.isEmpty else { return nil }
        if step.calls.probes > 0 { return .halfOpen }
        return standings.contains { $0.phase == .open } ? .open : .closed
    }

    /// Notes an operation that was stopped on its way: it did not fail.
    private mutating func addStopped(_ step: DrillStep) {
        let isChange = step.operation == .write || step.operation == .delete
        log.append(
            DrillLogLine(
                milliseconds: milliseconds,
                operation: step.operation.rawValue,
                key: step.chunk?.description ?? "",
                text: isChange ? "? stopped: outcome unknown" : "· stopped",
                weight: .note
            )
        )
    }

    /// How a step ended, in words.
    private static func result(_ step: DrillStep) -> String {
        step.result == "failed circuitOpen" ? "refused by the breaker" : step.result
    }

    private static func words(_ finding: String) -> String {
        switch finding {
        case "silent_wrong": "wrong answer, no error"
        case "resolved": "settled by reading back"
        case "unknown": "not settled"
        case "lost": "acknowledged and lost"
        case "torn": "half written"
        case "resurrected": "came back"
        default: finding
        }
    }

    /// How it stands, with the log since the last time.
    mutating func progress() -> DrillProgress {
        let verdict = running.standing
        var progress = DrillProgress(
            scenario: verdict.scenario,
            seed: verdict.seed,
            operations: running.drill.operationCount
        )
        progress.performed = running.performed
        progress.succeeded = succeeded
        progress.milliseconds = milliseconds
        progress.calls = calls
        let isTimed = milliseconds >= 1000
        progress.course = isTimed ? byTime.columns : byOperation.columns
        progress.column =
            isTimed ? .milliseconds(byTime.width) : .operations(byOperation.width)
        progress.believed = running.chunks.map { chunk in
            running.isDeceived(chunk) ? .corrupt : Self.state(running.belief(chunk))
        }
        progress.truth = running.chunks.map { Self.state(running.truth($0)) }
        progress.lost = verdict.lost
        progress.silentWrong = verdict.silentWrong
        progress.torn = verdict.torn
        progress.resurrected = verdict.resurrected
        progress.unknown = verdict.unknown
        progress.resolved = verdict.resolved
        progress.rules = verdict.rules.map { .init(name: visible($0.name), fired: $0.fired) }
        progress.layers = place.layerWords
        if let budget = running.retryBudget {
            progress.budgetLeft = budget.left
            progress.budgetCapacity = budget.capacity
        }
        if let found = verdict.breaker {
            var breakers = DrillProgress.Breakers()
            breakers.standings = self.breakers
            breakers.passed = found.passed
            breakers.longestRun = found.longestRun
            breakers.longestRunAllowed = found.longestRunAllowed
            breakers.mustOpen = found.mustOpen
            progress.breakers = breakers
        }
        progress.p50 = verdict.latency.p50
        progress.p99 = verdict.latency.p99
        progress.log = log
        log = []
        return progress
    }

    /// How it ended.
    mutating func finished() -> DrillProgress {
        running.tidy()
        var progress = progress()
        progress.passed = running.standing.passed
        progress.fullLog = running.log
        progress.replay = replay
        return progress
    }

    private static func state(_ belief: ChunkBelief) -> ChunkState {
        switch belief {
        case .present: .present
        case .absent: .missing
        case .failed: .unreadable
        case .unknown: .unknown
        }
    }

    /// The command that does the same again.
    private var replay: String {
        let drill = running.drill
        let own = running.rules.dropFirst(drill.script.rules.count)
        let faults = own.map { " --fault " + ShellWord.quoted($0.text) }.joined()
        return "zscope drill \(drill.scenario)\(faults) --on \(ShellWord.quoted(place.locator))"
            + " --seed \(drill.seed) --ops \(drill.operationCount)"
    }
}

extension DrillProgress.Calls {
    /// The calls of a step.
    fileprivate init(_ calls: DrillStep.Calls) {
        self.init()
        good = calls.good
        failed = calls.failed
        wrong = calls.wrong
        retried = calls.retried
        refused = calls.refused
    }
}
