import Canvas
import Raster
import Testing
import ZarrModel

@testable import Explorer

/// What stood in the way of somebody who used it for the first time.
struct FirstUseTests {
    @Test func `an array that nobody counted is never called clean`() {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.down, .enter)
        stage.select("temp")
        stage.press(.escape, .character("6"))
        let screen = stage.canvas().plainText
        #expect(screen.contains("not counted"), "\(screen)")
        #expect(screen.contains("c count"), "\(screen)")
        #expect(!screen.contains("No findings."), "\(screen)")
        stage.press(.character("c"))
        #expect(stage.world.asked.contains { $0.work == .count(path: "/air/temp") })
        #expect(!stage.canvas().plainText.contains("not counted"))
    }

    @Test func `c on a group counts every array below that was not`() {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.down, .enter, .character("c"))
        #expect(stage.world.asked.contains { $0.work == .count(path: "/air/temp") })
    }

    @Test func `shards that are whole, partial and missing add up`() throws {
        var world = World.era5
        world.details["/air/mask"]?.array?.innerChunkShape = [5, 3]
        var stage = Stage(world, size: Size(rows: 30, columns: 120), locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .down, .enter)
        let census = try #require(stage.explorer.context.array?.shown)
        #expect(census.partialCount > 0)
        let screen = stage.canvas().plainText
        let whole = census.count(.present) - census.partialCount
        #expect(screen.contains("whole"), "\(screen)")
        let states = ChunkState.allCases.filter { $0 != .present }
        let others = states.reduce(0) { $0 + census.count($1) }
        #expect(whole + census.partialCount + others == census.total)
        #expect(!screen.contains("1%"), "\(screen)")
    }

    @Test func `what lies below folders that could not be listed is unknown, the rest is not`() {
        var census = Census(grid: [3, 4])
        var page = CensusPage()
        page.append(0, .present, size: 5)
        page.append(5, .present, size: 5)
        census?.merge(page)
        var summary = CensusSummary(isComplete: false)
        summary.unlisted = [4..<8]
        summary.problem = "c/1 cannot be listed"
        census?.finish(summary)
        #expect(census?.count(.present) == 2 && census?.count(.unknown) == 3)
        #expect(census?.count(.missing) == 7)
        let counts = census.map { CensusCounts($0) }
        #expect(counts?.missing == 7 && counts?.unknown == 3 && counts?.isComplete == false)
        #expect(counts?.text(isWide: true).text == "o 7 ? 3")
    }

    @Test func `a size beside the median may be more than all of it`() {
        #expect(Format.ratio(34_509, to: 34_304) == "100.6 %")
        #expect(Format.ratio(50, to: 100) == "50.0 %")
        #expect(Format.ratio(3, to: 1) == "300.0 %")
    }

    @Test(arguments: [(1, 1), (3, 5), (10, 10), (11, 20), (22_740, 50_000), (Int.max, Int.max)])
    func `ticks stand at round numbers`(least: Int, step: Int) {
        #expect(RoundStep.atLeast(least) == step)
    }

    @Test func `a text that was there is replaced by the first character that is typed`() {
        var stage = Stage()
        stage.press(.tab, .character("o"))
        stage.type("x.zarr")
        stage.press(.escape, .character("o"))
        stage.type("y")
        #expect((stage.explorer.panes[0] as? HomePane)?.field.string == "y")
    }

    @Test func `what could not be opened keeps its name while another is typed`() {
        var world = World.era5
        world.isHeld = { if case .open = $0 { true } else { false } }
        var stage = Stage(world, locator: "/data/gone.zarr")
        let number = stage.world.held.last?.number ?? 0
        stage.run(stage.explorer.receive(Event(number, .failed(Problem("nothing is there")))))
        stage.press(.character("o"))
        stage.type("other")
        #expect(stage.canvas().plainText.contains("/data/gone.zarr"))
    }

    @Test func `P goes to the array of which something is staged, and the title counts it`() {
        var stage = Stage(locator: "/data/era5.zarr", isWritable: true)
        stage.press(.down, .enter, .down, .down, .enter, .character(" "), .character("D"))
        stage.press(.escape, .character("q"))
        stage.select("temp")
        stage.press(.enter)
        #expect(stage.canvas().plainText.contains("staged"))
        stage.press(.character("P"))
        #expect((stage.explorer.panes.last as? DeletePane)?.path == "/air/mask")
    }

    @Test func `the way out of a mock is on every screen`() {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .enter, .character("M"))
        stage.press(.character("A"))
        guard stage.explorer.context.mock.isArmed else { return }
        let lines = stage.canvas().plainText.split(separator: "\n")
        #expect(lines.contains { $0.contains("MOCK ARMED") && $0.contains("X disarms") })
        #expect(lines.last?.contains("X disarm") == true, "\(lines.last ?? "")")
    }

    @Test func `a range that cannot be read stays to be mended`() {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .character("s"), .character("/"))
        stage.type("nowhere")
        stage.press(.enter)
        #expect((stage.explorer.panes.last as? SlicePane)?.prompt?.field.string == "nowhere")
        #expect(stage.explorer.context.message?.text.contains("e.g.") == true)
    }

    @Test func `keys that can do nothing say so`() {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .enter, .character(">"))
        #expect(stage.explorer.context.message?.text.contains("no shards") == true)
        stage.press(.character("q"), .character("g"), .character("M"))
        #expect(stage.explorer.context.message?.text.contains("Select an array") == true)
    }

    @Test func `a picture says by squares what its colours are`() {
        let pixels = Pixels(width: 4, height: 4, PixelColor(.present))
        let told = pixels.withLegend([PixelColor(.missing), PixelColor(.present)])
        #expect(told.height > 4 && told.width >= 36)
        #expect(told[0, 0] == PixelColor(.present) && told[6, 14] == PixelColor(.missing))
        #expect(told[24, 14] == PixelColor(.present))
    }
}
