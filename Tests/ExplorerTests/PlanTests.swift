import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// The plan of staged changes, and its screens.
struct PlanTests {
    /// Stages a box with an absent, a short and sound chunks of the mask.
    private static func staged(_ screen: Screen? = nil) -> Stage {
        var stage = Stage(
            size: screen?.size ?? Size(rows: 24, columns: 80),
            locator: "/data/era5.zarr",
            isWritable: true,
            traits: screen?.traits ?? TerminalTraits()
        )
        if let rows = screen?.size.rows, rows < 8, rows > 1 { stage.press(.character("i")) }
        stage.press(.down, .enter, .down, .down, .enter, .character("n"))
        stage.press(.character("v"), .right, .down, .character("v"), .character("e"))
        stage.press(.character("D"))
        return stage
    }

    @Test(arguments: Screen.all) func `the plan of staged chunks`(_ screen: Screen) {
        var stage = Self.staged(screen)
        let canvas = stage.canvas(isUnicode: screen.traits.isUnicode)
        Screens.check(canvas, "plan-\(screen.testDescription)")
    }

    /// A plan of many single chunks.
    private static func many(_ count: Int) throws -> Stage {
        var stage = staged()
        let entries = (0..<count).map { place in
            StagedEntry(.delete, [place..<place + 1, 0..<1], why: "number \(place)")
        }
        stage.explorer.context.setStaged(entries, of: "/air/mask")
        stage.world.isHeld = { if case .planDelete = $0 { true } else { false } }
        stage.press(.character("r"))
        let asked = try #require(stage.world.held.last)
        let box = PlannedBox(ranges: [], present: 2, bytes: 10, readable: 1, broken: 0, untried: 1)
        let boxes = Array(repeating: box, count: count)
        let plan = DeletePlan(id: "many", boxes: boxes, trash: nil)
        stage.run(stage.explorer.receive(Event(asked.number, .deletePlan(plan))))
        return stage
    }

    @Test func `moving in a plan of a hundred thousand entries looks at none of them again`() throws
    {
        var stage = try Self.many(100_000)
        _ = stage.canvas()
        func looks() -> Int { (stage.explorer.panes.last as? DeletePane)?.filtered.looks ?? -1 }
        let first = looks()
        #expect(first >= 100_000 && (stage.explorer.panes.last as? DeletePane)?.count == 200_000)
        for _ in 0..<50 { stage.press(.down) }
        #expect(looks() == first)
        stage.press(.character("/"))
        stage.type("99")
        stage.press(.enter)
        let filtered = looks()
        #expect(filtered <= first + 300_000)
        for _ in 0..<50 { stage.press(.down) }
        #expect(looks() == filtered)
        #expect(stage.canvas().plainText.contains("pass the filter 99"))
    }

    @Test func `a frame of a large plan costs about what one of a small plan does`() throws {
        func time(_ count: Int) throws -> Duration {
            var stage = try Self.many(count)
            stage.press(.down)
            let clock = ContinuousClock()
            return (0..<5).map { _ in clock.measure { for _ in 0..<4 { stage.press(.down) } } }
                .min() ?? .zero
        }
        let (small, large) = (try time(100), try time(100_000))
        #expect(large < small * 4, "\(small) \(large)")
    }

    @Test func `staging changes nothing, stays when the plan is left, and P shows it again`() {
        var stage = Self.staged()
        #expect(stage.changes == 0)
        stage.press(.escape)
        #expect(stage.explorer.panes.last is MapPane)
        #expect(stage.explorer.context.array?.census?.markedCount == 0)
        stage.press(.character("P"))
        let pane = stage.explorer.panes.last as? DeletePane
        #expect(pane?.plan?.count == 4 || (pane?.count ?? 0) > 0)
        stage.press(.character("U"))
        #expect(stage.explorer.context.staged("/air/mask").isEmpty)
        #expect(stage.changes == 0)
    }

    @Test func `keys that were typed before the question was drawn do not answer it`() {
        var stage = Self.staged()
        let count = (stage.explorer.panes.last as? DeletePane)?.count ?? 0
        _ = stage.canvas()
        stage.run(stage.explorer.handle(.enter))
        for digit in String(count) { stage.run(stage.explorer.handle(.character(digit))) }
        stage.run(stage.explorer.handle(.enter))
        #expect(stage.changes == 0)
        #expect(stage.world.asked.contains { $0.work == .discardInput })
        stage.type(String(count))
        stage.press(.enter)
        #expect(stage.changes == 1)
    }

    @Test func `a filter that hides entries keeps the plan from being carried out`() {
        var stage = Self.staged()
        stage.press(.character("/"))
        stage.type("nothing like this")
        stage.press(.enter, .enter)
        #expect((stage.explorer.panes.last as? DeletePane)?.phase == .list)
        #expect(stage.explorer.context.message?.text.contains("filter hides") == true)
        stage.press(.escape, .enter)
        #expect((stage.explorer.panes.last as? DeletePane)?.phase == .confirm)
    }

    @Test func `a repair takes its values from the locator that is typed`() {
        var stage = Self.staged()
        stage.press(.character("e"), .character("4"))
        stage.type("/data/copy.zarr")
        stage.press(.enter)
        let entry = stage.explorer.context.staged("/air/mask").first
        #expect(entry?.action == .copy(from: "/data/copy.zarr"))
        #expect(stage.changes == 0)
    }

    @Test func `after a failure the work waits for an answer, and stopping is the default`() {
        var world = World.era5
        world.isHeld = { if case .delete = $0 { true } else { false } }
        var stage = Self.staged()
        stage.world.isHeld = world.isHeld
        let count = (stage.explorer.panes.last as? DeletePane)?.count ?? 0
        stage.press(.enter)
        stage.type(String(count))
        stage.press(.enter)
        let number = stage.world.held.last?.number ?? 0
        let failure = ItemFailure(key: "air/mask/c/0/0", reason: "503")
        for (key, answer) in [
            (Key.character("s"), FailureAnswer.skip), (.character("a"), .skipAll), (.enter, .stop),
        ] {
            stage.run(stage.explorer.receive(Event(number, .deleteQuestion(failure))))
            stage.press(key)
            #expect(stage.world.asked.last?.work == .settleFailure(number, answer))
        }
    }

    @Test func `while a question waits for a person nothing else is waited for`() {
        var stage = Self.staged()
        stage.world.isHeld = { if case .delete = $0 { true } else { false } }
        let count = (stage.explorer.panes.last as? DeletePane)?.count ?? 0
        stage.press(.enter)
        stage.type(String(count))
        stage.press(.enter)
        let number = stage.world.held.last?.number ?? 0
        #expect(stage.explorer.isBusy)
        let failure = ItemFailure(key: "air/mask/c/0/0", reason: "503")
        stage.run(stage.explorer.receive(Event(number, .deleteQuestion(failure))))
        #expect(!stage.explorer.isBusy)
        stage.press(.character("s"))
        #expect(stage.explorer.isBusy)
    }

    @Test func `in the inspector only what is looked at is staged, other marks stay`() {
        var stage = Stage(locator: "/data/era5.zarr", isWritable: true)
        stage.press(
            .down,
            .enter,
            .down,
            .down,
            .enter,
            .character(" "),
            .right,
            .right,
            .enter,
            .character("D")
        )
        let context = stage.explorer.context
        #expect(context.staged("/air/mask").map(\.chunkCount) == [1])
        #expect(context.array?.census?.markedCount == 1)
        #expect(context.message?.text.contains("1 stay marked") == true)
    }

    @Test func `staging many isolated chunks costs no more than their number`() {
        var stage = Stage(locator: "/data/era5.zarr", isWritable: true)
        stage.press(.down, .enter, .down, .down, .enter)
        let boxes = (0..<20_000).map { [$0 / 100..<$0 / 100 + 1, $0 % 100..<$0 % 100 + 1] }
        let clock = ContinuousClock()
        let time = clock.measure {
            stage.explorer.context.stage(ChunkSelection(boxes: boxes), of: "/air/mask")
        }
        #expect(stage.explorer.context.staged("/air/mask").count == 20_000)
        #expect(time < .seconds(5))
    }

    @Test func `the tree says why nothing can be staged`() {
        var stage = Stage(locator: "/data/era5.zarr", isWritable: true)
        stage.press(.character("D"))
        #expect(stage.explorer.context.message?.text.contains("Select an array") == true)
        stage.press(.down, .enter, .down, .down, .character("D"))
        #expect(stage.explorer.context.message?.text.contains("No chunk of /air/mask") == true)
        #expect(stage.explorer.context.staged("/air/mask").isEmpty)
    }

    @Test func `the question about an action begins with the action that is staged`() {
        var stage = Self.staged()
        stage.press(.character("e"), .character("4"))
        stage.type("/data/copy.zarr")
        stage.press(.enter, .character("e"))
        guard case .action(_, let selected)? = (stage.explorer.panes.last as? DeletePane)?.prompt
        else {
            Issue.record("no question")
            return
        }
        #expect(PlanPrompt.actions[selected].choice.title.hasPrefix("repair from"))
        stage.press(.escape)
        let entry = stage.explorer.context.staged("/air/mask").first
        #expect(entry?.action == .copy(from: "/data/copy.zarr"))
    }

    @Test func `the question says how many objects each action changes`() {
        var stage = Self.staged()
        stage.press(.escape)
        stage.explorer.context.stage(
            ChunkSelection(boxes: [[7..<8, 0..<2]]),
            of: "/air/mask",
            as: .reEncode
        )
        stage.press(.character("P"), .enter)
        let screen = stage.canvas().plainText
        #expect(screen.contains("of which") && screen.contains("2 re-encode"))
    }

    @Test func `quitting with something staged is asked for twice`() {
        var stage = Self.staged()
        stage.press(.character("Q"))
        #expect(!stage.explorer.isEnded)
        #expect(stage.explorer.context.message?.text.contains("would be forgotten") == true)
        stage.press(.character("Q"))
        #expect(stage.explorer.isEnded)
    }

    @Test func `while the storage is looked at the plan says how far it is, and Esc stops it`() {
        var world = World.era5
        world.isHeld = { if case .planDelete = $0 { true } else { false } }
        var stage = Stage(world, locator: "/data/era5.zarr", isWritable: true)
        stage.press(.down, .enter, .down, .down, .enter, .character(" "), .character("D"))
        let number = stage.world.held.last?.number ?? 0
        let listing = PlanStanding(.listing, done: 12_345, total: nil)
        stage.run(stage.explorer.receive(Event(number, .planStanding(listing))))
        #expect(stage.canvas().plainText.contains("Listing the array  12,345"))
        let trying = PlanStanding(.trying, done: 7, total: 256)
        stage.run(stage.explorer.receive(Event(number, .planStanding(trying))))
        #expect(stage.canvas().plainText.contains("7 of 256"))
        stage.press(.control("c"))
        #expect(stage.world.asked.last?.work == .cancel(number))
        stage.run(stage.explorer.receive(Event(number, .cancelled)))
        #expect(stage.canvas().plainText.contains("Stopped looking: r looks again"))
        stage.press(.character("r"))
        #expect(stage.world.held.count == 2)
        stage.press(.escape)
        #expect(stage.world.asked.last?.work == .cancel(stage.world.held.last?.number ?? 0))
        #expect(stage.explorer.panes.last is MapPane)
        #expect(!stage.explorer.context.staged("/air/mask").isEmpty)
    }

    @Test func `another action can be chosen for all entries at once`() {
        var stage = Self.staged()
        let count = stage.explorer.context.staged("/air/mask").count
        stage.press(.character("a"), .character("1"))
        let all = stage.explorer.context.staged("/air/mask")
        #expect(all.count > count)
        stage.press(.character("e"), .character("a"))
        #expect(stage.canvas().plainText.contains("with \(all.count) entries"))
        stage.press(.character("3"))
        let actions = stage.explorer.context.staged("/air/mask").map(\.action)
        #expect(actions.allSatisfy { $0 == .reEncode } && actions.count == all.count)
        stage.press(.enter)
        #expect(stage.canvas().plainText.contains("What is done to each: re-encode"))
        #expect(stage.canvas().plainText.contains("staged as \(all.count) entries"))
    }

    @Test func `what was stopped on its way reads stopped, never failed`() {
        var world = World.era5
        world.isHeld = { if case .delete = $0 { true } else { false } }
        var stage = Stage(world, locator: "/data/era5.zarr", isWritable: true)
        stage.press(.down, .enter, .down, .down, .enter, .character(" "), .character("D"))
        let count = (stage.explorer.panes.last as? DeletePane)?.count ?? 0
        stage.press(.enter)
        stage.type(String(count))
        stage.press(.enter)
        let number = stage.world.held.last?.number ?? 0
        var outcome = DeleteOutcome(done: 0)
        outcome.unknown = 1
        outcome.isPartial = true
        var failure = ItemFailure(
            key: "c/0/0",
            reason: "outcome unknown; looked at again it is missing"
        )
        failure.isUnknown = true
        outcome.failures = [failure]
        stage.run(stage.explorer.receive(Event(number, .deleted(outcome))))
        let screen = stage.canvas().plainText
        #expect(screen.contains("? stopped  c/0/0  outcome unknown"))
        #expect(screen.contains("failed    0   ? 1 stopped on the way"))
    }
}
