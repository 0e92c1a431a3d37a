import Raster
import Testing

@Suite struct NormalizationTests {
    let plane = Plane(rows: 1, columns: 6, values: [1, 10, 100, .nan, -5, .infinity])

    @Test func `the least number is at 0 and the greatest at 1, whatever NaN and infinities do`() {
        let scale = Normalization(plane)
        #expect(scale.lower == -5)
        #expect(scale.upper == 100)
        #expect(scale.position(of: -5) == 0)
        #expect(scale.position(of: 100) == 1)
        #expect(scale.position(of: 47.5) == 0.5)
        #expect(scale.position(of: .infinity) == 1)
        #expect(scale.position(of: .nan) == nil)
    }

    @Test func `on a logarithmic scale equal ratios are equally far apart`() throws {
        let scale = Normalization(plane, isLogarithmic: true)
        #expect(scale.lower == 1)
        #expect(try abs(#require(scale.position(of: 10)) - 0.5) < 1e-12)
        #expect(scale.position(of: -5) == 0)
        #expect(!Normalization(lower: -1, upper: 1, isLogarithmic: true).isLogarithmic)
    }

    @Test func `percentiles leave outliers out`() {
        let numbers = (0...100).map { Double($0) } + [1e9]
        let scale = Normalization(
            Plane(rows: 1, columns: 102, values: numbers),
            .percentiles(2, 98)
        )
        #expect(scale.lower > 1 && scale.lower < 3)
        #expect(scale.upper > 97 && scale.upper < 100)
        #expect(scale.position(of: 1e9) == 1)
    }

    @Test func `a plane of one number is in the middle`() {
        let scale = Normalization(Plane(rows: 1, columns: 2, values: [7, 7]))
        #expect(scale.position(of: 7) == 0.5)
    }

    @Test(arguments: [
        Normalization.Bounds.automatic, .percentiles(2, 98), .percentiles(.nan, 500),
        .fixed(.nan, .infinity), .fixed(-1e308, 1e308),
    ])
    func `every number has a position from 0 to 1`(bounds: Normalization.Bounds) throws {
        let numbers = [
            0, -0.0, 1, 1e308, -1e308, Double.leastNonzeroMagnitude, .infinity, -.infinity,
        ]
        let plane = Plane(rows: 1, columns: numbers.count, values: numbers)
        for isLogarithmic in [true, false] {
            let scale = Normalization(plane, bounds, isLogarithmic: isLogarithmic)
            for number in numbers {
                #expect(try (0...1).contains(#require(scale.position(of: number))))
            }
        }
    }
}
