internal import Arena
internal import Storage
internal import ZarrModel

/// Where the encoded chunks of one array are.
struct ChunkSource: Sendable {
    /// The two shapes of storage.
    enum Place: Sendable {
        /// Objects of a flat map, under the array's prefix.
        case store(any Store, StorePrefix)
        /// Storage of any shape that holds this one array.
        case backend(any StorageBackend)
    }

    /// What `fetch` found.
    enum Fetched {
        /// There is definitely no such chunk.
        case absent
        /// The bytes are in the arena.
        case inArena
        /// The bytes as the storage handed them over.
        case bytes([UInt8])
    }

    let place: Place
    let encoding: ChunkKeyEncoding
    /// The store's blocking face, where it has one.
    let blocking: (any BlockingStore)?

    init(_ place: Place, _ encoding: ChunkKeyEncoding) {
        self.place = place
        self.encoding = encoding
        if case .store(let store, _) = place {
            blocking = store as? any BlockingStore
        } else {
            blocking = nil
        }
    }

    /// What the storage can do.
    var capabilities: Capabilities {
        switch place {
        case .store(let store, _): store.capabilities
        case .backend(let backend): backend.capabilities
        }
    }

    /// The chunk's key as a person sees it: the whole key of a store, or the key under the array.
    func key(of index: ChunkIndex) -> String {
        let key = encoding.key(for: index)
        if case .store(_, let prefix) = place { return prefix.description + key }
        return key
    }

    /// The bytes of a chunk in `range`; `nil` when it is definitely absent.
    func read(_ index: ChunkIndex, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        switch place {
        case .store(let store, let prefix):
            try await store.read(prefix.key(encoding.key(for: index)), range)
        case .backend(let backend):
            try await backend.readChunk(index, range: range)
        }
    }

    /// The bytes of a chunk in `range`, on this thread where the store allows it.
    ///
    /// Called on the engine's threads alone, since it may block.
    func fetch(
        _ index: ChunkIndex,
        _ range: ByteRange,
        into arena: Arena
    ) async throws(StorageError) -> Fetched {
        if case .store(_, let prefix) = place, let blocking {
            let key = try prefix.key(encoding.key(for: index))
            return try blocking.readBlocking(key, range, into: arena) ? .inArena : .absent
        }
        guard let bytes = try await read(index, range) else { return .absent }
        return .bytes(bytes)
    }

    /// A chunk as it is stored, likewise; an error of the storage is the chunk's.
    func fetchWhole(_ index: ChunkIndex, into arena: Arena) async throws(ChunkFailure) -> Fetched {
        do throws(StorageError) {
            return try await fetch(index, .all, into: arena)
        } catch {
            throw ChunkFailure(error)
        }
    }

    /// The bytes of a chunk in `range` with what the storage says of the object that the bytes are of.
    func fetchWithInfo(
        _ index: ChunkIndex,
        _ range: ByteRange,
        into arena: Arena
    ) async throws(StorageError) -> (Fetched, info: ObjectInfo?) {
        guard case .store(let store, let prefix) = place else {
            return (try await fetch(index, range, into: arena), nil)
        }
        let key = try prefix.key(encoding.key(for: index))
        if let blocking {
            let info = try blocking.readBlockingWithInfo(key, range, into: arena)
            return (info == nil ? .absent : .inArena, info)
        }
        guard let (bytes, info) = try await store.readWithInfo(key, range) else {
            return (.absent, nil)
        }
        return (.bytes(bytes), info)
    }

    /// Size, time and tag of a chunk; `nil` when it is definitely absent. Storage that cannot say
    /// without reading is read.
    func info(_ index: ChunkIndex) async throws(StorageError) -> ObjectInfo? {
        switch place {
        case .store(let store, let prefix):
            return try await store.info(prefix.key(encoding.key(for: index)))
        case .backend(let backend):
            guard let bytes = try await backend.readChunk(index, range: .all) else { return nil }
            return ObjectInfo(size: bytes.count)
        }
    }

    /// Removes a chunk; succeeds when it is already gone.
    func delete(_ index: ChunkIndex) async throws(StorageError) {
        switch place {
        case .store(let store, let prefix):
            try await store.delete(prefix.key(encoding.key(for: index)))
        case .backend(let backend):
            try await backend.deleteChunk(index)
        }
    }

    /// Replaces a chunk as a whole.
    func write(_ index: ChunkIndex, _ bytes: [UInt8]) async throws(StorageError) {
        switch place {
        case .store(let store, let prefix):
            try await store.write(prefix.key(encoding.key(for: index)), bytes)
        case .backend(let backend):
            try await backend.writeChunk(index, bytes)
        }
    }
}

extension ChunkSource.Fetched {
    /// Lends the bytes that were found; `nil` when there were none.
    func withBytes<Answer, Failure: Error>(
        in arena: Arena,
        _ body: (RawSpan) throws(Failure) -> Answer
    ) throws(Failure) -> Answer? {
        switch self {
        case .absent: nil
        case .inArena: try arena.withBytes(body)
        case .bytes(let bytes): try bytes.withRawBytes(body)
        }
    }
}
