/// From least to greatest: where a number lies between two others.
public struct MapScale: Hashable, Sendable {
    /// The least and the greatest number.
    public let range: ClosedRange<Double>
    /// Whether equal steps are equal ratios.
    public let isLogarithmic: Bool

    /// Makes a scale.
    public init(range: ClosedRange<Double>, isLogarithmic: Bool) {
        self.range = range
        self.isLogarithmic = isLogarithmic
    }

    /// Where `number` lies, from 0 to 1; the middle where all are the same.
    public func share(_ number: Double) -> Double {
        guard range.upperBound > range.lowerBound else { return 0.5 }
        guard isLogarithmic else {
            // Halves, so that the distance of the largest numbers does not overflow.
            let length = range.upperBound / 2 - range.lowerBound / 2
            return (number / 2 - range.lowerBound / 2) / length
        }
        let low = range.lowerBound
        let unit = low > 0 ? low : 1
        let offset = low > 0 ? 0 : low - 1
        let high = Logarithm.two((range.upperBound - offset) / unit)
        guard high > 0 else { return 0.5 }
        return Logarithm.two((number - offset) / unit) / high
    }
}
