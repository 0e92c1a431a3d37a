extension FloatType {
    /// The number whose pattern is in the low bits of `bits`: exactly, or NaN, or an infinity.
    public func value(ofBits bits: UInt64) -> Double {
        FloatFormat(self).value(bits & (.max >> UInt64(64 - bitCount)))
    }

    /// The pattern of `value`, rounded by `rule` as if exponents had no end. What is then too large is
    /// infinite where the type has an infinity; `nil` where it has none, or has no NaN, or no sign.
    public func bits(
        of value: Double,
        rounded rule: FloatingPointRoundingRule = .toNearestOrEven
    ) -> UInt64? {
        switch (self, rule) {
        case (.float64, _): value.bitPattern
        case (.float32, .toNearestOrEven): UInt64(Float(value).bitPattern)
        case (.float16, .toNearestOrEven): UInt64(Float16(value).bitPattern)
        default: FloatFormat(self).nearest(value, rule)
        }
    }

    /// The largest finite number, and its pattern.
    public var greatestFinite: (value: Double, bits: UInt64) {
        FloatFormat(self).greatestFinite
    }

    /// Whether a pattern stands for infinity.
    public var hasInfinity: Bool {
        FloatFormat(self).infinity(isNegative: false) != nil
    }

    /// Bits of the significand, the hidden one counted.
    public var precision: Int {
        FloatFormat(self).significandBits + 1
    }
}
