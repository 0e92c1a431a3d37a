import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// Marks on the map, and the language that says which.
struct MapSelectTests {
    private static let axes = ["t", "y", "x"]

    private func census() throws -> Census {
        var census = try #require(Census(grid: [4, 3, 5]))
        var page = CensusPage()
        page.takenAt = 1_000_000
        for index in 0..<60 where index % 7 != 3 {
            page.append(index, index % 10 == 6 ? .short : .present, size: Int64(index))
            page.modified.append(index < 20 ? 999_990 : 500_000)
        }
        census.merge(page)
        census.finish(CensusSummary(isComplete: true))
        return census
    }

    private func found(_ text: String, _ census: Census) throws -> [Int] {
        let expression = try ExpressionParser.parse(text, axes: Self.axes)
        let units = MapUnits(chunkBytes: 100, takenAt: census.takenAt)
        return try #require(expression.chunks(census, units))
    }

    /// An expression, and the chunks that it means.
    struct Meaning: Sendable, CustomTestStringConvertible {
        var text: String
        var holds: @Sendable (Int) -> Bool

        init(_ text: String, _ holds: @escaping @Sendable (Int) -> Bool) {
            self.text = text
            self.holds = holds
        }

        var testDescription: String { text }
    }

    static let meanings: [Meaning] = [
        Meaning("bytes < 12") { $0 % 7 != 3 && $0 < 12 },
        Meaning("state = missing") { $0 % 7 == 3 },
        Meaning("state = short or missing") { $0 % 7 == 3 || $0 % 10 == 6 },
        Meaning("state = short, missing") { $0 % 7 == 3 || $0 % 10 == 6 },
        Meaning("missing") { $0 % 7 == 3 },
        Meaning("anomaly") { $0 % 7 == 3 || $0 % 10 == 6 },
        Meaning("t in 1..2 and x = 0") { (15..<45).contains($0) && $0 % 5 == 0 },
        Meaning("dim0 in 1..2 and dim2 = 0") { (15..<45).contains($0) && $0 % 5 == 0 },
        Meaning("t >= 3") { $0 >= 45 },
        Meaning("age > 2d") { $0 >= 20 && $0 % 7 != 3 },
        Meaning("age <= 10 s") { $0 < 20 && $0 % 7 != 3 },
        Meaning("ratio > 4 and bytes > 0") { (1..<25).contains($0) && $0 % 7 != 3 },
        Meaning("not state = present") { $0 % 7 == 3 || $0 % 10 == 6 },
        Meaning("not (t < 2 or t > 2)") { (30..<45).contains($0) },
        Meaning("state != missing and y = 1") { $0 % 7 != 3 && $0 / 5 % 3 == 1 },
        Meaning("\"t\" = 0 or t = 1") { $0 < 30 },
        Meaning("bytes >= 0.03KiB") { Double($0) >= 30.72 && $0 % 7 != 3 },
    ]

    @Test(arguments: meanings)
    func `an expression marks exactly what it says`(_ meaning: Meaning) throws {
        let census = try census()
        #expect(try found(meaning.text, census) == (0..<60).filter(meaning.holds))
    }

    @Test(arguments: [
        ("", 0), ("bytes", 5), ("bytes <", 7), ("bytes < x", 8), ("bites < 4", 0),
        ("bytes < 4 lat", 10), ("state = broken", 8), ("state < short", 6), ("t in 3", 6),
        ("t in 9..3", 8), ("(t = 1", 6), ("t = -1", 4), ("t = 1.5", 4), ("bytes < 4 parsecs", 10),
        ("bytes < 4parsecs", 8),
        ("t = 1 and", 9), ("# = 1", 0), ("\"t = 1", 0), ("age > 3 MiB", 8),
        (String(repeating: "(", count: 99), 32),
    ])
    func `what is no expression is refused at its place`(_ text: String, _ at: Int) {
        #expect {
            _ = try ExpressionParser.parse(text, axes: Self.axes)
        } throws: { error in
            (error as? ExpressionError)?.at == at
        }
    }

    @Test(arguments: 0..<400 as Range<UInt64>) func `no typed text traps`(_ seed: UInt64) throws {
        var random = Seeded(state: seed)
        let words = [
            "bytes", "t", "x", "<", "=", "..", "in", "and", "or", "not", "(", ")", "9", "1e400",
            "9223372036854775808", "-5", "3..", "state", "short", ",", "\"", "%", "2d", "é", "nan",
        ]
        let text = (0..<Int.random(in: 0...9, using: &random))
            .map { _ in words[Int.random(in: 0..<words.count, using: &random)] }
            .joined(separator: Bool.random(using: &random) ? " " : "")
        let census = try census()
        guard let expression = try? ExpressionParser.parse(text, axes: Self.axes) else { return }
        _ = expression.chunks(census, MapUnits(chunkBytes: 4, takenAt: 0))
    }

    @Test func `values that are not known compare with nothing, and known ones to seven figures`()
        throws
    {
        var census = try census()
        #expect(try found("mean = 0.1 or mean != 0.1", census).isEmpty)
        var page = FiguresPage()
        page.append(4, .present, ChunkFigures(mean: 0.1, minimum: 0.1, maximum: 0.1, nanShare: 0))
        page.append(5, .present, ChunkFigures(mean: 1, minimum: 0, maximum: 2, nanShare: 0.5))
        census.merge(page)
        #expect(try found("mean = 0.1", census) == [4])
        #expect(try found("nan >= 50%", census) == [5])
        #expect(try found("constant", census) == [4])
        #expect(try found("verified", census) == [4, 5])
        #expect(try found("min < 0.05", census) == [5])
    }

    // MARK: The pane

    private func stage(_ keys: Key...) -> Stage {
        var stage = Stage(locator: "/data/era5.zarr", isWritable: true)
        stage.press(.down, .enter, .down, .down, .enter)
        for key in keys { stage.press(key) }
        return stage
    }

    private func marked(_ stage: Stage) -> Int {
        stage.explorer.context.array?.shown?.markedCount ?? -1
    }

    @Test func `readable chunks are never marked with anomalies without being asked`() {
        var world = World.era5
        world.details["/air/mask"]?.array?.gridShape = [80, 120]
        world.details["/air/mask"]?.array?.shape = [80, 120]
        world.chunks["/air/mask"] = (0..<9600).map { ($0 == 121 ? .missing : .present, 50) }
        func opened() -> Stage {
            var stage = Stage(world, locator: "/data/era5.zarr", isWritable: true)
            stage.press(.down, .enter, .down, .down, .enter, .character("n"))
            // A step away and back: not the one chunk any more, but all that its tile holds.
            stage.press(.right, .left, .character(" "))
            return stage
        }
        var anomalies = opened()
        #expect(marked(anomalies) == 0)
        #expect(anomalies.canvas().plainText.contains("the finding"))
        anomalies.press(.enter)
        #expect(marked(anomalies) == 1)
        var every = opened()
        every.press(.character("e"))
        #expect(marked(every) > 1)
        var none = opened()
        none.press(.escape)
        #expect(marked(none) == 0)
        #expect(none.explorer.panes.last is MapPane)
    }

    @Test func `an expression that is typed marks, and a wrong one says where`() {
        var stage = stage(.character("S"))
        stage.type("state = mising")
        stage.press(.enter)
        #expect(stage.canvas().plainText.contains("a state is wanted"))
        #expect(marked(stage) == 0)
        stage.press(.control("u"))
        stage.type("state = missing")
        stage.press(.enter)
        #expect(marked(stage) == stage.explorer.context.array?.shown?.count(.missing))
        #expect(stage.explorer.context.message?.text.contains("marked") == true)
    }

    @Test func `n keeps to the kind that was chosen`() {
        var stage = stage(.character("K"))
        let pane = { (stage: Stage) in stage.explorer.panes.last as? MapPane }
        let kind = pane(stage)?.kind
        #expect(kind != nil)
        for _ in 0..<5 {
            stage.press(.character("n"))
            let index = pane(stage)?.focusIndex ?? 0
            let bits = stage.explorer.context.array?.shown?.bits(index) ?? 0
            #expect(kind?.holds(bits) == true)
        }
    }
}
