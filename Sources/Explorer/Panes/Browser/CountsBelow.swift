/// What the arrays below a group come to, as far as they are listed and counted.
struct CountsBelow: Equatable, Sendable {
    /// Arrays that are listed.
    var arrays = 0
    /// Those that were counted.
    var counted = 0
    /// Their counts together.
    var sum = CensusCounts(total: 0)
    /// Whether a group below is not listed yet, so that there may be more.
    var isOpenEnded = false
}

extension NodeTree {
    /// What lies below a node; `nil` for one that is not known. O(nodes below).
    func counts(below path: String) -> CountsBelow? {
        guard let first = number(of: path) else { return nil }
        var below = CountsBelow()
        below.sum.isComplete = true
        var waiting = [first]
        while let place = waiting.popLast() {
            let entry = entries[place]
            if let children = entry.children {
                waiting += children
            } else if entry.card.kind == .group {
                below.isOpenEnded = true
            }
            guard entry.card.kind == .array else { continue }
            below.arrays += 1
            guard let counts = entry.card.counts else { continue }
            below.counted += 1
            below.sum.add(counts)
        }
        return below
    }
}
