/// Time as the CF conventions count it: `days since 1970-01-01 00:00`, in one of their calendars.
public struct CalendarTime: Hashable, Sendable {
    /// How days make months and years (CF conventions, section 4.4.1).
    public enum Calendar: String, Hashable, Sendable, CaseIterable {
        /// Julian before 1582-10-15, Gregorian since.
        case standard
        case prolepticGregorian = "proleptic_gregorian"
        case julian
        /// Years of 365 days.
        case noLeap = "noleap"
        /// Years of 366 days.
        case allLeap = "all_leap"
        /// Months of 30 days.
        case days360 = "360_day"

        /// Reads a name, in any of its spellings; `nil` for another.
        public init?(name: String) {
            switch name.lowercased() {
            case "gregorian": self = .standard
            case "365_day": self = .noLeap
            case "366_day": self = .allLeap
            case let name: self.init(rawValue: name)
            }
        }
    }

    /// The calendar.
    public let calendar: Calendar
    private let nanosecondsPerUnit: Int
    /// The moment that is 0, in nanoseconds after the beginning of day 0.
    private let origin: Int128

    /// Reads `UNIT since DATE`, such as `hours since 1900-01-01 00:00:0.0`. `nil` for units that are
    /// no time since a date, for units longer than days, and for an unknown calendar.
    public init?(units: String, calendar name: String? = nil) {
        let words = units.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count >= 3, words[1].lowercased() == "since",
            let unit = Self.nanoseconds(in: words[0].lowercased()),
            let calendar = Calendar(name: name ?? "standard")
        else { return nil }
        guard let origin = Self.moment(Array(words[2...]), calendar) else { return nil }
        self.calendar = calendar
        nanosecondsPerUnit = unit
        self.origin = origin
    }

    /// The date and time of a count: `2019-03-01`, `2019-03-01T06:00`, as exact as the count. `nil`
    /// for what is not finite or too far away.
    public func text(_ count: Double) -> String? {
        guard count.isFinite, abs(count) < 9e15 else { return nil }
        let whole = count.rounded(.down)
        // Microseconds: a fraction of a day as a double is not more exact.
        let part = ((count - whole) * Double(nanosecondsPerUnit) / 1000).rounded() * 1000
        let moment = origin + Int128(whole) * Int128(nanosecondsPerUnit) + Int128(part)
        let (day, rest) = Self.split(moment, Self.day)
        guard let number = Int(exactly: day), abs(number) < 1_000_000_000_000 else { return nil }
        return calendar.date(number).text + Self.timeOfDay(Int(rest))
    }

    private static let second = 1_000_000_000
    private static let day: Int128 = 86_400_000_000_000

    private static func timeOfDay(_ nanoseconds: Int) -> String {
        guard nanoseconds > 0 else { return "" }
        let seconds = nanoseconds / second
        let clock =
            "T" + CalendarDate.two(seconds / 3600) + ":" + CalendarDate.two(seconds / 60 % 60)
        var fraction = String(nanoseconds % second + second).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        guard seconds % 60 > 0 || !fraction.isEmpty else { return clock }
        return clock + ":" + CalendarDate.two(seconds % 60)
            + (fraction.isEmpty ? "" : "." + fraction)
    }

    private static func nanoseconds(in unit: String) -> Int? {
        switch unit {
        case "d", "day", "days": 86400 * second
        case "h", "hr", "hrs", "hour", "hours": 3600 * second
        case "min", "mins", "minute", "minutes": 60 * second
        case "s", "sec", "secs", "second", "seconds": second
        case "ms", "msec", "msecs", "millisecond", "milliseconds": second / 1000
        case "us", "microsec", "microsecs", "microsecond", "microseconds": 1000
        case "ns", "nanosecond", "nanoseconds": 1
        default: nil
        }
    }

    /// `1900-1-1 0:0:0.0 +02:00` or `1900-01-01T00:00:00Z` as nanoseconds; the parts after the date
    /// may be left out.
    private static func moment(_ words: [Substring], _ calendar: Calendar) -> Int128? {
        let parts = words[0].split(maxSplits: 1) { $0 == "T" || $0 == "t" }
        guard let first = parts.first, let date = date(first) else { return nil }
        var moment = Int128(calendar.number(of: date)) * day
        var clock = (parts[1...] + words[1...]).joined(separator: "")[...]
        if clock.last == "Z" || clock.last == "z" { clock.removeLast() }
        if clock.hasSuffix("UTC") { clock.removeLast(3) }
        if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            guard let zone = nanoseconds(of: clock[clock.index(after: sign)...]) else { return nil }
            moment += clock[sign] == "-" ? zone : -zone
            clock = clock[..<sign]
        }
        guard !clock.isEmpty else { return moment }
        return nanoseconds(of: clock).map { moment + $0 }
    }

    private static func date(_ text: Substring) -> CalendarDate? {
        let isNegative = text.first == "-"
        let parts = (isNegative ? text.dropFirst() : text).split(separator: "-").map { Int($0) }
        guard parts.count <= 3, let year = parts.first ?? nil, year >= 0, year < 1_000_000 else {
            return nil
        }
        let month = parts.count > 1 ? parts[1] : 1
        let day = parts.count > 2 ? parts[2] : 1
        guard let month, let day, (1...12).contains(month), (1...31).contains(day) else {
            return nil
        }
        return CalendarDate(year: isNegative ? -year : year, month: month, day: day)
    }

    private static func nanoseconds(of clock: Substring) -> Int128? {
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count) else { return nil }
        var total: Double = 0
        var unit = 3600.0
        for part in parts {
            guard let number = Double(part), number >= 0, number < 100_000 else { return nil }
            total += number * unit
            unit /= 60
        }
        return Int128((total * Double(second)).rounded())
    }

    private static func split(_ value: Int128, _ divisor: Int128) -> (whole: Int128, rest: Int128) {
        let (whole, rest) = value.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (whole - 1, rest + divisor) : (whole, rest)
    }
}
