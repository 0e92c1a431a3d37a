internal import Storage
internal import ZarrModel

/// The metadata documents at one place of a store, byte for byte.
struct NodeDocuments: Sendable {
    /// `zarr.json` (v3).
    var v3: [UInt8]?
    /// `.zarray` (v2).
    var v2Array: [UInt8]?
    /// `.zgroup` (v2).
    var v2Group: [UInt8]?
    /// `.zattrs` (v2); looked for only where there is a v2 node.
    var v2Attributes: [UInt8]?

    /// Reads what is there: at most four small objects.
    init(_ store: any Store, _ prefix: StorePrefix) async throws(StorageError) {
        v3 = try await store.read(prefix.key("zarr.json"), .all)
        v2Array = try await store.read(prefix.key(".zarray"), .all)
        if v2Array == nil {
            v2Group = try await store.read(prefix.key(".zgroup"), .all)
        }
        if v3 == nil, v2Array != nil || v2Group != nil {
            v2Attributes = try await store.read(prefix.key(".zattrs"), .all)
        }
    }

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
