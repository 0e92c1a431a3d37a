internal import Arena
internal import Codecs
internal import Storage
internal import ZarrModel

/// What decodes, encodes and takes apart the stored chunks of one shape. Each worker has its own.
final class ChunkTools {
    /// How inner chunks lie in the chunk; `nil` where it is no shard.
    let layout: ShardLayout?
    /// The whole chunk.
    let whole: ChunkCoder
    /// One inner chunk.
    let inner: ChunkCoder?
    /// The index of the shard.
    let index: ShardIndexDecoder?
    /// Rewrites the shard.
    let editor: ShardEditor?

    init(_ chain: CodecChain) {
        layout = chain.shardLayout
        whole = ChunkCoder(chain)
        inner = layout.map { ChunkCoder($0.innerChain) }
        index = layout.map { ShardIndexDecoder($0) }
        editor = layout.map { ShardEditor($0) }
    }
}

/// The tools for the chunks of one array, kept from chunk to chunk while the shape stays the same. Each
/// worker has its own.
final class ToolBox {
    let array: ArrayNode
    private var kept: (shape: [Int], tools: ChunkTools)?
    private let encoded = Arena()

    init(_ array: ArrayNode) {
        self.array = array
    }

    /// The tools for a chunk of the grid. Throws where a codec or the type is not known.
    func tools(for index: ChunkIndex) throws(EngineError) -> ChunkTools {
        let shape = array.metadata.chunkShape(at: index)
        if let kept, kept.shape == shape { return kept.tools }
        let tools = ChunkTools(try array.chain(of: index))
        kept = (shape, tools)
        return tools
    }

    /// Reads a chunk and lends its bytes as they are stored; `nil` when it is absent. On this thread
    /// where the store allows it.
    func lendStored<Answer>(
        _ index: ChunkIndex,
        _ body: (RawSpan) -> Answer
    ) async throws(StorageError) -> Answer? {
        try await array.source.fetch(index, .all, into: encoded).withBytes(in: encoded, body)
    }
}
