/// Points in time, UTC, as seconds since 1970 and as text by the proleptic Gregorian calendar.
public enum PointInTime {
    /// `2026-11-22T14:00:31Z`.
    public static func iso(_ seconds: Int64) -> String {
        let text = words(seconds)
        return "\(text.date)T\(text.time)Z"
    }

    /// `2026-11-22 14:00:31`.
    public static func plain(_ seconds: Int64) -> String {
        let text = words(seconds)
        return "\(text.date) \(text.time)"
    }

    /// The seconds of `2026-11-22T14:00:31.000Z` or `2026-11-22 14:00:31`; `nil` for other texts.
    /// Fractions are cut off.
    public static func seconds(of text: some Collection<UInt8>) -> Int64? {
        var numbers: [Int] = []
        for part in text.split(whereSeparator: { !(0x30...0x39).contains($0) }).prefix(6) {
            guard part.count <= 4 else { return nil }
            numbers.append(part.reduce(0) { $0 * 10 + Int($1 & 0x0f) })
        }
        guard numbers.count == 6, (1...12).contains(numbers[1]), (1...31).contains(numbers[2]),
            numbers[3] < 24, numbers[4] < 60, numbers[5] < 61
        else { return nil }
        let seconds = numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
        return Int64(days(numbers[0], numbers[1], numbers[2]) * 86_400 + seconds)
    }

    private static func words(_ seconds: Int64) -> (date: String, time: String) {
        let limit: Int64 = 253_402_300_799
        let seconds = min(limit, max(-limit, seconds))
        let days = Int(seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400)
        let rest = Int(seconds) - days * 86400
        let date = civil(days)
        return (
            "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))",
            "\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))"
        )
    }

    /// The date `days` after 1970-01-01, counting years from March so that leap days come last.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let leaps = dayOfEra / 1460 - dayOfEra / 36524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leaps) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * march + 2) / 5 + 1)
    }

    /// The days from 1970-01-01 to a date of a year from 0 on.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let march = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * march + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(abs(number))
        let zeros = String(repeating: "0", count: max(0, width - digits.count))
        return (number < 0 ? "-" : "") + zeros + digits
    }
}
