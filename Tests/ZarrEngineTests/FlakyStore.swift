import Storage
import Synchronization
import ZarrModel

/// A store that fails to read one key, and is otherwise what lies under it.
struct FlakyStore: Store {
    let under: any Store
    let failing: String

    init(under: any Store, failing: String) {
        self.under = under
        self.failing = failing
    }

    var capabilities: Capabilities { under.capabilities }
    var location: String { under.location }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        if key.text == failing {
            throw StorageError(.forbidden, .read, key: key.text, "access denied")
        }
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

/// What closures on several threads add up.
final class Sums: Sendable {
    private let state = Mutex<(bytes: [Int], rows: Int)>(([], 0))

    func add(_ bytes: Int, _ rows: Int) {
        state.withLock { state in
            state.bytes.append(bytes)
            state.rows += rows
        }
    }

    var bytes: [Int] { state.withLock { $0.bytes } }
    var rows: Int { state.withLock { $0.rows } }
}
