public import Storage
internal import Synchronization

extension ZipStore {
    /// Every member under `prefix`, in order of names.
    public func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        ZipListing(index, Array((folder + prefix.description).utf8))
    }

    /// The level under `prefix`. O(children · log members).
    public func children(
        _ prefix: StorePrefix
    ) async throws(StorageError) -> any Listing<ChildPage> {
        ZipChildren(index, Array((folder + prefix.description).utf8))
    }
}

/// Members under a prefix.
private final class ZipListing: Listing {
    private let index: ZipIndex
    private let start: [UInt8]
    private let position: Mutex<Int>

    init(_ index: ZipIndex, _ start: [UInt8]) {
        self.index = index
        self.start = start
        position = Mutex(index.firstPosition(notBefore: start))
    }

    func next() async throws(StorageError) -> ListingPage? {
        position.withLock { position in
            var page = ListingPage()
            while page.count < 4096, position < index.members.count {
                let member = index.members[position]
                guard index.names[member.name].starts(with: start) else { break }
                page.append(
                    key: index.names[member.name].dropFirst(start.count),
                    size: Int64(member.size),
                    modified: .min
                )
                position += 1
            }
            return page.count > 0 ? page : nil
        }
    }
}

/// The level under a prefix: what lies below a child is skipped by one search.
private final class ZipChildren: Listing {
    private let index: ZipIndex
    private let start: [UInt8]
    private let position: Mutex<Int>

    init(_ index: ZipIndex, _ start: [UInt8]) {
        self.index = index
        self.start = start
        position = Mutex(index.firstPosition(notBefore: start))
    }

    func next() async throws(StorageError) -> ChildPage? {
        position.withLock { position in
            var page = ChildPage()
            while page.objects.count + page.prefixes.count < 4096,
                position < index.members.count
            {
                let name = index.names[index.members[position].name]
                guard name.starts(with: start) else { break }
                let rest = name.dropFirst(start.count)
                guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else {
                    page.objects.append(String(decoding: rest, as: UTF8.self))
                    position += 1
                    continue
                }
                page.prefixes.append(String(decoding: rest[..<slash], as: UTF8.self))
                // The byte after a slash: the first name that is not below this child.
                let beyond = start + rest[..<slash] + [UInt8(ascii: "/") + 1]
                position = index.firstPosition(notBefore: beyond, from: position + 1)
            }
            return page.objects.isEmpty && page.prefixes.isEmpty ? nil : page
        }
    }
}
