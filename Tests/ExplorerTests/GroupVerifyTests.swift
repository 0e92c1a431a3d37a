import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// A verification of every array below a group.
struct GroupVerifyTests {
    private func run(_ stage: Stage) -> GroupVerification? {
        stage.explorer.panes.lazy.compactMap { $0 as? BrowserPane }.first?.asked.verifying
    }

    @Test func `V on a group reads every array below, listed or not, and says what that came to`()
        throws
    {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.character("V"))
        let done = try #require(run(stage))
        #expect(done.isDone && done.path == "/")
        let arrays = stage.world.details.values.filter { $0.array != nil }.map(\.path)
        let had = done.verified.union(done.failures.map(\.path))
        #expect(!done.verified.isEmpty && had.isSubset(of: arrays))
        let screen = stage.canvas().plainText
        #expect(screen.contains("verified"), "\(screen)")
        #expect(screen.contains("Verified below"), "\(screen)")
        for path in done.failures.map(\.path) { #expect(!done.verified.contains(path)) }
    }

    @Test func `a group's verification takes each array once, and sums up`() {
        var run = GroupVerification(path: "/g")
        var counts = CensusCounts(total: 10)
        (counts.present, counts.broken, counts.isComplete) = (9, 2, true)
        run.choose(from: ["/g/a", "/g/b", "/g/c"], broken: 1)
        #expect(run.current == "/g/a" && run.title(of: 3) == "verify, 1 of 3 arrays")
        run.take(counts)
        run.choose(from: ["/g/a", "/g/b", "/g/c"], broken: 1)
        run.fail("no such codec")
        run.choose(from: ["/g/a", "/g/b", "/g/c"], broken: 1)
        #expect(run.current == "/g/c")
        run.take(counts)
        run.choose(from: ["/g/a", "/g/b", "/g/c"], broken: 1)
        #expect(run.isDone && run.current == nil)
        #expect(
            run.words
                == "2 arrays verified, 0 B: 2 missing, 4 broken in 2 arrays; 1 not verified; 1 broken in its metadata"
        )
    }

    @Test func `what is stopped goes on with the arrays that are left`() throws {
        var stage = Stage(locator: "/data/era5.zarr")
        var waiting = stage.explorer.handle(.character("V"))
        var held: Effect?
        while let effect = waiting.popLast() {
            if case .verify = effect.work {
                held = effect
                continue
            }
            for event in stage.world.answer(effect) { waiting += stage.explorer.receive(event) }
        }
        let reading = try #require(held)
        #expect(run(stage)?.isRunning == true && run(stage)?.reading == reading.number)
        #expect(stage.canvas().plainText.contains("⟳ verify, 1 of"))
        stage.run(stage.explorer.receive(Event(reading.number, .cancelled)))
        #expect(run(stage)?.isStopped == true && run(stage)?.verified.isEmpty == true)
        #expect(stage.canvas().plainText.contains("V goes on"))
        stage.press(.character("V"))
        #expect(run(stage)?.isDone == true && run(stage)?.verified.isEmpty == false)
    }

    @Test func `a group is not verified twice at once, nor through a mock`() {
        var stage = Stage(locator: "/data/era5.zarr")
        _ = stage.explorer.handle(.character("V"))
        stage.press(.character("V"))
        #expect(stage.canvas().plainText.contains("A verification is running; ^C stops it"))
    }
}
