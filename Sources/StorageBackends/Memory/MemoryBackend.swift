public import Storage
internal import Synchronization

extension BackendDescriptor {
    /// Named values in this process's memory.
    public static let memory = BackendDescriptor(
        id: "memory",
        summary: "this process's memory; one name is one store, shared by all who open it",
        capabilities: [
            .read, .write, .list, .delete, .ranges, .hierarchy, .sizes, .modified, .reopen,
        ],
        example: "memory:{scratch}",
        open: { configuration throws(StorageError) in
            let name = configuration.place
            guard !name.isEmpty else { return .store(MemoryStore()) }
            guard let store = stores.withLock({ $0[name] }) else {
                let message = "there is no memory:\(name), which lives as long as one process"
                throw StorageError(.notFound, .open, key: name, message)
            }
            return .store(store)
        },
        create: { configuration throws(StorageError) in
            let name = configuration.place
            guard !name.isEmpty else { return .store(MemoryStore()) }
            let store = stores.withLock { stores in
                let store = stores[name] ?? MemoryStore(name: name)
                stores[name] = store
                return store
            }
            try await store.refuseToReplaceNode(overwrites: configuration.overwrites)
            return .store(store)
        }
    )
}

/// The named stores of this process. A name is made by `create` and stays until the process ends.
private let stores = Mutex<[String: MemoryStore]>([:])
