/// Turns a locator into open storage: finds the backend, checks options, opens, puts layers on.
///
/// A backend that fails gives its error; one that hangs is left behind at the time limit or when
/// the caller is cancelled, so no backend takes its caller with it.
public struct LocatorOpener: Sendable {
    /// The backends that locators may name.
    public var backends: BackendRegistry
    /// The layers that locators may name.
    public var layers: LayerRegistry
    /// Reads an environment variable.
    public var environment: @Sendable (String) -> String?
    /// How long a backend may take to open; `nil` waits until the caller is cancelled.
    public var timeLimit: Duration?
    /// How many locators may still lie inside one another.
    var depth = 8

    /// Makes an opener.
    public init(
        backends: BackendRegistry,
        layers: LayerRegistry,
        environment: @escaping @Sendable (String) -> String? = { _ in nil },
        timeLimit: Duration? = nil
    ) {
        self.backends = backends
        self.layers = layers
        self.environment = environment
        self.timeLimit = timeLimit
    }

    /// Opens what `text` names. Throws `.notFound` where nothing is, `.invalidLocator` and
    /// `.invalidConfiguration` for what cannot be read, and what the backend throws.
    public func open(_ text: String) async throws(StorageError) -> OpenedLocation {
        try await open(try StoreLocator(text))
    }

    /// Opens what `locator` names.
    public func open(_ locator: StoreLocator) async throws(StorageError) -> OpenedLocation {
        let target = try resolve(locator)
        return try await run(target, locator, overwrites: false, target.backend.open)
    }

    /// Makes the place that `locator` names and opens it.
    ///
    /// Throws `.exists` when there is an array or group, unless `overwrites`.
    public func create(
        _ locator: StoreLocator,
        overwrites: Bool = false
    ) async throws(StorageError) -> OpenedLocation {
        let target = try resolve(locator)
        return try await run(target, locator, overwrites: overwrites, target.backend.create)
    }

    /// `storage` with the layers of `locator` on it, which go by `clock`.
    public func layered(
        _ storage: OpenedStorage,
        as locator: StoreLocator,
        clock: StorageClock
    ) async throws(StorageError) -> OpenedStorage {
        try await Self.putting(try chain(locator, clock), on: storage)
    }

    private typealias Chain = [(LayerDescriptor, LayerDescriptor.Configuration)]

    private func chain(
        _ locator: StoreLocator,
        _ clock: StorageClock
    ) throws(StorageError) -> Chain {
        try locator.layers.map { layer throws(StorageError) in
            let descriptor = try layers.get(layer.id)
            let options = try OptionValues(
                layer.options,
                declared: descriptor.options,
                of: layer.id,
                environment: environment
            )
            return (descriptor, .init(options: options, opener: self, clock: clock))
        }
    }

    private static func putting(
        _ chain: Chain,
        on storage: OpenedStorage
    ) async throws(StorageError) -> OpenedStorage {
        var storage = storage
        for (descriptor, configuration) in chain {
            storage = try await descriptor.apply(storage, configuration)
        }
        return storage
    }

    /// Which backend `locator` names, and where in it: by scheme, else by claim, else `file`.
    public func resolve(_ locator: StoreLocator) throws(StorageError) -> ResolvedLocator {
        if let scheme = locator.scheme {
            guard let backend = backends.backend(scheme: scheme) else {
                let known = backends.list().flatMap(\.schemes).joined(separator: ", ")
                throw StoreLocator.invalid(
                    "no backend for '\(scheme):'; there are: \(known)."
                        + " A path that holds ':' is written ./PATH; 'zscope backends' says how to add one"
                )
            }
            return ResolvedLocator(backend, locator.place, node: locator.node)
        }
        guard let (backend, place) = backends.claiming(locator.place) else {
            return ResolvedLocator(try backends.get("file"), locator.place, node: locator.node)
        }
        var inside = locator.place.dropFirst(place.count)
        while inside.hasSuffix("/") { inside.removeLast() }
        guard !inside.isEmpty else {
            return ResolvedLocator(backend, place, node: locator.node)
        }
        return ResolvedLocator(backend, place, node: inside + (locator.node ?? ""))
    }

    private func run(
        _ target: ResolvedLocator,
        _ locator: StoreLocator,
        overwrites: Bool,
        _ opening: @escaping BackendDescriptor.Opening
    ) async throws(StorageError) -> OpenedLocation {
        guard depth > 0 else { throw StoreLocator.invalid("locators lie too deep in one another") }
        var inner = self
        inner.depth -= 1
        let configuration = BackendConfiguration(
            place: target.place,
            options: try OptionValues(
                locator.options,
                declared: target.backend.options,
                of: target.backend.id,
                environment: environment
            ),
            overwrites: overwrites,
            opener: inner
        )
        let chain = try inner.chain(locator, .system)
        let storage = try await abandonable(timeLimit) { () async throws(StorageError) in
            try await Self.putting(chain, on: try await opening(configuration))
        }
        return OpenedLocation(
            storage: storage,
            node: target.node ?? "/",
            locator: locator,
            backend: target.backend
        )
    }
}

/// A backend and the part of a locator that is its own.
public struct ResolvedLocator: Sendable {
    /// The backend.
    public var backend: BackendDescriptor
    /// The place, as the backend reads it. Untrusted text.
    public var place: String
    /// The node inside it, where the locator names one.
    public var node: String?

    init(_ backend: BackendDescriptor, _ place: String, node: String?) {
        self.backend = backend
        self.place = place
        self.node = node
    }
}

/// What a locator opened.
public struct OpenedLocation: Sendable {
    /// The storage, with the locator's layers on it.
    public var storage: OpenedStorage
    /// The node that the locator names, `/` where it names none. Not yet checked.
    public var node: String
    /// The locator.
    public var locator: StoreLocator
    /// The backend.
    public var backend: BackendDescriptor
}
