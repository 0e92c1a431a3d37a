import Glibc

/// Round numbers along an axis: multiples of 1, 2 or 5 of a power of ten.
public struct Ticks: Hashable, Sendable {
    /// From low to high, all within the bounds.
    public let values: [Double]
    /// Digits after the point that tell neighbours apart.
    public let decimals: Int

    /// At most `count` numbers between two bounds; none where the bounds are no range.
    public init(lower: Double, upper: Double, count: Int) {
        let extent = upper - lower
        guard count > 0, extent.isFinite, extent > 0 else {
            values = []
            decimals = 0
            return
        }
        let rough = extent / Double(count)
        let power = pow(10, log10(rough).rounded(.down))
        let steps = [1, 2, 5, 10, 20].map { $0 * power }
        let step =
            steps.first { step in
                (upper / step).rounded(.down) - (lower / step).rounded(.up) < Double(count)
            } ?? 20 * power
        guard step > 0, step.isFinite, lower + step > lower else {
            values = []
            decimals = 0
            return
        }
        let start = (lower / step).rounded(.up)
        values = (0..<count).map { (start + Double($0)) * step }.filter { $0 <= upper }
            .map { abs($0) < step / 1000 ? 0 : $0 }
        decimals = max(0, min(12, Int(-log10(step).rounded(.down))))
    }
}
