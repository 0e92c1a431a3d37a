internal import Synchronization
public import ZarrModel

/// An array over another that stays as it is: changes are kept in memory above it.
public final class OverlayBackend: StorageBackend {
    private struct State {
        var metadata: MetadataDocument?
        /// `nil` inside means deleted.
        var chunks: [ChunkIndex: [UInt8]?] = [:]
    }

    /// The array underneath; only ever read.
    public let base: any StorageBackend
    private let state = Mutex(State())

    /// Lays an empty overlay over `base`.
    public init(_ base: any StorageBackend) {
        self.base = base
    }

    /// What the base can do, and writing and deleting; nothing lasts.
    public var capabilities: Capabilities {
        base.capabilities.union([.write, .delete]).subtracting([.durable])
    }

    /// Where the base is.
    public var location: String { base.location }

    /// Reads what was written here, else the base.
    public func readChunk(
        _ index: ChunkIndex,
        range: ByteRange
    ) async throws(StorageError) -> [UInt8]? {
        guard let change = state.withLock({ $0.chunks[index] }) else {
            return try await base.readChunk(index, range: range)
        }
        return change.map { Array($0[range.resolved(in: $0.count)]) }
    }

    /// Keeps the chunk in memory.
    public func writeChunk(_ index: ChunkIndex, _ bytes: [UInt8]) async throws(StorageError) {
        state.withLock { $0.chunks[index] = .some(bytes) }
    }

    /// Reads what was written here, else the base.
    public func readMetadata() async throws(StorageError) -> MetadataDocument? {
        guard let document = state.withLock({ $0.metadata }) else {
            return try await base.readMetadata()
        }
        return document
    }

    /// Keeps the document in memory.
    public func writeMetadata(_ document: MetadataDocument) async throws(StorageError) {
        state.withLock { $0.metadata = document }
    }

    /// Lists the base without what changed, then what was written here.
    public func listChunks() async throws(StorageError) -> any Listing<ChunkPage> {
        let changes = state.withLock { $0.chunks }
        return OverlayChunks(base: try await base.listChunks(), changes: changes)
    }

    /// Remembers that the chunk is gone.
    public func deleteChunk(_ index: ChunkIndex) async throws(StorageError) {
        state.withLock { $0.chunks[index] = .some(nil) }
    }

    /// Whether the base is there, or a document was written here.
    public func exists() async throws(StorageError) -> Bool {
        if state.withLock({ $0.metadata != nil }) { return true }
        return try await base.exists()
    }
}

/// The base's chunks that did not change, then the ones written above it.
private final class OverlayChunks: Listing {
    private let base: any Listing<ChunkPage>
    private let changes: [ChunkIndex: [UInt8]?]
    private let isDone = Mutex(false)

    init(base: any Listing<ChunkPage>, changes: [ChunkIndex: [UInt8]?]) {
        self.base = base
        self.changes = changes
    }

    func next() async throws(StorageError) -> ChunkPage? {
        if isDone.withLock({ $0 }) { return nil }
        if var page = try await base.next() {
            page.entries.removeAll { changes.keys.contains($0.index) }
            return page
        }
        isDone.withLock { $0 = true }
        let written = changes.compactMap { index, bytes in
            bytes.map { ChunkPage.Entry(index, ObjectInfo(size: $0.count)) }
        }
        return written.isEmpty ? nil : ChunkPage(written)
    }
}

extension OpenedStorage {
    /// The storage with a copy-on-write overlay: whatever is done to it, what is underneath stays.
    public func overlaid() -> OpenedStorage {
        switch self {
        case .store(let store): .store(OverlayStore(store))
        case .array(let array): .array(OverlayBackend(array))
        }
    }
}
