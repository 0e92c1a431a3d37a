/// Numbers of so many bits one behind the other, the lowest bit first, in bytes that begin with their lowest.
struct PackedNumbers: Hashable, Sendable {
    /// How many there are.
    var count: Int
    /// Bytes of one where it is not packed: 1, 2, 4 or 8.
    var byteCount: Int
    /// The first bit that is kept.
    var firstBit: Int
    /// How many are kept.
    var bitCount: Int
    /// Whether the last bit that is kept is a sign, which fills those above it.
    var isSigned: Bool

    /// Bytes of all of them packed, or `Int.max` where that does not fit.
    var packedByteCount: Int {
        let bits = count.multipliedCapped(by: bitCount)
        return bits == .max ? .max : bits / 8 + (bits % 8 == 0 ? 0 : 1)
    }

    /// Bits at the end that stand for nothing.
    var paddingBitCount: Int {
        packedByteCount.multipliedCapped(by: 8) - count.multipliedCapped(by: bitCount)
    }

    /// Whether every bit behind the last number is 0. Requires exactly the packed bytes.
    func isPaddingClear(_ packed: RawSpan) -> Bool {
        guard paddingBitCount > 0 else { return true }
        let last = Bytes.load(packed, at: packed.byteCount - 1, as: UInt8.self)
        return last >> UInt8(8 - paddingBitCount) == 0
    }

    /// Writes all numbers. Does nothing unless both sides are long enough.
    func unpack(_ packed: RawSpan, into output: inout MutableRawSpan) {
        guard packed.byteCount >= packedByteCount, output.byteCount >= count * byteCount else {
            return
        }
        let mask = UInt128.max >> UInt128(128 - bitCount)
        let sign = UInt64(1) << UInt64(bitCount - 1)
        unsafe output.withUnsafeMutableBytes { to in
            unsafe packed.withUnsafeBytes { from in
                var held: UInt128 = 0
                var bits = 0
                var next = 0
                for position in 0..<count {
                    while bits < bitCount {
                        held |= unsafe UInt128(from[next]) << UInt128(bits)
                        next += 1
                        bits += 8
                    }
                    var value = UInt64(truncatingIfNeeded: held & mask)
                    held >>= UInt128(bitCount)
                    bits -= bitCount
                    if isSigned, value & sign != 0 { value |= ~(sign | (sign - 1)) }
                    value <<= UInt64(firstBit)
                    for place in 0..<byteCount {
                        unsafe to[position * byteCount + place] =
                            UInt8(truncatingIfNeeded: value >> UInt64(8 * place))
                    }
                }
            }
        }
    }

    /// Writes the packed bytes. Does nothing unless both sides are long enough.
    func pack(_ numbers: RawSpan, into output: inout MutableRawSpan) {
        guard numbers.byteCount >= count * byteCount, output.byteCount >= packedByteCount else {
            return
        }
        let mask = UInt64.max >> UInt64(64 - bitCount)
        unsafe output.withUnsafeMutableBytes { to in
            unsafe numbers.withUnsafeBytes { from in
                var held: UInt128 = 0
                var bits = 0
                var next = 0
                for position in 0..<count {
                    var value: UInt64 = 0
                    for place in 0..<byteCount {
                        value |=
                            unsafe UInt64(from[position * byteCount + place])
                            << UInt64(8 * place)
                    }
                    held |= UInt128((value >> UInt64(firstBit)) & mask) << UInt128(bits)
                    bits += bitCount
                    while bits >= 8 {
                        unsafe to[next] = UInt8(truncatingIfNeeded: held)
                        held >>= 8
                        next += 1
                        bits -= 8
                    }
                }
                if bits > 0 { unsafe to[next] = UInt8(truncatingIfNeeded: held) }
            }
        }
    }
}
