public import Storage
internal import Synchronization
internal import ZarrModel

/// A store that does what the contract allows and nobody expects, or what it forbids.
///
/// Allowed twists find callers that rely on luck: pages of one object, empty pages, any order, keys
/// that are no keys. Forbidden ones prove that the laws can tell.
public struct TwistedStore: Store {
    /// One way of being odd.
    public enum Twist: String, Hashable, Sendable, CaseIterable {
        // Allowed.
        case pagesOfOne, emptyPages, reverseOrder, noSizes
        // Forbidden.
        case absentIsEmpty, failureIsAbsent, losesLastByte, ignoresRanges, clipsNothing
        case appendsOnWrite, deletesNeighbours, deleteOfAbsentFails, writesUnasked
        case listsTwice, listsNothing, listsBeside, listsWrongSizes, junkKeys, infoIsWrong
        case foldsCase, decodesPercent, childrenAreDeep

        /// Whether the contract allows it.
        public var isAllowed: Bool {
            [.pagesOfOne, .emptyPages, .reverseOrder, .noSizes].contains(self)
        }
    }

    /// The store that is odd.
    public let base: ModelStore
    /// How it is odd.
    public let twist: Twist

    /// Makes a store that is odd in one way.
    public init(_ twist: Twist, over base: ModelStore? = nil) {
        let limited: Capabilities = [.read, .list, .hierarchy]
        self.base =
            base ?? (twist == .writesUnasked ? ModelStore(capabilities: limited) : ModelStore())
        self.twist = twist
    }

    /// What the base can do, sizes apart where none are given.
    public var capabilities: Capabilities {
        twist == .noSizes ? base.capabilities.subtracting(.sizes) : base.capabilities
    }

    /// How a person would name it.
    public var location: String { "twisted:" + twist.rawValue }

    /// Reads, oddly.
    public func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        let asked = twist == .ignoresRanges ? .all : range
        if twist == .clipsNothing, case .bounded(let offset, _) = range, offset > 40 { return nil }
        guard var bytes = try await base.read(folded(key), asked) else {
            return twist == .absentIsEmpty ? [] : nil
        }
        if twist == .losesLastByte && bytes.count > 1000 { bytes.removeLast() }
        return twist == .failureIsAbsent && bytes.count > 2000 ? nil : bytes
    }

    /// Writes, oddly.
    public func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        guard twist != .writesUnasked else { return }
        guard twist == .appendsOnWrite, let old = try await base.read(key, .all),
            old.count > bytes.count
        else { return try await base.write(folded(key), bytes) }
        try await base.write(key, bytes + old[bytes.count...])
    }

    /// Deletes, oddly.
    public func delete(_ key: StoreKey) async throws(StorageError) {
        if twist == .deleteOfAbsentFails, try await base.info(key) == nil {
            throw StorageError(.notFound, .delete, key: key.text, "it is not there")
        }
        if twist == .deletesNeighbours {
            for other in base.contents.keys where other.text.utf8.starts(with: key.text.utf8) {
                try await base.delete(other)
            }
        }
        try await base.delete(folded(key))
    }

    /// Asks, oddly.
    public func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        guard let info = try await base.info(folded(key)) else { return nil }
        if twist == .noSizes { return ObjectInfo(size: nil) }
        return twist == .infoIsWrong ? ObjectInfo(size: (info.size ?? 0) + 1) : info
    }

    /// Lists, oddly.
    public func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        var objects: [(key: [UInt8], size: Int64)] = []
        for (key, bytes) in base.contents {
            let beside = prefix.key.map { key.text.utf8.starts(with: $0.text.utf8) } ?? true
            if let rest = prefix.relative(key) {
                objects.append((Array(rest), Int64(bytes.count)))
            } else if twist == .listsBeside && beside {
                objects.append((Array(key.text.utf8), Int64(bytes.count)))
            }
        }
        objects.sort { $0.key.lexicographicallyPrecedes($1.key) }
        switch twist {
        case .reverseOrder: objects.reverse()
        case .listsTwice: if let first = objects.first { objects.append(first) }
        case .listsNothing: objects.removeAll()
        case .listsWrongSizes: objects = objects.map { ($0.key, $0.size + 1) }
        case .noSizes: objects = objects.map { ($0.key, -1) }
        case .junkKeys: objects += Self.junk.map { ($0, 3) }
        default: break
        }
        let listing = PagedListing(
            objects,
            pageLength: twist == .pagesOfOne ? 1 : 100,
            into: ListingPage()
        ) { page, object in
            page.append(key: object.key, size: object.size, modified: .min)
        }
        return twist == .emptyPages ? EmptyPages(listing) : listing
    }

    /// The level, oddly.
    public func children(
        _ prefix: StorePrefix
    ) async throws(StorageError) -> any Listing<ChildPage> {
        guard twist == .childrenAreDeep else { return try await base.children(prefix) }
        let objects = base.contents.keys.compactMap { key in
            prefix.relative(key).map { String(Substring($0)) }
        }
        return PagedListing(objects, into: ChildPage()) { $0.objects.append($1) }
    }

    /// Names that no store key can have, and some that look like keys.
    public static let junk: [[UInt8]] =
        [
            "../outside", "/etc/passwd", "a//b", "", "c/0/\u{0}", "\u{1b}[2J", "c/-1/0", "c/0/0/0",
            "c/99999999999999999999/0", "c/ 0/0", "c/0/0/", ".DS_Store", "c/0x0/1",
        ].map { Array($0.utf8) } + [[0xff, 0xfe], Array(repeating: 0x61, count: 5000)]

    private func folded(_ key: StoreKey) -> StoreKey {
        var text = key.text
        if twist == .foldsCase { text = text.lowercased() }
        while twist == .decodesPercent, let place = text.place(of: "%20") {
            text.replaceSubrange(place, with: " ")
        }
        return (try? StoreKey(text)) ?? key
    }
}

/// A listing with an empty page before each of its pages.
private final class EmptyPages: Listing {
    private let base: any Listing<ListingPage>
    private let isEmptyNext = Mutex(true)
    private let hasEnded = Mutex(false)

    init(_ base: any Listing<ListingPage>) {
        self.base = base
    }

    func next() async throws(StorageError) -> ListingPage? {
        let isEmpty = isEmptyNext.withLock { isEmpty in
            defer { isEmpty.toggle() }
            return isEmpty
        }
        if isEmpty && !hasEnded.withLock({ $0 }) { return ListingPage() }
        let page = try await base.next()
        if page == nil { hasEnded.withLock { $0 = true } }
        return page
    }
}
