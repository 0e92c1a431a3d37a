/// A layer that treats every operation alike: retry, latency, journal.
///
/// An interceptor calls `next` as often as it likes, also never, and answers or throws. It learns
/// what is being done from `call`. State that outlives a call is its own, shared by all operations.
public protocol Interceptor: Sendable {
    /// Performs `call` by way of `next`.
    func intercept<Answer: Sendable>(
        _ call: StorageCall,
        _ next: @escaping @Sendable () async throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer
}

/// What an operation is about to do.
public struct StorageCall: Hashable, Sendable {
    /// Which operation.
    public var operation: StorageOperation
    /// The key, prefix or chunk it is done to; empty where there is none. Untrusted text.
    public var key: String
    /// Bytes that go in, for a write.
    public var byteCount: Int

    /// Makes a call.
    public init(_ operation: StorageOperation, _ key: String = "", byteCount: Int = 0) {
        self.operation = operation
        self.key = key
        self.byteCount = byteCount
    }
}

extension OpenedStorage {
    /// The storage with `interceptor` around every operation and every page of a listing.
    public func intercepted(by interceptor: some Interceptor) -> OpenedStorage {
        switch self {
        case .store(let store):
            .store(InterceptedStore(store, interceptor))
        case .array(let array):
            .array(InterceptedBackend(array, interceptor))
        }
    }
}
