import Testing
import ZarrModel

@testable import Explorer

/// What a group's arrays come to together.
@Suite struct CountsBelowTests {
    private func card(_ path: String, _ kind: NodeKind, _ counts: CensusCounts? = nil) -> NodeCard {
        var card = NodeCard(
            path: path,
            name: String(path.split(separator: "/").last ?? ""),
            kind: kind
        )
        card.counts = counts
        return card
    }

    private func counts(_ total: Int, _ present: Int, broken: Int = 0) -> CensusCounts {
        var counts = CensusCounts(total: total)
        (counts.present, counts.broken, counts.isComplete) = (present, broken, true)
        return counts
    }

    @Test func `the arrays below a group are added up as far as they are listed and counted`() {
        var tree = NodeTree(root: card("/", .group))
        tree.take(
            [
                card("/a", .array, counts(10, 7, broken: 2)), card("/b", .array),
                card("/g", .group), card("/x", .broken),
            ],
            of: "/"
        )
        let first = tree.counts(below: "/")
        #expect(first?.arrays == 2 && first?.counted == 1 && first?.isOpenEnded == true)
        #expect(first?.sum == counts(10, 7, broken: 2).with(storedBytes: 0))
        let version = tree.version
        tree.take([card("/g/c", .array, counts(5, 5))], of: "/g")
        #expect(tree.version != version)
        let second = tree.counts(below: "/")
        #expect(second?.arrays == 3 && second?.counted == 2 && second?.isOpenEnded == false)
        #expect(second?.sum.total == 15 && second?.sum.present == 12)
        #expect(tree.counts(below: "/g")?.sum.total == 5)
        #expect(tree.counts(below: "/nowhere") == nil)
    }

    @Test func `counts that no integer holds stay at the largest`() {
        var sum = counts(.max, .max)
        sum.add(counts(.max, 1))
        #expect(sum.total == .max && sum.present == .max)
    }
}

extension CensusCounts {
    fileprivate func with(storedBytes: Int) -> CensusCounts {
        var counts = self
        counts.storedBytes = storedBytes
        return counts
    }
}
