internal import Arena
internal import Storage
internal import ZarrModel

/// The metadata documents at one place of a store, byte for byte.
struct NodeDocuments: Sendable, Equatable {
    /// `zarr.json` (v3).
    var v3: [UInt8]?
    /// `.zarray` (v2).
    var v2Array: [UInt8]?
    /// `.zgroup` (v2).
    var v2Group: [UInt8]?
    /// `.zattrs` (v2); looked for only where there is a v2 node.
    var v2Attributes: [UInt8]?

    /// Reads what is there: at most four small objects. Without `looksForTwin`, documents of v2 are
    /// not looked for where there is one of v3.
    ///
    /// With an arena, which the engine's own threads have, a store that can block is read on this
    /// thread: the walk of a large hierarchy would otherwise be spent on changing threads.
    init(
        _ store: any Store,
        _ prefix: StorePrefix,
        looksForTwin: Bool = true,
        blockingInto arena: Arena? = nil
    ) async throws(StorageError) {
        func read(_ name: String) async throws(StorageError) -> [UInt8]? {
            let key = try prefix.key(name)
            guard let arena, let store = store as? any BlockingStore else {
                return try await store.read(key, .all)
            }
            return try store.readBlocking(key, .all, into: arena) ? arena.bytes : nil
        }
        v3 = try await read("zarr.json")
        if v3 != nil, !looksForTwin { return }
        v2Array = try await read(".zarray")
        if v2Array == nil {
            v2Group = try await read(".zgroup")
        }
        if v3 == nil, v2Array != nil || v2Group != nil {
            v2Attributes = try await read(".zattrs")
        }
    }

    /// Nothing yet.
    init() {}

    /// Documents that are known already: those of storage that holds one array.
    init(_ document: MetadataDocument) {
        switch document.version {
        case .v2: v2Array = document.bytes
        case .v3: v3 = document.bytes
        }
    }

    /// Whether there is no node.
    var isEmpty: Bool {
        v3 == nil && v2Array == nil && v2Group == nil
    }
}
