import Raster
import Testing

@Suite struct PlaneTallyTests {
    private static let numbers = (0..<60).map { Double(($0 * 37) % 61) }

    /// Places one by one.
    private static func runs(_ pixels: [Int]) -> [PixelRun] {
        pixels.map { PixelRun(pixel: $0, count: 1) }
    }

    /// 6 rows of 10 numbers for 2 × 5 pixels, in pieces of so many rows.
    private func tally(piece: Int, marks: [PlaneMark] = []) -> PlaneTally {
        var tally = PlaneTally(rowPlaces: [3, 3], columnPlaces: [2, 2, 2, 2, 2])
        for start in stride(from: 0, to: 6, by: piece) {
            let places = start * 10..<(start + piece) * 10
            tally.add(
                Array(Self.numbers[places]),
                marks.isEmpty ? [] : Array(marks[places]),
                rowRuns: Self.runs((start..<start + piece).map { $0 / 3 }),
                columnRuns: Self.runs((0..<10).map { $0 / 2 })
            )
        }
        return tally
    }

    @Test func `pieces in any number give the least, the greatest and the mean of all`() {
        let whole = tally(piece: 6)
        let plane = Plane(rows: 6, columns: 10, values: Self.numbers)
        let reduction = Reduction(plane, rows: 2, columns: 5)
        for tally in [whole, tally(piece: 1), tally(piece: 2)] {
            #expect(tally.minima == reduction.minima)
            #expect(tally.maxima == reduction.maxima)
            #expect(zip(tally.means, reduction.means).allSatisfy { abs($0 - $1) < 1e-9 })
            #expect(tally.statistics.count == 60)
            #expect(tally.marks.allSatisfy { $0 == .value })
        }
    }

    @Test func `columns first is the same as rows first`() {
        var turned = PlaneTally(rowPlaces: [3, 3], columnPlaces: [2, 2, 2, 2, 2])
        let columns = (0..<60).map { Self.numbers[$0 % 6 * 10 + $0 / 6] }
        turned.add(
            columns,
            [],
            rowRuns: Self.runs((0..<6).map { $0 / 3 }),
            columnRuns: Self.runs((0..<10).map { $0 / 2 }),
            isTransposed: true
        )
        #expect(turned.maxima == tally(piece: 6).maxima)
    }

    @Test(arguments: [PlaneMark.absent, .failed])
    func `one place without a value marks its pixel, and no other`(mark: PlaneMark) {
        var marks = Array(repeating: PlaneMark.value, count: 60)
        marks[47] = mark
        let found = tally(piece: 2, marks: marks).marks
        #expect(found[8] == mark)
        #expect(found.count { $0 != .value } == 1)
    }

    @Test func `a pixel is not read until all of it is, but a hole shows at once`() {
        var tally = PlaneTally(rowPlaces: [2], columnPlaces: [2, 2])
        #expect(tally.marks == [.unread, .unread])
        tally.add(
            [1, 2, 3],
            [.value, .value, .absent],
            rowRuns: Self.runs([0]),
            columnRuns: Self.runs([0, 0, 1])
        )
        #expect(tally.marks == [.unread, .absent])
        #expect(tally.minima[0] == 1)
        tally.add([5, 6], [], rowRuns: Self.runs([0]), columnRuns: Self.runs([0, 0]))
        #expect(tally.marks == [.value, .absent])
        #expect(tally.maxima[0] == 6)
    }

    @Test func `a box of which nothing is stored is the same as its places marked one by one`() {
        var boxed = PlaneTally(rowPlaces: [3, 3], columnPlaces: [2, 2])
        var single = boxed
        let (rows, columns) = ([0, 0, 0, 1], [0, 0, 1])
        boxed.addAbsent(rowRuns: Self.runs(rows), columnRuns: Self.runs(columns))
        single.add(
            Array(repeating: .nan, count: 12),
            Array(repeating: .absent, count: 12),
            rowRuns: Self.runs(rows),
            columnRuns: Self.runs(columns)
        )
        #expect(boxed.marks == single.marks)
        #expect(boxed.statistics == single.statistics)
        #expect(boxed.statistics.absentCount == 12)
    }

    @Test func `places outside and pieces of another size are left alone`() {
        var tally = PlaneTally(rowPlaces: [1], columnPlaces: [1])
        tally.add([1, 2], [], rowRuns: Self.runs([0]), columnRuns: Self.runs([0]))
        tally.add([1, 2], [], rowRuns: Self.runs([0]), columnRuns: Self.runs([-1, 9]))
        #expect(tally.marks == [.unread])
    }

    @Test func `every number is counted once however the range grows`() {
        var spread = Spread()
        var random = SystemRandomNumberGenerator()
        var numbers: [Double] = [0, 1e-300, -1e300, 1e300, 5, 5, .nan, .infinity]
        numbers += (0..<2000).map { _ in Double.random(in: -1e6...1e6, using: &random) }
        spread.add(numbers)
        #expect(spread.count == 2006)
        let counts = spread.histogram(lower: -1e300, upper: 1e300, parts: 7).counts
        #expect(counts.reduce(0, +) == 2006)
        #expect(counts.first == 1 && counts.last == 1)
    }

    @Test func `percentiles are those of all numbers to a thousandth of their range`() throws {
        var spread = Spread()
        spread.add((0...10_000).map { Double(($0 * 7919) % 10_001) + 1e7 })
        for percent in [2.0, 50, 98] {
            let found = try #require(spread.percentile(percent))
            #expect(abs(found - 1e7 - percent * 100) < 12)
        }
        #expect(Spread().percentile(50) == nil)
    }

    @Test func `ticks are round, within the bounds, and no more than asked for`() {
        #expect(Ticks(lower: -58.2, upper: 41.9, count: 5).values == [-40, -20, 0, 20, 40])
        #expect(Ticks(lower: 0.12, upper: 0.19, count: 4).values.count <= 5)
        #expect(Ticks(lower: 0.12, upper: 0.19, count: 4).decimals == 2)
        for bounds in [(1.0, 1.0), (2, 1), (.nan, 1), (0, .infinity), (1e300, 1.0000001e300)] {
            #expect(Ticks(lower: bounds.0, upper: bounds.1, count: 5).values.count <= 6)
        }
    }

    @Test(arguments: [
        ("auto", ColorRange()), ("-5 30", ColorRange(bounds: .held(-5, 30))),
        ("2% 98%", ColorRange(bounds: .percentiles(2, 98))),
        ("log", ColorRange(isLogarithmic: true)),
        ("log 0.1, 100", ColorRange(bounds: .held(0.1, 100), isLogarithmic: true)),
        ("around", ColorRange(bounds: .around(0))),
        ("around 273.15", ColorRange(bounds: .around(273.15))),
    ])
    func `a typed range is read`(_ typed: String, _ range: ColorRange) {
        #expect(ColorRange(typed: typed) == range)
    }

    @Test(arguments: ["", "5", "30 -5", "nan 1", "1 inf", "-1% 50%", "1 2 3", "log -1 5", "low"])
    func `a typed range that is none is refused`(_ typed: String) {
        #expect(ColorRange(typed: typed) == nil)
    }

    @Test func `a range around a number gives it the middle colour`() {
        let plane = Plane(rows: 1, columns: 3, values: [-1, 2, 9])
        let scale = ColorRange(bounds: .around(2)).normalization(plane)
        #expect(scale.position(of: 2) == 0.5)
        #expect(scale.position(of: 9) == 1)
    }
}
