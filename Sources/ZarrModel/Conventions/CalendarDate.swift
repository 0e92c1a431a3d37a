/// A day of one of the calendars that climate data is counted in.
struct CalendarDate: Hashable, Sendable {
    var year: Int
    /// From 1.
    var month: Int
    /// From 1.
    var day: Int

    /// `2019-03-01`; years have at least four digits.
    var text: String {
        let years = String(year.magnitude)
        let zeros = String(repeating: "0", count: max(0, 4 - years.count))
        return (year < 0 ? "-" : "") + zeros + years + "-" + Self.two(month) + "-" + Self.two(day)
    }

    /// Two digits.
    static func two(_ number: Int) -> String {
        (number < 10 ? "0" : "") + String(number)
    }
}

extension CalendarTime.Calendar {
    /// The first day on which the standard calendar is Gregorian, counted from 1970-01-01.
    private static let reform = -141_427

    /// The number of a day. Only differences of numbers of one calendar mean anything.
    func number(of date: CalendarDate) -> Int {
        switch self {
        case .noLeap: date.year * 365 + Self.commonStarts[date.month - 1] + date.day - 1
        case .allLeap: date.year * 366 + Self.leapStarts[date.month - 1] + date.day - 1
        case .days360: date.year * 360 + (date.month - 1) * 30 + date.day - 1
        case .prolepticGregorian: Self.gregorian(date)
        case .julian: Self.julian(date)
        case .standard:
            Self.gregorian(date) >= Self.reform ? Self.gregorian(date) : Self.julian(date)
        }
    }

    /// The day of a number.
    func date(_ number: Int) -> CalendarDate {
        switch self {
        case .noLeap: Self.date(number, 365, Self.commonStarts)
        case .allLeap: Self.date(number, 366, Self.leapStarts)
        case .days360: Self.date(number, 360, (0..<12).map { $0 * 30 })
        case .prolepticGregorian: Self.gregorian(number)
        case .julian: Self.julian(number)
        case .standard:
            number >= Self.reform ? Self.gregorian(number) : Self.julian(number)
        }
    }

    // MARK: Calendars whose years are all alike

    private static let commonStarts = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
    private static let leapStarts = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335]

    private static func date(_ number: Int, _ length: Int, _ starts: [Int]) -> CalendarDate {
        let (year, day) = floored(number, length)
        let month = starts.lastIndex { $0 <= day } ?? 0
        return CalendarDate(year: year, month: month + 1, day: day - starts[month] + 1)
    }

    // MARK: Calendars with leap years; years begin in March here, so that leap days come last

    private static func gregorian(_ date: CalendarDate) -> Int {
        let (era, year) = floored(date.year - (date.month <= 2 ? 1 : 0), 400)
        return era * 146_097 + year * 365 + year / 4 - year / 100 + dayOfYear(date) - 719_468
    }

    private static func gregorian(_ number: Int) -> CalendarDate {
        let (era, day) = floored(number + 719_468, 146_097)
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        return date(year + era * 400, day - (365 * year + year / 4 - year / 100))
    }

    private static func julian(_ date: CalendarDate) -> Int {
        let (era, year) = floored(date.year - (date.month <= 2 ? 1 : 0), 4)
        return era * 1461 + year * 365 + dayOfYear(date) - 719_470
    }

    private static func julian(_ number: Int) -> CalendarDate {
        let (era, day) = floored(number + 719_470, 1461)
        let year = (day - day / 1460) / 365
        return date(year + era * 4, day - 365 * year)
    }

    private static func dayOfYear(_ date: CalendarDate) -> Int {
        (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1
    }

    private static func date(_ year: Int, _ day: Int) -> CalendarDate {
        let shifted = (5 * day + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return CalendarDate(
            year: year + (month <= 2 ? 1 : 0),
            month: month,
            day: day - (153 * shifted + 2) / 5 + 1
        )
    }

    private static func floored(_ value: Int, _ divisor: Int) -> (whole: Int, rest: Int) {
        let (whole, rest) = value.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (whole - 1, rest + divisor) : (whole, rest)
    }
}
