/// Numbers and texts one after another: a number takes seven bits of each byte, low ones first, and
/// a text stands behind its length.
struct PackedWriter: Sendable {
    /// What was added so far.
    private(set) var bytes: [UInt8] = []

    mutating func append(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Adds a count, which is at least 0.
    mutating func append(count: Int) {
        append(UInt64(max(0, count)))
    }

    mutating func append(text: some Collection<UInt8>) {
        append(count: text.count)
        bytes.append(contentsOf: text)
    }
}

/// Reads what a `PackedWriter` wrote; every answer is `nil` where the bytes end too early.
struct PackedReader: Sendable {
    private let bytes: [UInt8]
    private var offset: Int
    private let end: Int

    /// Reads `range` of `bytes`, which it must lie in.
    init(_ bytes: [UInt8], _ range: Range<Int>? = nil) {
        self.bytes = bytes
        offset = range?.lowerBound ?? 0
        end = range?.upperBound ?? bytes.count
    }

    /// Bytes that are left.
    var rest: Int { end - offset }

    mutating func number() -> UInt64? {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while offset < end {
            let byte = bytes[offset]
            offset += 1
            // The tenth byte holds the last bit.
            guard shift < 63 || byte <= 1 else { return nil }
            number |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        return nil
    }

    /// A number that is no more than `limit`.
    mutating func count(atMost limit: Int = .max) -> Int? {
        guard let number = number(), let count = Int(exactly: number), count <= limit else {
            return nil
        }
        return count
    }

    /// The next bytes, as many as a number before them says.
    mutating func text() -> ArraySlice<UInt8>? {
        guard let count = count(), count <= rest else { return nil }
        defer { offset += count }
        return bytes[offset..<offset + count]
    }

    /// The next text as a string, invalid UTF-8 replaced.
    mutating func string() -> String? {
        text().map { String(decoding: $0, as: UTF8.self) }
    }

    /// The place of the next `count` bytes, which are passed over.
    mutating func skip(_ count: Int) -> Range<Int>? {
        guard count >= 0, count <= rest else { return nil }
        defer { offset += count }
        return offset..<offset + count
    }
}
