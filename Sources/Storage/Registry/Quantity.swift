/// How durations and byte counts are written in options.
public enum Quantity {
    /// A time: a decimal number and `ns`, `us`, `ms`, `s`, `m` or `h`; a bare number is milliseconds.
    ///
    /// `nil` when it is no such text, negative, or beyond about 290 years.
    public static func duration(_ text: String) -> Duration? {
        let units: [(String, Double)] = [
            ("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 6e10),
            ("h", 3.6e12),
        ]
        guard let nanoseconds = scaled(text, units, bare: 1e6) else { return nil }
        return .nanoseconds(nanoseconds)
    }

    /// A number of bytes: a decimal number and `B`, `KiB`…`TiB` (1,024) or `KB`…`TB` (1,000).
    ///
    /// `nil` when it is no such text, negative, or does not fit.
    public static func byteCount(_ text: String) -> Int? {
        let units: [(String, Double)] = [
            ("KiB", 1024), ("MiB", 1_048_576), ("GiB", 1_073_741_824), ("TiB", 1_099_511_627_776),
            ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("B", 1),
        ]
        if let whole = Int(text) { return whole < 0 ? nil : whole }
        return scaled(text, units, bare: 1).map { Int($0) }
    }

    /// A duration as this writes it: the largest unit that leaves a whole number.
    public static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let nanoseconds = attoseconds / 1_000_000_000
        if nanoseconds == 0 { return "\(seconds)s" }
        guard seconds < 9_000_000_000 else { return "\(seconds)s" }
        let total = seconds * 1_000_000_000 + nanoseconds
        if total % 1_000_000 == 0 { return "\(total / 1_000_000)ms" }
        if total % 1_000 == 0 { return "\(total / 1_000)us" }
        return "\(total)ns"
    }

    private static func scaled(
        _ text: String,
        _ units: [(String, Double)],
        bare: Double
    ) -> Int64? {
        let unit = units.first { text.hasSuffix($0.0) && text.count > $0.0.count }
        let digits = unit.map { String(text.dropLast($0.0.count)) } ?? text
        guard digits.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }),
            let number = Double(digits)
        else { return nil }
        let value = number * (unit?.1 ?? bare)
        guard value.isFinite, value >= 0, value < 9.2e18 else { return nil }
        return Int64(value)
    }
}
