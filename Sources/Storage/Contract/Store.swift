public import Arena

/// A flat map from keys to values: storage that is shaped like Zarr's own.
///
/// - `read` and `info` answer `nil` only when the object is *definitely* absent. A failure throws.
/// - A value is replaced as a whole: no reader sees half of one, and a failed write changes nothing.
/// - `delete` of an absent key succeeds.
/// - An operation outside `capabilities` throws `.unsupported` and changes nothing.
public protocol Store: Sendable {
    /// What this store can do, as opened.
    var capabilities: Capabilities { get }

    /// How a person would name it, without secrets. Untrusted text.
    var location: String { get }

    /// The bytes of `key` in `range`, or `nil` when there is definitely no such object.
    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]?

    /// The same with what the store says of the very state of the object that the bytes are of: a tag
    /// that is equal in two reads tells that the object did not change in between.
    func readWithInfo(
        _ key: StoreKey,
        _ range: ByteRange
    ) async throws(StorageError) -> (bytes: [UInt8], info: ObjectInfo)?

    /// Replaces the whole value of `key`.
    func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError)

    /// Removes `key`; succeeds when it is already gone.
    func delete(_ key: StoreKey) async throws(StorageError)

    /// Size, time and tag of `key` without its bytes, or `nil` when it is definitely absent.
    func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo?

    /// Everything under `prefix`, in pages and in no particular order. O(objects) over all pages.
    func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage>

    /// The level directly under `prefix`: objects, and the names of deeper prefixes. O(children).
    func children(_ prefix: StorePrefix) async throws(StorageError) -> any Listing<ChildPage>

    /// What knows of the traces of killed writers, where there can be some that no listing shows.
    var leftoverStore: (any LeftoverStore)? { get }
}

/// A store whose calls can block the thread they are made on, so that workers need no suspension.
///
/// Never called on the cooperative pool: the engine's own threads do.
public protocol BlockingStore: Store {
    /// Fills `arena` with the bytes of `key` in `range`; `false` when it is definitely absent.
    func readBlocking(
        _ key: StoreKey,
        _ range: ByteRange,
        into arena: Arena
    ) throws(StorageError) -> Bool

    /// The same with what the store says of the very state of the object that the bytes are of; `nil`
    /// when it is definitely absent.
    func readBlockingWithInfo(
        _ key: StoreKey,
        _ range: ByteRange,
        into arena: Arena
    ) throws(StorageError) -> ObjectInfo?
}

extension Store {
    /// The store itself, where it is one.
    public var leftoverStore: (any LeftoverStore)? { self as? any LeftoverStore }

    /// Says nothing of the object's state.
    public func readWithInfo(
        _ key: StoreKey,
        _ range: ByteRange
    ) async throws(StorageError) -> (bytes: [UInt8], info: ObjectInfo)? {
        guard let bytes = try await read(key, range) else { return nil }
        return (bytes, ObjectInfo(size: nil))
    }
}

extension BlockingStore {
    /// Says nothing of the object's state.
    public func readBlockingWithInfo(
        _ key: StoreKey,
        _ range: ByteRange,
        into arena: Arena
    ) throws(StorageError) -> ObjectInfo? {
        try readBlocking(key, range, into: arena) ? ObjectInfo(size: nil) : nil
    }
}

/// A blocking store that also writes on the thread that calls it, from bytes that are lent.
public protocol BlockingWritableStore: BlockingStore {
    /// Replaces the whole value of `key`.
    func writeBlocking(_ key: StoreKey, _ bytes: RawSpan) throws(StorageError)

    /// Removes `key`; succeeds when it is already gone.
    func deleteBlocking(_ key: StoreKey) throws(StorageError)
}

/// Pages of something, made one at a time. The end is a `nil`; an incomplete listing throws.
///
/// After it threw, a listing never answers `nil`: it repeats the page that failed, or throws again.
public protocol Listing<Page>: Sendable {
    /// What one page holds.
    associatedtype Page: Sendable

    /// The next page, or `nil` after the last. One caller at a time.
    func next() async throws(StorageError) -> Page?
}

/// What is known of an object without reading it.
public struct ObjectInfo: Hashable, Sendable {
    /// Bytes, where the store says.
    public var size: Int?
    /// Last change, in seconds since 1970, where the store says.
    public var modified: Int64?
    /// A text that changes when the object does (an ETag), where the store has one. Untrusted.
    public var tag: String?

    /// Makes an info.
    public init(size: Int?, modified: Int64? = nil, tag: String? = nil) {
        self.size = size
        self.modified = modified
        self.tag = tag
    }
}

/// The level directly under a prefix.
public struct ChildPage: Hashable, Sendable {
    /// Names of objects here, without the prefix.
    public var objects: [String]
    /// Names of deeper prefixes, without the prefix and without the closing slash.
    public var prefixes: [String]

    /// Makes a page.
    public init(objects: [String] = [], prefixes: [String] = []) {
        self.objects = objects
        self.prefixes = prefixes
    }
}
