import ZarrModel

/// The inside of one shard, as its index says.
struct InnerMap: Sendable {
    /// What was read.
    let contents: ShardContents
    /// The same as a census, to be looked at as any other.
    var census: Census

    /// Takes contents; `nil` where they cannot be counted or do not fit together.
    init?(_ contents: ShardContents) {
        guard var census = Census(grid: contents.grid), census.total == contents.states.count else {
            return nil
        }
        var page = CensusPage()
        page.indexes = Array(0..<census.total)
        page.states = contents.states
        page.sizes = contents.sizes
        census.merge(page)
        var summary = CensusSummary(isComplete: contents.problem == nil)
        summary.problem = contents.problem
        census.finish(summary)
        self.contents = contents
        self.census = census
    }

    /// The first element of the array that an inner chunk holds.
    func start(of place: [Int]) -> [Int] {
        zip(contents.start, zip(place, contents.innerShape)).map { $0 + $1.0 * $1.1 }
    }

    /// Where in the object the bytes of an inner chunk lie; `nil` where it is not there.
    func bytes(of index: Int) -> Range<Int>? {
        guard contents.offsets.indices.contains(index), contents.sizes.indices.contains(index),
            contents.offsets[index] >= 0, contents.sizes[index] >= 0
        else { return nil }
        let start = Int(contents.offsets[index])
        let (end, overflow) = start.addingReportingOverflow(Int(contents.sizes[index]))
        return overflow ? nil : start..<end
    }
}
