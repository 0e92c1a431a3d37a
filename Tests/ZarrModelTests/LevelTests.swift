import JSONValue
import Testing

@testable import ZarrModel

/// How the levels of an image lie in each other.
struct LevelTests {
    @Test(arguments: [(1024, 256, 4.0), (1001, 501, 2), (1001, 500, 2), (1007, 125, 8), (7, 1, 8)])
    func `an element of a level stands for as many of the array as its factor says`(
        _ whole: Int,
        _ length: Int,
        _ factor: Double
    ) throws {
        let axis = try #require(LevelAxis(whole: whole, length: length, factor: factor))
        #expect(axis.factor == factor)
        for index in 0..<whole {
            #expect(axis.place(of: index) == min(index / Int(factor), length - 1))
        }
        for place in 0..<length { #expect(axis.place(of: axis.last(of: place)) == place) }
    }

    @Test
    func `a factor that is no whole number leaves no place out and moves none by more than one`()
        throws
    {
        let axis = try #require(LevelAxis(whole: 1000, length: 297, factor: 3.37))
        var last = 0
        for index in 0..<1000 {
            let place = axis.place(of: index)
            #expect(place == last || place == last + 1)
            #expect(abs(Double(place) - Double(index) / 3.37) <= 1)
            last = place
        }
        #expect(last == 296)
    }

    @Test(arguments: [
        (1000, 100, 4.0), (1000, 250, 0.5), (1000, 0, 4), (0, 1, 2), (1000, 498, 2),
        (1000, 250, .nan), (1000, 250, .infinity), (1 << 41, 1 << 40, 2), (.max, .max, 1),
    ])
    func `lengths that do not fit the factor make no level`(
        _ whole: Int,
        _ length: Int,
        _ factor: Double
    ) {
        #expect(LevelAxis(whole: whole, length: length, factor: factor) == nil)
    }

    @Test func `places of the longest axis are exact, and indices from anywhere are inside`() throws
    {
        let whole = (1 << 40) - 1
        let axis = try #require(LevelAxis(whole: whole, length: whole / 3, factor: 3.0000001))
        #expect(axis.place(of: whole - 1) < whole / 3)
        #expect(axis.place(of: .max) == axis.place(of: whole - 1))
        #expect(axis.place(of: .min) == 0)
        #expect(axis.last(of: .max) >= axis.last(of: 0))
        #expect(axis.count(in: .max) > 0 && axis.count(in: 1) == 1)
    }

    private func level(_ scale: [Double], _ translation: [Double] = []) -> Multiscale.Level {
        Multiscale.Level(path: "x", scale: scale, translation: translation)
    }

    @Test func `the scales say how much coarser a level is, else the shapes do`() throws {
        let fine = level([1, 0.5, 0.5])
        let found = Multiscale.fit(level([1, 2, 2]), [3, 25, 13], to: fine, [3, 100, 50])
        guard case .coarser(let axes) = found else {
            Issue.record("\(found)")
            return
        }
        #expect(axes.map(\.factor) == [1, 4, 4])
        for unsaid in [level([]), level([0, 0, 0]), level([1, 2]), level([.nan, 1, 1])] {
            let found = Multiscale.fit(unsaid, [3, 25, 13], to: fine, [3, 100, 52])
            guard case .coarser(let axes) = found else {
                Issue.record("\(found)")
                return
            }
            #expect(axes.map(\.factor) == [1, 4, 4])
        }
    }

    @Test func `a level that is as fine or finer is none to zoom out to`() {
        for scale in [[1.0, 1], [0.5, 0.5], [0.5, 1]] {
            #expect(
                Multiscale.fit(level(scale), [200, 200], to: level([1, 1]), [100, 100]) == .finer
            )
        }
    }

    @Test(arguments: [
        ([2.0, 2], [], [50, 40], "does not fit"), ([2, 2], [], [50], "1 dimensions, not 2"),
        ([2, 2], [0, 40], [50, 50], "elsewhere on dimension 1"),
        ([2, 0.5], [], [50, 200], "does not fit"),
    ])
    func `a level that cannot stand for the array says why`(
        _ scale: [Double],
        _ translation: [Double],
        _ shape: [Int],
        _ words: String
    ) {
        let coarse = level(scale, translation)
        guard
            case .unfit(let reason) = Multiscale.fit(coarse, shape, to: level([1, 1]), [100, 100])
        else {
            Issue.record("it fits")
            return
        }
        #expect(reason.contains(words), "\(reason)")
    }

    @Test(arguments: [[0.0, 0], [0.5, 0.5], [1.5, 1.5]])
    func `half an element's difference in where it begins is none`(_ translation: [Double]) {
        let found = Multiscale.fit(
            level([4, 4], translation),
            [25, 25],
            to: level([1, 1]),
            [100, 100]
        )
        if case .coarser = found {} else { Issue.record("\(found)") }
    }
}
