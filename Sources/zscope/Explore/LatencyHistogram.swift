/// How often each latency occurred, to within 7 per cent, in a fixed few KiB.
struct LatencyHistogram: Sendable {
    /// Sixteen steps for each doubling, from 1 ns to ten hours.
    private var counts = [Int](repeating: 0, count: Self.places)
    private(set) var count = 0
    private(set) var longest = 0

    private static let steps = 16
    private static let places = 42 * steps

    /// Counts a latency in nanoseconds.
    mutating func add(_ nanoseconds: Int) {
        let value = max(0, nanoseconds)
        counts[Self.place(of: value)] += 1
        count += 1
        longest = max(longest, value)
    }

    /// The latency in nanoseconds that `share` of all (0 to 1) do not exceed; 0 where there is none.
    func percentile(_ share: Double) -> Int {
        guard count > 0 else { return 0 }
        let wanted = min(count, max(1, Int((Double(count) * share).rounded(.up))))
        var seen = 0
        for (place, number) in counts.enumerated() where number > 0 {
            seen += number
            if seen >= wanted { return min(longest, Self.middle(of: place)) }
        }
        return longest
    }

    private static func place(of value: Int) -> Int {
        guard value >= steps else { return value }
        let octave = Int.bitWidth - 1 - value.leadingZeroBitCount
        let step = (value >> (octave - 4)) & (steps - 1)
        return min(places - 1, (octave - 3) * steps + step)
    }

    private static func middle(of place: Int) -> Int {
        guard place >= steps else { return place }
        let octave = place / steps + 3
        let width = 1 << (octave - 4)
        return (steps + place % steps) * width + width / 2
    }
}
