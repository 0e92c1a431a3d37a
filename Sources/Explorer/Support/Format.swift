import Canvas

/// Numbers as people read them.
enum Format {
    /// `1,023,996`.
    static func count(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var result = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position).isMultiple(of: 3) { result.append(",") }
            result.append(digit)
        }
        return (number < 0 ? "-" : "") + result
    }

    /// At most five characters: `950`, `9,999`, `12.3k`, `1.02M`.
    static func short(_ number: Int) -> String {
        guard number.magnitude >= 10_000 else { return count(number) }
        var scaled = Double(number)
        var unit = ""
        for next in ["k", "M", "G", "T", "P", "E"] where abs(scaled) >= 999.5 {
            scaled /= 1000
            unit = next
        }
        return figures(scaled) + unit
    }

    /// `13.5 KiB`; `27 B`.
    static func bytes(_ number: Int) -> String {
        guard number.magnitude >= 1024 else { return "\(number) B" }
        var scaled = Double(number)
        var unit = ""
        for next in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] where abs(scaled) >= 1023.5 {
            scaled /= 1024
            unit = next
        }
        return fixed(scaled, abs(scaled) < 99.95 ? 1 : 0) + " " + unit
    }

    /// A share in per cent: 0 and 100 only where they are exact.
    static func percent(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "–" }
        if part == 0 { return "0 %" }
        if part == whole { return "100 %" }
        let share = Double(part) / Double(whole) * 100
        if share < 0.01 { return "<0.01 %" }
        if share > 99.99 { return ">99.99 %" }
        return fixed(share, share < 10 || share > 99 ? 2 : 1) + " %"
    }

    /// How large one number is beside another, in per cent: also more than 100. Requires `whole > 0`.
    static func ratio(_ number: Int, to whole: Int) -> String {
        guard number > whole else { return percent(number, of: whole) }
        let share = Double(number) / Double(whole) * 100
        return share < 100.05 ? "100.1 %" : fixed(share, share < 999.95 ? 1 : 0) + " %"
    }

    /// `200×20×64×64`; `scalar` for no dimensions.
    static func shape(_ extents: [Int]) -> String {
        extents.isEmpty ? "scalar" : extents.map(String.init).joined(separator: "×")
    }

    /// `200 × 20 × 64 × 64`.
    static func wideShape(_ extents: [Int]) -> String {
        extents.isEmpty ? "scalar" : extents.map(count).joined(separator: " × ")
    }

    /// The extents of stored objects; `≤ 10 × 35` where they differ.
    static func chunks(_ array: ArrayDetails) -> String {
        (array.hasUnevenChunks ? "≤ " : "") + wideShape(array.chunkShape)
    }

    /// `850 ms`, `4.1 s`, `2 min 5 s`.
    static func duration(milliseconds: Int) -> String {
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        if milliseconds < 60_000 { return fixed(Double(milliseconds) / 1000, 1) + " s" }
        let seconds = milliseconds / 1000
        if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
        return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    }

    /// How long ago: `12 s`, `5 min`, `3.5 h`, `2.1 d`, `1.3 y`.
    static func age(seconds: Int) -> String {
        let seconds = max(0, seconds)
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60) min" }
        let hours = Double(seconds) / 3600
        if hours < 48 { return figures(hours) + " h" }
        return hours < 365 * 24 ? figures(hours / 24) + " d" : figures(hours / 24 / 365.25) + " y"
    }

    /// A share from 0 to 1 in per cent: 0 and 100 only where they are exact.
    static func share(_ share: Double) -> String {
        guard share > 0 else { return "0 %" }
        guard share < 1 else { return "100 %" }
        return percent(max(1, min(999_999, Int(share * 1_000_000))), of: 1_000_000)
    }

    /// A number with three figures: `1.02`, `12.3`, `123`.
    static func figures(_ number: Double) -> String {
        let size = abs(number)
        return fixed(number, size < 9.995 ? 2 : size < 99.95 ? 1 : 0)
    }

    /// A value of data, short: six figures, exponents where they are shorter.
    static func value(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-inf" : "inf" }
        if number == 0 { return "0" }
        let size = abs(number)
        if number == number.rounded(), size < 1e15 { return String(Int(number)) }
        if size < 1e-4 || size >= 1e7 { return exponent(number) }
        let decimals = size >= 1000 ? 2 : size >= 100 ? 3 : size >= 1 ? 4 : 6
        return trimmed(fixed(number, decimals))
    }

    /// A range of chunk coordinates as people count: `40`, `40..59`; `*` for all of them.
    static func range(_ range: Range<Int>, of count: Int) -> String {
        if range == 0..<count, count > 1 { return "*" }
        return range.count == 1
            ? "\(range.lowerBound)" : "\(range.lowerBound)..\(range.upperBound - 1)"
    }

    /// One of `singular` or its plural: `1 chunk`, `2 chunks`.
    static func plural(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
        "\(count(number)) \(number == 1 ? singular : plural ?? singular + "s")"
    }

    /// A sentence without the clauses at its end that do not fit; `nil` where not even the first does.
    static func clause(_ text: String, columns: Int) -> String? {
        var text = Substring(text)
        var isOpen = false
        while TextWidth.of(text) > columns || isOpen {
            guard let mark = text.lastIndex(where: { ",;:(".contains($0) }) else { return nil }
            text = text[..<mark]
            while text.last == " " { text.removeLast() }
            isOpen = text.count { $0 == "(" } > text.count { $0 == ")" }
        }
        return text.isEmpty ? nil : String(text)
    }

    /// A number with so many decimals, without an exponent. Halves go away from zero.
    static func fixed(_ number: Double, _ decimals: Int) -> String {
        guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
        var power = 1.0
        for _ in 0..<decimals { power *= 10 }
        let scaled = (abs(number) * power).rounded()
        guard scaled < 9e18 else { return "\(number)" }
        let digits = String(Int(scaled))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = number < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + padded }
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    private static func exponent(_ number: Double) -> String {
        var mantissa = number
        var power = 0
        while abs(mantissa) >= 10 {
            mantissa /= 10
            power += 1
        }
        while abs(mantissa) < 1 {
            mantissa *= 10
            power -= 1
        }
        return trimmed(fixed(mantissa, 4)) + "e\(power)"
    }

    private static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var short = text[...]
        while short.last == "0" { short.removeLast() }
        if short.last == "." { short.removeLast() }
        return String(short)
    }
}
