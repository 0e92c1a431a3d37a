public import Storage
internal import Synchronization

/// A store as it was listed once, read only: what was there with sizes and times, and its metadata.
///
/// Values are not in it: reading an object says where they are, and is never an answer of "absent".
/// Over other storage (an inventory), documents and values come from there.
public final class RecordedStore: Store {
    /// What was listed, and when.
    public let origin: CensusOrigin
    /// What the record is, in words: `a census file`, `an inventory`.
    public let kind: String
    private let path: String
    private let listing: RecordedListing
    /// What all keys begin with in the listing; taken off.
    private let folder: [UInt8]
    private let documents: [StoreKey: [UInt8]]
    private let metadata: (any Store)?

    init(
        _ listing: RecordedListing,
        _ origin: CensusOrigin,
        kind: String,
        path: String,
        folder: [UInt8] = [],
        documents: [(key: String, bytes: [UInt8])] = [],
        metadata: (any Store)? = nil
    ) {
        self.listing = listing
        self.origin = origin
        self.kind = kind
        self.path = path
        self.folder = folder
        let known = documents.compactMap { document in
            (try? StoreKey(document.key)).map { ($0, document.bytes) }
        }
        self.documents = Dictionary(known) { $1 }
        self.metadata = metadata
    }

    /// Listing, and reading documents.
    public var capabilities: Capabilities {
        [.read, .list, .ranges, .hierarchy, .sizes, .modified, .reopen]
    }

    /// Whether there are no values behind it.
    public var hasNoValues: Bool { metadata == nil }

    /// The path of the record.
    public var location: String { path }

    /// What stands in the way of reading values, in words for a person.
    public var reason: String {
        "from \(kind) of \(origin.created): open the store to read values"
    }

    /// The bytes of a document, and `nil` for what was not listed. Throws `.unsupported` for what was
    /// listed, and whose bytes are not in the record.
    public func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        if let bytes = documents[key] {
            return range == .all ? bytes : Array(bytes[range.resolved(in: bytes.count)])
        }
        guard let metadata else {
            guard try await info(key) != nil else { return nil }
            throw refusal(.read, key)
        }
        if let bytes = try await metadata.read(key, range) { return bytes }
        guard try await info(key) == nil || isDocument(key) else {
            throw StorageError(
                .notFound,
                .read,
                key: key.text,
                "\(kind) of \(origin.created) lists it, and \(metadata.location) has it not"
            )
        }
        return nil
    }

    /// Refused: a record is read only.
    public func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        throw refusal(.write, key)
    }

    /// Refused: a record is read only.
    public func delete(_ key: StoreKey) async throws(StorageError) {
        throw refusal(.delete, key)
    }

    /// What was known of an object.
    public func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        try await BlockingExecutor.shared.run { () throws(StorageError) in
            try self.listing.info(self.folder + Array(key.text.utf8))
        }
    }

    /// What was under `prefix`, in the order in which it was listed.
    public func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        RecordedPages(listing, folder + Array(prefix.description.utf8))
    }

    /// The level that was under `prefix`.
    public func children(
        _ prefix: StorePrefix
    ) async throws(StorageError) -> any Listing<ChildPage> {
        let level = try await BlockingExecutor.shared.run { () throws(StorageError) in
            try self.listing.level(self.folder + Array(prefix.description.utf8))
        }
        let names = level.objects.map { ($0, false) } + level.prefixes.map { ($0, true) }
        return PagedListing(names, into: ChildPage()) { page, name in
            if name.1 { page.prefixes.append(name.0) } else { page.objects.append(name.0) }
        }
    }

    private func isDocument(_ key: StoreKey) -> Bool {
        let name = key.text.utf8.split(separator: UInt8(ascii: "/")).last ?? key.text.utf8[...]
        return ArrayDocument.names.contains { $0.utf8.elementsEqual(name) }
    }

    private func refusal(_ operation: StorageOperation, _ key: StoreKey) -> StorageError {
        let message =
            operation == .read
            ? "\(reason) (\(origin.locator))" : "\(kind) of \(origin.created) is read only"
        return StorageError(.unsupported, operation, key: key.text, message)
    }
}

/// The blocks of a record under a prefix, one page each.
private final class RecordedPages: Listing {
    private let listing: RecordedListing
    private let prefix: [UInt8]
    private let next = Mutex(0)

    init(_ listing: RecordedListing, _ prefix: [UInt8]) {
        self.listing = listing
        self.prefix = prefix
    }

    func next() async throws(StorageError) -> ListingPage? {
        try await BlockingExecutor.shared.run { () throws(StorageError) in try self.page() }
    }

    /// The next page with anything in it. One that cannot be read is tried again by the next call.
    private func page() throws(StorageError) -> ListingPage? {
        while case let number = next.withLock({ $0 }), number < listing.blocks.count {
            var page = ListingPage()
            if listing.mayHold(number, prefix) { page = try listing.page(number, under: prefix) }
            next.withLock { $0 = number + 1 }
            if page.count + page.emptyPlaces.count > 0 { return page }
        }
        return nil
    }
}
