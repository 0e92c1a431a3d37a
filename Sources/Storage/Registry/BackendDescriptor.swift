/// Everything the program knows of a kind of storage: its listing, its options, how to open it.
///
/// `backend_id`, `init` and `open` of the contract.
public struct BackendDescriptor: Sendable, Identifiable {
    /// Makes or opens storage. Runs off the cooperative pool, so it may block.
    public typealias Opening =
        @Sendable (BackendConfiguration) async throws(StorageError) -> OpenedStorage

    /// The word that names it; unique in a registry.
    public var id: String
    /// One line for a person.
    public var summary: String
    /// What a locator may say after `?`.
    public var options: [OptionDescriptor]
    /// What it can do at best; what is open may do less.
    public var capabilities: Capabilities
    /// A locator that works, with `{scratch}` where an empty directory belongs.
    public var example: String
    /// The schemes of locators that name it, without the colon.
    public var schemes: [String]
    /// Where a plain path (no scheme) names this backend: the part that names the storage, the rest
    /// being a node inside. `nil` for a path that is not its own. May look at the file system.
    public var claim: @Sendable (_ path: String) -> String?
    /// Opens what is there. Throws `.notFound` when nothing is.
    public var open: Opening
    /// Makes the place, empty. Throws `.exists` over an array or group, unless told to overwrite,
    /// and `.unsupported` where nothing can be made.
    public var create: Opening

    /// Describes a backend.
    public init(
        id: String,
        summary: String,
        options: [OptionDescriptor] = [],
        capabilities: Capabilities,
        example: String,
        schemes: [String]? = nil,
        claim: @escaping @Sendable (_ path: String) -> String? = { _ in nil },
        open: @escaping Opening,
        create: @escaping Opening
    ) {
        self.id = id
        self.summary = summary
        self.options = options
        self.capabilities = capabilities
        self.example = example
        self.schemes = schemes ?? [id]
        self.claim = claim
        self.open = open
        self.create = create
    }
}

/// Storage that is open: shaped like Zarr's key/value map, or just one array of any shape.
public enum OpenedStorage: Sendable {
    /// A flat map: a hierarchy can be browsed, and arrays are read through a ``StoreBackend``.
    case store(any Store)
    /// One array.
    case array(any StorageBackend)

    /// What it can do, as opened.
    public var capabilities: Capabilities {
        switch self {
        case .store(let store): store.capabilities
        case .array(let array): array.capabilities
        }
    }

    /// How a person would name it, without secrets. Untrusted text.
    public var location: String {
        switch self {
        case .store(let store): store.location
        case .array(let array): array.location
        }
    }
}
