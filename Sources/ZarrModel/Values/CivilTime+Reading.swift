extension CivilTime {
    /// The count of units of `scale` since 1970 that `text` stands for: a date with as many parts as it
    /// needs (ISO 8601, UTC, no other time zone: `2020`, `2020-03-01`, `2020-03-01T12:00:00.25Z`), or
    /// `NaT`. Exactly: throws for a time between two counts, beyond them all, or that is none.
    package static func count(
        _ text: String,
        _ unit: TimeUnit,
        scale: Int
    ) throws(MetadataError) -> Int64 {
        if text == "NaT" { return .min }
        guard let (date, part) = moment(Array(text.utf8)) else {
            throw MetadataError(
                at: "",
                "'\(text)' is no date: write 2020-03-01, 2020-03-01T12:00:00.25, NaT or a whole number"
            )
        }
        let calendar = CalendarTime.Calendar.prolepticGregorian
        let total: Int128
        let step: Int128
        switch unit {
        case .generic: throw MetadataError(at: "", "a time without a unit is a whole number")
        case .year, .month:
            let months = Int128((date.year - 1970) * 12 + date.month - 1)
            // Half a month is between two, whatever a month has.
            total = months * 2 + (date.day == 1 && part == 0 ? 0 : 1)
            step = unit == .year ? 24 : 2
        default:
            total = Int128(calendar.number(of: date)) * 86_400 * second + part
            step = attoseconds(unit)
        }
        let (count, rest) = total.quotientAndRemainder(dividingBy: step * Int128(max(scale, 1)))
        guard rest == 0 else {
            let unit = (scale == 1 ? "" : "\(scale) ") + unit.rawValue
            throw MetadataError(at: "", "'\(text)' lies between two steps of \(unit)")
        }
        guard let count = Int64(exactly: count), count != .min else {
            throw MetadataError(
                at: "",
                "'\(text)' is beyond what \(unit.rawValue) in 64 bits reach"
            )
        }
        return count
    }

    private static let second: Int128 = 1_000_000_000_000_000_000

    private static func attoseconds(_ unit: TimeUnit) -> Int128 {
        switch unit {
        case .week: return 604_800 * second
        case .day: return 86_400 * second
        case .hour: return 3600 * second
        case .minute: return 60 * second
        default:
            var step = second
            for _ in 0..<fractionDigits(unit) { step /= 10 }
            return step
        }
    }

    /// A day, and the attoseconds since its midnight.
    private static func moment(_ text: [UInt8]) -> (CalendarDate, Int128)? {
        var rest = text[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        if rest.last == UInt8(ascii: "Z") { rest.removeLast() }
        let halves = rest.split(maxSplits: 1, omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: "T") || $0 == UInt8(ascii: " ")
        }
        let days = halves[0].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard days.count <= 3, days[0].count >= 4, let year = number(days[0], 1...6),
            let month = days.count > 1 ? number(days[1], 2...2) : 1,
            let day = days.count > 2 ? number(days[2], 2...2) : 1,
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let date = CalendarDate(year: isNegative ? -year : year, month: month, day: day)
        let calendar = CalendarTime.Calendar.prolepticGregorian
        guard calendar.date(calendar.number(of: date)) == date else { return nil }
        guard halves.count > 1 else { return (date, 0) }
        return days.count < 3 ? nil : clock(halves[1]).map { (date, $0) }
    }

    /// `12`, `12:30`, `12:30:15`, `12:30:15.25` in attoseconds.
    private static func clock(_ text: ArraySlice<UInt8>) -> Int128? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let fields = parts[0].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard fields.count <= 3, parts.count == 1 || parts.count == 2 && fields.count == 3 else {
            return nil
        }
        var seconds = 0
        for (place, field) in fields.enumerated() {
            guard let value = number(field, 2...2), value < (place == 0 ? 24 : 60) else {
                return nil
            }
            seconds += value * [3600, 60, 1][place]
        }
        var fraction = 0
        if parts.count == 2 {
            guard let digits = number(parts[1], 1...18) else { return nil }
            fraction = digits
            for _ in parts[1].count..<18 { fraction *= 10 }
        }
        return Int128(seconds) * second + Int128(fraction)
    }

    private static func number(_ digits: ArraySlice<UInt8>, _ lengths: ClosedRange<Int>) -> Int? {
        guard lengths.contains(digits.count) else { return nil }
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        return value
    }
}
