public import Storage
public import ZarrModel

/// An array that fails on purpose, by the rules of a ``FaultInjector``.
///
/// Rules name its chunks as `c/0/1`. What they store wrong is stored wrong: put it over an
/// ``OverlayBackend``, never over storage that matters.
public struct FaultBackend: StorageBackend {
    /// The array underneath.
    public let base: any StorageBackend
    /// What decides.
    public let injector: FaultInjector

    private static let keys = ChunkKeyEncoding()

    /// Puts faults over `base`.
    public init(_ base: any StorageBackend, _ injector: FaultInjector) {
        self.base = base
        self.injector = injector
    }

    /// What the array underneath can do.
    public var capabilities: Capabilities { base.capabilities }

    /// Where the array underneath is.
    public var location: String { base.location }

    /// Reads a chunk, or what the rules make of it.
    public func readChunk(
        _ index: ChunkIndex,
        range: ByteRange
    ) async throws(StorageError) -> [UInt8]? {
        let plan = injector.plan(.read, Self.keys.key(for: index))
        if try await injector.enter(plan) { return nil }
        var source = index
        if let (other, rule) = plan.first({ $0.swapKey }),
            let swapped = Self.keys.parse(Array(other.utf8)[...], rank: index.coordinates.count)
        {
            source = swapped
            injector.record(plan, .wrong, "swap \(other) by \(FaultInjector.bracketed(rule))")
        }
        let bytes = try await own { () async throws(StorageError) in
            try await base.readChunk(source, range: range)
        }
        return try await injector.carried(plan, bytes)
    }

    /// Writes a chunk, or what the rules make of it.
    public func writeChunk(_ index: ChunkIndex, _ bytes: [UInt8]) async throws(StorageError) {
        let plan = injector.plan(.write, Self.keys.key(for: index))
        _ = try await injector.enter(plan)
        try await injector.change(plan, bytes) { bytes async throws(StorageError) in
            try await own { () async throws(StorageError) in
                try await base.writeChunk(index, bytes)
            }
        }
    }

    /// Reads the metadata, or what the rules make of it.
    public func readMetadata() async throws(StorageError) -> MetadataDocument? {
        let plan = injector.plan(.readMetadata, "")
        if try await injector.enter(plan) { return nil }
        let document = try await own { () async throws(StorageError) in
            try await base.readMetadata()
        }
        guard let document else { return nil }
        let bytes = try await injector.carried(plan, document.bytes)
        return bytes.map { MetadataDocument($0, version: document.version) }
    }

    /// Writes the metadata, or what the rules make of it.
    public func writeMetadata(_ document: MetadataDocument) async throws(StorageError) {
        let plan = injector.plan(.writeMetadata, "")
        _ = try await injector.enter(plan)
        try await injector.change(plan, document.bytes) { bytes async throws(StorageError) in
            try await own { () async throws(StorageError) in
                try await base.writeMetadata(MetadataDocument(bytes, version: document.version))
            }
        }
    }

    /// Lists the chunks, or what the rules make of it.
    public func listChunks() async throws(StorageError) -> any Listing<ChunkPage> {
        let plan = injector.plan(.list, "")
        _ = try await injector.enter(plan)
        let listing = try await own { () async throws(StorageError) in
            try await base.listChunks()
        }
        guard let faults = ListingFaults(plan) else { return listing }
        injector.record(plan, .wrong, injector.rules(plan) { _ in true } + " changed the listing")
        return FaultListing(listing, isCut: faults.share != nil) { page, isFirst in
            let kept = faults.kept(page.entries.count, isFirst: isFirst)
            return ChunkPage(
                kept.map { page.entries[$0] },
                foreign: page.foreign + (isFirst ? faults.ghosts : [])
            )
        }
    }

    /// Deletes a chunk, or what the rules make of it.
    public func deleteChunk(_ index: ChunkIndex) async throws(StorageError) {
        let plan = injector.plan(.delete, Self.keys.key(for: index))
        _ = try await injector.enter(plan)
        try await injector.change(plan, []) { _ async throws(StorageError) in
            try await own { () async throws(StorageError) in try await base.deleteChunk(index) }
        }
    }

    /// Asks, or what the rules make of it.
    public func exists() async throws(StorageError) -> Bool {
        let plan = injector.plan(.exists, "")
        if try await injector.enter(plan) { return false }
        return try await own { () async throws(StorageError) in try await base.exists() }
    }

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

extension OpenedStorage {
    /// The storage with faults over a copy-on-write overlay: whatever the rules do, what is
    /// underneath stays as it is.
    public func drilled(_ injector: FaultInjector) -> OpenedStorage {
        switch overlaid() {
        case .store(let store): .store(FaultStore(store, injector))
        case .array(let array): .array(FaultBackend(array, injector))
        }
    }
}
