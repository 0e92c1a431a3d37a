extension Store {
    /// Names of the documents that make a prefix a node, in the order in which they are looked for.
    static var nodeDocuments: [String] { ["zarr.json", ".zarray", ".zgroup"] }

    /// The document that makes the root of this store a node, or `nil`.
    public func rootDocument() async throws(StorageError) -> StoreKey? {
        for name in Self.nodeDocuments {
            let key = try StoreKey(name)
            if try await info(key) != nil { return key }
        }
        return nil
    }

    /// Throws `.exists` when the root is an array or group that `create` may not replace.
    public func refuseToReplaceNode(overwrites: Bool) async throws(StorageError) {
        guard !overwrites, let document = try await rootDocument() else { return }
        throw StorageError(
            .exists,
            .create,
            key: document.text,
            "there is an array or group at \(location) already"
        )
    }
}

extension OpenedStorage {
    /// Throws `.exists` when there is an array or group that `create` may not replace.
    public func refuseToReplaceNode(overwrites: Bool) async throws(StorageError) {
        switch self {
        case .store(let store):
            try await store.refuseToReplaceNode(overwrites: overwrites)
        case .array(let array):
            guard !overwrites, try await array.exists() else { return }
            throw StorageError(.exists, .create, "there is an array at \(location) already")
        }
    }
}
