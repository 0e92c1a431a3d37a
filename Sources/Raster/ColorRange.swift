/// Which numbers get the first and the last colour, as a person asks for it.
public struct ColorRange: Hashable, Sendable {
    /// How the bounds are found.
    public enum Bounds: Hashable, Sendable {
        /// From the least to the greatest.
        case automatic
        /// Without the smallest and the largest percent, 0 to 100.
        case percentiles(Double, Double)
        /// These.
        case held(Double, Double)
        /// As far on both sides of a number as the numbers reach on either.
        case around(Double)
    }

    /// How the bounds are found.
    public var bounds: Bounds
    /// Whether equal ratios are equally far apart.
    public var isLogarithmic: Bool

    /// Makes a range.
    public init(bounds: Bounds = .automatic, isLogarithmic: Bool = false) {
        self.bounds = bounds
        self.isLogarithmic = isLogarithmic
    }

    /// What can be typed.
    public static let help = "-5 30  2% 98%  log  log 1 9  around 0  auto"

    /// Reads what a person typed: `auto`, `-5 30`, `2% 98%`, `log`, `log 0.1 100`, `around 0`; commas
    /// are blanks.
    public init?(typed: String) {
        self.init()
        var words = typed.split { $0 == " " || $0 == "," }.map(String.init)
        let hasLog = words.first == "log"
        if hasLog { words.removeFirst() }
        isLogarithmic = hasLog
        switch (words.count, words.first) {
        case (0, _) where hasLog: break
        case (1, "auto"): break
        case (1, "around") where !hasLog: bounds = .around(0)
        case (2, "around") where !hasLog:
            guard let center = Self.number(words[1]) else { return nil }
            bounds = .around(center)
        case (2, _):
            let isShare = words.allSatisfy { $0.hasSuffix("%") }
            let ends = words.compactMap { Self.number(isShare ? String($0.dropLast()) : $0) }
            guard ends.count == 2, ends[0] < ends[1], !hasLog || isShare || ends[0] > 0 else {
                return nil
            }
            guard !isShare || (ends[0] >= 0 && ends[1] <= 100) else { return nil }
            bounds = isShare ? .percentiles(ends[0], ends[1]) : .held(ends[0], ends[1])
        default: return nil
        }
    }

    private static func number(_ text: String) -> Double? {
        Double(text).flatMap { $0.isFinite ? $0 : nil }
    }

    /// The bounds for a plane; from figures of all that is behind it, where there are any.
    public func normalization(
        _ plane: Plane,
        _ statistics: Statistics? = nil,
        _ spread: Spread? = nil
    ) -> Normalization {
        switch bounds {
        case .percentiles(let low, let high):
            guard let spread, !isLogarithmic, let lower = spread.percentile(low),
                let upper = spread.percentile(high)
            else {
                return Normalization(
                    plane,
                    .percentiles(low, high),
                    isLogarithmic: isLogarithmic
                )
            }
            return Normalization(lower: lower, upper: upper)
        case .held(let low, let high):
            return Normalization(plane, .fixed(low, high), isLogarithmic: isLogarithmic)
        case .around(let center): return Normalization(plane, .around(center))
        case .automatic:
            guard !isLogarithmic, let low = statistics?.minimum, let high = statistics?.maximum
            else { return Normalization(plane, .automatic, isLogarithmic: isLogarithmic) }
            return Normalization(lower: low, upper: high)
        }
    }
}
