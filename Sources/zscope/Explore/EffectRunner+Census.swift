import Explorer
import Glibc
import Storage
import ZarrEngine
import ZarrModel

extension EffectRunner {
    /// Opens a locator and remembers it.
    func open(_ locator: String, _ number: Int) async throws -> News {
        let named = try StoreLocator(locator)
        do {
            return try await open(named, number)
        } catch {
            throw await named.leading(on: error)
        }
    }

    private func open(_ named: StoreLocator, _ number: Int) async throws -> News {
        let location = try await Composition.opener.open(named.absolute)
        let recorder = OperationRecorder { [weak self] in self?.report(number, .operations($0)) }
        let store = OpenStore(location, recorder: recorder)
        let path = try OpenStore.path(location.node)
        let node = await store.hierarchy.node(at: path)
        if let error = node.error, error.code != .metadata, error.code != .unsupported {
            throw error
        }
        try Task.checkCancellation()
        var opened = store.opened(node)
        opened.memory = StoreMemories().memory(of: opened.locator)
        replaceStore(with: store, keeping: number)
        let version = node.array?.metadata.version ?? node.group?.metadata?.version
        let words = version.map { "v\($0.rawValue) \(node.kind)" } ?? node.kind
        RecentStores().remember(
            "\(location.locator)",
            named: "\(named)",
            summary: words,
            backend: location.backend.id
        )
        try? Bookmarks().rename("\(named)", "\(location.locator)")
        return .opened(opened)
    }

    /// Lists an array's chunks, and brings what was found about ten times a second.
    func census(_ path: String, _ number: Int) async throws -> News {
        let array = try await store().array(path)
        return .censusFinished(try await list(array, path, number).summary)
    }

    /// Lists `array`, which stands at `path`, for request `number`; answers which chunks are there, once
    /// all are listed.
    func list(
        _ array: ArrayNode,
        _ path: String,
        _ number: Int
    ) async throws -> (summary: Explorer::CensusSummary, presence: ChunkPresence?) {
        let clock = ContinuousClock()
        let start = clock.now
        var pages = PageCollector(start: start)
        var summary = Explorer::CensusSummary(isComplete: false)
        var seen = SeenChunks(count: array.grid.total)
        var presence: ChunkPresence?
        do {
            let census = try await array.census(goesOn: true)
            while let page = try await census.next() {
                for place in 0..<page.count {
                    pages.add(page.chunks[place], page.states[place], size: page.sizes[place])
                }
                pages.add(times: page.modifiedTimes)
                summary.add(page)
                seen?.add(page)
                let orphans = page.orphans.map { ChunkFinding(outside: $0, array) }
                if !orphans.isEmpty { report(number, .findings(orphans)) }
                if let ready = pages.taken(at: clock.now) { report(number, .censusPage(ready)) }
            }
            let counted = census.summary
            summary.isComplete = counted.isComplete
            summary.unlisted = counted.unlistedChunks
            if !counted.isComplete { summary.problem = counted.unlistedWords }
            try store().note(CensusCounts(counted, array), of: path)
            presence = counted.presence
            if isWritable { summary.trash = try? await array.trash().last?.id }
        } catch {
            guard !Task.isCancelled else { throw error }
            summary.problem = ToolError(reporting: error).message
        }
        if let open = try? store() { desk.remember(seen, of: open.name(of: path)) }
        if let rest = pages.rest(at: clock.now) { report(number, .censusPage(rest)) }
        summary.elapsedMilliseconds = Int((clock.now - start) / .milliseconds(1))
        return (summary, presence)
    }
}

extension Explorer::CensusSummary {
    /// How many keys are named; more are counted.
    private static let namedLimit = 20

    /// Notes what `page` says of keys that are not chunks of the grid.
    mutating func add(_ page: ZarrEngine::CensusPage) {
        orphanCount += page.orphans.count
        foreignCount += page.foreign.count
        orphans += page.orphans.prefix(max(0, Self.namedLimit - orphans.count)).map(\.key)
        foreign += page.foreign.prefix(max(0, Self.namedLimit - foreign.count))
    }
}

/// Gathers what a census finds into pages that come about ten times a second.
struct PageCollector {
    private let start: ContinuousClock.Instant
    private let isDecoded: Bool
    private var last: ContinuousClock.Instant?
    private var page = Explorer::CensusPage()

    /// `isDecoded` says that chunks were read and decoded, and not merely listed.
    init(start: ContinuousClock.Instant, isDecoded: Bool = false) {
        self.start = start
        self.isDecoded = isDecoded
    }

    /// Adds a chunk.
    mutating func add(_ chunk: Int, _ state: ChunkState, size: Int64, isSlow: Bool = false) {
        page.append(chunk, state, size: size, isSlow: isSlow)
    }

    /// Says when the chunks that were added last were changed.
    mutating func add(times: [Int64]) {
        page.modified += times
    }

    /// What was gathered, when it is time to show it.
    mutating func taken(at now: ContinuousClock.Instant) -> Explorer::CensusPage? {
        if let last, now - last < .milliseconds(100) { return nil }
        return rest(at: now)
    }

    /// What was gathered, where there is something.
    mutating func rest(at now: ContinuousClock.Instant) -> Explorer::CensusPage? {
        guard !page.indexes.isEmpty else { return nil }
        last = now
        var taken = Explorer::CensusPage()
        swap(&taken, &page)
        taken.isDecoded = isDecoded
        if isDecoded { taken.decodedAt = time(nil) } else { taken.takenAt = time(nil) }
        taken.elapsedMilliseconds = Int((now - start) / .milliseconds(1))
        return taken
    }
}
