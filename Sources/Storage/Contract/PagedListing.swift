internal import Synchronization

/// A listing of what is already at hand, cut into pages.
public final class PagedListing<Element: Sendable, Page: Sendable>: Listing {
    private let elements: [Element]
    private let pageLength: Int
    private let empty: Page
    private let add: @Sendable (inout Page, Element) -> Void
    private let position = Mutex(0)

    /// Lists `elements`, up to `pageLength` of them a page, each added to a copy of `empty`.
    public init(
        _ elements: [Element],
        pageLength: Int = 4096,
        into empty: Page,
        _ add: @escaping @Sendable (inout Page, Element) -> Void
    ) {
        self.elements = elements
        self.pageLength = max(1, pageLength)
        self.empty = empty
        self.add = add
    }

    /// The next page.
    public func next() async throws(StorageError) -> Page? {
        let start = position.withLock { position in
            defer { position = min(elements.count, position + pageLength) }
            return position
        }
        guard start < elements.count else { return nil }
        var page = empty
        for element in elements[start..<min(elements.count, start + pageLength)] {
            add(&page, element)
        }
        return page
    }
}

/// The level directly under a prefix, gathered from flat keys.
public struct KeyLevel: Sendable {
    /// Names of objects here, sorted.
    public private(set) var objects: [String] = []
    /// Names of deeper prefixes, sorted.
    public private(set) var prefixes: [String] = []

    /// Gathers the level under `prefix` from `keys`. O(keys · log keys).
    public init(of keys: some Sequence<StoreKey>, under prefix: StorePrefix) {
        var deeper: Set<[UInt8]> = []
        for key in keys {
            guard let rest = prefix.relative(key) else { continue }
            if let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
                deeper.insert(Array(rest[..<slash]))
            } else {
                objects.append(String(Substring(rest)))
            }
        }
        objects.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        prefixes = deeper.sorted { $0.lexicographicallyPrecedes($1) }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The level in pages.
    public var listing: any Listing<ChildPage> {
        let names = objects.map { ($0, false) } + prefixes.map { ($0, true) }
        return PagedListing(names, into: ChildPage()) { page, name in
            if name.1 { page.prefixes.append(name.0) } else { page.objects.append(name.0) }
        }
    }
}
