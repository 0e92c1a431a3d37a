/// A store that can tell what changes in it while somebody looks.
public protocol WatchableStore: Store {
    /// Begins to watch everything under `prefix`; `nil` where there is too much of it, or the system
    /// cannot. What changes from now on is told.
    func watch(_ prefix: StorePrefix) async throws(StorageError) -> (any StoreWatch)?
}

/// What changes under a prefix. Letting go of it ends it.
public protocol StoreWatch: Sendable {
    /// Waits until something changes or the task is cancelled, and answers the keys, relative to the
    /// prefix, at which something came, went or changed; one may be named more than once. `nil` where
    /// changes were lost: list again.
    func changes() async throws(StorageError) -> [String]?
}
