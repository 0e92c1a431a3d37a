/// What a key relative to an array turns out to be.
public enum ParsedKey: Hashable, Sendable {
    /// A chunk of the grid, by where it stands in C order.
    case inside(Int)
    /// Named as a chunk is, but the grid does not reach so far.
    case outside(ChunkIndex)
    /// Not named as a chunk is.
    case notAChunk
}

extension ChunkKeyEncoding {
    /// The chunk that `key` (relative to the array) names, or `nil`. Coordinates are decimal
    /// numbers without leading zeros, so that no two keys name one chunk. O(bytes).
    public func parse(_ key: ArraySlice<UInt8>, rank: Int) -> ChunkIndex? {
        let span = key.span
        guard let start = start(of: span, rank: rank) else { return nil }
        guard rank > 0 else { return ChunkIndex([]) }
        var coordinates: [Int] = []
        coordinates.reserveCapacity(rank)
        var offset = start
        let end = span.count - suffix.utf8.count
        while let coordinate = number(in: span, from: &offset, end: end) {
            coordinates.append(coordinate)
            if offset == end { break }
            guard coordinates.count < rank, span[offset] == separator.byte else { return nil }
            offset += 1
        }
        return offset == end && coordinates.count == rank ? ChunkIndex(coordinates) : nil
    }

    /// Where the chunk that `key` (relative to the array) names stands in `grid`. Allocates nothing
    /// for a chunk inside the grid. O(bytes).
    public func linearIndex(of key: ArraySlice<UInt8>, in grid: GridShape) -> ParsedKey {
        let span = key.span
        guard let start = start(of: span, rank: grid.rank) else { return .notAChunk }
        guard grid.rank > 0 else { return .inside(0) }
        var offset = start
        var linear = 0
        var isInside = true
        let end = span.count - suffix.utf8.count
        for dimension in 0..<grid.rank {
            if dimension > 0 {
                guard offset < end, span[offset] == separator.byte else { return .notAChunk }
                offset += 1
            }
            guard let coordinate = number(in: span, from: &offset, end: end) else {
                return .notAChunk
            }
            let count = grid.counts[dimension]
            // `linear` stays below the total as long as every coordinate is inside.
            if coordinate < count && isInside {
                linear = linear * count + coordinate
            } else {
                isInside = false
            }
        }
        guard offset == end else { return .notAChunk }
        if isInside { return .inside(linear) }
        return parse(key, rank: grid.rank).map { .outside($0) } ?? .notAChunk
    }

    /// Where the coordinates start, or `nil` when the frame around them is another. Of a
    /// 0-dimensional array the frame is the whole key.
    @inline(__always)
    private func start(of key: Span<UInt8>, rank: Int) -> Int? {
        let end = key.count - suffix.utf8.count
        guard end > 0, hasSuffix(key) else { return nil }
        switch style {
        case .default:
            guard key[0] == UInt8(ascii: "c") else { return nil }
            if rank == 0 { return end == 1 ? 1 : nil }
            guard end > 2, key[1] == separator.byte else { return nil }
            return 2
        case .v2:
            if rank == 0 { return end == 1 && key[0] == UInt8(ascii: "0") ? 1 : nil }
            return 0
        }
    }

    @inline(__always)
    private func hasSuffix(_ key: Span<UInt8>) -> Bool {
        guard !suffix.isEmpty else { return true }
        var offset = key.count - suffix.utf8.count
        for byte in suffix.utf8 {
            guard key[offset] == byte else { return false }
            offset += 1
        }
        return true
    }

    @inline(__always)
    private func number(in key: Span<UInt8>, from offset: inout Int, end: Int) -> Int? {
        let start = offset
        var value = 0
        while offset < end {
            let digit = key[offset] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            // 18 digits fit whatever they are.
            guard offset - start < 18 else { break }
            value = value &* 10 &+ Int(digit)
            offset += 1
        }
        if offset - start == 18, offset < end, key[offset] &- UInt8(ascii: "0") < 10 {
            guard let longer = Self.lengthen(value, by: key[offset] &- UInt8(ascii: "0")) else {
                return nil
            }
            value = longer
            offset += 1
        }
        guard offset > start else { return nil }
        guard offset - start == 1 || key[start] != UInt8(ascii: "0") else { return nil }
        return value
    }

    /// A number with one more digit, where that fits.
    private static func lengthen(_ number: Int, by digit: UInt8) -> Int? {
        let (product, isOver) = number.multipliedReportingOverflow(by: 10)
        let (sum, isMore) = product.addingReportingOverflow(Int(digit))
        return isOver || isMore ? nil : sum
    }
}
