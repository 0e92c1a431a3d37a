internal import Codecs
internal import Synchronization
internal import ZarrModel

/// The indexes of shards that were read lately, each for one state of its object.
///
/// Holds two generations of indexes, each up to half of the limit: what is not asked for while a
/// generation fills up is forgotten.
final class ShardIndexCache: Sendable {
    /// An index and the tag of the object that it is of.
    struct Entry: Sendable {
        var index: ShardIndex
        var tag: String
    }

    private struct Generations {
        var young: [ChunkIndex: Entry] = [:]
        var old: [ChunkIndex: Entry] = [:]
        var youngBytes = 0
    }

    private let generations = Mutex(Generations())
    private let limit: Int

    /// A cache of up to `limit` bytes.
    init(limit: Int = 32 << 20) {
        self.limit = limit
    }

    /// What is known of a shard. It holds for objects with this tag, and no others.
    func entry(_ shard: ChunkIndex) -> Entry? {
        let (entry, isOld) = generations.withLock { generations in
            generations.young[shard].map { ($0, false) } ?? (generations.old[shard], true)
        }
        if isOld, let entry { keep(entry, of: shard) }
        return entry
    }

    /// Keeps what was read of a shard.
    func keep(_ entry: Entry, of shard: ChunkIndex) {
        let bytes = 16 * entry.index.count + 256
        guard bytes <= limit / 2 else { return }
        generations.withLock { generations in
            if generations.youngBytes + bytes > limit / 2 {
                generations.old = generations.young
                generations.young = [:]
                generations.youngBytes = 0
            }
            if generations.young.updateValue(entry, forKey: shard) == nil {
                generations.youngBytes += bytes
            }
        }
    }

    /// Forgets what was read of a shard.
    func forget(_ shard: ChunkIndex) {
        generations.withLock { generations in
            generations.old[shard] = nil
            guard let entry = generations.young.removeValue(forKey: shard) else { return }
            generations.youngBytes -= 16 * entry.index.count + 256
        }
    }
}
