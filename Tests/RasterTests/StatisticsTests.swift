import Raster
import Testing

@Suite struct StatisticsTests {
    @Test func `every place is counted once, and only finite numbers enter the figures`() throws {
        let plane = Plane(
            rows: 2,
            columns: 4,
            values: [1, 2, 3, .nan, .infinity, 99, 99, 4],
            marks: [.value, .value, .value, .value, .value, .absent, .failed, .value]
        )
        let statistics = Statistics(plane)
        #expect(statistics.count == 4)
        #expect(statistics.notANumberCount == 1)
        #expect(statistics.infiniteCount == 1)
        #expect(statistics.absentCount == 1)
        #expect(statistics.failedCount == 1)
        #expect(statistics.total == 8)
        #expect(statistics.minimum == 1)
        #expect(statistics.maximum == 4)
        #expect(statistics.mean == 2.5)
        #expect(try abs(#require(statistics.standardDeviation) - 1.25.squareRoot()) < 1e-12)
    }

    @Test func `there are no figures of nothing`() {
        let statistics = Statistics(Plane(rows: 0, columns: 5, values: []))
        #expect(statistics.minimum == nil)
        #expect(statistics.mean == nil)
        #expect(statistics.standardDeviation == nil)
    }

    @Test func `parts put together give the figures of the whole`() throws {
        let numbers = (0..<1000).map { 1e9 + Double($0 * 7919 % 1000) }
        var whole = Statistics()
        whole.add(numbers)
        var merged = Statistics()
        for start in [0, 1, 400, 999] {
            let end = [0: 1, 1: 400, 400: 999, 999: 1000][start] ?? start
            var part = Statistics()
            part.add(Array(numbers[start..<end]))
            merged.merge(part)
        }
        merged.merge(Statistics())
        #expect(merged.count == whole.count)
        #expect(try abs(#require(merged.mean) - #require(whole.mean)) < 1e-6)
        let deviations = try (#require(merged.standardDeviation), #require(whole.standardDeviation))
        #expect(abs(deviations.0 - deviations.1) < 1e-6)
        #expect(abs(deviations.1 - 288.6749902572095) < 1e-6)
    }

    @Test func `many numbers at once give the figures of one after another`() throws {
        var numbers = (0..<10_000).map { Double(($0 * 7919) % 5003) * 0.25 - 17 }
        numbers[6000] = .nan
        numbers[9999] = .infinity
        var together = Statistics()
        together.add(numbers)
        var oneByOne = Statistics()
        for number in numbers { oneByOne.add(number) }
        #expect(together.count == 9998 && oneByOne.count == 9998)
        #expect(together.notANumberCount == 1 && together.infiniteCount == 1)
        #expect(together.minimum == oneByOne.minimum && together.maximum == oneByOne.maximum)
        #expect(try abs(#require(together.mean) - #require(oneByOne.mean)) < 1e-9)
        let deviations = try (
            #require(together.standardDeviation), #require(oneByOne.standardDeviation)
        )
        #expect(abs(deviations.0 - deviations.1) < 1e-9)
    }

    @Test func `the largest numbers there are have a mean`() {
        var statistics = Statistics()
        let large = Double.greatestFiniteMagnitude
        statistics.add([large, -large, large, -large])
        #expect(statistics.mean?.isFinite == true)
    }

    @Test func `a histogram puts every number somewhere and NaN nowhere`() {
        var histogram = Histogram(lower: 0, upper: 10, parts: 5)
        histogram.add([0, 1.9, 2, 9.99, 10, -1, 11, .nan, .infinity, -.infinity])
        #expect(histogram.counts == [2, 1, 0, 0, 2])
        #expect(histogram.below == 2)
        #expect(histogram.above == 2)
        #expect(histogram.bounds(of: 1) == 2...4)
        var same = histogram
        let isMerged = same.merge(histogram)
        let isMergedWithOther = same.merge(Histogram(lower: 0, upper: 9, parts: 5))
        #expect(isMerged)
        #expect(!isMergedWithOther)
        #expect(same.counts == [4, 2, 0, 0, 4])
    }

    @Test(arguments: [
        (1.0, 1.0), (.nan, 3), (-.infinity, .infinity), (3, .nan),
        (-Double.greatestFiniteMagnitude, Double.greatestFiniteMagnitude),
    ])
    func `a histogram of odd bounds traps on no number`(lower: Double, upper: Double) {
        var histogram = Histogram(lower: lower, upper: upper, parts: 3)
        let numbers = [0, 1, -1, 1e308, -1e308, .nan, .infinity, -.infinity]
        histogram.add(numbers)
        let all = histogram.counts.reduce(0, +) + histogram.below + histogram.above
        #expect(all == numbers.count - 1)
    }
}
