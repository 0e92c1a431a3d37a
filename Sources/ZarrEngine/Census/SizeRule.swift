internal import Codecs
internal import ZarrModel

/// What the size of a stored object tells of its state without reading it.
struct SizeRule: Hashable, Sendable {
    /// Bytes that every chunk has, where the codecs give a fixed size.
    var exact: Int?
    /// Bytes that every chunk has at least: one, or a shard's index.
    var minimum = 1

    /// The state of a chunk of `size` bytes; negative where the storage does not say.
    func state(ofSize size: Int64) -> ChunkState {
        guard size >= 0 else { return .present }
        if let exact {
            if size == Int64(exact) { return .present }
            return size < Int64(exact) ? .short : .corrupt
        }
        return size < Int64(minimum) ? .short : .present
    }
}

extension ArrayNode {
    /// What the sizes in a listing tell of this array's chunks.
    var sizeRule: SizeRule {
        guard let chain = try? chain() else { return SizeRule() }
        return SizeRule(
            exact: chain.encodedByteCount,
            minimum: max(1, chain.shardLayout?.indexByteCount ?? 1)
        )
    }
}
