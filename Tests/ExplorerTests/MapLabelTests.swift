import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// What the map says of places, where names and numbers are long.
struct MapLabelTests {
    /// A map of nine axes, one of them long, with its last chunk missing.
    private func stage(_ size: Size) -> Stage {
        var world = World.era5
        let grid = [20_000, 2, 2, 1, 1, 1, 1, 1, 1]
        var array = ArrayDetails(
            shape: grid,
            chunkShape: grid.map { _ in 1 },
            gridShape: grid,
            dataType: "int8"
        )
        array.dimensionNames = [
            "forecast_reference_time", "realization", "height_above_ground", "a", "b", "c", "d",
            "e", "f",
        ]
        array.keyEncoding = ChunkKeyEncoding(.default)
        world.details["/air/mask"]?.array = array
        var all = Array(repeating: (ChunkState.present, Int64(9)), count: 80_000)
        all[79_999] = (.missing, -1)
        world.chunks["/air/mask"] = all.map { (state: $0.0, size: $0.1) }
        var stage = Stage(world, size: size, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .down, .enter, .character("n"))
        return stage
    }

    @Test(arguments: [Size(rows: 24, columns: 80), Size(rows: 45, columns: 160)])
    func `the place of a chunk on many axes is told whole`(_ size: Size) {
        var stage = stage(size)
        let screen = stage.canvas().plainText
        #expect(screen.contains("20.0k"))
        #expect(screen.contains("19999"))
        let panel = screen.split(separator: "\n").compactMap { $0.split(separator: "│").last }
        let told = panel.flatMap { $0.split(separator: " ") }.joined()
        let place = "[19999,1,1,0,0,0,0,0,0]"
        let isTold =
            told.contains(place) || told.contains("index" + place.dropFirst().dropLast())
            || told.contains(
                "placeforecast_reference_time19999realization1height_above_ground1a0b0c0d0e0f0"
            )
        #expect(isTold, "\(told)")
        #expect(told.contains("c/19999/1/1/0/0/0/0/0/0"))
    }

    @Test func `a message leaves out the names of axes before it leaves out a place`() {
        let stage = stage(Size(rows: 24, columns: 80))
        let text = stage.explorer.context.message?.text ?? ""
        #expect(text.contains("[19999,1,1,0,0,0,0,0,0]"), "\(text)")
        #expect(TextWidth.of(text) < 80)
    }

    @Test func `a fixed place of many digits is not cut`() {
        var stage = stage(Size(rows: 24, columns: 80))
        stage.press(.character("a"))
        for _ in 0..<8 where (stage.explorer.panes.last as? MapPane)?.axis != 1 {
            stage.press(.character("a"))
        }
        stage.press(.character("y"))
        for _ in 0..<8 where (stage.explorer.panes.last as? MapPane)?.axis != 0 {
            stage.press(.character("a"))
        }
        stage.press(.character("f"))
        #expect(stage.canvas().plainText.contains("@19999"))
    }

    @Test func `names of axes are shortened where they do not fit`() {
        var view = GridProjection(grid: [4, 5], total: 20)
        view.set(0, .folded)
        var details = ArrayDetails(
            shape: [4, 5],
            chunkShape: [1, 1],
            gridShape: [4, 5],
            dataType: "int8"
        )
        details.dimensionNames = ["height_above_ground", "forecast_reference_time"]
        let names = AxisNames(details, rank: 2)
        #expect(
            view.axesText(names, columns: 80) == "height_above_ground ↓  forecast_reference_time →"
        )
        let short = view.axesText(names, columns: 30)
        #expect(short.map { TextWidth.of($0) } ?? 99 <= 30)
        #expect(short?.contains("↓") == true && short?.contains("→") == true)
        #expect(view.axesText(names, columns: 8) == nil)
    }
}
