import Glibc

/// Which numbers get the first and the last colour, and how those between them are spread.
public struct Normalization: Hashable, Sendable {
    /// How the range of colours is chosen.
    public enum Bounds: Hashable, Sendable {
        /// From the least number to the greatest.
        case automatic
        /// Without the smallest and the largest percent, 0 to 100: outliers do not use up the colours.
        case percentiles(Double, Double)
        /// These, whatever the numbers are.
        case fixed(Double, Double)
        /// As far on both sides of a number as the numbers reach on either, so that it has the middle
        /// colour.
        case around(Double)
    }

    /// Numbers up to this one have the first colour.
    public let lower: Double
    /// Numbers from this one have the last.
    public let upper: Double
    /// Whether equal ratios, and not equal differences, are equally far apart.
    public let isLogarithmic: Bool

    /// Makes one of given bounds. A logarithmic one whose bounds are not positive is linear.
    public init(lower: Double, upper: Double, isLogarithmic: Bool = false) {
        (self.lower, self.upper) = Normalization.ordered(lower, upper)
        self.isLogarithmic = isLogarithmic && self.lower > 0
    }

    /// Makes one for a plane. On a logarithmic scale only positive numbers set the bounds; those that are
    /// not have the first colour.
    public init(_ plane: Plane, _ bounds: Bounds = .automatic, isLogarithmic: Bool = false) {
        var numbers = plane.values.filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
        switch bounds {
        case .fixed(let lower, let upper):
            self.init(lower: lower, upper: upper, isLogarithmic: isLogarithmic)
        case .around(let center):
            let reach = numbers.reduce(0) { Swift.max($0, abs($1 - center)) }
            self.init(lower: center - reach, upper: center + reach)
        case .automatic:
            let range = numbers.min().flatMap { low in numbers.max().map { (low, $0) } } ?? (0, 0)
            self.init(lower: range.0, upper: range.1, isLogarithmic: isLogarithmic)
        case .percentiles(let low, let high):
            numbers = Normalization.sample(numbers).sorted()
            self.init(
                lower: Normalization.percentile(low, of: numbers),
                upper: Normalization.percentile(high, of: numbers),
                isLogarithmic: isLogarithmic
            )
        }
    }

    /// Where a number lies between the bounds, 0 to 1; `nil` for NaN. One half where there is one bound.
    public func position(of value: Double) -> Double? {
        guard !value.isNaN else { return nil }
        if value <= lower, lower < upper { return 0 }
        if value >= upper, lower < upper { return 1 }
        guard lower < upper else { return value < lower ? 0 : value > upper ? 1 : 0.5 }
        if isLogarithmic { return (log(value) - log(lower)) / (log(upper) - log(lower)) }
        return (value / 2 - lower / 2) / (upper / 2 - lower / 2)
    }

    /// Two bounds in order, as finite numbers: NaN is 0.
    static func ordered(_ first: Double, _ second: Double) -> (Double, Double) {
        let limit = Double.greatestFiniteMagnitude
        let bounds = [first, second].map { $0.isNaN ? 0 : Swift.min(Swift.max($0, -limit), limit) }
        return (Swift.min(bounds[0], bounds[1]), Swift.max(bounds[0], bounds[1]))
    }

    /// Enough for percentiles by eye, evenly spread: sorting more costs time at every paint.
    private static let sampleSize = 1 << 16

    private static func sample(_ numbers: [Double]) -> [Double] {
        guard numbers.count > sampleSize else { return numbers }
        return (0..<sampleSize).map { numbers[$0 * numbers.count / sampleSize] }
    }

    private static func percentile(_ percent: Double, of sorted: [Double]) -> Double {
        guard !sorted.isEmpty, !percent.isNaN else { return 0 }
        let place = min(max(percent, 0), 100) / 100 * Double(sorted.count - 1)
        let index = Int(place)
        let next = min(index + 1, sorted.count - 1)
        let part = place - Double(index)
        return sorted[index] * (1 - part) + sorted[next] * part
    }
}
