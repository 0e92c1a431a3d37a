import ZarrModel

extension Format {
    /// How long an operation took, in at most seven characters: `8 µs`, `4.1 ms`, `38 ms`, `1.2 s`.
    static func latency(microseconds: Int) -> String {
        if microseconds < 1000 { return "\(microseconds) µs" }
        let milliseconds = Double(microseconds) / 1000
        if milliseconds < 9.95 { return fixed(milliseconds, 1) + " ms" }
        if milliseconds < 999.5 { return fixed(milliseconds, 0) + " ms" }
        let seconds = milliseconds / 1000
        return fixed(seconds, seconds < 99.95 ? 1 : 0) + " s"
    }

    /// A moment in milliseconds since 1970, UTC: `2026-11-22T14:41:10.123Z`.
    static func moment(_ moment: Int64) -> String {
        CivilTime.text(moment, .millisecond, scale: 1) + "Z"
    }

    /// A moment in seconds since 1970, UTC: `2026-11-22 14:41:10 UTC`.
    static func moment(seconds: Int) -> String {
        let (moment, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1000)
        guard !overflow else { return "–" }
        let text = CivilTime.text(moment, .millisecond, scale: 1)
        return text.prefix(19).map { $0 == "T" ? " " : String($0) }.joined() + " UTC"
    }

    /// The time of day of such a moment, UTC: `14:41:10.123`, or `14:41:10`.
    static func timeOfDay(_ moment: Int64, hasMilliseconds: Bool = true) -> String {
        let text = CivilTime.text(moment, .millisecond, scale: 1)
        return String(text.suffix(12).prefix(hasMilliseconds ? 12 : 8))
    }

    /// `0.10/2.20 ms`: two latencies in microseconds, in the unit of the larger one.
    static func latencies(_ half: Int, _ most: Int) -> String {
        let isSlow = most >= 1_000_000
        let unit = isSlow ? 1_000_000.0 : 1000.0
        let texts = [half, most].map { figures(Double($0) / unit) }
        return texts.joined(separator: "/") + (isSlow ? " s" : " ms")
    }
}
