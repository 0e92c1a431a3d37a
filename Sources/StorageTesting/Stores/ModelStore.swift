public import Storage
internal import Synchronization

/// The plainest store there is: a table. What the others are compared with.
public final class ModelStore: Store {
    private let table: Mutex<[StoreKey: [UInt8]]>
    /// What it admits to; whatever is missing it refuses.
    public let capabilities: Capabilities
    /// How a person would name it.
    public let location = "model:"

    /// Makes a store that holds `table` and can do `capabilities`.
    public init(
        _ table: [StoreKey: [UInt8]] = [:],
        capabilities: Capabilities = [
            .read, .write, .list, .delete, .ranges, .hierarchy, .sizes, .reopen,
        ]
    ) {
        self.table = Mutex(table)
        self.capabilities = capabilities
    }

    /// Everything that it holds.
    public var contents: [StoreKey: [UInt8]] {
        table.withLock { $0 }
    }

    /// A slice of the value.
    public func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        try need(.read, .read, key)
        return table.withLock { $0[key] }.map { Array($0[range.resolved(in: $0.count)]) }
    }

    /// Replaces the value.
    public func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        try need(.write, .write, key)
        table.withLock { $0[key] = bytes }
    }

    /// Removes the value.
    public func delete(_ key: StoreKey) async throws(StorageError) {
        try need(.delete, .delete, key)
        table.withLock { $0[key] = nil }
    }

    /// The size of the value.
    public func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        try need(.read, .info, key)
        return table.withLock { $0[key] }.map { ObjectInfo(size: $0.count) }
    }

    /// What is under `prefix`.
    public func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        try need(.list, .list, prefix.key)
        let found = contents.compactMap { key, bytes in
            prefix.relative(key).map { (Array($0), Int64(bytes.count)) }
        }
        return PagedListing(found, into: ListingPage()) { page, object in
            page.append(key: object.0, size: object.1, modified: .min)
        }
    }

    /// The level under `prefix`.
    public func children(
        _ prefix: StorePrefix
    ) async throws(StorageError) -> any Listing<ChildPage> {
        try need(.hierarchy, .list, prefix.key)
        return KeyLevel(of: contents.keys, under: prefix).listing
    }

    private func need(
        _ capability: Capabilities,
        _ operation: StorageOperation,
        _ key: StoreKey?
    ) throws(StorageError) {
        guard !capabilities.contains(capability) else { return }
        throw StorageError(.unsupported, operation, key: key?.text, "it cannot")
    }
}
