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

    @Test func `what is stopped goes on with the arrays that are left`() {
        var stage = Stage(locator: "/data/era5.zarr")
        let (size, keys) = (stage.explorer.size, Key.character("V"))
        #expect(size.rows > 0)
        // Nothing is answered: the first request is under way.
        var waiting = stage.explorer.handle(keys)
        while let effect = waiting.popLast(), run(stage)?.current == nil {
            for event in stage.world.answer(effect) { waiting += stage.explorer.receive(event) }
        }
        guard let number = stage.explorer.context.pending.keys.max() else { return }
        _ = stage.explorer.receive(Event(number, .cancelled))
        stage.press(keys)
        stage.run(waiting)
        #expect(run(stage)?.isStopped == false)
    }
}
