import Codecs
import Explorer
import Glibc
import Storage
import Synchronization
import ZarrEngine
import ZarrModel

extension OpenStore {
    /// How many chunks of the array at `path` are stored, from its listing alone. O(objects).
    func counts(of path: String) async throws -> CensusCounts {
        let array = try await array(at: Self.path(path))
        let summary = try await array.census(goesOn: true).finished()
        var counts = CensusCounts(summary, array)
        // So few small reads are done beside the listing.
        if array.hasInnerChunks, summary.isComplete,
            (1...Self.shardsAtOnce).contains(summary.present)
        {
            let census = try? await array.innerCensus(includesMissingShards: false)
            if let inner = try? await census?.finished() {
                counts.innerTotal = inner.total
                counts.innerMissing = inner.missing
            }
        }
        counts.takenAt = time(nil)
        note(counts, of: path)
        return counts
    }

    /// Shards that are looked into without being asked, only to count an array.
    private static let shardsAtOnce = 64

    /// So many censuses are kept in a file together.
    private static let censusesAtOnce = 32

    /// Remembers what a census of the array at `path` came to; not what a mock made of it.
    func note(_ counts: CensusCounts, of path: String) {
        guard mock == nil, counts.isComplete else { return }
        let count = censuses.withLock { censuses in
            censuses[path] = counts
            return censuses.count
        }
        if count >= Self.censusesAtOnce { keepCensuses() }
    }

    /// Says that the counts of the array at `path` are of before a change, until it is counted again.
    func outdate(_ path: String) {
        censuses.withLock { $0[path] = nil }
        guard mock == nil else { return }
        RecentStores().outdate(path, of: "\(location.locator)")
    }

    /// Keeps in a file what censuses came to.
    func keepCensuses() {
        let new = censuses.withLock { censuses in
            defer { censuses = [:] }
            return censuses
        }
        guard !new.isEmpty else { return }
        let sorted = new.sorted { $0.key < $1.key }
        RecentStores().remember(sorted.map { ($0.key, $0.value) }, of: "\(location.locator)")
    }

    // MARK: Codecs

    /// A larger chunk is not decoded only to show what its codecs do.
    private static let largestSample = 256 << 20

    /// What each codec of the array at `path` did to one stored chunk.
    func sample(of path: String) async throws -> CodecSample {
        let array = try await array(at: Self.path(path))
        var sample = CodecSample(path: path, key: "")
        let size = array.metadata.chunkShape.reduce(array.metadata.dataType.byteCount ?? 1) {
            $0.multipliedOrMost(by: $1)
        }
        guard size <= Self.largestSample else {
            sample.problem = "a chunk of \(Wording.bytes(size)) is not decoded only to be measured"
            return sample
        }
        guard let found = try await storedChunk(of: array) else {
            sample.problem = "no chunk is stored: there is nothing to measure"
            return sample
        }
        sample.key = found.key
        sample.stages = found.stages.map { stage in
            CodecStage(
                codec: stage.codec,
                bytesIn: stage.bytesIn,
                bytesOut: stage.bytesOut,
                problem: stage.error?.message
            )
        }
        if sample.stages.isEmpty { sample.problem = found.reason }
        return sample
    }

    /// A chunk that is stored: in the middle of the grid, where most data is, the first one, or else
    /// the first that a listing names.
    private func storedChunk(of array: ArrayNode) async throws -> ChunkInspection? {
        guard array.grid.counts.allSatisfy({ $0 > 0 }) else { return nil }
        let middle = ChunkIndex(array.grid.counts.map { $0 / 2 })
        for index in [middle, ChunkIndex(array.grid.counts.map { _ in 0 })] {
            let found = try await array.inspect(index)
            if found.info != nil || found.state == .unreadable { return found }
        }
        guard array.capabilities.contains(.list) else { return nil }
        let census = try await array.census(includesInfo: false)
        defer { census.cancel() }
        while let page = try await census.next() {
            if let chunk = page.chunks.first {
                return try await array.inspect(array.grid.index(at: chunk))
            }
        }
        return nil
    }

    // MARK: Keys

    /// At least so many keys are brought at once, where there are more.
    private static let keysAtOnce = 500

    /// The keys under the node at `path`: all under an array, those directly under a group.
    func keys(under path: String, isFirst: Bool) async throws -> KeyPage {
        let place = try Self.path(path)
        guard case .store(let store) = hierarchy.storage else {
            throw ToolError("this storage holds an array without keys")
        }
        let prefix = try StorePrefix(place.keyPrefix)
        guard let array = try? await array(at: place) else {
            return try await level(path, prefix, store)
        }
        if isFirst {
            let listing = try await store.list(prefix, .full)
            keyListing.withLock { $0 = (place, listing) }
        }
        guard let running = keyListing.withLock({ $0 }), running.path == place else {
            throw ToolError("the listing was given up; r begins anew")
        }
        var keys: [KeyCard] = []
        while keys.count < Self.keysAtOnce {
            guard let page = try await running.listing.next() else {
                keyListing.withLock { $0 = nil }
                return KeyPage(path: path, keys: keys, isLast: true)
            }
            for position in 0..<page.count { keys.append(KeyCard(page, position, array)) }
        }
        return KeyPage(path: path, keys: keys, isLast: false)
    }

    private func level(
        _ path: String,
        _ prefix: StorePrefix,
        _ store: any Store
    ) async throws -> KeyPage {
        var keys: [KeyCard] = []
        let listing = try await store.children(prefix)
        while let page = try await listing.next() {
            for name in page.objects {
                let isDocument = KeyCard.documents.contains(name)
                var card = KeyCard(key: name, kind: isDocument ? .metadata : .foreign)
                if keys.count < 1000, let key = try? prefix.key(name),
                    let info = try await store.info(key)
                {
                    card.bytes = info.size
                    card.modified = info.modified.map(Timestamp.plain) ?? ""
                }
                keys.append(card)
            }
            keys += page.prefixes.map {
                KeyCard(key: $0 + "/", kind: $0.hasPrefix(KeyCard.hidden) ? .trash : .below)
            }
        }
        return KeyPage(path: path, keys: keys.sorted { $0.key < $1.key }, isLast: true)
    }
}

extension KeyCard {
    /// The metadata documents of both versions.
    fileprivate static let documents: Set<String> = [
        "zarr.json", ".zarray", ".zgroup", ".zattrs", ".zmetadata",
    ]
    /// How the names of our trash and half-written files begin.
    fileprivate static let hidden = ".zscope-"

    /// What a listing says of an object under an array.
    fileprivate init(_ page: ListingPage, _ position: Int, _ array: ArrayNode) {
        let key = page.key(position)
        let bytes = page.keyBytes[page.keyRange(position)]
        let kind: Kind
        if Self.documents.contains(key) {
            kind = .metadata
        } else if key.hasPrefix(Self.hidden) {
            kind = .trash
        } else {
            switch array.keyEncoding.linearIndex(of: bytes, in: array.grid) {
            case .inside: kind = .chunk
            case .outside: kind = .orphan
            case .notAChunk: kind = .foreign
            }
        }
        let info = page.info(position)
        self.init(key: key, kind: kind, bytes: info.size)
        modified = info.modified.map(Timestamp.plain) ?? ""
    }
}

extension CensusCounts {
    /// What a census of `array` came to.
    init(_ summary: ZarrEngine::CensusSummary, _ array: ArrayNode) {
        self.init(total: summary.total)
        present = summary.present
        broken = summary.short + summary.corrupt + summary.unreadable
        orphans = summary.orphans
        if array.capabilities.contains(.sizes) { storedBytes = summary.knownStoredBytes }
        isComplete = summary.isComplete
        isSharded = array.metadata.innerChunkShape != nil
        guard !summary.isComplete else { return }
        unlisted = summary.unlisted.isEmpty ? nil : summary.unknown
        problem = summary.unlistedWords
    }
}
