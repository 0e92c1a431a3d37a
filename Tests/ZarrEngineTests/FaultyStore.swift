import Storage
import Synchronization

/// A store that fails at random, by its seed: some calls do nothing and throw, some writes and deletes
/// are done and throw all the same.
final class FaultyStore: Store {
    private let under: any Store
    private let draw: KeyedDraw
    private let rate: Double
    private let counts = Mutex<[String: Int]>([:])
    /// Whether it fails yet.
    private let isArmed: Atomic<Bool>

    init(_ under: any Store, seed: UInt64, rate: Double, isArmed: Bool = true) {
        self.isArmed = Atomic(isArmed)
        self.under = under
        self.rate = rate
        draw = KeyedDraw(seed: seed)
    }

    var capabilities: Capabilities { under.capabilities }
    var location: String { under.location }

    /// Fails from now on.
    func arm() {
        isArmed.store(true, ordering: .relaxed)
    }

    private func chance(_ operation: StorageOperation, _ key: String) -> Double {
        guard isArmed.load(ordering: .relaxed) else { return 1 }
        let name = operation.rawValue + key
        let count = counts.withLock { counts in
            counts[name, default: 0] += 1
            return counts[name, default: 0]
        }
        return draw.unit(operation, key: key, count: count)
    }

    private func failed(_ operation: StorageOperation, _ key: String) -> StorageError {
        StorageError(.server, operation, key: key, "it failed on purpose")
    }

    private func check(_ operation: StorageOperation, _ key: String) throws(StorageError) {
        if chance(operation, key) < rate { throw failed(operation, key) }
    }

    /// Does `body` or not, and throws or not.
    private func changing(
        _ operation: StorageOperation,
        _ key: String,
        _ body: () async throws(StorageError) -> Void
    ) async throws(StorageError) {
        let chance = chance(operation, key)
        if chance < rate / 2 { throw failed(operation, key) }
        try await body()
        guard chance < rate else { return }
        var error = failed(operation, key)
        error.outcome = .unknown
        throw error
    }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        try check(.read, key.text)
        return try await under.read(key, range)
    }

    func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        try await changing(.write, key.text) { () async throws(StorageError) in
            try await under.write(key, bytes)
        }
    }

    func delete(_ key: StoreKey) async throws(StorageError) {
        try await changing(.delete, key.text) { () async throws(StorageError) in
            try await under.delete(key)
        }
    }

    func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        try check(.info, key.text)
        return try await under.info(key)
    }

    func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        try check(.list, prefix.description)
        return try await under.list(prefix, options)
    }

    func children(_ prefix: StorePrefix) async throws(StorageError) -> any Listing<ChildPage> {
        try check(.list, prefix.description)
        return try await under.children(prefix)
    }
}
