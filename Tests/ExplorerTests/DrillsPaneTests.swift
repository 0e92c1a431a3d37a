import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// The screen of drills.
struct DrillsPaneTests {
    private func stage(
        _ world: World = .era5,
        size: Size = Size(rows: 24, columns: 80),
        traits: TerminalTraits = TerminalTraits()
    ) -> Stage {
        var stage = Stage(world, size: size, locator: "/data/era5.zarr", traits: traits)
        if size.rows < 8, size.rows > 1 { stage.press(.character("i")) }
        stage.press(.down, .enter, .down, .character("M"))
        return stage
    }

    private func check(_ name: String, _ screen: Screen, _ keys: [Key]) {
        var stage = stage(size: screen.size, traits: screen.traits)
        for key in keys { stage.press(key) }
        Screens.check(
            stage.canvas(isUnicode: screen.traits.isUnicode),
            "\(name)-\(screen.testDescription)"
        )
    }

    @Test(arguments: Screen.all) func `drills before the first one`(_ screen: Screen) {
        check("drills", screen, [.tab, .right, .right, .right, .right])
    }

    @Test(arguments: Screen.all) func `all drills at their end`(_ screen: Screen) {
        check("drills-done", screen, [.character("a")])
    }

    @Test(arguments: Screen.all) func `the log of a drill`(_ screen: Screen) {
        check("drills-log", screen, [.enter, .tab, .tab])
    }

    @Test(arguments: Screen.all) func `a drill that opens a breaker`(_ screen: Screen) {
        check("drills-breaker", screen, [.down, .enter])
    }

    @Test
    func `a lane tells how a breaker stood, and a column without a call is as the one before`() {
        let phases: [BreakerStanding.Phase?] = [
            nil, .closed, .closed, .open, nil, .open, .halfOpen, .closed,
        ]
        let runs = DrillText.lane(
            phases.map { phase in
                var calls = DrillProgress.Calls()
                calls.breaker = phase
                return calls
            }
        )
        #expect(runs.map(\.columns) == [0..<3, 3..<6, 6..<7, 7..<8])
        #expect(runs.map(\.phase) == [.closed, .open, .halfOpen, .closed])
        #expect(DrillText.laneText(.open, 7) == "×open××")
        #expect(DrillText.laneText(.closed, 5) == "─────")
        #expect(DrillText.lane([]).isEmpty)
    }

    @Test func `a course that is wider than the screen is folded, and nothing of it is lost`() {
        var progress = DrillProgress(scenario: "a", seed: 0, operations: 10)
        progress.column = .milliseconds(100)
        progress.course = (0..<10).map { place in
            var calls = DrillProgress.Calls()
            calls.good = place
            calls.breaker = place == 5 ? .halfOpen : place < 5 ? .open : .closed
            return calls
        }
        let (columns, column) = DrillText.folded(progress, to: 4)
        #expect(columns.map(\.good) == [0 + 1 + 2, 3 + 4 + 5, 6 + 7 + 8, 9])
        #expect(columns.map(\.breaker) == [.open, .halfOpen, .closed, .closed])
        #expect(column == .milliseconds(300))
        #expect(DrillText.folded(progress, to: 10).columns == progress.course)
        #expect(DrillText.folded(progress, to: 0).columns.count == 10)
    }

    @Test func `what breakers did not do is told before all that follows from it`() {
        var progress = DrillProgress(scenario: "a", seed: 0, operations: 10)
        progress.passed = false
        var breakers = DrillProgress.Breakers()
        breakers.mustOpen = true
        breakers.longestRunAllowed = 20
        breakers.standings = World.openBreakers
        progress.breakers = breakers
        #expect(DrillText.verdict(progress).0.contains("not closed"))
        progress.breakers?.standings = [BreakerStanding(side: "reads", phase: .closed)]
        #expect(DrillText.verdict(progress).0.contains("never opened"))
        progress.breakers?.longestRun = 21
        #expect(DrillText.verdict(progress).1.contains("breaker|retry"))
        progress.breakers?.passed = 1
        #expect(DrillText.verdict(progress).0.contains("past an open breaker"))
        #expect(DrillText.invariants(progress).count { $0.breaches > 0 } == 3)
    }

    @Test func `a wrong rule is told while it is typed, and forgotten when it is right`() {
        var stage = stage()
        stage.press(.character("A"), .up, .enter)
        stage.type("read")
        #expect(stage.world.asked.last?.work == .checkRules("read"))
        #expect(stage.canvas().plainText.contains("✖ column 9: a key is missing"))
        stage.type(" **: always -> flip")
        #expect(!stage.canvas().plainText.contains("✖"))
        stage.press(.backspace)
        #expect(stage.canvas().plainText.contains("✖ column 9"))
        // It is not armed before it is mended.
        stage.press(.enter, .character("A"))
        #expect(!stage.world.asked.contains { if case .arm = $0.work { true } else { false } })
        stage.press(.enter)
        stage.press(.control("u"))
        #expect(!stage.canvas().plainText.contains("✖"))
    }

    @Test func `an answer about rules that were typed on since is left alone`() {
        var world = World.era5
        world.isHeld = { if case .checkRules = $0 { true } else { false } }
        var stage = stage(world)
        stage.press(.character("A"), .up, .enter)
        stage.type("re")
        let numbers = stage.world.held.map(\.number)
        let old = Event(numbers[0], .rulesChecked(Problem("column 2: old")))
        stage.run(stage.explorer.receive(old))
        #expect(!stage.canvas().plainText.contains("✖"))
        let new = Event(numbers[1], .rulesChecked(Problem("column 3: new")))
        stage.run(stage.explorer.receive(new))
        #expect(stage.canvas().plainText.contains("✖ column 3: new"))
    }

    private var drills: (Work) -> DrillOrder? {
        { work in if case .drill(let order) = work { order } else { nil } }
    }

    @Test func `Enter runs the scenario under the cursor with what the knobs say`() {
        var stage = stage()
        stage.press(.tab, .right, .right, .down, .right, .tab, .tab, .down, .enter)
        let orders = stage.world.asked.compactMap { drills($0.work) }
        #expect(orders.count == 1)
        #expect(orders.first?.path == "/air/temp")
        #expect(orders.first?.scenario == "outage")
        #expect(orders.first?.knobs == DrillKnobs(errorPercent: 10, latencyMilliseconds: 5))
        #expect(stage.explorer.context.message?.text == "outage: passed")
    }

    @Test func `all scenarios are run one after another`() {
        var stage = stage()
        stage.press(.character("a"))
        let orders = stage.world.asked.compactMap { drills($0.work) }
        #expect(orders.map(\.scenario) == ["flaky", "outage", "forgetful"])
        let records = stage.explorer.context.drills.records
        #expect(records["flaky"]?.progress.passed == true)
        #expect(records["forgetful"]?.progress.passed == false)
        #expect(!stage.explorer.context.drills.isRunning)
    }

    @Test func `a drill that runs is steered, and no other begins`() {
        var world = World.era5
        world.isHeld = { if case .drill = $0 { true } else { false } }
        var stage = stage(world)
        stage.press(.enter, .character("o"), .character(" "), .character("."), .character(">"))
        stage.press(.tab, .right, .enter, .character("a"))
        let number = stage.explorer.context.drills.number ?? 0
        let steered = stage.world.asked.compactMap { effect -> DrillSteering? in
            if case .steerDrill(number, let steering) = effect.work { steering } else { nil }
        }
        #expect(
            steered == [
                .outage(seconds: 5), .pause(true), .step, .pace(.full),
                .turn(DrillKnobs(errorPercent: 5)),
            ]
        )
        #expect(stage.world.asked.count { drills($0.work) != nil } == 1)
        stage.press(.control("c"))
        #expect(stage.world.asked.contains { $0.work == .cancel(number) })
        stage.run(stage.explorer.receive(Event(number, .cancelled)))
        #expect(!stage.explorer.context.drills.isRunning)
        #expect(stage.canvas().plainText.contains("stopped"))
    }

    @Test func `the command that does the same again is copied`() {
        var stage = stage()
        stage.press(.character("Y"))
        #expect(stage.explorer.context.message?.text == "Run it first")
        stage.press(.enter, .character("Y"))
        let copied = stage.world.asked.compactMap { effect -> String? in
            if case .copy(let text) = effect.work { text } else { nil }
        }
        #expect(
            copied == ["zscope drill flaky --on /data/era5.zarr/air/temp --seed 42 --ops 1000"]
        )
    }

    @Test func `the log is written to a file that names scenario and seed`() {
        var stage = stage()
        stage.press(.enter, .character("w"))
        #expect(
            stage.world.asked.contains {
                $0.work == .save(name: "drill-flaky-42.jsonl", text: "{}\n")
            }
        )
    }

    @Test func `faults of one's own are armed from the last line`() {
        var stage = stage()
        stage.press(.character("G"), .enter)
        #expect(stage.explorer.panes.last is MockPane)
        stage.press(.character("A"))
        #expect(stage.canvas().plainText.contains("MOCK ARMED"))
        // They are taken away from wherever a person is.
        stage.press(.character("m"), .character("X"))
        #expect(stage.explorer.panes.last is MapPane)
        #expect(!stage.canvas().plainText.contains("MOCK ARMED"))
        #expect(stage.explorer.context.message?.text.hasPrefix("Disarmed") == true)
        stage.press(.character("X"))
        #expect(stage.world.asked.count { $0.work == .disarm } == 1)
    }

    @Test func `results stay when the screen is left and come back to`() {
        var stage = stage()
        stage.press(.enter, .character("q"), .character("M"))
        #expect(stage.canvas().plainText.contains("✔ passed"))
    }

    @Test func `another store forgets the drills of the one before`() {
        var session = DrillSession()
        session.receive(Event(1, .scenarios(World.scenarios)))
        session.begin(DrillOrder(path: "/", scenario: "flaky"), 2)
        session.receive(Event(3, .opened(OpenedStore(locator: "a", name: "a"))))
        #expect(session.records.isEmpty && !session.isRunning)
        #expect(session.scenarios.count == 3)
    }

    @Test func `a chunk that could not be asked is never counted as absent`() {
        var progress = DrillProgress(scenario: "a", seed: 0, operations: 10)
        progress.believed = [.unreadable, .unknown, .present]
        progress.truth = [.present, .present, .present]
        let broken = DrillText.invariants(progress).filter { $0.breaches > 0 }
        #expect(broken.isEmpty)
        progress.believed[0] = .missing
        #expect(DrillText.invariants(progress).contains { $0.breaches == 1 })
    }
}
