/// Points in time as people write them (ISO 8601, proleptic Gregorian calendar, no time zone).
package enum CivilTime {
    /// `count` units of `scale` since 1970 as a date with as many parts as `unit` has: `2020`,
    /// `2020-03`, `2020-03-01`, `2020-03-01T12:00:00.250`. The count alone for generic units.
    package static func text(_ count: Int64, _ unit: TimeUnit, scale: Int) -> String {
        guard count != .min else { return "NaT" }
        // NumPy's scales have 31 bits; with more, the calendar could not be reckoned in 128.
        guard let scale = Int32(exactly: scale) else { return "\(count)" }
        let units = Int128(count) * Int128(scale)
        switch unit {
        case .generic: return "\(units)"
        case .year: return year(1970 + units)
        case .month:
            let months = split(units, 12)
            return year(1970 + months.whole) + "-" + padded(months.rest + 1, 2)
        case .week: return date(units * 7)
        case .day: return date(units)
        default: return dayTime(units, unit)
        }
    }

    private static func dayTime(_ units: Int128, _ unit: TimeUnit) -> String {
        let digits = fractionDigits(unit)
        var perSecond: Int128 = 1
        for _ in 0..<digits { perSecond *= 10 }
        let seconds: (whole: Int128, rest: Int128)
        switch unit {
        case .hour: seconds = (units * 3600, 0)
        case .minute: seconds = (units * 60, 0)
        default: seconds = split(units, perSecond)
        }
        let days = split(seconds.whole, 86_400)
        var text = date(days.whole) + "T" + padded(days.rest / 3600, 2)
        if unit == .hour { return text }
        text += ":" + padded(days.rest / 60 % 60, 2)
        if unit == .minute { return text }
        text += ":" + padded(days.rest % 60, 2)
        return digits == 0 ? text : text + "." + padded(seconds.rest, digits)
    }

    static func fractionDigits(_ unit: TimeUnit) -> Int {
        switch unit {
        case .millisecond: 3
        case .microsecond: 6
        case .nanosecond: 9
        case .picosecond: 12
        case .femtosecond: 15
        case .attosecond: 18
        default: 0
        }
    }

    /// The date `days` after 1970-01-01. Years start in March here, so that leap days come last.
    private static func date(_ days: Int128) -> String {
        let era = split(days + 719_468, 146_097)
        let day = era.rest
        let yearOfEra = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let number = yearOfEra + era.whole * 400 + (month <= 2 ? 1 : 0)
        return year(number) + "-" + padded(month, 2) + "-"
            + padded(dayOfYear - (153 * shifted + 2) / 5 + 1, 2)
    }

    private static func year(_ number: Int128) -> String {
        (number < 0 ? "-" : "") + padded(number < 0 ? -number : number, 4)
    }

    private static func padded(_ number: Int128, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Division that rounds down, so that the rest is never negative.
    private static func split(_ value: Int128, _ divisor: Int128) -> (whole: Int128, rest: Int128) {
        let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
    }
}
