import Glibc

/// How a floating-point type lays its bits out: sign, exponent, significand, and what stands for
/// numbers that are none.
struct FloatFormat {
    /// What the greatest exponent and the negative zero mean.
    enum Special {
        /// As IEEE 754: infinities and NaNs at the greatest exponent.
        case ieee
        /// All ones is NaN; there is no infinity.
        case allOnes
        /// What would be the negative zero is NaN; there is no infinity.
        case negativeZero
        /// Every pattern is a finite number.
        case finite
    }

    var exponentBits: Int
    var significandBits: Int
    var bias: Int
    var special: Special
    var isSigned = true

    /// The layout of `type`.
    init(_ type: FloatType) {
        switch type {
        case .float64: self.init(11, 52, 1023, .ieee)
        case .float32: self.init(8, 23, 127, .ieee)
        case .float16: self.init(5, 10, 15, .ieee)
        case .bfloat16: self.init(8, 7, 127, .ieee)
        case .float8_e3m4: self.init(3, 4, 3, .ieee)
        case .float8_e4m3: self.init(4, 3, 7, .ieee)
        case .float8_e5m2: self.init(5, 2, 15, .ieee)
        case .float8_e4m3fn: self.init(4, 3, 7, .allOnes)
        case .float8_e4m3b11fnuz: self.init(4, 3, 11, .negativeZero)
        case .float8_e4m3fnuz: self.init(4, 3, 8, .negativeZero)
        case .float8_e5m2fnuz: self.init(5, 2, 16, .negativeZero)
        case .float8_e8m0fnu:
            self.init(8, 0, 127, .allOnes)
            isSigned = false
        case .float6_e2m3fn: self.init(2, 3, 1, .finite)
        case .float6_e3m2fn: self.init(3, 2, 3, .finite)
        case .float4_e2m1fn: self.init(2, 1, 1, .finite)
        }
    }

    private init(_ exponentBits: Int, _ significandBits: Int, _ bias: Int, _ special: Special) {
        self.exponentBits = exponentBits
        self.significandBits = significandBits
        self.bias = bias
        self.special = special
    }

    private var magnitudeBits: Int { exponentBits + significandBits }
    private var magnitudeMask: UInt64 { (1 << UInt64(magnitudeBits)) - 1 }
    private var signBit: UInt64 { isSigned ? 1 << UInt64(magnitudeBits) : 0 }
    private var significandMask: UInt64 { (1 << UInt64(significandBits)) - 1 }
    private var topExponent: UInt64 { (1 << UInt64(exponentBits)) - 1 }
    /// Whether the least exponent holds zero and the subnormal numbers.
    private var hasZero: Bool { isSigned }

    /// The pattern of the usual NaN; `nil` where the type has none.
    var nan: UInt64? {
        switch special {
        case .ieee: (topExponent << UInt64(significandBits)) | (1 << UInt64(significandBits - 1))
        case .allOnes: magnitudeMask
        case .negativeZero: signBit
        case .finite: nil
        }
    }

    /// The pattern of infinity; `nil` where the type has none.
    func infinity(isNegative: Bool) -> UInt64? {
        guard special == .ieee else { return nil }
        return (topExponent << UInt64(significandBits)) | (isNegative ? signBit : 0)
    }

    /// Whether `bits` are no number.
    func isNaN(_ bits: UInt64) -> Bool {
        switch special {
        case .ieee: bits & magnitudeMask > topExponent << UInt64(significandBits)
        case .allOnes: bits & magnitudeMask == magnitudeMask
        case .negativeZero: bits == signBit
        case .finite: false
        }
    }

    /// The value of `bits`, exactly.
    func value(_ bits: UInt64) -> Double {
        if isNaN(bits) { return .nan }
        let exponent = (bits & magnitudeMask) >> UInt64(significandBits)
        let significand = Double(bits & significandMask)
        let sign = bits & signBit != 0 ? -1.0 : 1.0
        if special == .ieee, exponent == topExponent { return sign * .infinity }
        if exponent == 0, hasZero {
            return sign * scalbn(significand, Int32(1 - bias - significandBits))
        }
        let whole = Double(UInt64(1) << UInt64(significandBits)) + significand
        return sign * scalbn(whole, Int32(Int(exponent) - bias - significandBits))
    }

    /// The largest finite number and its pattern.
    var greatestFinite: (value: Double, bits: UInt64) {
        var bits = magnitudeMask
        while isNaN(bits) || value(bits).isInfinite { bits -= 1 }
        return (value(bits), bits)
    }

    /// The pattern of `value` rounded by `rule`; infinite where it is then too large and the type can
    /// say so, `nil` where it cannot.
    func nearest(
        _ value: Double,
        _ rule: FloatingPointRoundingRule = .toNearestOrEven
    ) -> UInt64? {
        if value.isNaN { return nan }
        let isNegative = value.sign == .minus
        if isNegative, !isSigned { return nil }
        if value.isInfinite { return infinity(isNegative: isNegative) }
        let magnitude = abs(value)
        guard magnitude > 0 || hasZero else { return nil }
        let least = hasZero ? 1 - bias : -bias
        var exponent = magnitude == 0 ? least : max(least, Int(magnitude.exponent))
        var whole = scalbn(magnitude, Int32(significandBits - exponent))
            .rounded(isNegative ? rule.mirrored : rule)
        let limit = Double(UInt64(1) << UInt64(significandBits + 1))
        if whole >= limit {
            whole /= 2
            exponent += 1
        }
        // With the hidden bit in `whole`, adding is right for subnormal numbers as well.
        let lift = hasZero ? exponent - least : exponent - least - 1
        let bits = Int(whole) + (lift << significandBits)
        let pattern = UInt64(bits)
        guard pattern <= magnitudeMask, !isNaN(pattern), self.value(pattern).isFinite else {
            return infinity(isNegative: isNegative)
        }
        let signed = pattern | (isNegative ? signBit : 0)
        return isNaN(signed) ? 0 : signed
    }

    /// The pattern nearest to the number that `text` writes, rounded once.
    func nearest(text: String) -> UInt64? {
        guard var value = Double(text) else { return nil }
        if value.isFinite, significandBits < 52, let exact = DecimalText(text) {
            let side = exact.compareMagnitude(with: value)
            if side != 0, value != 0 {
                // One step of `Double` towards the written number: too small to reach another
                // midpoint, enough to leave the one that rounding may have landed on.
                let outward = (side > 0) == (value > 0)
                value = outward ? value.nextUp : value.nextDown
            }
        }
        return nearest(value)
    }

    /// The shortest text that reads back as the finite number `bits`.
    func shortestText(_ bits: UInt64) -> String {
        let value = value(bits)
        guard let exact = DecimalText(value.description) else { return value.description }
        for count in 1..<17 {
            let text = exact.rounded(to: count).text
            if nearest(text: text) == bits { return text }
        }
        return value.description
    }
}

extension FloatingPointRoundingRule {
    /// The rule that does to a magnitude what this one does to the negative number.
    fileprivate var mirrored: FloatingPointRoundingRule {
        switch self {
        case .up: .down
        case .down: .up
        default: self
        }
    }
}
