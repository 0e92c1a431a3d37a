/// How much of a row or column of the screen a part takes.
public enum Extent: Hashable, Sendable {
    /// This many cells, as long as there are any.
    case fixed(Int)
    /// A share of what is left, in proportion to the weight; at least `minimum` if it can be had.
    case share(Int = 1, minimum: Int = 0)

    fileprivate var least: Int {
        switch self {
        case .fixed(let cells): max(0, cells)
        case .share(_, let minimum): max(0, minimum)
        }
    }

    fileprivate var weight: Int {
        if case .share(let weight, _) = self { max(0, min(weight, 1 << 20)) } else { 0 }
    }
}

extension Rect {
    /// Parts from top to bottom, one for each extent. What does not fit is empty; the first come first.
    public func splitRows(_ extents: [Extent], gap: Int = 0) -> [Rect] {
        Rect.places(extents, in: rows, gap: gap).map {
            Rect(row: row &+ $0.lowerBound, column: column, rows: $0.count, columns: columns)
        }
    }

    /// Parts from left to right, one for each extent. What does not fit is empty; the first come first.
    public func splitColumns(_ extents: [Extent], gap: Int = 0) -> [Rect] {
        Rect.places(extents, in: columns, gap: gap).map {
            Rect(row: row, column: column &+ $0.lowerBound, rows: rows, columns: $0.count)
        }
    }

    /// Where each extent lies in `total` cells, with `gap` cells between neighbours.
    static func places(_ extents: [Extent], in total: Int, gap: Int = 0) -> [Range<Int>] {
        let gap = max(0, gap)
        var free = max(0, total - gap * max(0, extents.count - 1))
        var lengths = extents.map { extent in
            let length = min(extent.least, free)
            free -= length
            return length
        }
        var weights = extents.reduce(0) { $0 + $1.weight }
        for (index, extent) in extents.enumerated() where extent.weight > 0 {
            let more = free * extent.weight / weights
            lengths[index] += more
            free -= more
            weights -= extent.weight
        }
        var start = 0
        return lengths.map { length in
            let place = min(start, max(0, total))
            let end = min(place + length, max(0, total))
            start = end + gap
            return place..<end
        }
    }
}
