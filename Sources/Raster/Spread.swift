/// How numbers are spread, counted piece by piece in parts that grow as the range does: whole numbers
/// of halves, so that widening never tears a part. Every finite number is counted exactly once.
public struct Spread: Hashable, Sendable {
    /// Parts that are kept; between half of them and all lie in the range.
    private static let kept = 4096

    /// How many finite numbers were counted.
    public private(set) var count = 0
    private var counts: [Int] = []
    /// The extent of a part, a power of two; 0 before the first number.
    private var width = 0.0 {
        didSet { inverse = 1 / width }
    }
    /// Of `width`, exactly; NaN before the first number.
    private var inverse = Double.nan
    /// The number of the part that `counts` begins with: a part begins at its number times its extent.
    private var first = 0.0
    /// The least and greatest number of a part that was counted in.
    private var low = 0.0
    private var high = 0.0

    /// A spread of nothing.
    public init() {}

    /// Adds numbers; what is not finite counts nowhere.
    public mutating func add(_ values: [Double], _ marks: [PlaneMark] = []) {
        for (index, value) in values.enumerated() {
            // Most numbers lie in the parts there are; NaN and infinities lie in none.
            let place = value * inverse - first
            if marks.isEmpty, place >= 0, place < Double(Self.kept) {
                let part = Int(place)
                counts[part] += 1
                count += 1
                low = min(low, first + Double(part))
                high = max(high, first + Double(part))
                continue
            }
            guard value.isFinite else { continue }
            guard index >= marks.count || marks[index] == .value else { continue }
            add(value)
        }
    }

    /// Adds one finite number.
    public mutating func add(_ value: Double) {
        guard value.isFinite else { return }
        if width == 0 { begin(value) }
        var part = (value / width).rounded(.down)
        // A part must be numbered exactly, however far from 0 it lies.
        while abs(part) > 0x1p45 {
            widen()
            part = (value / width).rounded(.down)
        }
        if part < first || part >= first + Double(Self.kept) { part = makeRoom(for: part, value) }
        low = min(low, part)
        high = max(high, part)
        counts[Int(part - first)] += 1
        count += 1
    }

    /// How many numbers lie in each of `parts` equal parts from `lower` to `upper`; those outside are
    /// counted in the first and last. Exact but for numbers within a thousandth of an edge.
    public func histogram(lower: Double, upper: Double, parts: Int) -> Histogram {
        var result = Histogram(lower: lower, upper: upper, parts: parts)
        for (index, count) in counts.enumerated() where count > 0 {
            let middle = (first + Double(index) + 0.5) * width
            result.add(min(max(middle, result.lower), result.upper), count: count)
        }
        return result
    }

    /// The number below which `percent` of the numbers lie, to a thousandth of their range; `nil`
    /// where there are none.
    public func percentile(_ percent: Double) -> Double? {
        guard count > 0 else { return nil }
        let wanted = min(max(percent, 0), 100) / 100 * Double(count)
        var seen = 0
        for (index, count) in counts.enumerated() where count > 0 {
            if Double(seen + count) >= wanted {
                let part = (wanted - Double(seen)) / Double(count)
                return (first + Double(index) + part) * width
            }
            seen += count
        }
        return (high + 1) * width
    }

    private mutating func begin(_ value: Double) {
        counts = Array(repeating: 0, count: Self.kept)
        width = max(abs(value).binade * 0x1p-40, 0x1p-1000)
        low = (value / width).rounded(.down)
        high = low
        first = low - Double(Self.kept / 2)
    }

    /// Makes parts twice as long until `value`, of part `part`, is among them; answers its new part.
    private mutating func makeRoom(for part: Double, _ value: Double) -> Double {
        var part = part
        while max(high, part) - min(low, part) >= Double(Self.kept) {
            widen()
            part = (value / width).rounded(.down)
        }
        // The range lies in the middle, so that the next numbers are likely among the parts.
        let least = min(low, part)
        let free = (Double(Self.kept) - (max(high, part) - least + 1)) / 2
        shift(to: least - free.rounded(.down))
        return part
    }

    private mutating func widen() {
        let start = (first / 2).rounded(.down)
        var halved = Array(repeating: 0, count: Self.kept)
        for index in counts.indices where counts[index] > 0 {
            halved[Int(((first + Double(index)) / 2).rounded(.down) - start)] += counts[index]
        }
        counts = halved
        first = start
        low = (low / 2).rounded(.down)
        high = (high / 2).rounded(.down)
        width *= 2
    }

    private mutating func shift(to start: Double) {
        guard start != first else { return }
        var moved = Array(repeating: 0, count: Self.kept)
        for index in counts.indices where counts[index] > 0 {
            let place = Int(first - start) + index
            if moved.indices.contains(place) { moved[place] = counts[index] }
        }
        counts = moved
        first = start
    }
}
