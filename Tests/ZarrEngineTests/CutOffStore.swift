import Storage
import Synchronization

/// A store that takes some writes and then no more, as one that runs full or is cut off.
final class CutOffStore: Store {
    private let under: any Store
    private let left: Mutex<Int>

    init(_ under: any Store, writes: Int) {
        self.under = under
        left = Mutex(writes)
    }

    var capabilities: Capabilities { under.capabilities }
    var location: String { under.location }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        try await under.read(key, range)
    }

    func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        let isTaken = left.withLock { left in
            left -= 1
            return left >= 0
        }
        guard isTaken else { throw StorageError(.noSpace, .write, key: key.text, "no space left") }
        try await under.write(key, bytes)
    }

    func delete(_ key: StoreKey) async throws(StorageError) {
        try await under.delete(key)
    }

    func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        try await under.info(key)
    }

    func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        try await under.list(prefix, options)
    }

    func children(_ prefix: StorePrefix) async throws(StorageError) -> any Listing<ChildPage> {
        try await under.children(prefix)
    }
}
