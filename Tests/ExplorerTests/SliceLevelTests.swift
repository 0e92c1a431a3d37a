import Canvas
import Raster
import Testing
import ZarrModel

@testable import Explorer

/// A slice of an image in several resolutions.
struct SliceLevelTests {
    // MARK: Where the elements of a level belong

    @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 13, 64, 1000], [1.0, 1.5, 2, 3.37, 4])
    func `each element of a level belongs to one part, and each part has one`(
        _ step: Int,
        _ factor: Double
    ) throws {
        for (whole, start, pixels) in [(1000, 0, 2000), (1001, 300, 20), (997, 995, 3), (5, 0, 9)] {
            let lengths = [Double(whole) / factor].flatMap { [Int($0), Int($0.rounded(.up))] }
            for length in Set(lengths) where Double(step) >= factor && length > 0 {
                let axis = try #require(LevelAxis(whole: whole, length: length, factor: factor))
                let count = min(pixels, (whole - start - 1) / step + 1)
                for stride in [1, step] {
                    let run = PlaneRequest.Run(
                        start: start,
                        count: count,
                        step: step,
                        stride: stride
                    )
                    let span = PlaneSpan(run, length: length, in: axis)
                    check(span, run, axis)
                }
            }
        }
    }

    private func check(_ span: PlaneSpan, _ run: PlaneRequest.Run, _ axis: LevelAxis) {
        #expect(span.start >= 0 && span.start < span.end && span.end <= axis.length)
        let places = span.places
        let read = (span.end - span.start - 1) / span.stride + 1
        #expect(places.reduce(0, +) == read, "none is lost")
        let own = places.count { $0 > 0 }
        #expect(places.prefix(own).allSatisfy { $0 > 0 }, "\(run) \(places)")
        #expect(run.count - own <= 2)
        var last = 0
        for element in Swift.stride(from: span.start, to: span.end, by: span.stride) {
            let part = span.part(holding: element)
            #expect(part == last || part == last + 1)
            last = part
            // What it stands for and what the part is touch each other.
            let end = min(run.start + (part + 1) * run.step, axis.whole)
            #expect(axis.place(of: run.start + part * run.step) <= element)
            #expect(axis.place(of: end - 1) >= element)
        }
    }

    @Test func `without a level the parts are those of the run`() {
        let run = PlaneRequest.Run(start: 6, count: 4, step: 5, stride: 2)
        let span = PlaneSpan(run, length: 24)
        #expect(span.start == 6 && span.end == 24 && span.stride == 2)
        #expect(span.places == [3, 2, 3, 1])
        #expect(span.runs(from: 10, count: 4).map(\.pixel) == [0, 1, 2])
        #expect(span.runs(from: 10, count: 4).map(\.count) == [1, 2, 1])
        #expect(span.runs(from: 6, count: 0).isEmpty)
    }

    @Test func `what lies beyond a level that was rounded down is as its edge`() {
        var request = Self.request(step: 2)
        request.rows.count = 3
        request.columns.count = 3
        var values = PlaneValues(request: request)
        values.numbers = [1, 2, .nan, 3, 4, .nan, .nan, .nan, .nan]
        values.sources = [.stored, .absent] + Array(repeating: .stored, count: 7)
        values.repeatEdge(afterRows: 2, columns: 2)
        #expect(values.numbers == [1, 2, 2, 3, 4, 4, 3, 4, 4])
        #expect(values.sources[2] == .absent && values.sources[5] == .stored)
        #expect(values.minima.isEmpty)
    }

    private static func request(step: Int) -> PlaneRequest {
        PlaneRequest(
            path: "/a",
            rowAxis: 0,
            columnAxis: 1,
            fixed: [0, 0],
            rows: .init(start: 0, count: 1, step: step),
            columns: .init(start: 0, count: 1, step: step),
            form: .numbers
        )
    }

    // MARK: The pane

    /// `/air/temp` as the finest of four levels of 4096 × 4096, of which the last is out of order.
    private static let world: World = {
        var world = World.era5
        var array = ArrayDetails(
            shape: [3, 4096, 4096],
            chunkShape: [1, 256, 256],
            gridShape: [3, 16, 16],
            dataType: "uint16"
        )
        array.elementBytes = 2
        array.dimensionNames = ["c", "y", "x"]
        world.details["/air/temp"]?.array = array
        world.censuses["/air/temp"] = nil
        world.chunks["/air/temp"] = Array(repeating: (.present, 50), count: 768)
        world.number = { Double($0 + $1) }
        var levels = ArrayLevels()
        levels.isOfImage = true
        levels.coarser = [2, 4, 8].enumerated().compactMap { number, factor in
            level(number + 1, factor)
        }
        levels.left = [
            ArrayLevels.Left(number: 4, factor: 16, reason: "/air/4: no node is there")
        ]
        world.levels["/air/temp"] = levels
        return world
    }()

    private static func level(_ number: Int, _ factor: Int) -> PlaneLevel? {
        let axes = [
            LevelAxis(whole: 3, length: 3, factor: 1),
            LevelAxis(whole: 4096, length: 4096 / factor, factor: Double(factor)),
            LevelAxis(whole: 4096, length: 4096 / factor, factor: Double(factor)),
        ]
        return PlaneLevel(
            number: number,
            path: "/air/\(number)",
            axes: axes.compactMap(\.self),
            chunkShape: [1, 256, 256]
        )
    }

    private func stage(
        _ world: World = SliceLevelTests.world,
        size: Size = Size(rows: 24, columns: 80)
    ) -> Stage {
        var stage = Stage(world, size: size, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .character("s"))
        return stage
    }

    private func slice(_ stage: Stage) throws -> SlicePane {
        try #require(stage.explorer.panes.last as? SlicePane)
    }

    private func shown(_ stage: Stage) throws -> Int? {
        try #require(slice(stage).values).request.level?.number
    }

    @Test func `a level is read as soon as a pixel is as large as its elements`() throws {
        var stage = stage()
        #expect(try shown(stage) == 3)
        var seen: [Int] = []
        while try slice(stage).window.step > 1 {
            let step = try slice(stage).window.step
            let expected = step >= 8 ? 3 : step >= 4 ? 2 : step >= 2 ? 1 : nil
            #expect(try shown(stage) == expected, "step \(step)")
            seen.append(step)
            stage.press(.character("+"))
        }
        #expect(seen.count > 3)
        #expect(try shown(stage) == nil)
        #expect(try slice(stage).cursorText == "0")
    }

    @Test func `all of an image is shown where a level makes that easy`() throws {
        var world = Self.world
        let with = stage(world)
        world.levels = [:]
        let without = stage(world)
        let rows = try #require(slice(with).values?.request.rows)
        #expect(rows.end(in: 4096) == 4096)
        #expect(try slice(without).window.step <= slice(with).window.step)
        #expect(try shown(without) == nil)
    }

    @Test func `positions stay those of the array, and a level is named beside what it gives`()
        throws
    {
        var stage = stage()
        stage.press(.down, .right)
        let step = try slice(stage).window.step
        #expect(try slice(stage).indexes == [0, step, step])
        let text = stage.canvas().plainText
        for words in ["slice of level 3", "level 3 (⅛)", "512×512", "of level 3", "/4095"] {
            #expect(text.contains(words), "\(words)\n\(text)")
        }
        stage.press(.character("4"))
        #expect(stage.canvas().plainText.contains("numbers of level 3"))
        for key in ["2", "3"] {
            stage.press(.character(Character(key)))
            #expect(try shown(stage) == nil)
            #expect(!stage.canvas().plainText.contains("level 3"))
        }
    }

    @Test func `a value of a level is not copied as one of the array`() throws {
        var stage = stage()
        let asked = stage.world.asked.compactMap { effect in
            if case .readElement(let plane) = effect.work { plane } else { nil }
        }
        #expect(
            !asked.isEmpty && asked.allSatisfy { $0.level == nil },
            "the element is the array's"
        )
        // Until that is there, nothing is copied.
        stage.world.isHeld = { if case .readElement = $0 { true } else { false } }
        stage.press(.right, .character("Y"))
        #expect(stage.explorer.context.message?.text.hasPrefix("Level 3 is shown") == true)
        #expect(!stage.world.asked.contains { if case .copy = $0.work { true } else { false } })
        #expect(try slice(stage).plane(stage.explorer.context)?.level == nil, "files are exact")
    }

    @Test func `one key reads the array itself, and the same one the level again`() throws {
        var stage = stage()
        stage.press(.character("f"))
        #expect(try shown(stage) == nil)
        #expect(stage.canvas().plainText.contains("f shows 3"))
        #expect(stage.canvas().plainText.contains("f coarser levels"))
        let count = stage.world.asked.count
        stage.press(.character("f"))
        #expect(try shown(stage) == 3)
        #expect(stage.world.asked.count == count, "what was read before is still there")
    }

    @Test func `a level that cannot be read is left out, and it is said why`() throws {
        var stage = stage()
        #expect(try slice(stage).window.step >= 16)
        #expect(stage.canvas().plainText.contains("4 left out"))
        let message = stage.explorer.context.message?.text
        #expect(message == "Level 4 is left out: /air/4: no node is there")
        stage.press(.character("+"), .character("+"), .character("+"), .character("+"))
        #expect(!stage.canvas().plainText.contains("left out"))
    }

    @Test func `a level with a chunk that fails is left for the next finer one`() throws {
        var world = Self.world
        world.isHeld = {
            if case .readPlane(let plane) = $0 { plane.level?.number == 3 } else { false }
        }
        var stage = stage(world)
        let effect = try #require(stage.world.held.last)
        guard case .readPlane(let request) = effect.work else { return }
        var broken = PlaneValues(request: request)
        broken.chunksFailed = 1
        broken.problems = ["air/3/c/0/1: too short"]
        stage.run(stage.explorer.receive(Event(effect.number, .plane(broken))))
        #expect(try shown(stage) == 2)
        #expect(
            stage.explorer.context.message?.text == "Level 3 is left out: air/3/c/0/1: too short"
        )
        #expect(stage.canvas().plainText.contains("level 2 (¼)"))
        stage.press(.character("r"))
        let again = try #require(stage.world.held.last)
        #expect(again.number != effect.number, "asked for anew, it is tried again")
        let failure = News.failed(Problem("level 3 has another shape than it had"))
        stage.run(stage.explorer.receive(Event(again.number, failure)))
        #expect(try shown(stage) == 2)
    }

    @Test func `nothing much is read before the levels are known, and all is when they are not`()
        throws
    {
        var world = Self.world
        world.isHeld = { if case .levels = $0 { true } else { false } }
        var stage = stage(world)
        func reads(_ stage: Stage) -> Int {
            stage.world.asked.count { if case .readPlane = $0.work { true } else { false } }
        }
        #expect(reads(stage) == 0)
        stage.press(.down, .character("d"))
        #expect(reads(stage) == 0)
        let effect = try #require(stage.world.held.last)
        stage.run(stage.explorer.receive(Event(effect.number, .failed(Problem("503")))))
        #expect(reads(stage) == 1)
        #expect(try shown(stage) == nil)
        #expect(stage.explorer.context.pending.isEmpty)
    }

    @Test func `an array that is no level says so where levels are asked for`() {
        var world = Self.world
        world.levels = [:]
        var stage = stage(world)
        stage.press(.character("f"))
        #expect(stage.explorer.context.message?.text == "It is no level of an OME-Zarr image")
        world.levels["/air/temp"] = Self.world.levels["/air/temp"]
        world.levels["/air/temp"]?.coarser = []
        world.levels["/air/temp"]?.left = []
        stage = self.stage(world)
        stage.press(.character("f"))
        #expect(stage.explorer.context.message?.text == "The image has no coarser level")
        stage.press(.character("2"), .character("f"))
        #expect(stage.explorer.context.message?.text.contains("table") == true)
    }

    @Test func `a hole of the array shows in a pixel of a level`() throws {
        var world = Self.world
        world.chunks["/air/temp"]?[17] = (.missing, -1)
        var stage = stage(world)
        #expect(try shown(stage) == 3)
        _ = stage.canvas()
        let marks = try #require(slice(stage).picture?.plane.marks)
        #expect(marks.contains(.absent) && marks.contains(.value))
    }

    // MARK: How it looks

    @Test(arguments: Screen.all) func `a slice of a coarser level`(_ screen: Screen) {
        var world = Self.world
        world.number = { row, column in
            let (down, across) = (Double(row - 1900) / 300, Double(column - 2500) / 300)
            return 100 + 40 * (down * down + across * across).squareRoot().rounded()
        }
        var stage = Stage(
            world,
            size: screen.size,
            locator: "/data/era5.zarr",
            traits: screen.traits
        )
        if screen.size.rows < 8, screen.size.rows > 1 { stage.press(.character("i")) }
        stage.press(.down, .enter, .down, .character("s"))
        Screens.check(
            stage.canvas(isUnicode: screen.traits.isUnicode),
            "level-\(screen.testDescription)"
        )
    }
}
