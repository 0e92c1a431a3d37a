import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// What the map's axes panel, its boxes and its counts answer to keys and the mouse.
struct MapPanelTests {
    private func stage(_ size: Size = Size(rows: 36, columns: 120)) -> Stage {
        var stage = Stage(size: size, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .enter)
        return stage
    }

    private func map(_ stage: Stage) throws -> MapPane {
        try #require(stage.explorer.panes.last as? MapPane)
    }

    @Test func `a click on a name selects the axis, one on its bar goes along it`() throws {
        var stage = stage()
        _ = stage.canvas()
        let view = try #require(try map(stage).view)
        let axis = try #require(view.otherAxes.last)
        let panel = try map(stage).layout.panel
        let top = Frame(size: stage.explorer.size, hasBanner: false).pane.row
        let row = top + panel.row + 1 + axis
        stage.run(stage.explorer.handle(.mouse(.press, Point(row: row, column: panel.column + 1))))
        #expect(try map(stage).axis == axis)
        stage.press(.character("f"))
        let line = stage.canvas().plainText.split(separator: "\n")[row]
        let bar = try #require(line.dropFirst(panel.column).firstIndex(of: "▕"))
        let column = line.distance(from: line.startIndex, to: bar)
        for at in [1, 0] {
            let point = Point(row: row, column: column + 1 + at)
            stage.run(stage.explorer.handle(.mouse(.press, point)))
            let pane = try map(stage)
            guard case .fixed(let place) = pane.view?.parts[axis] else {
                Issue.record("the axis is not fixed")
                return
            }
            let length = pane.drawn.strips?.counts[axis].count ?? 1
            #expect(place * length / view.counts[axis] == at && pane.focus[axis] == place)
        }
    }

    @Test func `Tab says where there is no room for the axes`() throws {
        var stage = stage(Size(rows: 16, columns: 60))
        stage.press(.tab)
        #expect(try !map(stage).isOnAxes)
        #expect(stage.explorer.context.message?.text.hasPrefix("There is no room") == true)
    }

    @Test func `Enter marks the box that is being drawn`() throws {
        var stage = Stage(size: Size(rows: 36, columns: 120), locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .down, .enter)
        stage.press(.character("v"), .right, .enter)
        let pane = try map(stage)
        #expect(pane.anchor == nil)
        #expect(pane.question != nil || stage.explorer.context.array?.shown?.markedCount ?? 0 > 1)
    }

    @Test func `a count stands in digits where there is room, and what + means is said`() {
        #expect(TilePainter.count(9, columns: 2) == "9")
        #expect(TilePainter.count(10, columns: 2) == "+")
        #expect(TilePainter.count(123, columns: 5) == "123")
        #expect(TilePainter.count(12_345, columns: 5) == "+")
        var tile = TilePainter.Tile(whole: MapFold.Cell(), parts: [])
        (tile.columnsOfChunk, tile.columnsInView, tile.columnOfChunk) = (3, 3, 1)
        #expect(tile.textRoom == 5 && tile.part(of: "123o") == "3o")
    }
}
