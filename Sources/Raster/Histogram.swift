/// How many numbers lie in each of some equal parts of a range.
public struct Histogram: Hashable, Sendable {
    /// The least number of the first part.
    public let lower: Double
    /// The greatest number of the last part.
    public let upper: Double
    /// From low to high.
    public private(set) var counts: [Int]
    /// Numbers below the range, the negative infinity included.
    public private(set) var below = 0
    /// Numbers above the range, the infinity included.
    public private(set) var above = 0

    /// A histogram of nothing, of 1 to 65,536 parts. With one bound only, the middle part counts it.
    public init(lower: Double, upper: Double, parts: Int) {
        (self.lower, self.upper) = Normalization.ordered(lower, upper)
        counts = Array(repeating: 0, count: max(1, min(parts, 65_536)))
    }

    /// A histogram of all finite numbers of a plane.
    public init(_ plane: Plane, parts: Int) {
        let statistics = Statistics(plane)
        self.init(
            lower: statistics.minimum ?? 0,
            upper: statistics.maximum ?? 0,
            parts: parts
        )
        add(plane.values)
    }

    /// Adds numbers; NaN counts nowhere.
    public mutating func add(_ values: [Double]) {
        // Halves, so that the extent of the whole range of numbers is still one.
        let extent = upper / 2 - lower / 2
        let scale = extent > 0 ? Double(counts.count) / extent : 0
        for value in values where !value.isNaN { add(value, scale, 1) }
    }

    /// Adds a number that was met so many times.
    mutating func add(_ value: Double, count: Int) {
        let extent = upper / 2 - lower / 2
        add(value, extent > 0 ? Double(counts.count) / extent : 0, count)
    }

    private mutating func add(_ value: Double, _ scale: Double, _ count: Int) {
        if value < lower {
            below += count
        } else if value > upper {
            above += count
        } else {
            let place = (value / 2 - lower / 2) * scale
            let isPlace = scale > 0 && place.isFinite
            counts[isPlace ? min(counts.count - 1, Int(place)) : counts.count / 2] += count
        }
    }

    /// Adds what another part of the numbers gave; false, and nothing added, if it has other parts.
    public mutating func merge(_ other: Histogram) -> Bool {
        guard lower == other.lower, upper == other.upper, counts.count == other.counts.count else {
            return false
        }
        for (index, count) in other.counts.enumerated() { counts[index] += count }
        below += other.below
        above += other.above
        return true
    }

    /// The bounds of one part.
    public func bounds(of part: Int) -> ClosedRange<Double> {
        let count = Double(counts.count)
        let first = lower + (upper / count - lower / count) * Double(part)
        let last = lower + (upper / count - lower / count) * Double(part + 1)
        return min(first, last)...max(first, last)
    }
}
