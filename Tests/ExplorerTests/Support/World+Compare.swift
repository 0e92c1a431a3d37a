import Explorer
import ZarrModel

extension World {
    /// A comparison of every kind: mostly alike, and one of each difference.
    func comparison(_ path: String, readsValues: Bool) -> [News] {
        guard let chunks = chunks[path] else { return [.failed(Problem("cannot be listed"))] }
        let odd: [Int: ChunkDifference] = [
            20: .sizes, 33: .onlyLeft, 47: .onlyRight, 62: .values, 80: .unreadable,
        ]
        var page = ComparePage()
        for (index, chunk) in chunks.enumerated() {
            let difference = odd[index] ?? (readsValues ? .equal : .alike)
            guard chunk.state != .missing || odd[index] != nil else { continue }
            let size = max(1, Int(chunk.size))
            page.append(
                index,
                difference,
                left: difference == .onlyRight ? nil : size,
                right: difference == .onlyLeft ? nil : difference == .sizes ? size + 9 : size
            )
        }
        var summary = CompareSummary(right: "/data/copy.zarr/air/mask")
        summary.isOfValues = readsValues
        summary.elapsedMilliseconds = 120
        return [.comparePage(page), .compared(summary)]
    }

    /// What a look at one chunk finds.
    func comparedChunk(_ index: Int) -> ChunkComparison {
        var found = ChunkComparison(index: index, difference: .values)
        found.facts = [
            Fact("left", "changed 2026-11-22 14:00:31"),
            Fact("right", "changed 2026-11-22 18:12:05"),
            Fact("values", "3 of 225 elements differ"), Fact("first", "[60, 75]"),
            Fact("", "17  |  -9999"),
        ]
        return found
    }
}
