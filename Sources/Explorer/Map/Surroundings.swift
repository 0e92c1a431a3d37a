import ZarrModel

/// How many of the chunks around a box are there. Looks at so many in all, and then no more.
struct Surroundings {
    /// The answer for one box.
    struct Count: Hashable, Sendable {
        var present: Int
        var total: Int

        /// The share that is there, from 0 to 1; 0 where nothing is around.
        var share: Double {
            total > 0 ? Double(present) / Double(total) : 0
        }
    }

    /// Boxes with more chunks in and around them are not looked at.
    private static let most = 4096

    private let census: Census
    private var budget: Int
    private var count = Count(present: 0, total: 0)

    /// Looks in `census`, at `budget` chunks at most.
    init(_ census: Census, budget: Int) {
        self.census = census
        self.budget = budget
    }

    /// Counts what is around a box of the grid; `nil` where that would take too long.
    mutating func around(_ box: [Range<Int>]) -> Count? {
        var volume = 1
        for (range, length) in zip(box, census.grid) {
            volume *= min(length, range.upperBound + 1) - max(0, range.lowerBound - 1)
            guard volume <= Self.most else { return nil }
        }
        guard box.count == census.grid.count, volume <= budget else { return nil }
        budget -= volume
        count = Count(present: 0, total: 0)
        visit(box, 0, 0, isInside: true)
        return count
    }

    private mutating func visit(_ box: [Range<Int>], _ axis: Int, _ start: Int, isInside: Bool) {
        guard axis < box.count else {
            guard !isInside else { return }
            count.total += 1
            if census.state(start) == .present { count.present += 1 }
            return
        }
        let (range, length) = (box[axis], census.grid[axis])
        for place in max(0, range.lowerBound - 1)..<min(length, range.upperBound + 1) {
            visit(
                box,
                axis + 1,
                start * length + place,
                isInside: isInside && range.contains(place)
            )
        }
    }
}
