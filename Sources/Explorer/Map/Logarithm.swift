/// Logarithms without the C library.
enum Logarithm {
    /// To the base 2, for numbers from 1 on; about six figures.
    static func two(_ number: Double) -> Double {
        guard number > 1, number.isFinite else { return 0 }
        var rest = number.significand
        var result = Double(number.exponent)
        var bit = 0.5
        for _ in 0..<20 {
            rest *= rest
            if rest >= 2 {
                rest /= 2
                result += bit
            }
            bit /= 2
        }
        return result
    }
}
