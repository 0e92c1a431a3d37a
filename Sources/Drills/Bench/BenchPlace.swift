public import Storage
internal import ZarrModel

/// Where a benchmark writes its objects: below an unused prefix of a store, or as chunks of storage that
/// holds no array yet.
public struct BenchPlace: Sendable {
    private enum Place: Sendable {
        case store(any Store, StorePrefix)
        case array(any StorageBackend)
    }

    private let place: Place
    /// Where the objects lie, for a person. Untrusted text.
    public let location: String

    /// A place in `storage`, below the node at `path` (no slashes at its ends; empty is the root), that
    /// `number` tells from those of other runs.
    ///
    /// Throws `.readOnly` where the storage does not write, read and delete, and `.exists` for storage
    /// that holds an array: its chunks are not to be overwritten.
    public init(
        _ storage: OpenedStorage,
        below path: String,
        number: UInt64
    ) async throws(StorageError) {
        let capabilities: Capabilities
        switch storage {
        case .store(let store):
            let name = StoreBackend.scratchPrefix + String(number, radix: 16)
            let prefix = try StorePrefix(path.isEmpty ? name : path + "/" + name)
            place = .store(store, prefix)
            location = prefix.description
            capabilities = store.capabilities
        case .array(let array):
            place = .array(array)
            location = array.location
            capabilities = array.capabilities
            guard try await array.readMetadata() == nil else {
                throw StorageError(
                    .exists,
                    .create,
                    "there is an array, whose chunks would be overwritten"
                )
            }
        }
        guard capabilities.isSuperset(of: [.read, .write, .delete]) else {
            throw StorageError(.readOnly, .write, "this storage does not write, read and delete")
        }
    }

    /// Whether objects can be listed.
    var lists: Bool {
        switch place {
        case .store(let store, _): store.capabilities.contains(.list)
        case .array(let array): array.capabilities.contains(.list)
        }
    }

    func write(_ number: Int, _ bytes: [UInt8]) async throws(StorageError) {
        switch place {
        case .store(let store, let prefix): try await store.write(Self.key(number, prefix), bytes)
        case .array(let array): try await array.writeChunk(Self.index(number), bytes)
        }
    }

    func read(_ number: Int) async throws(StorageError) -> [UInt8]? {
        switch place {
        case .store(let store, let prefix): try await store.read(Self.key(number, prefix), .all)
        case .array(let array): try await array.readChunk(Self.index(number), range: .all)
        }
    }

    func delete(_ number: Int) async throws(StorageError) {
        switch place {
        case .store(let store, let prefix): try await store.delete(Self.key(number, prefix))
        case .array(let array): try await array.deleteChunk(Self.index(number))
        }
    }

    /// Lists everything; how many objects there are.
    func list() async throws(StorageError) -> Int {
        var count = 0
        switch place {
        case .store(let store, let prefix):
            let listing = try await store.list(prefix, .full)
            while let page = try await listing.next() { count += page.count }
        case .array(let array):
            let listing = try await array.listChunks()
            while let page = try await listing.next() { count += page.entries.count }
        }
        return count
    }

    /// Names as chunks have them.
    private static func key(
        _ number: Int,
        _ prefix: StorePrefix
    ) throws(StorageError) -> StoreKey {
        try prefix.key("c/\(number / 100)/\(number % 100)")
    }

    private static func index(_ number: Int) -> ChunkIndex {
        ChunkIndex([number / 100, number % 100])
    }
}
