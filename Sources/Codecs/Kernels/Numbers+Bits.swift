/// Booleans in single bits, the first in the highest bit of a byte.
extension Numbers {
    /// Whether every byte is 0 or 1.
    static func areBooleans(_ input: RawSpan) -> Bool {
        unsafe input.withUnsafeBytes { bytes in
            var all: UInt8 = 0
            for position in 0..<bytes.count { all |= unsafe bytes[position] }
            return all <= 1
        }
    }

    /// Writes `count` bytes of 0 or 1. Requires that both sides are long enough.
    static func unpackBits(_ input: RawSpan, _ count: Int, into output: inout MutableRawSpan) {
        precondition(count <= output.byteCount && (count + 7) / 8 <= input.byteCount)
        unsafe output.withUnsafeMutableBytes { to in
            unsafe input.withUnsafeBytes { from in
                for position in 0..<count {
                    unsafe to[position] =
                        unsafe (from[position >> 3] >> UInt8(7 - position & 7)) & 1
                }
            }
        }
    }

    /// Writes a bit for every byte. Requires that the output is long enough.
    static func packBits(_ input: RawSpan, into output: inout MutableRawSpan) {
        precondition((input.byteCount + 7) / 8 <= output.byteCount)
        unsafe output.withUnsafeMutableBytes { to in
            unsafe input.withUnsafeBytes { from in
                for byte in 0..<((from.count + 7) / 8) {
                    var bits: UInt8 = 0
                    for bit in 0..<min(8, from.count - byte * 8) {
                        bits |= unsafe from[byte * 8 + bit] == 0 ? 0 : 128 >> UInt8(bit)
                    }
                    unsafe to[byte] = bits
                }
            }
        }
    }
}
