import Storage
import Synchronization
import ZarrModel

/// What lies under it, with every read noted.
final class CountingStore: Store {
    private let under: any Store
    private let noted = Mutex<[(key: String, range: ByteRange)]>([])

    init(under: any Store) {
        self.under = under
    }

    /// How often each key was read.
    var reads: [String: Int] {
        noted.withLock { noted in
            Dictionary(noted.map { ($0.key, 1) }, uniquingKeysWith: +)
        }
    }

    /// The ranges that were read, in order.
    var ranges: [ByteRange] {
        noted.withLock { $0.map(\.range) }
    }

    /// Forgets what was noted.
    func reset() {
        noted.withLock { $0 = [] }
    }

    var capabilities: Capabilities { under.capabilities }
    var location: String { under.location }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        noted.withLock { $0.append((key.text, range)) }
        return try await under.read(key, range)
    }

    func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
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
