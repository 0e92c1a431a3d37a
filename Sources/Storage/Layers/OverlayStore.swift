internal import Synchronization

/// A store over another that stays as it is: what is written or deleted is kept in memory above it.
public final class OverlayStore: Store {
    private enum Change {
        case written([UInt8])
        case deleted

        var bytes: [UInt8]? {
            if case .written(let bytes) = self { bytes } else { nil }
        }
    }

    /// The store underneath; only ever read.
    public let base: any Store
    private let changes = Mutex<[StoreKey: Change]>([:])

    /// Lays an empty overlay over `base`.
    public init(_ base: any Store) {
        self.base = base
    }

    /// What the base can do, and writing and deleting; nothing lasts.
    public var capabilities: Capabilities {
        base.capabilities.union([.write, .delete]).subtracting([.durable])
    }

    /// Where the base is.
    public var location: String { base.location }

    /// How many keys differ from the base.
    public var changeCount: Int {
        changes.withLock { $0.count }
    }

    /// Reads what was written here, else the base.
    public func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        guard let change = changes.withLock({ $0[key] }) else {
            return try await base.read(key, range)
        }
        return change.bytes.map { Array($0[range.resolved(in: $0.count)]) }
    }

    /// Keeps the value in memory.
    public func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        changes.withLock { $0[key] = .written(bytes) }
    }

    /// Remembers that the key is gone.
    public func delete(_ key: StoreKey) async throws(StorageError) {
        changes.withLock { $0[key] = .deleted }
    }

    /// Asks what was written here, else the base.
    public func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        guard let change = changes.withLock({ $0[key] }) else { return try await base.info(key) }
        return change.bytes.map { ObjectInfo(size: $0.count) }
    }

    /// Lists the base without what changed, then what was written here.
    public func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        var hidden: Set<[UInt8]> = []
        var written: [(key: [UInt8], size: Int)] = []
        for (key, change) in changes.withLock({ $0 }) {
            guard let rest = prefix.relative(key).map({ Array($0) }) else { continue }
            hidden.insert(rest)
            if let bytes = change.bytes { written.append((rest, bytes.count)) }
        }
        let added = PagedListing(written, into: ListingPage()) { page, object in
            page.append(key: object.key, size: Int64(object.size), modified: .min)
        }
        return OverlayListing(try await base.list(prefix, options), hidden, added)
    }

    /// The base's level with what was written and without what was deleted here.
    public func children(
        _ prefix: StorePrefix
    ) async throws(StorageError) -> any Listing<ChildPage> {
        let changed = changes.withLock { $0 }
        var keys = changed.filter { $0.value.bytes != nil }.map(\.key)
        let level = try await base.children(prefix)
        while let page = try await level.next() {
            // A name that is no key cannot have changed; nor can it be opened, so it is left out.
            for name in page.objects {
                if let key = try? prefix.key(name), changed[key] == nil { keys.append(key) }
            }
            // Whatever lies deeper, the name of a deeper prefix is all that is asked for.
            for name in page.prefixes {
                if let key = try? prefix.key(name + "/-") { keys.append(key) }
            }
        }
        return KeyLevel(of: keys, under: prefix).listing
    }
}

/// The base's pages without hidden keys, then the overlay's.
private struct OverlayListing: Listing {
    let base: any Listing<ListingPage>
    let hidden: Set<[UInt8]>
    let added: any Listing<ListingPage>

    init(
        _ base: any Listing<ListingPage>,
        _ hidden: Set<[UInt8]>,
        _ added: any Listing<ListingPage>
    ) {
        self.base = base
        self.hidden = hidden
        self.added = added
    }

    func next() async throws(StorageError) -> ListingPage? {
        guard let page = try await base.next() else { return try await added.next() }
        guard !hidden.isEmpty else { return page }
        var kept = ListingPage()
        kept.unlisted = page.unlisted
        for position in 0..<page.count {
            let key = page.keyBytes[page.keyRange(position)]
            guard !hidden.contains(Array(key)) else { continue }
            kept.append(
                key: key,
                size: page.sizes[position],
                modified: page.modifiedTimes[position]
            )
        }
        return kept
    }
}
