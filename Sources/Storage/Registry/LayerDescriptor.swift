/// Everything the program knows of a layer: its listing, its options, how to put it on.
public struct LayerDescriptor: Sendable, Identifiable {
    /// What a layer is put on with.
    public struct Configuration: Sendable {
        /// The options, checked.
        public var options: OptionValues
        /// Opens other locators, for a layer that needs a second storage.
        public var opener: LocatorOpener
        /// What the layer waits by and measures with.
        public var clock: StorageClock

        /// Makes a configuration.
        public init(
            options: OptionValues,
            opener: LocatorOpener,
            clock: StorageClock = .system
        ) {
            self.options = options
            self.opener = opener
            self.clock = clock
        }
    }

    /// The word that names it after `|`; unique in a registry.
    public var id: String
    /// One line for a person.
    public var summary: String
    /// What may follow the colon.
    public var options: [OptionDescriptor]
    /// A layer text that works, such as `retry:attempts=5`.
    public var example: String
    /// Puts the layer around storage. Holds the layer's state.
    public var apply:
        @Sendable (OpenedStorage, Configuration) async throws(StorageError) -> OpenedStorage

    /// Describes a layer.
    public init(
        id: String,
        summary: String,
        options: [OptionDescriptor] = [],
        example: String? = nil,
        apply:
            @escaping @Sendable (OpenedStorage, Configuration) async throws(StorageError)
            -> OpenedStorage
    ) {
        self.id = id
        self.summary = summary
        self.options = options
        self.example = example ?? id
        self.apply = apply
    }
}

/// The layers a program knows, as a value.
public struct LayerRegistry: Sendable {
    private var descriptors: [LayerDescriptor] = []

    /// Makes a registry of `descriptors`; of two with one id, the first stays.
    public init(_ descriptors: [LayerDescriptor] = []) {
        for descriptor in descriptors where !isRegistered(descriptor.id) {
            self.descriptors.append(descriptor)
        }
    }

    /// Adds a layer. Throws `.exists` when its id is taken.
    public mutating func register(_ descriptor: LayerDescriptor) throws(StorageError) {
        guard !isRegistered(descriptor.id) else {
            throw StorageError(.exists, .open, "layer '\(descriptor.id)' is already registered")
        }
        descriptors.append(descriptor)
    }

    /// Every layer, by id.
    public func list() -> [LayerDescriptor] {
        descriptors.sorted { $0.id < $1.id }
    }

    /// The layer `id`. Throws `.notFound`, naming the known ones.
    public func get(_ id: String) throws(StorageError) -> LayerDescriptor {
        guard let found = descriptors.first(where: { $0.id == id }) else {
            let known = list().map(\.id).joined(separator: ", ")
            throw StorageError(.notFound, .open, "no layer '\(id)'; there are: \(known)")
        }
        return found
    }

    /// Whether there is a layer `id`.
    public func isRegistered(_ id: String) -> Bool {
        descriptors.contains { $0.id == id }
    }
}
