public import Storage
internal import Synchronization
internal import ZarrModel

/// Counts the stored chunks of one array from its listing alone, page by page as the listing comes.
///
/// What is missing follows at the end, from what is present: `summary.presence` says where. Cancel
/// it with the task that reads it, or with `cancel()`.
public final class Census: Listing {
    /// The two kinds of listing.
    enum Pages: Sendable {
        case keys(any Listing<ListingPage>)
        case chunks(any Listing<ChunkPage>)
        /// The place was never made: nothing is stored.
        case none
    }

    private let pages: Pages
    private let counter: Mutex<CensusCounter>
    private let isCancelled = Atomic<Bool>(false)

    init(_ pages: Pages, _ counter: CensusCounter) {
        self.pages = pages
        self.counter = Mutex(counter)
    }

    /// The chunks of the next page, or `nil` after the last. An incomplete listing throws: then
    /// nothing is known to be missing.
    public func next() async throws(StorageError) -> CensusPage? {
        guard !isCancelled.load(ordering: .relaxed), !Task.isCancelled else {
            throw StorageError(.cancelled, .list, "the census was cancelled")
        }
        switch pages {
        case .keys(let listing):
            guard let page = try await listing.next() else { return finish() }
            return counter.withLock { $0.take(page) }
        case .chunks(let listing):
            guard let page = try await listing.next() else { return finish() }
            return counter.withLock { $0.take(page) }
        case .none:
            return finish()
        }
    }

    /// What was counted so far. Copies no bitmap until the census goes on.
    public var summary: CensusSummary {
        counter.withLock { $0.summary }
    }

    /// Makes the next page throw `.cancelled`.
    public func cancel() {
        isCancelled.store(true, ordering: .relaxed)
    }

    /// Reads all pages that are left and answers what was counted. O(objects).
    public func finished() async throws(StorageError) -> CensusSummary {
        while try await next() != nil {}
        return summary
    }

    private func finish() -> CensusPage? {
        counter.withLock { $0.finish() }
        return nil
    }
}

extension ArrayNode {
    /// Starts to count the stored chunks. With `includesInfo` off, states say only what is there,
    /// and a store that must look at each object for its size need not. With `goesOn`, a folder that cannot
    /// be read leaves only what lies below it unknown, where the storage can tell: see
    /// `CensusSummary.unlisted`. Else it makes the census throw.
    ///
    /// Throws where the storage cannot list or fails to start. An array whose place was never made
    /// has every chunk missing.
    public func census(
        includesInfo: Bool = true,
        goesOn: Bool = false
    ) async throws(EngineError) -> Census {
        let counter = CensusCounter(self, rule: sizeRule)
        do throws(StorageError) {
            switch source.place {
            case .store(let store, let prefix):
                let options = ListingOptions(includesInfo: includesInfo, goesOn: goesOn)
                return Census(.keys(try await store.list(prefix, options)), counter)
            case .backend(let backend):
                return Census(.chunks(try await backend.listChunks()), counter)
            }
        } catch {
            if error.code == .notFound { return Census(.none, counter) }
            throw EngineError(error, at: path.description)
        }
    }
}
