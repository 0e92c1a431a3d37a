/// The integers, by their v3 names.
public enum IntegerType: String, Hashable, Sendable, CaseIterable {
    case int2, int4, int8, int16, int32, int64
    case uint2, uint4, uint8, uint16, uint32, uint64

    /// Bits of one value: 2 to 64.
    public var bitCount: Int {
        switch self {
        case .int2, .uint2: 2
        case .int4, .uint4: 4
        case .int8, .uint8: 8
        case .int16, .uint16: 16
        case .int32, .uint32: 32
        case .int64, .uint64: 64
        }
    }

    /// Bytes of one value in memory; a value of fewer than 8 bits has a byte for itself.
    public var byteCount: Int {
        max(1, bitCount / 8)
    }

    /// Whether it can be negative.
    public var isSigned: Bool {
        switch self {
        case .int2, .int4, .int8, .int16, .int32, .int64: true
        case .uint2, .uint4, .uint8, .uint16, .uint32, .uint64: false
        }
    }

    /// The values it can have.
    public var range: ClosedRange<Int128> {
        isSigned
            ? -(Int128(1) << (bitCount - 1))...((Int128(1) << (bitCount - 1)) - 1)
            : 0...((Int128(1) << bitCount) - 1)
    }
}
