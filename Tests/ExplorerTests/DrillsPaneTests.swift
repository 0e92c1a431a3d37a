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
