/// What the arrays below a group come to, as far as they are listed and counted.
struct CountsBelow: Equatable, Sendable {
    /// An array of which not all is counted, and why, where somebody tried.
    struct Uncounted: Hashable, Sendable {
        var path: String
        var problem: String?
    }

    /// Arrays that are listed.
    var arrays = 0
    /// Those that were counted.
    var counted = 0
    /// Those that were not.
    var uncounted: [Uncounted] = []
    /// Those of which a part could not be listed.
    var incomplete: [Uncounted] = []
    /// Their counts together.
    var sum = CensusCounts(total: 0)
    /// Whether a group below is not listed yet, so that there may be more.
    var isOpenEnded = false

    /// How many arrays nobody counted: `1 of 2 arrays not counted`; `nil` where all are.
    var uncountedWords: String? {
        guard !uncounted.isEmpty else { return nil }
        let all = Format.plural(arrays, "array")
        return "\(Format.count(uncounted.count)) of \(all) not counted"
    }
}

extension NodeTree {
    /// The nodes of a kind at and below a node, as far as they are listed. O(nodes below).
    func nodes(_ kind: NodeKind, below path: String) -> [String] {
        var found: [String] = []
        var waiting = number(of: path).map { [$0] } ?? []
        while let place = waiting.popLast() {
            waiting += (entries[place].children ?? []).reversed()
            if entries[place].card.kind == kind { found.append(entries[place].card.path) }
        }
        return found
    }

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
            guard let counts = entry.card.counts else {
                let problem = entry.card.countProblem
                below.uncounted.append(
                    CountsBelow.Uncounted(path: entry.card.path, problem: problem)
                )
                continue
            }
            if let problem = counts.problem, !counts.isComplete {
                below.incomplete.append(
                    CountsBelow.Uncounted(path: entry.card.path, problem: problem)
                )
            }
            below.counted += 1
            below.sum.add(counts)
        }
        return below
    }
}
