public import ZarrModel

/// The ten operations on an array that lies in a store, by the array's own chunk keys.
public struct StoreBackend: StorageBackend {
    /// First segment, under an array, of what this program keeps for itself: its trash.
    public static let reservedName = ".zscope-trash"
    /// How first segments begin under which this program writes objects for a while: what a benchmark
    /// or a trial measures with. They mean nothing once the run has ended.
    public static let scratchPrefix = ".zscope-scratch-"

    /// The store.
    public let store: any Store
    /// Where the array lies in it.
    public let prefix: StorePrefix
    /// How its chunks are named.
    public let keyEncoding: ChunkKeyEncoding
    /// How many dimensions it has.
    public let rank: Int
    /// Which metadata document it has.
    public let version: MetadataDocument.Version

    /// Sees an array in `store`.
    public init(
        _ store: any Store,
        prefix: StorePrefix = .root,
        keyEncoding: ChunkKeyEncoding = ChunkKeyEncoding(),
        rank: Int,
        version: MetadataDocument.Version = .v3
    ) {
        self.store = store
        self.prefix = prefix
        self.keyEncoding = keyEncoding
        self.rank = rank
        self.version = version
    }

    /// What the store can do; an array has no hierarchy.
    public var capabilities: Capabilities {
        store.capabilities.subtracting(.hierarchy)
    }

    /// The store's place and the array's in it.
    public var location: String {
        prefix.key.map { store.location + "#/" + $0.text } ?? store.location
    }

    /// The key of a chunk in the store. Throws `.invalidKey` for an index of another rank.
    public func key(of index: ChunkIndex) throws(StorageError) -> StoreKey {
        guard index.coordinates.count == rank, index.coordinates.allSatisfy({ $0 >= 0 }) else {
            throw StorageError(
                .invalidKey,
                .open,
                key: index.description,
                "a chunk of this array has \(rank) coordinates, none negative"
            )
        }
        return try prefix.key(keyEncoding.key(for: index))
    }

    /// Reads the object of a chunk.
    public func readChunk(
        _ index: ChunkIndex,
        range: ByteRange
    ) async throws(StorageError) -> [UInt8]? {
        try await store.read(try key(of: index), range)
    }

    /// Replaces the object of a chunk.
    public func writeChunk(_ index: ChunkIndex, _ bytes: [UInt8]) async throws(StorageError) {
        try await store.write(try key(of: index), bytes)
    }

    /// Reads `zarr.json` or `.zarray`.
    public func readMetadata() async throws(StorageError) -> MetadataDocument? {
        let bytes = try await store.read(try documentKey(version), .all)
        return bytes.map { MetadataDocument($0, version: version) }
    }

    /// Replaces `zarr.json` or `.zarray`, as the document's version says.
    public func writeMetadata(_ document: MetadataDocument) async throws(StorageError) {
        try await store.write(try documentKey(document.version), document.bytes)
    }

    /// Lists the array's objects, those that are chunks and those that are foreign.
    public func listChunks() async throws(StorageError) -> any Listing<ChunkPage> {
        ChunkListing(
            keys: try await store.list(prefix, .full),
            keyEncoding: keyEncoding,
            rank: rank
        )
    }

    /// Removes the object of a chunk.
    public func deleteChunk(_ index: ChunkIndex) async throws(StorageError) {
        try await store.delete(try key(of: index))
    }

    /// Whether the array's document is there.
    public func exists() async throws(StorageError) -> Bool {
        try await store.info(try documentKey(version)) != nil
    }

    private func documentKey(
        _ version: MetadataDocument.Version
    ) throws(StorageError) -> StoreKey {
        try prefix.key(version == .v3 ? "zarr.json" : ".zarray")
    }
}

/// A listing of keys read as chunks.
private struct ChunkListing: Listing {
    let keys: any Listing<ListingPage>
    let keyEncoding: ChunkKeyEncoding
    let rank: Int

    func next() async throws(StorageError) -> ChunkPage? {
        guard let page = try await keys.next() else { return nil }
        var chunks = ChunkPage()
        chunks.entries.reserveCapacity(page.count)
        for position in 0..<page.count {
            let key = page.keyBytes[page.keyRange(position)]
            if let index = keyEncoding.parse(key, rank: rank) {
                chunks.entries.append(ChunkPage.Entry(index, page.info(position)))
            } else if !ArrayDocument.isOwn(key) {
                chunks.foreign.append(page.key(position))
            }
        }
        return chunks
    }
}

/// What lies under an array and is neither a chunk nor foreign.
public enum ArrayDocument {
    /// Names of metadata documents.
    public static let names = ["zarr.json", ".zarray", ".zattrs", ".zgroup", ".zmetadata"]

    /// Whether `key`, relative to an array or group, is a metadata document or in our trash.
    public static func isOwn(_ key: ArraySlice<UInt8>) -> Bool {
        let trash = StoreBackend.reservedName.utf8
        if key.starts(with: trash) {
            return key.count == trash.count
                || key[key.startIndex + trash.count] == UInt8(ascii: "/")
        }
        return names.contains { key.elementsEqual($0.utf8) }
    }
}
