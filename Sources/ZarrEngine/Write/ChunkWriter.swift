internal import Arena
internal import Codecs
internal import Storage
internal import ZarrModel

/// Encodes and stores chunks of one array, one after another, in buffers that are kept.
///
/// Each worker has its own.
final class ChunkWriter {
    /// What became of a chunk.
    enum Result {
        /// It was stored in so many bytes.
        case stored(Int)
        /// It holds nothing but fill, and nothing is stored.
        case empty
    }

    private let source: ChunkSource
    private let encoder: ChunkEncoder
    private let policy: FillPolicy
    /// The chunk as it is stored.
    private let old = Arena(capacity: 1)
    private let encoded = Arena(capacity: 1)

    init(_ source: ChunkSource, _ chain: CodecChain, _ options: WriteOptions) {
        self.source = source
        encoder = ChunkEncoder(chain)
        encoder.replacesCorrupt = options.replacesCorrupt
        policy = options.storesFill ? .keep : .omit
    }

    /// Encodes what `part` takes from `values`, over what is stored where some of it stays, and stores
    /// the result.
    func write(
        _ index: ChunkIndex,
        _ part: ChunkPart,
        _ values: NewValues
    ) async throws(ChunkFailure) -> Result {
        let fetched = part.isWhole ? nil : try await fetch(index)
        if let stored = try await store(index, part, values, fetched, policy) {
            return .stored(stored)
        }
        if case .absent = fetched { return .empty }
        if try await remove(index) { return .empty }
        // What is there and cannot be deleted is overwritten.
        let stored = try await store(index, part, values, fetched, .keepObject)
        return stored.map(Result.stored) ?? .empty
    }

    private func fetch(_ index: ChunkIndex) async throws(ChunkFailure) -> ChunkSource.Fetched {
        do throws(StorageError) {
            return try await source.fetch(index, .all, into: old)
        } catch {
            throw ChunkFailure(error)
        }
    }

    /// Makes sure that nothing is stored; `false` where something is and stays.
    private func remove(_ index: ChunkIndex) async throws(ChunkFailure) -> Bool {
        do throws(StorageError) {
            if source.capabilities.contains(.delete) {
                try await source.remove(index)
                return true
            }
            return try await source.info(index) == nil
        } catch {
            throw ChunkFailure(error)
        }
    }

    /// Encodes and stores; the bytes that are stored, or `nil` where the chunk is left out.
    private func store(
        _ index: ChunkIndex,
        _ part: ChunkPart,
        _ values: NewValues,
        _ fetched: ChunkSource.Fetched?,
        _ policy: FillPolicy
    ) async throws(ChunkFailure) -> Int? {
        do {
            if source.writesBlocking {
                let stored = try encode(part, values, fetched, policy) { bytes in
                    source.put(index, bytes).map { bytes.byteCount }
                }
                return try stored?.get()
            }
            let bytes = try encode(part, values, fetched, policy) { [UInt8](copying: $0) }
            guard let bytes else { return nil }
            try await source.write(index, bytes)
            return bytes.count
        } catch let error as CodecError {
            throw ChunkFailure(error)
        } catch let error as StorageError {
            throw ChunkFailure(error)
        } catch {
            throw ChunkFailure(StorageError(.internal, .write, "\(error)"))
        }
    }

    /// Encodes and lends the bytes; `nil` where the chunk is left out.
    private func encode<Answer>(
        _ part: ChunkPart,
        _ values: NewValues,
        _ fetched: ChunkSource.Fetched?,
        _ policy: FillPolicy,
        _ body: (RawSpan) -> Answer
    ) throws(CodecError) -> Answer? {
        func encode(over old: RawSpan?) throws(CodecError) -> Answer? {
            if case .variable(let elements) = values.elements {
                encoded.resize(to: 0)
                let isThere = try encoder.encodeVariable(
                    elements,
                    part,
                    over: old,
                    policy,
                    into: encoded
                )
                return isThere ? encoded.withBytes(body) : nil
            }
            return try values.withBytes { (input: RawSpan) throws(CodecError) in
                try encoder.encode(input, part, over: old, policy, using: encoded, body)
            }
        }
        switch fetched {
        case nil, .absent: return try encode(over: nil)
        case .inArena:
            return try old.withBytes { (bytes: RawSpan) throws(CodecError) in
                try encode(over: bytes)
            }
        case .bytes(let bytes):
            return try bytes.withRawBytes { (bytes: RawSpan) throws(CodecError) in
                try encode(over: bytes)
            }
        }
    }
}

extension ChunkSource {
    /// Whether chunks can be stored on the thread that encodes them, without a copy.
    var writesBlocking: Bool {
        blocking is any BlockingWritableStore
    }

    /// Replaces a chunk as a whole, on this thread.
    func put(_ index: ChunkIndex, _ bytes: RawSpan) -> Result<Void, StorageError> {
        guard case .store(_, let prefix) = place,
            let store = blocking as? any BlockingWritableStore
        else { return .failure(StorageError(.unsupported, .write, "it does not write here")) }
        do throws(StorageError) {
            return .success(
                try store.writeBlocking(prefix.key(encoding.key(for: index)), bytes)
            )
        } catch {
            return .failure(error)
        }
    }

    /// Removes a chunk, on this thread where the store allows it.
    func remove(_ index: ChunkIndex) async throws(StorageError) {
        guard case .store(_, let prefix) = place,
            let store = blocking as? any BlockingWritableStore
        else { return try await delete(index) }
        try store.deleteBlocking(prefix.key(encoding.key(for: index)))
    }
}
