import Canvas
import ZarrModel

/// What would storage that fails do to this array? Scenarios to run in an overlay of the open store, faults to
/// turn up while they run, and what came of it: calls, chunks as they are believed beside the truth,
/// invariants, a verdict, and the command that does the same again.
struct DrillsPane: Pane {
    /// What the arrows are about.
    enum Part: Int, Hashable, Sendable, CaseIterable {
        case scenarios, knobs, log
    }

    /// Something that can be turned.
    enum Knob: Int, Hashable, Sendable, CaseIterable {
        case errors, delay, seed, pace

        /// Its name.
        var title: String {
            switch self {
            case .errors: "errors"
            case .delay: "delay"
            case .seed: "seed"
            case .pace: "pace"
            }
        }
    }

    /// The array.
    let path: String
    private(set) var part = Part.scenarios
    private(set) var knob = Knob.errors
    private(set) var scenarios = ListCursor()
    private(set) var log = ListCursor()
    /// What the next drill is run with; that of the running one as well.
    private(set) var order: DrillOrder
    private var isFollowing = true
    private var saving: Int?

    /// The delays that the knob has, in milliseconds.
    static let delays = [0, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]
    /// How long an outage is, in seconds of the drill's time.
    static let outage = 5

    /// Aims at the array at `path`.
    init(path: String) {
        self.path = path
        order = DrillOrder(path: path, scenario: "")
    }

    var name: String { crumb("drills", of: path) }
    var isTyping: Bool { false }

    /// The scenario under the cursor; `nil` on the line of one's own faults.
    func scenario(_ context: Context) -> ScenarioCard? {
        let all = context.drills.scenarios
        return all.indices.contains(scenarios.selected) ? all[scenarios.selected] : nil
    }

    /// What is known of the scenario under the cursor.
    func record(_ context: Context) -> DrillSession.Record? {
        scenario(context).flatMap { context.drills.records[$0.id] }
    }

    /// Where things lie: a drill with a breaker has more to show.
    func layout(_ size: Size, _ context: Context) -> DrillsLayout {
        DrillsLayout(size: size, hasBreaker: record(context)?.progress.breakers != nil)
    }

    // MARK: Commands

    func commands(_ context: Context) -> [Command] {
        let steer: [Command] =
            context.drills.isRunning
            ? [.pause, .step, .faster, .slower, .outage, .stop] : [.open, .runAll]
        let rest: [Command] = context.drills.isRunning ? [] : [.faster, .slower, .pause]
        let turning: [Command] = part == .knobs ? [.left, .right] : []
        let own: [Command] = [.nextPart, .copy, .arm, .reseed, .export, .previousPart]
        return steer + turning + own + rest + (context.drills.isRunning ? [.open, .runAll] : [])
            + Command.moving
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        let isRunning = context.drills.isRunning
        switch command {
        case .open, .runAll:
            guard isRunning, command == .runAll || scenario(context) != nil else { return nil }
            return "A drill runs: wait for its end, or stop it with Ctrl-C"
        case .step where isRunning && !order.isPaused: return "Pause it first (Space), then step"
        case .copy: return record(context)?.progress.replay.isEmpty == false ? nil : "Run it first"
        case .export:
            let isLogged = record(context)?.progress.fullLog.isEmpty == false
            return isLogged ? nil : "Run it to its end first"
        default: return nil
        }
    }

    func hint(_ command: Command) -> String {
        switch command {
        case .open: scenarioHint
        case .runAll: "run all"
        case .pause: order.isPaused ? "go on" : "pause"
        case .faster: "pace"
        case .left: "less, more"
        case .right: "more"
        case .nextPart: Self.words[(part.rawValue + 1) % Self.words.count]
        case .previousPart: "part before"
        case .copy: "copy command"
        case .arm: "own faults…"
        case .export: "write log"
        case .stop: "stop"
        default: command.title
        }
    }

    private var scenarioHint: String {
        scenarios.count > 0 && scenarios.selected == scenarios.count - 1 ? "own faults" : "run"
    }

    private static let words = ["scenarios", "knobs", "log"]

    mutating func prepare(_ size: Size, _ context: Context) {
        let layout = layout(size, context)
        let count = context.drills.scenarios.count
        scenarios.fit(count: count == 0 ? 0 : count + 1, height: layout.scenarios.rows - 1)
        let lines = record(context)?.log.count ?? 0
        if isFollowing { log.selected = max(0, lines - 1) }
        log.fit(count: lines, height: max(1, layout.log(part).rows - 1))
        if isFollowing {
            log.selected = max(0, lines - 1)
            log.fit(count: lines, height: max(1, layout.log(part).rows - 1))
        }
    }

    // MARK: Input

    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        switch input {
        case .shown: return shown(&context)
        case .command(let command): return handle(command, &context)
        case .mouse(let action, let point): return click(at: point, action, &context)
        case .key, .resized: return []
        }
    }

    private mutating func shown(_ context: inout Context) -> [Effect] {
        if let last = context.drills.order, order.scenario.isEmpty {
            order = last
            order.path = path
            if !context.drills.isRunning { order.isPaused = false }
        }
        let isKnown = !context.drills.scenarios.isEmpty
        return isKnown ? [] : [context.request(.loadScenarios)]
    }

    private mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .back, .close: context.navigation = .pop
        case .open: return open(&context)
        case .runAll: return runAll(&context)
        case .arm: context.navigation = .push(MockPane(path: path))
        case .pause:
            order.isPaused.toggle()
            return steer(.pause(order.isPaused), &context)
        case .step: return steer(.step, &context)
        case .faster: return change(pace: 1, &context)
        case .slower: return change(pace: -1, &context)
        case .outage:
            guard context.drills.isRunning else { return [] }
            context.say("Nothing answers for \(Self.outage) s of the drill's time", .warning)
            return steer(.outage(seconds: Self.outage), &context)
        case .reseed: reseed(&context)
        case .nextPart: part = Part(rawValue: (part.rawValue + 1) % 3) ?? .scenarios
        case .previousPart: part = Part(rawValue: (part.rawValue + 2) % 3) ?? .scenarios
        case .left: return adjust(by: -1, &context)
        case .right: return adjust(by: 1, &context)
        case .copy:
            guard let replay = record(context)?.progress.replay else { return [] }
            context.say("Copied the command")
            return [context.request(.copy(replay))]
        case .export:
            guard let progress = record(context)?.progress, saving == nil else { return [] }
            let name = "drill-\(progress.scenario)-\(progress.seed).jsonl"
            let effect = context.request(.save(name: name, text: progress.fullLog))
            saving = effect.number
            return [effect]
        default: move(command)
        }
        return []
    }

    private mutating func move(_ command: Command) {
        switch part {
        case .scenarios: _ = scenarios.take(command)
        case .knobs:
            let step = [.up: -1, .down: 1][command] ?? 0
            let count = Knob.allCases.count
            knob = Knob(rawValue: (knob.rawValue + step + count) % count) ?? .errors
        case .log:
            isFollowing = command == .bottom
            _ = log.take(command)
        }
    }

    private mutating func click(
        at point: Point,
        _ action: MouseAction,
        _ context: inout Context
    ) -> [Effect] {
        let layout = layout(context.size, context)
        let isLog = layout.log(part).contains(point)
        switch action {
        case .wheelUp, .wheelDown:
            let lines = action == .wheelUp ? -3 : 3
            if isLog {
                isFollowing = false
                log.move(by: lines)
            } else {
                scenarios.move(by: lines)
            }
        case .press where layout.scenarios.contains(point):
            let row = point.row - layout.scenarios.row - 1 + scenarios.first
            guard scenarios.visible.contains(row) else { return [] }
            part = .scenarios
            guard row == scenarios.selected else {
                scenarios.selected = row
                return []
            }
            return reasonDisabled(.open, context) == nil ? open(&context) : []
        case .press where layout.knobs.contains(point):
            part = .knobs
            knob = Knob(rawValue: point.row - layout.knobs.row - 1) ?? knob
        default: break
        }
        return []
    }

    // MARK: Running

    private mutating func open(_ context: inout Context) -> [Effect] {
        guard let card = scenario(context) else {
            if scenarios.count > 0 { context.navigation = .push(MockPane(path: path)) }
            return []
        }
        order.scenario = card.id
        context.drills.enqueue([])
        return context.run(order)
    }

    private mutating func runAll(_ context: inout Context) -> [Effect] {
        order.isPaused = false
        let orders = context.drills.scenarios.map { card in
            var order = order
            order.scenario = card.id
            return order
        }
        context.drills.enqueue(orders)
        guard let first = context.drills.next() else { return [] }
        return context.run(first)
    }

    private func steer(_ steering: DrillSteering, _ context: inout Context) -> [Effect] {
        guard let number = context.drills.number else { return [] }
        return [context.request(.steerDrill(number, steering))]
    }

    private mutating func change(pace step: Int, _ context: inout Context) -> [Effect] {
        let all = DrillPace.allCases
        let place = (all.firstIndex(of: order.pace) ?? 0) + step
        order.pace = all[max(0, min(all.count - 1, place))]
        return steer(.pace(order.pace), &context)
    }

    private mutating func reseed(_ context: inout Context) {
        let mixed = order.seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        order.seed = (mixed >> 33) % 100_000
        context.say("Seed \(order.seed) for the next drill")
    }

    /// Turns the knob under the cursor a step down or up.
    private mutating func adjust(by step: Int, _ context: inout Context) -> [Effect] {
        switch knob {
        case .errors:
            order.knobs.errorPercent = max(0, min(100, order.knobs.errorPercent + step * 5))
        case .delay:
            let place = Self.delays.firstIndex(of: order.knobs.latencyMilliseconds) ?? 0
            let next = max(0, min(Self.delays.count - 1, place + step))
            order.knobs.latencyMilliseconds = Self.delays[next]
        case .seed:
            let (sum, isOver) = order.seed.addingReportingOverflow(1)
            if step > 0, !isOver { order.seed = sum }
            if step < 0, order.seed > 0 { order.seed -= 1 }
            return []
        case .pace: return change(pace: step, &context)
        }
        return steer(.turn(order.knobs), &context)
    }

    // MARK: Events

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        var isNews = context.drills.isRunning
        switch event.news {
        case .drillFinished(let progress):
            isNews = true
            guard context.drills.queue.isEmpty else { break }
            let isPassed = progress.passed == true
            context.say(
                "\(progress.scenario): \(isPassed ? "passed" : "failed")",
                isPassed ? .good : .error
            )
        case .saved(let name) where event.number == saving:
            saving = nil
            context.say("Written: \(name); zscope drill --replay \(name) runs it again", .good)
        case .failed(let problem) where event.number == saving:
            saving = nil
            context.say(problem.message, .error)
        case .failed(let problem) where context.drills.problem == problem:
            context.say(problem.message, .error)
        default: break
        }
        // Also at its end: one that is quick may have sent no news before.
        if isNews, let running = context.drills.order,
            let place = context.drills.scenarios.firstIndex(where: { $0.id == running.scenario }),
            order.scenario != running.scenario
        {
            order.scenario = running.scenario
            scenarios.selected = place
            isFollowing = true
        }
        return []
    }
}

extension Context {
    /// Begins a drill.
    mutating func run(_ order: DrillOrder) -> [Effect] {
        let effect = request(.drill(order))
        drills.begin(order, effect.number)
        return [effect]
    }

    /// Begins the next drill of a queue, when the one before is done.
    mutating func runNextDrill() -> [Effect] {
        guard let order = drills.next() else { return [] }
        return run(order)
    }
}
