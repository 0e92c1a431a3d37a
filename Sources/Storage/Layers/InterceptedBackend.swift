public import ZarrModel

/// An array with an interceptor around every operation and every page of a listing.
public struct InterceptedBackend<Layer: Interceptor>: StorageBackend {
    /// The array underneath.
    public let base: any StorageBackend
    /// What is around it.
    public let layer: Layer

    /// Puts `layer` around `base`.
    public init(_ base: any StorageBackend, _ layer: Layer) {
        self.base = base
        self.layer = layer
    }

    /// What the array underneath can do.
    public var capabilities: Capabilities { base.capabilities }

    /// Where the array underneath is.
    public var location: String { base.location }

    /// Reads a chunk through the layer.
    public func readChunk(
        _ index: ChunkIndex,
        range: ByteRange
    ) async throws(StorageError) -> [UInt8]? {
        let base = base
        return try await layer.intercept(StorageCall(.read, index.description)) {
            () async throws(StorageError) in try await base.readChunk(index, range: range)
        }
    }

    /// Writes a chunk through the layer.
    public func writeChunk(_ index: ChunkIndex, _ bytes: [UInt8]) async throws(StorageError) {
        let base = base
        let call = StorageCall(.write, index.description, byteCount: bytes.count)
        try await layer.intercept(call) {
            () async throws(StorageError) in try await base.writeChunk(index, bytes)
        }
    }

    /// Reads the metadata through the layer.
    public func readMetadata() async throws(StorageError) -> MetadataDocument? {
        let base = base
        return try await layer.intercept(StorageCall(.readMetadata)) {
            () async throws(StorageError) in try await base.readMetadata()
        }
    }

    /// Writes the metadata through the layer.
    public func writeMetadata(_ document: MetadataDocument) async throws(StorageError) {
        let base = base
        let call = StorageCall(.writeMetadata, byteCount: document.bytes.count)
        try await layer.intercept(call) {
            () async throws(StorageError) in try await base.writeMetadata(document)
        }
    }

    /// Lists through the layer, page by page.
    public func listChunks() async throws(StorageError) -> any Listing<ChunkPage> {
        let base = base
        let pages = try await layer.intercept(StorageCall(.list)) {
            () async throws(StorageError) in try await base.listChunks()
        }
        return InterceptedListing(pages, StorageCall(.list), layer)
    }

    /// Deletes a chunk through the layer.
    public func deleteChunk(_ index: ChunkIndex) async throws(StorageError) {
        let base = base
        try await layer.intercept(StorageCall(.delete, index.description)) {
            () async throws(StorageError) in try await base.deleteChunk(index)
        }
    }

    /// Asks through the layer.
    public func exists() async throws(StorageError) -> Bool {
        let base = base
        return try await layer.intercept(StorageCall(.exists)) {
            () async throws(StorageError) in try await base.exists()
        }
    }
}
