import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// Work that takes long: how far it is, and that it is not lost by a slip of the finger.
struct LongWorkTests {
    /// The map of the small array, whose censuses and verifications answer only what a test sends.
    private func stage(holdsCensus: Bool = false) -> Stage {
        var world = World.era5
        world.isHeld = {
            switch $0 {
            case .verify, .resumeVerify: true
            case .census: holdsCensus
            default: false
            }
        }
        var stage = Stage(world, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .down, .enter)
        return stage
    }

    private func progress(_ checked: Int, milliseconds: Int) -> VerifyProgress {
        var progress = VerifyProgress()
        progress.stored = 90
        progress.checked = checked
        progress.errors = 2
        progress.key = "air/mask/c/2/5"
        progress.elapsedMilliseconds = milliseconds
        return progress
    }

    @Test(arguments: [(2000, true), (4500, false)])
    func `quitting asks where work has run for more than three seconds`(
        _ milliseconds: Int,
        _ isEnded: Bool
    ) throws {
        var stage = stage()
        stage.press(.character("V"))
        let number = try #require(stage.world.held.last?.number)
        let news = News.verifyProgress(progress(30, milliseconds: milliseconds))
        stage.run(stage.explorer.receive(Event(number, news)))
        stage.press(.character("Q"))
        #expect(stage.explorer.isEnded == isEnded)
        guard !isEnded else { return }
        #expect(stage.explorer.context.message?.text.hasPrefix("The verification has run") == true)
        stage.press(.character("Q"))
        #expect(stage.explorer.isEnded)
    }

    @Test func `work that has ended is not asked for`() throws {
        var stage = stage()
        stage.press(.character("V"))
        let number = try #require(stage.world.held.last?.number)
        let news = News.verifyProgress(progress(90, milliseconds: 9000))
        stage.run(stage.explorer.receive(Event(number, news)))
        stage.run(stage.explorer.receive(Event(number, .cancelled)))
        stage.press(.character("Q"))
        #expect(stage.explorer.isEnded)
    }

    @Test func `the map tells how far a verification is, and p pauses it there`() throws {
        var stage = stage()
        stage.press(.character("V"))
        let number = try #require(stage.world.held.last?.number)
        let news = News.verifyProgress(progress(30, milliseconds: 3000))
        stage.run(stage.explorer.receive(Event(number, news)))
        let title = stage.canvas().plainText.prefix { $0 != "\n" }
        #expect(title.contains("verify 30 of 90  10/s  6.0 s left"), "\(title)")
        #expect(stage.canvas().plainText.contains("p pause, go on"))
        stage.press(.character("p"))
        #expect(stage.world.asked.last?.work == .cancel(number))
    }

    @Test func `findings tell the errors so far and the key that was looked at last`() throws {
        var stage = stage()
        stage.press(.character("L"), .character("V"))
        let number = try #require(stage.world.held.last?.number)
        let news = News.verifyProgress(progress(30, milliseconds: 3000))
        stage.run(stage.explorer.receive(Event(number, news)))
        #expect(stage.canvas().plainText.contains("2 errors so far   at air/mask/c/2/5"))
    }

    @Test func `a census tells the longest that it can take, and what it leaves unknown`() throws {
        var stage = stage(holdsCensus: true)
        let number = try #require(stage.world.held.last?.number)
        var page = CensusPage()
        for index in 0..<24 { page.append(index, .present, size: 9) }
        page.elapsedMilliseconds = 2000
        stage.run(stage.explorer.receive(Event(number, .censusPage(page))))
        #expect(stage.canvas().plainText.contains("census 24 of 96  12/s  at most 6.0 s left"))
        stage.run(stage.explorer.receive(Event(number, .cancelled)))
        #expect(stage.canvas().plainText.contains("census stopped: 72 of 96 unknown"))
        stage.press(.character("L"))
        let canvas = stage.canvas()
        let line = try #require(canvas.plainText.split(separator: "\n").dropFirst().first)
        #expect(line.contains("census stopped: 72 of 96 unknown"))
        #expect(!canvas.plainText.contains("nothing stands out"))
    }
}
