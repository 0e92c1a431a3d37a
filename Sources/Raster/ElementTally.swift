public import ZarrModel

/// Figures of packed elements that come piece by piece, in memory that does not grow with them.
///
/// Elements of one or two bytes are counted by what they are, so that their figures are the same in
/// whatever order they come, and a histogram needs no second look. Two can be put together.
public struct ElementTally: Sendable {
    /// How many elements have exactly the bytes of the fill value.
    private var fills = 0
    private var wide = Statistics()
    /// How often each element was met, of types of one or two bytes; else empty.
    private var codes: [Int] = []
    /// The extremes of integers and times of 64 bits, in the order of unsigned numbers.
    private var least = UInt64.max
    private var most = UInt64.min
    private let type: DataType
    private let fill: [UInt8]

    /// Figures of nothing; `nil` where elements of `type` are no numbers. `fill` are the bytes of an
    /// element that counts as fill, or none.
    public init?(_ type: DataType, fill: [UInt8]) {
        guard Plane.numbers(of: [], type) != nil else { return nil }
        self.type = type
        self.fill = fill
        if Self.isNarrow(type) {
            codes = Array(repeating: 0, count: type.byteCount == 1 ? 256 : 65_536)
        }
    }

    /// Bytes of an element.
    public var elementSize: Int { type.byteCount ?? 0 }

    /// Whether elements of `type` are few enough to be counted by what they are: then the order in which
    /// they come never shows.
    public static func isNarrow(_ type: DataType) -> Bool {
        switch type {
        case .bool, .integer, .float: type.byteCount ?? .max <= 2
        default: false
        }
    }

    /// Adds elements, in memory form; without marks all are stored.
    public mutating func add(_ bytes: [UInt8], _ marks: [PlaneMark] = []) {
        if codes.isEmpty { addWide(bytes, marks) } else { addNarrow(bytes, marks) }
    }

    /// Adds so many values of absent chunks, which read as the fill value.
    public mutating func addAbsent(_ count: Int) {
        wide.addAbsent(count)
        fills += fill.isEmpty ? 0 : count
    }

    /// Adds so many values that could not be read.
    public mutating func addFailed(_ count: Int) {
        wide.addFailed(count)
    }

    /// Adds what another part of the elements gave.
    public mutating func merge(_ other: ElementTally) {
        wide.merge(other.wide)
        fills += other.fills
        least = min(least, other.least)
        most = max(most, other.most)
        for code in codes.indices where code < other.codes.count {
            codes[code] += other.codes[code]
        }
    }

    private mutating func addNarrow(_ bytes: [UInt8], _ marks: [PlaneMark]) {
        let size = codes.count == 256 ? 1 : 2
        let source = bytes.span
        guard marks.isEmpty else {
            for place in 0..<source.count / size {
                switch place < marks.count ? marks[place] : .value {
                case .absent: addAbsent(1)
                case .failed: addFailed(1)
                case .unread: break
                case .value, .notANumber:
                    let high = size == 2 ? Int(source[2 * place + 1]) << 8 : 0
                    codes[Int(source[size * place]) | high] += 1
                }
            }
            return
        }
        if size == 1 {
            for place in 0..<source.count { codes[Int(source[place])] += 1 }
        } else {
            for place in 0..<source.count / 2 {
                codes[Int(source[2 * place]) | Int(source[2 * place + 1]) << 8] += 1
            }
        }
    }

    private mutating func addWide(_ bytes: [UInt8], _ marks: [PlaneMark]) {
        guard let size = type.byteCount, size > 0,
            let numbers = Plane.numbers(of: bytes, type)
        else { return }
        wide.add(numbers, marks)
        let source = bytes.span
        let sign = hasExactExtremes ? signBit : nil
        for place in 0..<source.count / size {
            if place < marks.count, marks[place] >= .absent {
                if marks[place] == .absent { fills += fill.isEmpty ? 0 : 1 }
                continue
            }
            if let sign {
                var word: UInt64 = 0
                for byte in 0..<8 { word |= UInt64(source[8 * place + byte]) << UInt64(8 * byte) }
                let rank = word ^ sign
                // No time is no extreme.
                if rank > 0 || !isTime {
                    least = min(least, rank)
                    most = max(most, rank)
                }
            }
            if fill.count == size, isFill(source, at: size * place) { fills += 1 }
        }
    }

    private func isFill(_ source: Span<UInt8>, at start: Int) -> Bool {
        let fill = fill.span
        for offset in 0..<fill.count where source[start + offset] != fill[offset] { return false }
        return true
    }

    // MARK: Results

    /// What all of them have in common.
    public var statistics: Statistics {
        guard !codes.isEmpty else { return wide }
        var all = Statistics(counting: numbers, codes)
        all.merge(wide)
        return all
    }

    /// How many elements have exactly the bytes of the fill value, absent ones among them.
    public var fillCount: Int {
        guard !codes.isEmpty, fill.count == codeBytes else { return fills }
        return fills + codes[fill.indices.reduce(0) { $0 | Int(fill[$1]) << (8 * $1) }]
    }

    /// Whether a histogram can be had of what was counted, without a second look.
    public var knowsSpread: Bool { !codes.isEmpty }

    /// Adds all elements to a histogram. Requires `knowsSpread`.
    public func add(to histogram: inout Histogram) {
        for (number, count) in zip(codes.isEmpty ? [] : numbers, codes)
        where count > 0 && !number.isNaN {
            histogram.add(number, count: count)
        }
    }

    /// The bytes of the least and the greatest element, where these are whole numbers, times or truth
    /// values; `nil` for other types and where there is none.
    public var extremes: (least: [UInt8], most: [UInt8])? {
        if hasExactExtremes {
            guard least <= most else { return nil }
            return (Self.bytes(least ^ signBit, 8), Self.bytes(most ^ signBit, 8))
        }
        guard !codes.isEmpty, isWhole else { return nil }
        let numbers = numbers
        let met = codes.indices.filter { codes[$0] > 0 }
        guard let least = met.min(by: { numbers[$0] < numbers[$1] }),
            let most = met.max(by: { numbers[$0] < numbers[$1] })
        else { return nil }
        return (
            Self.bytes(UInt64(least), codeBytes), Self.bytes(UInt64(most), codeBytes)
        )
    }

    /// Bytes of an element that is counted by what it is.
    private var codeBytes: Int { codes.count == 256 ? 1 : 2 }

    /// What each code stands for.
    private var numbers: [Double] {
        let all = codes.indices.flatMap { Self.bytes(UInt64($0), codeBytes) }
        return Plane.numbers(of: all, type) ?? []
    }

    private static func bytes(_ word: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
    }

    private var isTime: Bool {
        switch type {
        case .datetime, .timedelta: true
        default: false
        }
    }

    private var isWhole: Bool {
        switch type {
        case .bool, .integer: true
        default: isTime
        }
    }

    /// Whether a `Double` may not hold an element.
    private var hasExactExtremes: Bool { isWhole && type.byteCount == 8 }

    /// With the sign turned over, both kinds are in the order of unsigned numbers.
    private var signBit: UInt64 {
        if case .integer(let type) = type { return type.isSigned ? 1 << 63 : 0 }
        return 1 << 63
    }
}
