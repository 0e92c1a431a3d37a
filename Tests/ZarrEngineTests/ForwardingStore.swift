import Storage

/// A store that passes on to another what it does not do by itself.
protocol ForwardingStore: Store {
    /// The store underneath.
    var base: any Store { get }
}

extension ForwardingStore {
    var capabilities: Capabilities { base.capabilities }
    var location: String { base.location }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        try await base.read(key, range)
    }

    func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        try await base.write(key, bytes)
    }

    func delete(_ key: StoreKey) async throws(StorageError) {
        try await base.delete(key)
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

    func children(_ prefix: StorePrefix) async throws(StorageError) -> any Listing<ChildPage> {
        try await base.children(prefix)
    }
}
