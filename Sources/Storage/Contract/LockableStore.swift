/// A store on which programs can take turns at changing an object.
///
/// The lock is advisory: it keeps out those that ask for it. What is written is whole without it, as
/// ``Store/write(_:_:)`` promises; it is for reading, changing and writing as one step.
public protocol LockableStore: Store {
    /// Waits for the turn to change the object at `key`; `nil` where there are no locks, as on some
    /// network file systems. Throws `.timeout` where another program keeps it for `limit`, and
    /// `.cancelled`.
    func lock(
        _ key: StoreKey,
        limit: Duration
    ) async throws(StorageError) -> (any StoreLock)?
}

/// The turn to change an object. Letting go of it ends it too, and so does the end of the program.
public protocol StoreLock: Sendable {
    /// Lets the next one in.
    func release()
}
