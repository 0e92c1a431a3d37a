/// The name of one deletion in the trash: its second, then the part of the second in base 36.
///
/// Names sort by age: `20261122T161500Z-0k3v9q`.
enum TrashIdentifier {
    /// The name for a deletion at `seconds` since 1970 and `number` nanoseconds.
    static func make(seconds: Int64, number: UInt64) -> String {
        let (days, rest) = split(seconds, by: 86_400)
        let (year, month, day) = date(daysSince1970: days)
        let time = pad(rest / 3600, 2) + pad(rest / 60 % 60, 2) + pad(rest % 60, 2)
        return pad(year, 4) + pad(month, 2) + pad(day, 2) + "T" + time + "Z-" + letters(number)
    }

    /// The name that sorts right after `text`, which is valid, in the same second.
    static func following(_ text: String) -> String {
        let number = UInt64(text.suffix(6), radix: 36) ?? 0
        return text.prefix(17) + letters(number + 1)
    }

    /// Whether `text` has the form that `make` gives: a name from a person or a listing is checked
    /// before it becomes part of a key.
    static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 23, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z"),
            bytes[16] == UInt8(ascii: "-")
        else { return false }
        let digits = bytes[0..<8] + bytes[9..<15]
        return digits.allSatisfy { (0x30...0x39).contains($0) }
            && bytes[17...].allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7a).contains($0)
            }
    }

    /// Six digits of base 36, which hold every nanosecond of a second.
    private static func letters(_ number: UInt64) -> String {
        let text = String(number % 2_176_782_336, radix: 36)
        return String(repeating: "0", count: max(0, 6 - text.count)) + text
    }

    private static func pad(_ number: Int64, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    private static func split(_ number: Int64, by divisor: Int64) -> (Int64, Int64) {
        let remainder = ((number % divisor) + divisor) % divisor
        return ((number - remainder) / divisor, remainder)
    }

    /// The day of the Gregorian calendar, counted in eras of 400 years that begin in March.
    private static func date(daysSince1970 days: Int64) -> (Int64, Int64, Int64) {
        let (era, day) = split(days + 719_468, by: 146_097)
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * year + year / 4 - year / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (
            year + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1
        )
    }
}
