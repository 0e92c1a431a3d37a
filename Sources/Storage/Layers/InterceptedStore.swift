/// A store with an interceptor around every operation and every page of a listing.
public struct InterceptedStore<Layer: Interceptor>: Store {
    /// The store underneath.
    public let base: any Store
    /// What is around it.
    public let layer: Layer

    /// Puts `layer` around `base`.
    public init(_ base: any Store, _ layer: Layer) {
        self.base = base
        self.layer = layer
    }

    /// What the store underneath can do.
    public var capabilities: Capabilities { base.capabilities }

    /// Where the store underneath is.
    public var location: String { base.location }

    /// Reads through the layer.
    public func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        let base = base
        return try await layer.intercept(StorageCall(.read, key.text)) {
            () async throws(StorageError) in try await base.read(key, range)
        }
    }

    /// Reads through the layer, with the state of the object.
    public func readWithInfo(
        _ key: StoreKey,
        _ range: ByteRange
    ) async throws(StorageError) -> (bytes: [UInt8], info: ObjectInfo)? {
        let base = base
        let read = try await layer.intercept(StorageCall(.read, key.text)) {
            () async throws(StorageError) -> ObjectRead? in
            try await base.readWithInfo(key, range).map {
                ObjectRead(bytes: $0.bytes, info: $0.info)
            }
        }
        return read.map { ($0.bytes, $0.info) }
    }

    /// What the store underneath knows of killed writers, through the layer.
    public var leftoverStore: (any LeftoverStore)? {
        base.leftoverStore.map { InterceptedLeftovers(base: $0, layer: layer) }
    }

    /// Writes through the layer.
    public func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        let base = base
        let call = StorageCall(.write, key.text, byteCount: bytes.count)
        try await layer.intercept(call) {
            () async throws(StorageError) in try await base.write(key, bytes)
        }
    }

    /// Deletes through the layer.
    public func delete(_ key: StoreKey) async throws(StorageError) {
        let base = base
        try await layer.intercept(StorageCall(.delete, key.text)) {
            () async throws(StorageError) in try await base.delete(key)
        }
    }

    /// Asks through the layer.
    public func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        let base = base
        return try await layer.intercept(StorageCall(.info, key.text)) {
            () async throws(StorageError) in try await base.info(key)
        }
    }

    /// Lists through the layer, page by page.
    public func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        let base = base
        let call = StorageCall(.list, prefix.description)
        let pages = try await layer.intercept(call) {
            () async throws(StorageError) in try await base.list(prefix, options)
        }
        return InterceptedListing(pages, call, layer)
    }

    /// Lists a level through the layer, page by page.
    public func children(
        _ prefix: StorePrefix
    ) async throws(StorageError) -> any Listing<ChildPage> {
        let base = base
        let call = StorageCall(.list, prefix.description)
        let pages = try await layer.intercept(call) {
            () async throws(StorageError) in try await base.children(prefix)
        }
        return InterceptedListing(pages, call, layer)
    }
}

/// The traces of killed writers, with an interceptor around every operation.
struct InterceptedLeftovers<Layer: Interceptor>: LeftoverStore {
    let base: any LeftoverStore
    let layer: Layer

    func leftovers(_ prefix: StorePrefix) async throws(StorageError) -> any Listing<ListingPage> {
        let base = base
        let call = StorageCall(.list, prefix.description)
        let pages = try await layer.intercept(call) {
            () async throws(StorageError) in try await base.leftovers(prefix)
        }
        return InterceptedListing(pages, call, layer)
    }

    func removeLeftover(
        _ key: StoreKey,
        unchangedSince moment: Int64
    ) async throws(StorageError) -> Bool {
        let base = base
        return try await layer.intercept(StorageCall(.delete, key.text)) {
            () async throws(StorageError) in
            try await base.removeLeftover(key, unchangedSince: moment)
        }
    }
}

/// A listing whose every page goes through an interceptor.
struct InterceptedListing<Page: Sendable, Layer: Interceptor>: Listing {
    let base: any Listing<Page>
    let call: StorageCall
    let layer: Layer

    init(_ base: any Listing<Page>, _ call: StorageCall, _ layer: Layer) {
        self.base = base
        self.call = call
        self.layer = layer
    }

    func next() async throws(StorageError) -> Page? {
        let base = base
        return try await layer.intercept(call) {
            () async throws(StorageError) in try await base.next()
        }
    }
}
