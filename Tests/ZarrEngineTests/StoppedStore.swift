import Storage

/// A store whose operations of one kind are stopped on their way.
struct StoppedStore: ForwardingStore {
    let base: any Store
    /// What is stopped: `delete`, `write` or `info`.
    let operation: StorageOperation

    private func stop(_ operation: StorageOperation, _ key: StoreKey) throws(StorageError) {
        guard operation == self.operation else { return }
        throw StorageError(.cancelled, operation, key: key.text, "cancelled")
    }

    func delete(_ key: StoreKey) async throws(StorageError) {
        try stop(.delete, key)
        try await base.delete(key)
    }

    func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        try stop(.write, key)
        try await base.write(key, bytes)
    }

    func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        try stop(.info, key)
        return try await base.info(key)
    }
}
