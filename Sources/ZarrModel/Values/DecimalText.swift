/// A finite number as decimal digits and a power of ten, exactly as written.
struct DecimalText {
    var isNegative: Bool
    /// Significant digits, 0 to 9, without leading or closing zeros; empty for zero.
    var digits: [UInt8]
    /// The number is `digits`, read as an integer, times ten to this.
    var exponent: Int

    /// Reads a number token (`-12.5e3`). `nil` where it is none.
    init?(_ text: String) {
        var bytes = text.utf8[...]
        isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        digits = []
        exponent = 0
        var isFraction = false
        while let byte = bytes.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
            bytes.removeFirst()
            if byte == UInt8(ascii: ".") {
                guard !isFraction else { return nil }
                isFraction = true
                continue
            }
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            digits.append(byte - UInt8(ascii: "0"))
            if isFraction { exponent -= 1 }
        }
        if !bytes.isEmpty {
            guard let written = Self.exponent(bytes.dropFirst()) else { return nil }
            exponent += written
        }
        normalise()
    }

    /// An exponent beyond what any type reaches counts as 1,000,000.
    private static func exponent(_ text: Substring.UTF8View) -> Int? {
        var text = text
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative || text.first == UInt8(ascii: "+") { text.removeFirst() }
        guard !text.isEmpty, text.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        let size = min(Int(String(decoding: text, as: UTF8.self)) ?? .max, 1_000_000)
        return isNegative ? -size : size
    }

    private mutating func normalise() {
        digits = Array(digits.drop { $0 == 0 })
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
        if digits.isEmpty { exponent = 0 }
    }

    /// The number rounded half-even to at most `count` (at least 1) significant digits.
    func rounded(to count: Int) -> DecimalText {
        guard digits.count > count else { return self }
        var result = self
        let dropped = digits[count...]
        result.digits = Array(digits[..<count])
        result.exponent += dropped.count
        let isHalf = dropped[count] == 5 && dropped.dropFirst().allSatisfy { $0 == 0 }
        let isOdd = result.digits[count - 1] % 2 == 1
        if isHalf ? isOdd : dropped[count] >= 5 { result.increment() }
        result.normalise()
        return result
    }

    private mutating func increment() {
        for position in digits.indices.reversed() {
            digits[position] += 1
            if digits[position] < 10 { return }
            digits[position] = 0
        }
        digits.insert(1, at: 0)
    }

    /// The number as JSON writes it: plain from 1e-4 to 1e16, else with an exponent.
    var text: String {
        let sign = isNegative ? "-" : ""
        guard !digits.isEmpty else { return sign + "0.0" }
        let all = digits.map { String($0) }.joined()
        let point = digits.count + exponent
        if point > 16 || point < -3 {
            let rest = digits.count > 1 ? "." + all.dropFirst() : ""
            return sign + all.prefix(1) + rest + "e" + (point > 0 ? "+" : "-")
                + (abs(point - 1) < 10 ? "0" : "") + String(abs(point - 1))
        }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + all }
        if exponent >= 0 { return sign + all + String(repeating: "0", count: exponent) + ".0" }
        return sign + all.prefix(point) + "." + all.dropFirst(point)
    }

    /// -1, 0 or 1: how the magnitude of the number compares with that of `value`, exactly.
    ///
    /// Requires a finite `value` near the number, as its nearest `Double` is.
    func compareMagnitude(with value: Double) -> Int {
        guard !digits.isEmpty, value != 0, abs(exponent) < 10_000 else {
            return (digits.isEmpty ? 0 : 1) - (value == 0 ? 0 : 1)
        }
        let power = value.isNormal ? Int(value.exponent) - 52 : -1074
        let significand =
            value.significandBitPattern | (value.isNormal ? UInt64(1) << 52 : 0)
        var left = BigNatural(decimal: digits)
        var right = BigNatural(significand)
        left.multiply(by: 10, times: max(0, exponent))
        right.multiply(by: 10, times: max(0, -exponent))
        left.multiply(by: 2, times: max(0, -power))
        right.multiply(by: 2, times: max(0, power))
        return left.compare(with: right)
    }
}

/// A whole number of any size, for exact comparisons.
private struct BigNatural {
    /// Least significant first; no closing zeros.
    private var words: [UInt32] = []

    init(_ value: UInt64) {
        words = [UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32)]
        trim()
    }

    init(decimal digits: [UInt8]) {
        for digit in digits { multiply(by: 10, adding: UInt64(digit)) }
    }

    mutating func multiply(by factor: UInt64, times: Int) {
        for _ in 0..<times { multiply(by: factor, adding: 0) }
    }

    private mutating func multiply(by factor: UInt64, adding summand: UInt64) {
        var carry = summand
        for position in words.indices {
            let product = UInt64(words[position]) * factor + carry
            words[position] = UInt32(truncatingIfNeeded: product)
            carry = product >> 32
        }
        if carry > 0 { words.append(UInt32(carry)) }
    }

    private mutating func trim() {
        while words.last == 0 { words.removeLast() }
    }

    func compare(with other: BigNatural) -> Int {
        guard words.count == other.words.count else {
            return words.count < other.words.count ? -1 : 1
        }
        for position in words.indices.reversed() where words[position] != other.words[position] {
            return words[position] < other.words[position] ? -1 : 1
        }
        return 0
    }
}
