extension FloatType {
    /// The number whose pattern is in the low bits of `bits`: exactly, or NaN, or an infinity.
    public func value(ofBits bits: UInt64) -> Double {
        FloatFormat(self).value(bits)
    }
}
