/// Something around storage that can say what is inside it.
public protocol Layered: Sendable {
    /// The storage underneath.
    var inner: OpenedStorage { get }
    /// What is done to every operation, where this is an interceptor's wrapper.
    var interceptor: (any Interceptor)? { get }
}

extension InterceptedStore: Layered {
    /// The store underneath.
    public var inner: OpenedStorage { .store(base) }
    /// The layer.
    public var interceptor: (any Interceptor)? { layer }
}

extension InterceptedBackend: Layered {
    /// The array underneath.
    public var inner: OpenedStorage { .array(base) }
    /// The layer.
    public var interceptor: (any Interceptor)? { layer }
}

extension OpenedStorage {
    /// Every interceptor around the storage, outermost first: where journals and counts are found.
    public var interceptors: [any Interceptor] {
        var found: [any Interceptor] = []
        var storage = self
        while let layer = storage.layered {
            if let interceptor = layer.interceptor { found.append(interceptor) }
            storage = layer.inner
        }
        return found
    }

    private var layered: (any Layered)? {
        switch self {
        case .store(let store): store as? any Layered
        case .array(let array): array as? any Layered
        }
    }
}

extension Store {
    /// This store or the first underneath it, through all layers, that is a `Part`.
    public func first<Part>(_: Part.Type) -> Part? {
        var store: any Store = self
        while true {
            if let part = store as? Part { return part }
            guard let layer = store as? any Layered, case .store(let inner) = layer.inner else {
                return nil
            }
            store = inner
        }
    }
}
