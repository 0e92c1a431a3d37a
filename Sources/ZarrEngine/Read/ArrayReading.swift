/// What the reads of one array leave to the next.
final class ArrayReading: Sendable {
    /// Buffers and codec contexts.
    let readers = ReaderPool()
    /// Indexes of shards.
    let indexes = ShardIndexCache()
}
