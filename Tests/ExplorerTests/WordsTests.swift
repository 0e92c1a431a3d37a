import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// What the screens say, in the words of the commands.
struct WordsTests {
    private func stage(_ change: (inout World) -> Void = { _ in }) -> Stage {
        var world = World.era5
        change(&world)
        var stage = Stage(world, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .down, .enter)
        return stage
    }

    @Test func `a chunk that is not there is missing on every screen`() {
        var stage = stage()
        #expect(stage.explorer.context.message?.text.contains("6 missing, 1 short") == true)
        for keys in ["n", "nnn\r", "s", "2"] {
            for key in keys { stage.press(key == "\r" ? .enter : .character(key)) }
            #expect(!stage.canvas().plainText.contains("absent"))
        }
    }

    @Test func `the legend names the most severe states of the map where room is short`() throws {
        var stage = stage()
        let legend = stage.canvas().plainText.split(separator: "\n").first {
            $0.contains("unreadable  ") && $0.contains("corrupt  ")
        }
        #expect(legend != nil)
    }

    @Test func `only what is missing is a hole`() throws {
        var census = try #require(Census(grid: [3]))
        census.set(0, .present, size: 1)
        census.set(2, .present, size: 1)
        census.set(1, .corrupt, size: 1)
        #expect(CursorFacts(1, census, nil).remark == nil)
        census.set(1, .missing, size: -1)
        #expect(CursorFacts(1, census, nil).remark == "isolated hole")
    }

    @Test func `stored objects of a sharded array are called shards`() {
        var stage = stage { $0.details["/air/mask"]?.array?.innerChunkShape = [5, 5] }
        #expect(stage.explorer.context.message?.text.contains("96 shards") == true)
        #expect(stage.canvas().plainText.contains("Shards"))
        stage.press(.enter)
        #expect(stage.canvas().plainText.contains("shard [0,0]"))
        #expect(stage.canvas().plainText.contains("9 chunks of 5×5"))
    }

    @Test(arguments: [true, false], [true, false])
    func `a tile shows what is known of it so far`(_ isColor: Bool, _ isUnicode: Bool) {
        let painter = TilePainter(
            measure: .presence,
            units: MapUnits(),
            scale: nil,
            tints: [],
            isColor: isColor
        )
        var known = MapFold.Cell()
        known.count = 1000
        known.unknown = 999
        var nothing = known
        nothing.unknown = 1000
        var canvas = Canvas(Size(rows: 2, columns: 2), isUnicode: isUnicode)
        for (row, cell) in [known, nothing].enumerated() {
            let tile = TilePainter.Tile(whole: cell, parts: [cell, cell, cell, cell])
            painter.draw(tile, on: &canvas, row: row, column: 0)
        }
        #expect(canvas[0, 0] != canvas[1, 0])
        #expect(canvas[0, 1] != canvas[1, 1])
    }
}
