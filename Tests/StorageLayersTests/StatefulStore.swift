import Storage
import StorageTesting

/// A store of one object with a tag and one trace of a killed writer.
struct StatefulStore: Store, LeftoverStore {
    private let base = ModelStore()

    var capabilities: Capabilities { base.capabilities }
    var location: String { base.location }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        try await readWithInfo(key, range)?.bytes
    }

    func readWithInfo(
        _ key: StoreKey,
        _ range: ByteRange
    ) async throws(StorageError) -> (bytes: [UInt8], info: ObjectInfo)? {
        ([7], ObjectInfo(size: 1, tag: "t1"))
    }

    func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        try await base.write(key, bytes)
    }

    func delete(_ key: StoreKey) async throws(StorageError) {
        try await base.delete(key)
    }

    func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        ObjectInfo(size: 1, tag: "t1")
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

    func leftovers(_ prefix: StorePrefix) async throws(StorageError) -> any Listing<ListingPage> {
        PagedListing(["x.part"], into: ListingPage()) { page, name in
            page.append(key: name.utf8, size: 3, modified: 0)
        }
    }

    func removeLeftover(
        _ key: StoreKey,
        unchangedSince moment: Int64
    ) async throws(StorageError) -> Bool {
        true
    }
}
