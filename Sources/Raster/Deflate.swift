/// A zlib stream (RFC 1950) of one block with fixed codes (RFC 1951): repetitions found through a
/// table of three-byte beginnings, the latest of each. Needs no library.
enum Deflate {
    private static let window = 32_768
    private static let longest = 258

    /// A stream that inflates to `bytes`. O(bytes), for each at most `longest` comparisons.
    static func compressed(_ bytes: [UInt8]) -> [UInt8] {
        var writer = BitWriter([0x78, 0x01], capacity: bytes.count / 4 + 64)
        writer.append(0b011, count: 3)
        var latest = [Int](repeating: -1, count: 1 << 15)
        var place = 0
        while place < bytes.count {
            let length = repetition(in: bytes, at: place, &latest)
            guard let (start, count) = length else {
                writer.append(literal: Int(bytes[place]))
                place += 1
                continue
            }
            writer.append(length: count)
            writer.append(distance: place - start)
            place += count
        }
        writer.append(literal: 256)
        return writer.finished() + PNG.bigEndian(Checksums.adler32(bytes))
    }

    /// Where the bytes from `place` on stood before and how many of them did; notes them for later.
    private static func repetition(
        in bytes: [UInt8],
        at place: Int,
        _ latest: inout [Int]
    ) -> (start: Int, count: Int)? {
        guard place + 2 < bytes.count else { return nil }
        let three =
            UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16
        let slot = Int((three &* 0x9E37_79B1) >> 17)
        let start = latest[slot]
        latest[slot] = place
        guard start >= 0, place - start <= window else { return nil }
        let limit = min(longest, bytes.count - place)
        var count = 0
        while count < limit, bytes[start + count] == bytes[place + count] { count += 1 }
        return count < 3 ? nil : (start, count)
    }
}

/// Bits, the first in the lowest place of a byte, and the fixed codes of RFC 1951, section 3.2.6.
private struct BitWriter {
    private var bytes: [UInt8]
    private var pending: UInt32 = 0
    private var pendingCount: UInt32 = 0

    init(_ head: [UInt8], capacity: Int) {
        bytes = head
        bytes.reserveCapacity(capacity)
    }

    /// Adds the lowest `count` bits, at most 16.
    mutating func append(_ bits: Int, count: Int) {
        pending |= UInt32(truncatingIfNeeded: bits) << pendingCount
        pendingCount += UInt32(count)
        while pendingCount >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: pending))
            pending >>= 8
            pendingCount -= 8
        }
    }

    /// Adds a literal, the end of the block, or the code of a length.
    mutating func append(literal symbol: Int) {
        switch symbol {
        case ..<144: append(code: 0x30 + symbol, count: 8)
        case ..<256: append(code: 0x190 + symbol - 144, count: 9)
        case ..<280: append(code: symbol - 256, count: 7)
        default: append(code: 0xC0 + symbol - 280, count: 8)
        }
    }

    /// Adds a length of 3 to 258.
    mutating func append(length: Int) {
        guard length < 258 else { return append(literal: 285) }
        let (code, extra, rest) = Self.split(length - 3, direct: 4)
        append(literal: 257 + code)
        append(rest, count: extra)
    }

    /// Adds a distance of 1 to 32,768.
    mutating func append(distance: Int) {
        let (code, extra, rest) = Self.split(distance - 1, direct: 2)
        append(code: code, count: 5)
        append(rest, count: extra)
    }

    /// Everything, the last byte filled with zeros.
    func finished() -> [UInt8] {
        pendingCount > 0 ? bytes + [UInt8(truncatingIfNeeded: pending)] : bytes
    }

    /// The code of a number where `direct` codes stand for each number of extra bits, how many such
    /// bits follow, and what they hold.
    private static func split(_ number: Int, direct: Int) -> (code: Int, extra: Int, rest: Int) {
        guard number >= 2 * direct else { return (number, 0, 0) }
        let width = Int.bitWidth - 1 - number.leadingZeroBitCount
        let extra = width - direct.trailingZeroBitCount
        let step = number >> extra
        return (extra * direct + step, extra, number & (1 << extra - 1))
    }

    /// Adds a code, whose highest bit comes first.
    private mutating func append(code: Int, count: Int) {
        var reversed = 0
        for bit in 0..<count where code >> bit & 1 == 1 { reversed |= 1 << (count - 1 - bit) }
        append(reversed, count: count)
    }
}

/// The sums that PNG and zlib put after their data.
enum Checksums {
    /// CRC-32 of ISO 3309.
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum = table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ (sum >> 8)
        }
        return ~sum
    }

    /// Adler-32 of RFC 1950.
    static func adler32(_ bytes: [UInt8]) -> UInt32 {
        var low: UInt32 = 1
        var high: UInt32 = 0
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return high << 16 | low
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { sum, _ in
            sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1
        }
    }
}
