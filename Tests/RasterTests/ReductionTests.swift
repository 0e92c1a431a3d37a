import Raster
import Testing

@Suite struct ReductionTests {
    @Test func `what stands out in a million numbers is still there`() {
        var values = Array(repeating: 1.0, count: 1_000_000)
        values[123_456] = 50
        values[654_321] = -50
        let reduction = Reduction(
            Plane(rows: 1000, columns: 1000, values: values),
            rows: 20,
            columns: 30
        )
        let extreme = reduction.plane(.extreme)
        #expect(extreme.values.filter { $0 == 50 }.count == 1)
        #expect(extreme.values.filter { $0 == -50 }.count == 1)
        #expect(reduction.plane(.minimum).values.contains(-50))
        #expect(reduction.plane(.maximum).values.contains(50))
        #expect(reduction.plane(.mean).values.allSatisfy { abs($0 - 1) < 0.1 })
    }

    @Test(arguments: [PlaneMark.absent, .failed])
    func `one place without a value marks its pixel`(mark: PlaneMark) {
        var marks = Array(repeating: PlaneMark.value, count: 10_000)
        marks[4242] = mark
        let plane = Plane(
            rows: 100,
            columns: 100,
            values: Array(repeating: 0, count: 10_000),
            marks: marks
        )
        let reduction = Reduction(plane, rows: 7, columns: 9)
        #expect(reduction.marks.filter { $0 == mark }.count == 1)
        #expect(reduction.plane().marks.filter { $0 == mark }.count == 1)
    }

    @Test func `a pixel is NaN only if nothing else is behind it, and NaN is counted`() {
        let plane = Plane(rows: 1, columns: 6, values: [1, .nan, .nan, .nan, 5, 6])
        let reduction = Reduction(plane, rows: 1, columns: 3)
        #expect(reduction.marks == [.value, .notANumber, .value])
        #expect(reduction.notANumberCounts == [1, 2, 0])
        #expect(reduction.means[0] == 1)
    }

    @Test func `every place is behind exactly one pixel`() {
        for columns in 1...13 {
            let plane = Plane(rows: 3, columns: 13, values: Array(repeating: .nan, count: 39))
            let reduction = Reduction(plane, rows: 2, columns: columns)
            #expect(reduction.notANumberCounts.reduce(0, +) == 39)
        }
    }

    @Test func `a plane that fits stays as it is`() {
        let plane = Plane(rows: 2, columns: 2, values: [1, 2, 3, .nan])
        let same = Reduction(plane, rows: 50, columns: 50).plane()
        #expect(same.rows == 2 && same.columns == 2)
        #expect(same.marks == plane.marks)
        #expect(same.values.prefix(3) == plane.values.prefix(3))
    }
}
