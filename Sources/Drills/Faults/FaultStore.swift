public import Storage

/// A store that fails on purpose, by the rules of a ``FaultInjector``.
///
/// What the rules store wrong is stored wrong: put it over an ``OverlayStore``, never over storage
/// that matters. Keys are matched relative to `prefix` where they lie under it.
public struct FaultStore: Store {
    /// The store underneath.
    public let base: any Store
    /// What decides.
    public let injector: FaultInjector
    /// What the keys of rules are relative to.
    public let prefix: StorePrefix

    /// Puts faults over `base`.
    public init(_ base: any Store, _ injector: FaultInjector, prefix: StorePrefix = .root) {
        self.base = base
        self.injector = injector
        self.prefix = prefix
    }

    /// What the store underneath can do.
    public var capabilities: Capabilities { base.capabilities }

    /// Where the store underneath is.
    public var location: String { base.location }

    /// Reads, or what the rules make of it.
    public func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        let plan = plan(.read, key.text)
        if try await injector.enter(plan) { return nil }
        var source = key
        if let (other, rule) = plan.first({ $0.swapKey }) {
            source = try prefix.key(other)
            injector.record(plan, .wrong, "swap \(other) by \(FaultInjector.bracketed(rule))")
        }
        let bytes = try await own { () async throws(StorageError) in
            try await base.read(source, range)
        }
        return try await injector.carried(plan, bytes)
    }

    /// Writes, or what the rules make of it.
    public func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        let plan = plan(.write, key.text)
        _ = try await injector.enter(plan)
        try await injector.change(plan, bytes) { bytes async throws(StorageError) in
            try await own { () async throws(StorageError) in try await base.write(key, bytes) }
        }
    }

    /// Deletes, or what the rules make of it.
    public func delete(_ key: StoreKey) async throws(StorageError) {
        let plan = plan(.delete, key.text)
        _ = try await injector.enter(plan)
        try await injector.change(plan, []) { _ async throws(StorageError) in
            try await own { () async throws(StorageError) in try await base.delete(key) }
        }
    }

    /// Asks, or what the rules make of it.
    public func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        let plan = plan(.info, key.text)
        if try await injector.enter(plan) { return nil }
        return try await own { () async throws(StorageError) in try await base.info(key) }
    }

    /// Lists, or what the rules make of it.
    public func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        let plan = plan(.list, prefix.description)
        _ = try await injector.enter(plan)
        let listing = try await own { () async throws(StorageError) in
            try await base.list(prefix, options)
        }
        guard let faults = ListingFaults(plan) else { return listing }
        injector.record(plan, .wrong, injector.rules(plan) { _ in true } + " changed the listing")
        return FaultListing(listing, isCut: faults.share != nil) { page, isFirst in
            var changed = ListingPage()
            changed.unlisted = page.unlisted
            for position in faults.kept(page.count, isFirst: isFirst) {
                changed.append(
                    key: page.keyBytes[page.keyRange(position)],
                    size: page.sizes[position],
                    modified: page.modifiedTimes[position]
                )
            }
            for ghost in isFirst ? faults.ghosts : [] {
                changed.append(key: ghost.utf8, size: -1, modified: .min)
            }
            return changed
        }
    }

    /// Lists a level, or what the rules make of it.
    public func children(
        _ prefix: StorePrefix
    ) async throws(StorageError) -> any Listing<ChildPage> {
        let plan = plan(.list, prefix.description)
        _ = try await injector.enter(plan)
        let listing = try await own { () async throws(StorageError) in
            try await base.children(prefix)
        }
        guard let faults = ListingFaults(plan) else { return listing }
        injector.record(plan, .wrong, injector.rules(plan) { _ in true } + " changed the listing")
        return FaultListing(listing, isCut: faults.share != nil) { page, isFirst in
            let kept = faults.kept(page.objects.count, isFirst: isFirst)
            return ChildPage(
                objects: kept.map { page.objects[$0] } + (isFirst ? faults.ghosts : []),
                prefixes: page.prefixes
            )
        }
    }

    private func plan(_ operation: StorageOperation, _ key: String) -> FaultPlan {
        let start = prefix.description
        let isBelow = !start.isEmpty && key.hasPrefix(start)
        return injector.plan(operation, isBelow ? String(key.dropFirst(start.count)) : key)
    }

    /// Counts the errors of the storage underneath.
    private func own<Answer>(
        _ body: () async throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        do throws(StorageError) {
            return try await body()
        } catch {
            injector.recordFailure()
            throw error
        }
    }
}

extension FaultEffect {
    var swapKey: String? {
        if case .swap(let key) = self { key } else { nil }
    }
}
