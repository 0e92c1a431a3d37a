/// The floating-point numbers, by their v3 names.
public enum FloatType: String, Hashable, Sendable, CaseIterable {
    case float16, float32, float64, bfloat16
    case float8_e3m4, float8_e4m3, float8_e4m3b11fnuz, float8_e4m3fn, float8_e4m3fnuz
    case float8_e5m2, float8_e5m2fnuz, float8_e8m0fnu
    case float6_e2m3fn, float6_e3m2fn, float4_e2m1fn

    /// Bytes of one value in memory; a value of fewer than 8 bits has a byte for itself.
    public var byteCount: Int {
        switch self {
        case .float64: 8
        case .float32: 4
        case .float16, .bfloat16: 2
        default: 1
        }
    }

    /// Bits of one value: 4 to 64.
    public var bitCount: Int {
        switch self {
        case .float4_e2m1fn: 4
        case .float6_e2m3fn, .float6_e3m2fn: 6
        default: byteCount * 8
        }
    }
}
