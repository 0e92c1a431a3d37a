public import Storage

/// What a law of `Store` works on.
public struct StoreLawContext: Sendable {
    /// Opens the same place anew.
    public typealias Reopening = @Sendable () async throws -> any Store
    /// Reads an object's bytes by another way than the store's own.
    public typealias Bypass = @Sendable (StoreKey) async throws -> [UInt8]?

    /// Leaves behind what a writer of the key leaves when it is killed.
    public typealias Abandoning = @Sendable (StoreKey) async throws -> Void

    /// The store.
    public var store: any Store
    /// Where the law may write; it expects nothing there, and leaves nothing.
    public var place: StorePrefix
    /// Reads an object's bytes by another way than the store's own, where there is one.
    public var bypass: Bypass?
    /// Opens the same place anew, where that can be done.
    public var reopen: Reopening?
    /// Leaves behind what a writer of the key leaves when it is killed, where there is a way to.
    public var abandon: Abandoning?

    /// Makes a context.
    public init(
        _ store: any Store,
        place: StorePrefix = .root,
        bypass: Bypass? = nil,
        reopen: Reopening? = nil,
        abandon: Abandoning? = nil
    ) {
        self.store = store
        self.place = place
        self.bypass = bypass
        self.reopen = reopen
        self.abandon = abandon
    }
}

extension StoreLawContext {
    /// The key `name` in the law's place.
    func key(_ name: String) throws -> StoreKey {
        try place.key(name)
    }

    /// What is stored, by the way around the store where there is one.
    func stored(_ key: StoreKey) async throws -> [UInt8]? {
        if let bypass { return try await bypass(key) }
        return try await store.read(key, .all)
    }

    /// Throws unless `key` holds `bytes`, seen through the store and around it.
    func expectValue(_ key: StoreKey, _ bytes: [UInt8]?) async throws {
        for seen in [try await store.read(key, .all), try await stored(key)] where seen != bytes {
            throw LawFailure("'\(key)' holds \(brief(seen)), not \(brief(bytes))")
        }
    }

    /// Every object under `prefix`: its key and its size, each time that it was listed.
    func listed(
        _ prefix: StorePrefix,
        _ options: ListingOptions = .full
    ) async throws -> [(key: String, size: Int64)] {
        try await collect(try await store.list(prefix, options))
    }

    /// A few keys that are there already, for stores that cannot be written.
    func sample(_ count: Int) async throws -> [StoreKey] {
        var keys: [StoreKey] = []
        let listing = try await store.list(.root)
        while let page = try await listing.next(), keys.count < count {
            for position in 0..<min(page.count, count - keys.count) {
                if let key = try? StoreKey(page.key(position)) { keys.append(key) }
            }
        }
        return keys
    }

    /// Removes everything in the law's place.
    func clear() async {
        guard place != .root, store.capabilities.isSuperset(of: [.list, .delete]),
            let objects = try? await listed(place)
        else { return }
        for object in objects {
            guard let key = try? place.key(object.key) else { continue }
            try? await store.delete(key)
        }
    }
}

/// The keys and sizes of a whole listing.
func collect(_ listing: any Listing<ListingPage>) async throws -> [(key: String, size: Int64)] {
    var objects: [(key: String, size: Int64)] = []
    while let page = try await listing.next() {
        for position in 0..<page.count {
            objects.append((page.key(position), page.sizes[position]))
        }
    }
    return objects
}

/// Bytes in a message: how many, and the first few.
func brief(_ bytes: [UInt8]?) -> String {
    guard let bytes else { return "nothing" }
    let head = bytes.prefix(8).map(String.init).joined(separator: " ")
    return "\(bytes.count) bytes"
        + (bytes.isEmpty ? "" : " (\(head)\(bytes.count > 8 ? " …" : ""))")
}
