import Explorer
import Storage
import ZarrEngine
import ZarrModel

extension EffectRunner {
    /// What the index of one shard says.
    func shard(_ path: String, _ place: ShardPlace) async throws -> ShardContents {
        let array = try await store().array(path)
        let map = try await array.shardMap(of: place.shard, inside: place.inside)
        var contents = ShardContents(
            place: place,
            key: map.key,
            start: map.start,
            innerShape: map.innerShape,
            grid: map.grid.counts,
            isNested: map.isNested
        )
        contents.states = map.states
        contents.sizes = map.ranges.map { $0.map { Int64($0.count) } ?? -1 }
        contents.offsets = map.ranges.map { $0.map { Int64($0.lowerBound) } ?? -1 }
        contents.problem = map.problem
        return contents
    }

    /// Looks into every stored shard, and brings what was found about ten times a second.
    func lookInside(_ path: String, _ number: Int) async throws -> News {
        let array = try await store().array(path)
        let census = try await array.innerCensus(includesMissingShards: false)
        let clock = ContinuousClock()
        var last = clock.now
        var page = InsidePage()
        do {
            while let shards = try await census.next() {
                for shard in shards {
                    guard let index = array.grid.linearIndex(of: shard.shard) else { continue }
                    page.shards.append(
                        InsidePage.Shard(
                            index: index,
                            total: shard.inner.count,
                            present: shard.count(.present),
                            state: shard.count(.corrupt) > 0 ? .corrupt : shard.state,
                            reason: shard.reason ?? shard.misplaced
                        )
                    )
                }
                guard clock.now - last >= .milliseconds(100) else { continue }
                last = clock.now
                report(number, .insidePage(page))
                page = InsidePage()
            }
        } catch {
            if !page.shards.isEmpty { report(number, .insidePage(page)) }
            throw error
        }
        if !page.shards.isEmpty { report(number, .insidePage(page)) }
        return .insideFinished
    }
}

extension ShardCensus {
    /// That entries of the index point outside the shard; `nil` where none does.
    fileprivate var misplaced: String? {
        let count = count(.corrupt)
        guard count > 0 else { return nil }
        return "its index places \(Wording.count(count, "inner chunk")) outside the shard"
    }
}
