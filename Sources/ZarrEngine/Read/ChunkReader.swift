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
    let source: ChunkSource
    let decoder: ChunkDecoder
    /// Reads parts of shards, where the array is sharded.
    let shards: ShardReader?
    /// The encoded chunk.
    let encoded = Arena()
    /// The decoded chunk, where it is lent out.
    let decoded = Arena()

    init(_ source: ChunkSource, _ chain: CodecChain) {
        self.source = source
        decoder = ChunkDecoder(chain)
        shards = chain.shardLayout.map { ShardReader(source, $0) }
    }

    /// Reads a chunk and copies what `scatter` selects into `block`; `false` when it is absent.
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

    /// Sets what `scatter` selects to the fill value.
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
        let source = source
        await onWorkers(tasks) { _ in
            let reader = ChunkReader(source, chain)
            while !Task.isCancelled, let number = counter.next() {
                await body(number, reader)
            }
        }
    }
}
