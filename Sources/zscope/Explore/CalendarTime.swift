import JSONValue
import ZarrModel

/// Numbers that are times, as the CF conventions have them: `hours since 1900-01-01`.
struct CalendarTime {
    /// Seconds to one unit, and seconds from 1970 to the first.
    private let unit: Double
    private let origin: Double

    /// Reads the attributes `units` and `calendar`; `nil` where they are no times of the calendar that
    /// people use.
    init?(_ attributes: JSONObject) {
        let calendar = attributes["calendar"]?.stringValue ?? "standard"
        guard ["standard", "gregorian", "proleptic_gregorian"].contains(calendar.lowercased()),
            let units = attributes["units"]?.stringValue
        else { return nil }
        let words = units.split { $0 == " " || $0 == "T" }.map(String.init)
        guard words.count >= 3, words[1].lowercased() == "since",
            let seconds = Self.units[words[0].lowercased()],
            let day = Self.day(words[2])
        else { return nil }
        unit = seconds
        let clock = words.count > 3 ? Self.clock(words[3]) : 0
        guard let clock else { return nil }
        origin = Double(day) * 86_400 + clock
    }

    /// The time as a date, with as much of the clock as it takes; `nil` where it is none.
    func text(_ number: Double) -> String? {
        let seconds = number * unit + origin
        guard seconds.isFinite, abs(seconds) < 1e14 else { return nil }
        let whole = (seconds * 1000).rounded()
        let milliseconds = Int64(whole)
        if milliseconds % 86_400_000 == 0 { return Self.text(milliseconds / 86_400_000, .day) }
        if milliseconds % 60_000 == 0 { return Self.text(milliseconds / 60_000, .minute) }
        if milliseconds % 1000 == 0 { return Self.text(milliseconds / 1000, .second) }
        return Self.text(milliseconds, .millisecond)
    }

    private static func text(_ count: Int64, _ unit: TimeUnit) -> String {
        let bits = UInt64(bitPattern: count)
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
        return ElementText.text(bytes[...], .datetime(unit, scale: 1))
    }

    private static let units: [String: Double] = {
        var units: [String: Double] = [:]
        for (names, seconds) in [
            (["day", "days", "d"], 86_400.0), (["hour", "hours", "hr", "hrs", "h"], 3600),
            (["minute", "minutes", "min", "mins"], 60), (["second", "seconds", "sec", "s"], 1),
            (["millisecond", "milliseconds", "msec", "ms"], 0.001),
            (["microsecond", "microseconds", "us"], 0.000_001),
            (["nanosecond", "nanoseconds", "ns"], 0.000_000_001),
        ] {
            for name in names { units[name] = seconds }
        }
        return units
    }()

    /// Days from 1970-01-01 to `1900-1-1`.
    private static func day(_ text: String) -> Int? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[1]), (1...31).contains(parts[2]),
            abs(parts[0]) < 100_000
        else { return nil }
        // Years start in March here, so that leap days come last.
        let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (parts[1] + (parts[1] > 2 ? -3 : 9)) + 2) / 5 + parts[2] - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }

    /// Seconds of `12:30:05.5`.
    private static func clock(_ text: String) -> Double? {
        let parts = text.filter { $0 != "Z" }.split(separator: ":").map { Double($0) }
        guard !parts.isEmpty, parts.count <= 3 else { return nil }
        var seconds = 0.0
        for (part, scale) in zip(parts, [3600.0, 60, 1]) {
            guard let part, part.isFinite, part >= 0, part < 86_400 else { return nil }
            seconds += part * scale
        }
        return seconds
    }
}
