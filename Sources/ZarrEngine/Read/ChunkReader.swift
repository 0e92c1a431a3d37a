internal import Arena
internal import Codecs
internal import Storage
internal import ZarrModel

/// Why one chunk could not be had.
struct ChunkFailure: Error, Sendable {
    /// `short`, `corrupt` or `unreadable`.
    var state: ChunkState
    /// Why, in one sentence. May hold untrusted text.
    var reason: String
    /// The error underneath.
    var cause: any Error

    init(_ error: StorageError) {
        state = .unreadable
        reason = error.message
        cause = error
    }

    init(_ error: CodecError) {
        switch error.code {
        case .short: state = .short
        case .corrupt, .checksum, .long: state = .corrupt
        case .unsupported, .configuration, .tooLarge: state = .unreadable
        }
        reason = error.description
        cause = error
    }
}

/// Reads and decodes chunks of one array, one after another, in buffers that are kept.
///
/// Each worker has its own.
final class ChunkReader {
    /// What decodes chunks of one shape.
    private struct Decoders {
        let chunks: ChunkDecoder
        let shards: ShardReader?

        init(_ source: ChunkSource, _ chain: CodecChain) {
            chunks = ChunkDecoder(chain)
            shards = chain.shardLayout.map { ShardReader(source, $0) }
        }
    }

    let source: ChunkSource
    /// The encoded chunk.
    let encoded = Arena()
    /// The decoded chunk, where it is lent out.
    let decoded = Arena()
    /// Those of the chunk that was prepared last.
    private var current: Decoders
    /// Where chunks differ in shape: the axes, and the decoders of the shapes that were met.
    private let axes: [ChunkAxis]?
    private var others: [[Int]: Decoders] = [:]
    /// Decoders of so many shapes are kept.
    private static let shapeLimit = 64

    init(_ source: ChunkSource, _ chain: CodecChain, _ metadata: ArrayMetadata) {
        self.source = source
        current = Decoders(source, chain)
        axes = metadata.hasUniformChunks ? nil : metadata.axes
    }

    /// Decodes chunks of the shape that the chunk prepared last has.
    var decoder: ChunkDecoder { current.chunks }

    /// Reads parts of shards of that shape, where the array is sharded.
    var shards: ShardReader? { current.shards }

    /// Makes `decoder` and `shards` those of chunk `index`. Costs nothing where all chunks have one
    /// shape. Throws where the codecs make no sense for the chunk's shape.
    func prepare(_ index: ChunkIndex) throws(ChunkFailure) {
        guard let axes else { return }
        let shape = zip(axes, index.coordinates).map { $0.storedLength(of: $1) }
        guard shape != current.chunks.chain.shape else { return }
        if let known = others[shape] {
            current = known
            return
        }
        do throws(CodecError) {
            if others.count >= Self.shapeLimit { others.removeAll(keepingCapacity: true) }
            current = Decoders(source, try current.chunks.chain.reshaped(shape))
            others[shape] = current
        } catch {
            throw ChunkFailure(error)
        }
    }

    /// Reads a chunk and copies what `scatter` selects into `block`; `false` when it is absent.
    /// Requires that it was prepared.
    func read(
        _ index: ChunkIndex,
        _ scatter: Scatter,
        into block: ByteBlock
    ) async throws(ChunkFailure) -> Bool {
        let fetched = try await fetch(index)
        return try decoding { () throws(CodecError) -> Bool in
            try fetched.withBytes(in: encoded) { (bytes: RawSpan) throws(CodecError) -> Bool in
                try block.withMutableBytes { (output: inout MutableRawSpan) throws(CodecError) in
                    try decoder.decode(bytes, scatter: scatter, into: &output)
                }
                return true
            } ?? false
        }
    }

    /// Sets what `scatter` selects of the chunk prepared last to the fill value.
    func fill(_ scatter: Scatter, into block: ByteBlock) throws(ChunkFailure) {
        try decoding { () throws(CodecError) in
            try block.withMutableBytes { (output: inout MutableRawSpan) throws(CodecError) in
                try decoder.fill(scatter, into: &output)
            }
        }
    }

    /// Reads a chunk and lends its decoded bytes; `nil` when it is absent.
    func lend<Answer>(
        _ index: ChunkIndex,
        _ body: (RawSpan) -> Answer
    ) async throws(ChunkFailure) -> Answer? {
        try prepare(index)
        let fetched = try await fetch(index)
        return try decoding { () throws(CodecError) -> Answer? in
            try fetched.withBytes(in: encoded) { (bytes: RawSpan) throws(CodecError) -> Answer in
                decoded.resize(to: try decodedSize())
                try decoded.withMutableBytes { (output: inout MutableRawSpan) throws(CodecError) in
                    try decoder.decode(bytes, into: &output)
                }
                return decoded.withBytes(body)
            }
        }
    }

    /// The bytes of a decoded chunk. Throws where metadata asks for more than the codecs decode, so
    /// that no memory is taken for it.
    private func decodedSize() throws(CodecError) -> Int {
        let size = decoder.chain.byteCount ?? 0
        guard size <= decoder.chain.limits.chunkBytes else {
            throw CodecError(.tooLarge, codec: "chunk", "a chunk has \(size) bytes")
        }
        return size
    }

    /// Reads a chunk of elements without a fixed length; `nil` when it is absent.
    func readVariable(_ index: ChunkIndex) async throws(ChunkFailure) -> [[UInt8]]? {
        try prepare(index)
        let fetched = try await fetch(index)
        return try decoding { () throws(CodecError) -> [[UInt8]]? in
            try fetched.withBytes(in: encoded) { (bytes: RawSpan) throws(CodecError) -> [[UInt8]] in
                try decoder.decodeVariable(bytes)
            }
        }
    }

    private func fetch(_ index: ChunkIndex) async throws(ChunkFailure) -> ChunkSource.Fetched {
        do throws(StorageError) {
            return try await source.fetch(index, .all, into: encoded)
        } catch {
            throw ChunkFailure(error)
        }
    }

    func decoding<Answer>(
        _ body: () throws(CodecError) -> Answer
    ) throws(ChunkFailure) -> Answer {
        do throws(CodecError) {
            return try body()
        } catch {
            throw ChunkFailure(error)
        }
    }
}

extension ArrayNode {
    /// Takes the counter's numbers on the engine's threads, each task with a reader of its own, until
    /// there are no more, the counter is stopped or the caller is cancelled.
    func work(
        on counter: WorkCounter,
        tasks: Int,
        _ chain: CodecChain,
        _ body: @escaping @Sendable (Int, ChunkReader) async -> Void
    ) async {
        await onWorkers(tasks) { _ in
            let reader = ChunkReader(source, chain, metadata)
            while !Task.isCancelled, let number = counter.next() {
                await body(number, reader)
            }
        }
    }
}
