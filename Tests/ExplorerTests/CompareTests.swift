import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// Comparing on the screen.
struct CompareTests {
    private func stage(_ screen: Screen? = nil) -> Stage {
        var stage = Stage(
            size: screen?.size ?? Size(rows: 24, columns: 80),
            locator: "/data/era5.zarr",
            traits: screen?.traits ?? TerminalTraits()
        )
        if let screen, screen.size.rows < 8, screen.size.rows > 1 { stage.press(.character("i")) }
        stage.press(.down, .enter, .down, .down, .enter, .character("C"))
        return stage
    }

    @Test(arguments: Screen.all) func `choosing what to compare with`(_ screen: Screen) {
        var stage = stage(screen)
        stage.type("/data/")
        stage.press(.down)
        Screens.check(
            stage.canvas(isUnicode: screen.traits.isUnicode),
            "compare-choose-\(screen.testDescription)"
        )
    }

    @Test(arguments: Screen.all) func `every kind of difference`(_ screen: Screen) {
        var stage = stage(screen)
        stage.type("/data/copy.zarr")
        stage.press(.enter, .character("n"), .enter)
        Screens.check(
            stage.canvas(isUnicode: screen.traits.isUnicode),
            "compare-\(screen.testDescription)"
        )
    }

    @Test func `n and N go through the differences, round the end`() throws {
        var stage = stage()
        stage.type("/data/copy.zarr")
        stage.press(.enter)
        var met: [String] = []
        for _ in 0..<6 {
            stage.press(.character("n"))
            met.append(String(stage.explorer.context.message?.text.prefix { $0 != "/" } ?? ""))
        }
        #expect(met.first == "sizes differ 1")
        #expect(met[5] == met[0])
        stage.press(.character("N"))
        #expect(stage.explorer.context.message?.text.hasPrefix("unreadable") == true)
    }

    @Test func `values that were read take the place of what the listing said`() throws {
        var stage = stage()
        stage.type("/data/copy.zarr")
        stage.press(.enter, .character("V"))
        let pane = try #require(stage.explorer.panes.last as? ComparePane)
        #expect(pane.comparison?.count(.alike) == 0)
        #expect(pane.comparison?.count(.equal) ?? 0 > 0)
        #expect(pane.comparison?.counts.reduce(0, +) == 96)
    }

    @Test
    func `listings that agree say nothing of values, and what cannot be read is counted apart`()
        throws
    {
        var stage = stage()
        stage.type("/data/copy.zarr")
        stage.press(.enter)
        #expect(stage.canvas().plainText.contains("4 differences, 1 unreadable of 96"))
        let pane = try #require(stage.explorer.panes.last as? ComparePane)
        var comparison = try #require(Comparison(grid: [4]))
        var page = ComparePage()
        for index in 0..<4 { page.append(index, .alike, left: 9, right: 9) }
        comparison.merge(page)
        var summary = CompareSummary(right: "x")
        comparison.finish(summary)
        var other = pane
        other.comparison = comparison
        #expect(other.status(stage.explorer.context) == "listings agree  4  (values: V)")
        summary.isOfValues = true
        comparison.finish(summary)
        other.comparison = comparison
        #expect(other.status(stage.explorer.context) == "✔ values agree  4")
        page = ComparePage()
        page.append(1, .unreadable, left: 9, right: 9)
        other.comparison?.merge(page)
        #expect(other.status(stage.explorer.context) == "1 unreadable of 4")
        #expect(other.reasonDisabled(.next, stage.explorer.context) == nil)
    }

    @Test func `no difference folds away: any cell that holds one shows it`() throws {
        var comparison = try #require(Comparison(grid: [300, 300]))
        comparison.finish(CompareSummary(right: "x"))
        var page = ComparePage()
        page.append(40_177, .onlyRight, left: nil, right: 9)
        comparison.merge(page)
        let view = GridProjection(grid: [300, 300], total: 90_000)
        var camera = MapCamera()
        camera.resize(tileRows: 12, tileColumns: 20, view)
        camera.fit(view)
        let fold = MapFold(comparison.census, view, camera.window(view))
        let shown = fold.cells.filter { DifferenceLook.worst($0).isDifference }
        #expect(shown.count == 1 && shown.first?.anomalies == 1)
        #expect(comparison.differenceCount == 1)
    }

    @Test func `pages from outside the grid and odd sizes do no harm`() throws {
        var comparison = try #require(Comparison(grid: [2, 2]))
        var page = ComparePage()
        for index in [-1, 4, .max, .min, 0] {
            page.append(index, .values, left: .max, right: .max)
        }
        page.leftSizes.removeLast()
        comparison.merge(page)
        #expect(comparison.counts.reduce(0, +) == 4)
        #expect(Comparison(grid: [1 << 30, 1 << 30]) == nil)
        #expect(Comparison(grid: [.max, 3]) == nil)
    }

    @Test func `a record of a listing refuses what needs the store, and says why`() {
        var world = World.era5
        world.opened.record = "From a census file of 2026-11-22 14:00:31: open the store"
        var stage = Stage(world, locator: "/data/era5.census")
        stage.press(.down, .enter, .down, .down, .enter)
        for key in "sVDWM" {
            stage.press(.character(key))
            let text = stage.explorer.context.message?.text ?? ""
            #expect(text.hasPrefix("From a census file"), "\(key): \(text)")
        }
        #expect(stage.deletes == 0)
    }

    @Test func `a watch draws what comes and goes, and the same key ends it`() throws {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .down, .enter, .character("W"))
        let number = try #require(stage.explorer.context.watch?.number)
        #expect(!stage.explorer.isBusy)
        let missing = try #require(stage.explorer.context.array?.census?.count(.missing))
        var report = WatchReport(total: 96, present: 91)
        let hole = try #require(
            (0..<96).first { stage.explorer.context.array?.census?.state($0) == .missing }
        )
        report.changes.append(hole, .present, size: 77)
        report.appeared = 1
        report.perMinute = 30
        report.secondsLeft = 10
        stage.run(stage.explorer.receive(Event(number, .watched(report))))
        #expect(stage.explorer.context.array?.census?.count(.missing) == missing - 1)
        #expect(stage.canvas().plainText.contains("watch +1"))
        stage.press(.character("W"))
        #expect(stage.world.asked.last?.work == .unwatch(number))
        #expect(stage.canvas().plainText.contains("watch: last listing"))
        // What the last listing finds is taken as well, and the time is that of the whole watch.
        report.changes = CensusPage()
        report.changes.append(hole, .missing, size: -1)
        report.vanished = 1
        report.elapsedMilliseconds = 11_000
        report.isLast = true
        stage.run(stage.explorer.receive(Event(number, .watched(report))))
        #expect(stage.explorer.context.watch == nil)
        #expect(stage.explorer.context.array?.census?.count(.missing) == missing)
        #expect(
            stage.explorer.context.message?.text == "Watch ended: 1 came, 1 went in 11.0 s"
        )
    }
}
