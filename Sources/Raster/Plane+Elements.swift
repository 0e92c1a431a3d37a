public import ZarrModel

extension Plane {
    /// The numbers of packed elements in memory form; `nil` if elements of this type are no numbers.
    ///
    /// Integers beyond 2^53 are rounded. Complex numbers give their magnitude, booleans 0 and 1, times
    /// their count, and "no time" NaN. Bytes after the last whole element are not looked at. Linear cost.
    public static func numbers(of bytes: [UInt8], _ type: DataType) -> [Double]? {
        switch type {
        case .bool:
            return bytes.map { $0 == 0 ? 0 : 1 }
        case .integer(let type):
            return integers(bytes, type)
        case .float(let type):
            return floats(bytes, type)
        case .complex(let part):
            let parts = floats(bytes, part)
            return (0..<parts.count / 2).map { magnitude(parts[2 * $0], parts[2 * $0 + 1]) }
        case .datetime, .timedelta:
            return words64(bytes) {
                let count = Int64(bitPattern: $0)
                return count == .min ? .nan : Double(count)
            }
        default:
            return nil
        }
    }

    private static func integers(_ bytes: [UInt8], _ type: IntegerType) -> [Double] {
        switch type {
        case .int8: bytes.map { Double(Int8(bitPattern: $0)) }
        case .uint8: bytes.map { Double($0) }
        case .int16: words16(bytes) { Double(Int16(bitPattern: $0)) }
        case .uint16: words16(bytes) { Double($0) }
        case .int32: words32(bytes) { Double(Int32(bitPattern: $0)) }
        case .uint32: words32(bytes) { Double($0) }
        case .int64: words64(bytes) { Double(Int64(bitPattern: $0)) }
        case .uint64: words64(bytes) { Double($0) }
        case .int4: bytes.map { Double(Int8(bitPattern: $0 << 4) >> 4) }
        case .int2: bytes.map { Double(Int8(bitPattern: $0 << 6) >> 6) }
        case .uint4: bytes.map { Double($0 & 0x0F) }
        case .uint2: bytes.map { Double($0 & 0x03) }
        }
    }

    private static func floats(_ bytes: [UInt8], _ type: FloatType) -> [Double] {
        switch type {
        case .float64: return words64(bytes) { Double(bitPattern: $0) }
        case .float32: return words32(bytes) { Double(Float(bitPattern: $0)) }
        case .float16: return words16(bytes) { Double(Float16(bitPattern: $0)) }
        case .bfloat16: return words16(bytes) { Double(Float(bitPattern: UInt32($0) << 16)) }
        default:
            let table = (0..<256).map { type.value(ofBits: UInt64($0) & mask(type)) }
            return bytes.map { table[Int($0)] }
        }
    }

    private static func mask(_ type: FloatType) -> UInt64 {
        (1 << UInt64(type.bitCount)) - 1
    }

    /// Without overflow where the square would have one.
    private static func magnitude(_ real: Double, _ imaginary: Double) -> Double {
        if real.isInfinite || imaginary.isInfinite { return .infinity }
        let larger = max(real.magnitude, imaginary.magnitude)
        guard larger > 0 else { return real + imaginary }
        let ratio = min(real.magnitude, imaginary.magnitude) / larger
        return larger * (1 + ratio * ratio).squareRoot()
    }

    private static func words16(_ bytes: [UInt8], _ number: (UInt16) -> Double) -> [Double] {
        let bytes = bytes.span
        return (0..<bytes.count / 2).map { index in
            number(UInt16(bytes[2 * index]) | UInt16(bytes[2 * index + 1]) << 8)
        }
    }

    private static func words32(_ bytes: [UInt8], _ number: (UInt32) -> Double) -> [Double] {
        let bytes = bytes.span
        return (0..<bytes.count / 4).map { index in
            let at = 4 * index
            return number(
                UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16
                    | UInt32(bytes[at + 3]) << 24
            )
        }
    }

    private static func words64(_ bytes: [UInt8], _ number: (UInt64) -> Double) -> [Double] {
        let bytes = bytes.span
        return (0..<bytes.count / 8).map { index in
            var word: UInt64 = 0
            for byte in 0..<8 { word |= UInt64(bytes[8 * index + byte]) << UInt64(8 * byte) }
            return number(word)
        }
    }
}
