import Canvas
import Raster
import Testing
import ZarrModel

@testable import Explorer

struct SliceTests {
    /// The numbers are the index of their own element, so that one cannot be taken for another.
    private static let world: World = {
        var world = World.era5
        world.number = { Double($0 * 1000 + $1) }
        let days = (0..<200).map { "2019-\($0 / 28 + 1)-\($0 % 28 + 1)" }
        let lats = (0..<64).map { 90 - Double($0) * 2.5 }
        world.coordinates["/air/temp"] = [
            AxisCoordinates(axis: 0, name: "time", values: .texts(days), count: 200),
            AxisCoordinates(axis: 2, name: "lat", values: .numbers(lats), count: 64),
            AxisCoordinates(
                axis: 3,
                name: "lon",
                values: .steps(origin: 0, step: 5.5),
                count: 64
            ),
        ]
        return world
    }()

    private func slice(_ stage: Stage) throws -> SlicePane {
        try #require(stage.explorer.panes.last as? SlicePane)
    }

    private func stage(_ world: World = SliceTests.world, size: Size = Size(rows: 24, columns: 80))
        -> Stage
    {
        var stage = Stage(world, size: size, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .character("s"))
        return stage
    }

    /// What the value beside the cursor's index should be.
    private func isRight(_ stage: Stage) throws -> Bool {
        let slice = try slice(stage)
        let number = slice.cursor.row * 1000 + slice.cursor.column
        let text = slice.cursorText
        return text == String(number) || text == "\(number).0"
    }

    @Test func `every label over the columns is whole, wherever the cursor is`() throws {
        var stage = stage()
        let count = try slice(stage).indexes.count
        #expect(count == 4)
        for _ in 0..<64 {
            let canvas = stage.canvas()
            let slice = try slice(stage)
            let labels = Set((0..<64).map { slice.label(slice.shownAxes.column, $0, width: 12) })
            let top = Frame(size: stage.explorer.size, hasBanner: false).pane.row
            let columns = slice.layout.ruler.columnRange
            let text = columns.map { column in
                canvas[top + slice.layout.ruler.row, column].character.map(String.init) ?? ""
            }.joined()
            for word in text.split(separator: " ") {
                #expect(labels.contains(String(word)), "\(text)")
            }
            stage.press(.right)
        }
    }

    @Test func `a value is told only where a place is one element`() throws {
        var stage = stage()
        #expect(try slice(stage).window.step > 1)
        #expect(try slice(stage).cursorText == nil)
        #expect(stage.canvas().plainText.contains("mean"))
        stage.press(.character("+"), .character("+"))
        #expect(try slice(stage).window.step == 1)
        stage.press(.character("a"), .character("]"), .character("]"), .character("]"))
        #expect(try slice(stage).cursor.row == 3)
        #expect(try isRight(stage))
        stage.press(.right, .down, .character("a"), .character("]"))
        stage.press(.character("2"))
        for key in "tGg$^".map({ Key.character($0) }) + [.control("d"), .pageDown] {
            stage.press(key)
            #expect(try isRight(stage), "\(key)")
        }
    }

    @Test(arguments: [80, 100, 120, 160])
    func `every dimension tells its index and its coordinate with its unit`(_ columns: Int) throws {
        var world = Self.world
        world.coordinates["/air/temp"]?[1].units = "degrees_north"
        var stage = stage(world, size: Size(rows: columns < 100 ? 24 : 45, columns: columns))
        stage.press(.character("/"))
        stage.type("3,4,20,7")
        stage.press(.enter)
        let text = stage.canvas().plainText
        for part in ["3/199", "4/19", "20/63", "7/63", "2019-1-4", "40 °N", "38.5"] {
            #expect(text.contains(part), "\(part)\n\(text)")
        }
        let ascii = stage.canvas(isUnicode: false).plainText
        let isPlain = ascii.allSatisfy { $0.isASCII }
        #expect(isPlain)
        // A click on a slider goes there, wherever the lines stand.
        let slice = try slice(stage)
        for (axis, row) in slice.dimensions.rows.enumerated() {
            let end = slice.dimensions.sliderColumn + slice.dimensions.sliderWidth - 1
            let place = Point(
                row: slice.layout.panel.row + row,
                column: slice.layout.panel.column + end
            )
            let details = try #require(stage.explorer.context.arrayDetails("/air/temp"))
            let found = try #require(slice.slider(at: place, details))
            #expect(found.axis == axis && found.index == details.shape[axis] - 1)
        }
    }

    @Test func `a mixture is never told as the element's value, which is read by itself`() throws {
        var stage = stage()
        let before = try slice(stage).window.step
        #expect(before > 1)
        stage.press(.right)
        let column = try slice(stage).cursor.column
        let text = stage.canvas().plainText
        #expect(text.contains("value   \(column)"), "\(text)")
        #expect(text.contains("of \(before)×\(before)"))
        stage.press(.character("Y"))
        #expect(stage.world.asked.contains { $0.work == .copy("\(column).0") })
        let reads = stage.world.asked.count {
            if case .readElement = $0.work { true } else { false }
        }
        _ = stage.canvas()
        stage.run(stage.explorer.resize(stage.explorer.size))
        let later = stage.world.asked.count {
            if case .readElement = $0.work { true } else { false }
        }
        #expect(later == reads, "what is known is not read again")
    }

    @Test func `one element is read at a time, the newest next`() throws {
        var world = Self.world
        world.isHeld = { if case .readElement = $0 { true } else { false } }
        var stage = stage(world)
        stage.press(.right, .right, .right)
        let held = stage.world.held
        #expect(held.count == 1)
        guard case .readElement(let plane) = held[0].work else { return }
        var values = PlaneValues(request: plane)
        values.texts = ["1234.5"]
        stage.run(stage.explorer.receive(Event(held[0].number, .plane(values))))
        #expect(!stage.canvas().plainText.contains("1234.5"), "the cursor is elsewhere now")
        #expect(stage.world.held.count == 2)
        guard case .readElement(let next) = try #require(stage.world.held.last).work else { return }
        let column = try slice(stage).cursor.column
        #expect(next.columns.start == column)
    }

    @Test func `a pixel of which a part is missing tells how much of it is`() throws {
        var world = Self.world
        world.isHeld = { if case .readPlane = $0 { true } else { false } }
        var stage = stage(world)
        let effect = try #require(stage.world.held.last)
        guard case .readPlane(let request) = effect.work else { return }
        let count = request.rows.count * request.columns.count
        var values = PlaneValues(request: request)
        values.numbers = Array(repeating: 5, count: count)
        values.minima = values.numbers
        values.maxima = values.numbers
        values.sources = Array(repeating: .absent, count: count)
        values.rowPlaces = Array(repeating: request.rows.step, count: request.rows.count)
        values.columnPlaces = Array(repeating: request.columns.step, count: request.columns.count)
        values.absentCounts = Array(repeating: 1, count: count)
        stage.run(stage.explorer.receive(Event(effect.number, .plane(values))))
        let whole = request.rows.step * request.columns.step
        let text = stage.canvas().plainText
        #expect(text.contains("o 1 of \(whole) missing"), "\(text)")
        #expect(text.contains("5 of \(whole - 1) stored"))
    }

    @Test func `the palette's name stands by its colours`() {
        for columns in [80, 120, 160] {
            var stage = stage(size: Size(rows: 24, columns: columns))
            #expect(stage.canvas().plainText.contains("cividis"))
            stage.press(.character("c"))
            #expect(stage.canvas().plainText.contains("viridis"))
        }
    }

    @Test func `a value is not shown for a plane it was not read from`() throws {
        var world = Self.world
        world.isHeld = { if case .readPlane(let plane) = $0 { plane.fixed[1] > 0 } else { false } }
        var stage = stage(world)
        stage.press(.character("2"))
        #expect(try isRight(stage))
        stage.press(.character("]"))
        #expect(try slice(stage).cursorText == nil)
    }

    @Test func `what was not read is never shown as a value, and what came is painted`() throws {
        var world = Self.world
        world.isHeld = { if case .readPlane = $0 { true } else { false } }
        var stage = stage(world)
        let effect = try #require(stage.world.held.last)
        guard case .readPlane(let request) = effect.work else { return }
        var part = PlaneValues(request: request)
        let count = request.rows.count * request.columns.count
        part.numbers = (0..<count).map { Double($0) }
        part.sources = (0..<count).map { $0 < count / 2 ? .stored : .unread }
        part.chunksTotal = 10
        part.chunksRead = 5
        stage.run(stage.explorer.receive(Event(effect.number, .planePart(part))))
        let text = stage.canvas().plainText
        #expect(text.contains("not read"))
        #expect(text.contains("5 of 10"))
        #expect(stage.explorer.isBusy)
        #expect(try slice(stage).picture?.plane.marks.last == .unread)
    }

    @Test func `moving on cancels what is being read, and coming back reads nothing anew`() throws {
        var world = Self.world
        world.isHeld = { if case .readPlane(let plane) = $0 { plane.fixed[1] == 1 } else { false } }
        var stage = stage(world)
        stage.press(.character("]"))
        let first = try #require(stage.world.held.last)
        stage.press(.character("]"))
        #expect(stage.world.asked.contains { $0.work == .cancel(first.number) })
        let count = stage.world.asked.count { if case .readPlane = $0.work { true } else { false } }
        stage.press(.character("["), .character("["))
        let later = stage.world.asked.count { if case .readPlane = $0.work { true } else { false } }
        #expect(later == count + 1, "only the one that was cancelled is asked for again")
        #expect(try slice(stage).isCurrent)
    }

    @Test func `an absent chunk behind a pixel shows before anything of it was read`() throws {
        var world = World.era5
        world.isHeld = { if case .readPlane = $0 { true } else { false } }
        var stage = Stage(world, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .down, .enter, .character("s"))
        let effect = try #require(stage.world.held.last)
        guard case .readPlane(let request) = effect.work else { return }
        var part = PlaneValues(request: request)
        let count = request.rows.count * request.columns.count
        part.numbers = Array(repeating: .nan, count: count)
        part.sources = Array(repeating: .unread, count: count)
        stage.run(stage.explorer.receive(Event(effect.number, .planePart(part))))
        _ = stage.canvas()
        let marks = try #require(slice(stage).picture?.plane.marks)
        #expect(marks.contains(.absent))
        #expect(marks.contains(.failed))
        #expect(marks.contains(.unread))
    }

    @Test func `every hole of the grid is in some pixel, however far it is zoomed out`() throws {
        var details = ArrayDetails(
            shape: [500, 700],
            chunkShape: [10, 7],
            gridShape: [50, 100],
            dataType: "int16"
        )
        details.dimensionNames = ["y", "x"]
        for hole in [0, 4999, 2571, 99] {
            var census = try #require(Census(grid: [50, 100]))
            for chunk in 0..<5000 {
                census.set(chunk, chunk == hole ? .missing : .present, size: 9)
            }
            for step in [1, 3, 10, 64, 700] {
                let request = PlaneRequest(
                    path: "/a",
                    rowAxis: 0,
                    columnAxis: 1,
                    fixed: [0, 0],
                    rows: .init(start: 0, count: (499 / step) + 1, step: step, stride: step),
                    columns: .init(start: 0, count: (699 / step) + 1, step: step, stride: step),
                    form: .numbers
                )
                let presence = SlicePresence(census, details, request)
                #expect(presence.sources.contains(.absent), "chunk \(hole), step \(step)")
            }
        }
    }

    @Test func `decoding asks for the plane anew, and only where the attributes say how`() throws {
        var world = Self.world
        var stage = stage(world)
        stage.press(.character("d"))
        #expect(try !slice(stage).isDecoded)
        #expect(stage.explorer.context.message?.text.hasPrefix("Its attributes have no") == true)
        world.details["/air/temp"]?.array?.decoding = "× 0.5, in K"
        stage = self.stage(world)
        #expect(stage.canvas().plainText.contains("as stored"))
        #expect(try #require(slice(stage).values).request.isDecoded == false)
        stage.press(.character("d"))
        #expect(try #require(slice(stage).values).request.isDecoded)
        #expect(stage.canvas().plainText.contains("decoded"))
        #expect(stage.canvas().plainText.contains("× 0.5, in K"))
        func reads() -> Int {
            stage.world.asked.count { if case .readPlane = $0.work { true } else { false } }
        }
        let count = reads()
        stage.press(.character("d"), .character("d"))
        #expect(reads() == count, "what was read before is still there")
    }

    @Test func `values are written of the whole plane, whatever part of it is shown`() throws {
        var stage = stage()
        stage.press(.character("2"), .character("t"), .character("w"), .control("u"))
        stage.type("/tmp/a.npy")
        stage.press(.enter)
        let order = try #require(stage.world.exports.last)
        guard case .values(let plane, let isTable) = order.content else {
            Issue.record("no values are written")
            return
        }
        #expect(!isTable && plane.rowAxis == 3 && plane.columnAxis == 2)
        #expect(plane.rows.count == 64 && plane.columns.count == 64)
        stage = Stage(Self.world, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .character("w"), .control("u"))
        stage.type("/tmp/a.csv")
        stage.press(.enter)
        #expect(stage.world.exports.isEmpty)
        #expect(stage.canvas().plainText.contains("only the values of a slice"))
    }

    @Test func `a run reads ahead, takes what is on its way, and stops it when paused`() throws {
        var world = Self.world
        world.isHeld = { if case .readAhead = $0 { true } else { false } }
        var stage = stage(world)
        stage.press(.character("a"), .character("a"), .character(" "))
        let held = stage.world.held.filter { if case .readAhead = $0.work { true } else { false } }
        #expect(held.count == 4)
        let tick = try #require(slice(stage).player.tick)
        stage.run(stage.explorer.receive(Event(tick, .ticked)))
        #expect(try slice(stage).request?.number == held[0].number)
        stage.press(.character(" "))
        #expect(try slice(stage).ahead.isEmpty)
        let stopped = stage.world.asked.filter { if case .cancel = $0.work { true } else { false } }
        #expect(stopped.count >= 3)
    }

    @Test func `it runs along a dimension only while each frame arrives, and idles when paused`()
        throws
    {
        var stage = stage()
        stage.press(.character(" "))
        #expect(!stage.explorer.isBusy, "waiting for the next frame is no work")
        for frame in 1...3 {
            let tick = try #require(stage.world.asked.last)
            #expect(tick.work == .tick(after: 250))
            stage.run(stage.explorer.receive(Event(tick.number, .ticked)))
            #expect(try slice(stage).indexes[1] == frame)
        }
        let tick = try #require(stage.world.asked.last)
        stage.press(.character(" "))
        #expect(stage.world.asked.contains { $0.work == .cancel(tick.number) })
        let before = stage.world.asked.count
        stage.run(stage.explorer.receive(Event(tick.number, .ticked)))
        #expect(stage.world.asked.count == before)
        #expect(stage.explorer.context.pending.isEmpty)
    }

    @Test func `the map's cursor follows the slice, and the slice the map's`() throws {
        var stage = Stage(Self.world, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .enter, .character("n"), .character("s"))
        #expect(try slice(stage).indexes == [40, 4, 24, 4])
        stage.press(.character("2"), .character("/"))
        stage.type("48,2,36,30")
        stage.press(.enter, .character("m"))
        let map = try #require(stage.explorer.panes.last as? MapPane)
        #expect(map.focus == [24, 1, 18, 15])
    }

    @Test(arguments: [
        ("7,8,9,10", [7, 8, 9, 10]), ("[7, 8]", [7, 8, 0, 0]), ("lat=-1 lon=3", [0, 0, 63, 3]),
        ("lat@45.1", [0, 0, 18, 0]), ("time@2019-2-1", [28, 0, 0, 0]), ("5", [0, 5, 0, 0]),
    ])
    func `a typed place is gone to`(_ typed: String, _ indexes: [Int]) throws {
        var stage = stage()
        stage.press(.character("/"))
        stage.type(typed)
        stage.press(.enter)
        #expect(try slice(stage).indexes == indexes)
    }

    @Test(arguments: [
        "", "1,2,3,4,5", "lat=64", "north=1", "lon@west", "99999999999999999999", "=",
    ])
    func `a typed place that there is not is refused in words`(_ typed: String) throws {
        var stage = stage()
        stage.press(.character("/"))
        stage.type(typed)
        stage.press(.enter)
        #expect(try slice(stage).indexes == [0, 0, 0, 0])
        #expect(stage.explorer.context.message?.role == .warning)
    }

    @Test func `Esc leaves what is typed and stays in the slice`() throws {
        var stage = stage()
        stage.press(.character("/"), .character("5"), .escape)
        #expect(try slice(stage).indexes == [0, 0, 0, 0])
        #expect(try !slice(stage).isTyping)
    }

    /// A stage whose array is of a type, and of two dimensions.
    private func stage(of type: String) -> Stage {
        var world = Self.world
        world.number = { Double(($0 + $1) % 2) }
        world.details["/air/temp"]?.array = ArrayDetails(
            shape: [8, 9],
            chunkShape: [4, 9],
            gridShape: [2, 1],
            dataType: type
        )
        return stage(world)
    }

    @Test func `a number that is not the element itself says what it is`() throws {
        for (type, word) in [
            ("numpy.datetime64[ns]", "counts"), ("complex128", "magnitude"), ("bool", "1 is true"),
        ] {
            var stage = stage(of: type)
            #expect(try (slice(stage).mode == .table) == type.hasPrefix("numpy"), "\(type)")
            stage.press(.character("1"))
            #expect(stage.canvas().plainText.contains(word), "\(type)")
            stage.press(.character("2"))
            #expect(!stage.canvas().plainText.contains(word), "\(type)")
        }
    }

    @Test func `few whole numbers have a bar each`() throws {
        var stage = stage(of: "bool")
        stage.press(.character("4"))
        let lines = stage.canvas().plainText.split(separator: "\n").map { $0.prefix(50) }
        #expect(lines.contains { $0.hasPrefix(" value") })
        #expect(lines.contains { $0.hasPrefix(" 0 ") && $0.contains(" 36 ") })
        #expect(lines.contains { $0.hasPrefix(" 1 ") && $0.contains(" 36 ") })
        #expect(!lines.contains { $0.contains("0.5") })
    }

    @Test func `stepping is offered first only where a dimension is left to step`() throws {
        var two = stage(of: "float32")
        let flat = two.canvas().plainText.split(separator: "\n").last ?? ""
        #expect(!flat.contains("step") && !flat.contains("play") && flat.contains("go to"))
        var four = stage()
        let deep = four.canvas().plainText.split(separator: "\n").last ?? ""
        #expect(deep.contains("step") && deep.contains("play"))
    }

    @Test func `a dimension of a thousand million elements is walked to its end`() throws {
        var world = Self.world
        let length = 1_000_000_000
        var array = ArrayDetails(
            shape: [length, 3],
            chunkShape: [1000, 3],
            gridShape: [1_000_000, 1],
            dataType: "float32"
        )
        array.elementBytes = 4
        world.details["/air/temp"]?.array = array
        var stage = stage(world)
        stage.press(.character("2"), .character("G"))
        #expect(try slice(stage).cursor.row == length - 1)
        #expect(try isRight(stage))
        let rows = try #require(slice(stage).values?.request.rows)
        #expect(rows.start + rows.count == length)
        stage.press(.character("1"), .character("-"), .character("-"), .character("0"))
        #expect(try slice(stage).isCurrent)
        stage.press(.character("3"), .character("-"), .character("-"), .character("-"))
        #expect(try slice(stage).isCurrent)
    }
}
