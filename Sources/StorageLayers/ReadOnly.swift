internal import Arena
public import Storage
internal import ZarrModel

extension LayerDescriptor {
    /// Nothing that changes the storage gets through.
    public static let readOnly = LayerDescriptor(
        id: "readonly",
        summary: "refuses every write and delete"
    ) { storage, _ in
        storage.readOnly()
    }
}

extension OpenedStorage {
    /// The storage without the ways to change it.
    public func readOnly() -> OpenedStorage {
        switch self {
        case .store(let store): .store(Self.readOnly(store))
        case .array(let array): .array(ReadOnlyBackend(array))
        }
    }

    private static func readOnly<Base: Store>(_ store: Base) -> any Store {
        ReadOnlyStore(store)
    }
}

private let changing: Capabilities = [.write, .delete, .conditional, .durable]

private func refusal(_ operation: StorageOperation, _ key: String?) -> StorageError {
    StorageError(.unsupported, operation, key: key, "the storage is open for reading only")
}

/// A store that cannot be changed.
struct ReadOnlyStore<Base: Store>: Store, Layered {
    let base: Base

    init(_ base: Base) {
        self.base = base
    }

    var inner: OpenedStorage { .store(base) }
    var interceptor: (any Interceptor)? { nil }
    var capabilities: Capabilities { base.capabilities.subtracting(changing) }
    var location: String { base.location }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        try await base.read(key, range)
    }

    func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        throw refusal(.write, key.text)
    }

    func delete(_ key: StoreKey) async throws(StorageError) {
        throw refusal(.delete, key.text)
    }

    func readWithInfo(
        _ key: StoreKey,
        _ range: ByteRange
    ) async throws(StorageError) -> (bytes: [UInt8], info: ObjectInfo)? {
        try await base.readWithInfo(key, range)
    }

    func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        try await base.info(key)
    }

    func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        try await base.list(prefix, options)
    }

    func children(
        _ prefix: StorePrefix
    ) async throws(StorageError) -> any Listing<ChildPage> {
        try await base.children(prefix)
    }

    var leftoverStore: (any LeftoverStore)? {
        base.leftoverStore.map { ReadOnlyLeftovers(base: $0) }
    }
}

/// Traces of killed writers that can be listed and not removed.
private struct ReadOnlyLeftovers: LeftoverStore {
    let base: any LeftoverStore

    func leftovers(_ prefix: StorePrefix) async throws(StorageError) -> any Listing<ListingPage> {
        try await base.leftovers(prefix)
    }

    func removeLeftover(
        _ key: StoreKey,
        unchangedSince moment: Int64
    ) async throws(StorageError) -> Bool {
        throw refusal(.delete, key.text)
    }
}

/// Blocking reads stay blocking reads.
extension ReadOnlyStore: BlockingStore where Base: BlockingStore {
    func readBlocking(
        _ key: StoreKey,
        _ range: ByteRange,
        into arena: Arena
    ) throws(StorageError) -> Bool {
        try base.readBlocking(key, range, into: arena)
    }

    func readBlockingWithInfo(
        _ key: StoreKey,
        _ range: ByteRange,
        into arena: Arena
    ) throws(StorageError) -> ObjectInfo? {
        try base.readBlockingWithInfo(key, range, into: arena)
    }
}

/// An array that cannot be changed.
struct ReadOnlyBackend: StorageBackend, Layered {
    let base: any StorageBackend

    init(_ base: any StorageBackend) {
        self.base = base
    }

    var inner: OpenedStorage { .array(base) }
    var interceptor: (any Interceptor)? { nil }
    var capabilities: Capabilities { base.capabilities.subtracting(changing) }
    var location: String { base.location }

    func readChunk(
        _ index: ChunkIndex,
        range: ByteRange
    ) async throws(StorageError) -> [UInt8]? {
        try await base.readChunk(index, range: range)
    }

    func writeChunk(_ index: ChunkIndex, _ bytes: [UInt8]) async throws(StorageError) {
        throw refusal(.write, index.description)
    }

    func readMetadata() async throws(StorageError) -> MetadataDocument? {
        try await base.readMetadata()
    }

    func writeMetadata(_ document: MetadataDocument) async throws(StorageError) {
        throw refusal(.writeMetadata, nil)
    }

    func listChunks() async throws(StorageError) -> any Listing<ChunkPage> {
        try await base.listChunks()
    }

    func deleteChunk(_ index: ChunkIndex) async throws(StorageError) {
        throw refusal(.delete, index.description)
    }

    func exists() async throws(StorageError) -> Bool {
        try await base.exists()
    }
}
