import Raster
import Testing
import ZarrModel

struct ElementTallyTests {
    private static func bytes(_ numbers: [some FixedWidthInteger]) -> [UInt8] {
        numbers.flatMap { number in
            (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
    }

    @Test func `integers of two bytes have the figures of their numbers, in any order`() throws {
        let numbers = (0..<5000).map { Int16(truncatingIfNeeded: $0 &* 7919) }
        var plain = Statistics()
        plain.add(numbers.map(Double.init))
        for order in [numbers, numbers.sorted(), numbers.reversed()] {
            var first = try #require(ElementTally(.integer(.int16), fill: Self.bytes([numbers[7]])))
            var second = first
            first.add(Self.bytes(Array(order[..<1234])))
            second.add(Self.bytes(Array(order[1234...])))
            first.merge(second)
            let found = first.statistics
            #expect(found.count == 5000 && found.minimum == plain.minimum)
            #expect(found.mean == Double(numbers.reduce(0) { $0 + Int($1) }) / 5000)
            let deviations = try (
                #require(found.standardDeviation), #require(plain.standardDeviation)
            )
            #expect(abs(deviations.0 - deviations.1) < 1e-6)
            #expect(first.fillCount == numbers.count { $0 == numbers[7] })
            #expect(first.extremes?.least == numbers.min().map { Self.bytes([$0]) })
            #expect(first.extremes?.most == numbers.max().map { Self.bytes([$0]) })
            var histogram = Histogram(lower: -32_768, upper: 32_767, parts: 8)
            first.add(to: &histogram)
            var expected = histogram
            expected = Histogram(lower: -32_768, upper: 32_767, parts: 8)
            expected.add(numbers.map(Double.init))
            #expect(histogram == expected)
        }
    }

    @Test func `times keep every digit, and no time is no extreme`() throws {
        let type = DataType.datetime(.nanosecond, scale: 1)
        let times: [Int64] = [1_704_067_200_123_456_789, .min, -5, 1_704_067_200_123_456_788]
        var tally = try #require(ElementTally(type, fill: Self.bytes([Int64.min])))
        tally.add(Self.bytes(times))
        #expect(tally.extremes?.least == Self.bytes([Int64(-5)]))
        #expect(tally.extremes?.most == Self.bytes([times[0]]))
        #expect(tally.statistics.notANumberCount == 1 && tally.fillCount == 1)
        #expect(try #require(ElementTally(type, fill: [])).extremes == nil)
    }

    @Test func `what is absent counts as fill, and what failed as nothing`() throws {
        for type in [DataType.bool, .integer(.int32), .float(.float64)] {
            let size = try #require(type.byteCount)
            var tally = try #require(ElementTally(type, fill: [UInt8](repeating: 0, count: size)))
            tally.add([UInt8](repeating: 0, count: 4 * size), [.value, .absent, .failed, .value])
            tally.addAbsent(1 << 50)
            tally.addFailed(3)
            #expect(tally.statistics.count == 2 && tally.statistics.failedCount == 4)
            #expect(tally.statistics.absentCount == 1 << 50 + 1)
            #expect(tally.fillCount == 1 << 50 + 3)
        }
        #expect(ElementTally(.string, fill: []) == nil)
    }
}
