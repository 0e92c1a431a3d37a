internal import Arena
internal import Glibc
public import Storage
internal import Synchronization

/// Values in this process's memory, gone when it ends.
public final class MemoryStore: Store {
    private struct Value {
        var bytes: [UInt8]
        var modified: Int64
    }

    /// How a person would name it.
    public let location: String
    private let values = Mutex<[StoreKey: Value]>([:])

    /// Makes an empty store.
    public init(name: String = "") {
        location = "memory:" + name
    }

    /// Everything but surviving the process.
    public var capabilities: Capabilities {
        [.read, .write, .list, .delete, .ranges, .hierarchy, .sizes, .modified, .reopen]
    }

    /// A copy of the value.
    public func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        guard let bytes = values.withLock({ $0[key]?.bytes }) else { return nil }
        return range == .all ? bytes : Array(bytes[range.resolved(in: bytes.count)])
    }

    /// The same with size and time of the value.
    public func readWithInfo(
        _ key: StoreKey,
        _ range: ByteRange
    ) async throws(StorageError) -> (bytes: [UInt8], info: ObjectInfo)? {
        guard let value = values.withLock({ $0[key] }) else { return nil }
        let count = value.bytes.count
        let bytes = range == .all ? value.bytes : Array(value.bytes[range.resolved(in: count)])
        return (bytes, ObjectInfo(size: count, modified: value.modified))
    }

    /// Replaces the value.
    public func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        let value = Value(bytes: bytes, modified: Int64(time(nil)))
        values.withLock { $0[key] = value }
    }

    /// Removes the value.
    public func delete(_ key: StoreKey) async throws(StorageError) {
        values.withLock { _ = $0.removeValue(forKey: key) }
    }

    /// Size and time of the value.
    public func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        values.withLock { values in
            values[key].map { ObjectInfo(size: $0.bytes.count, modified: $0.modified) }
        }
    }

    /// What is under `prefix` at the moment of the call, sorted.
    public func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        let found = values.withLock { values in
            values.filter { prefix.relative($0.key) != nil }
                .map { ($0.key, $0.value.bytes.count, $0.value.modified) }
        }
        let start = prefix.description.utf8.count
        return PagedListing(
            found.sorted { $0.0 < $1.0 },
            pageLength: 4096,
            into: ListingPage()
        ) { page, object in
            page.append(
                key: object.0.text.utf8.dropFirst(start),
                size: Int64(object.1),
                modified: object.2
            )
        }
    }

    /// The level under `prefix` at the moment of the call, sorted.
    public func children(
        _ prefix: StorePrefix
    ) async throws(StorageError) -> any Listing<ChildPage> {
        let keys = values.withLock { Array($0.keys) }
        return KeyLevel(of: keys, under: prefix).listing
    }
}
