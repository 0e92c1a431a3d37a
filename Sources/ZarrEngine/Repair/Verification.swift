public import Storage
internal import Synchronization
internal import ZarrModel

/// Decodes every stored chunk of an array and checks every checksum and length, step by step.
///
/// A chunk that the storage does not hand over is `unreadable`, never `missing`; what is missing
/// follows from the complete listing, at the end: a finding each, unless there are more than
/// ``missingLimit``.
public final class Verification: Listing {
    private struct State {
        var summary: VerifySummary
        /// Listed chunks that have not been decoded yet, with their sizes.
        var waiting: [(chunk: Int, size: Int64)] = []
        var taken = 0
        /// Where the search for missing chunks goes on, once the listing has ended.
        var missingFrom: Int?
        var presence: ChunkPresence?
        /// What lies outside the grid and what is foreign, told when the listing has ended.
        var outside = VerifyPage()
        /// What an earlier run found, told again in the first step.
        var resumed: VerifyProgress?
        var position = 0
        var latest: Int?
    }

    /// Chunks that one step decodes.
    private static let stepLength = 256
    /// The most chunks that are told one by one when they are missing; more are counted.
    public static let missingLimit = 50_000_000
    /// Missing chunks that one step reports.
    private static let missingLength = 4096

    private let array: ArrayNode
    private let census: Census
    private let part: VerifyPart
    private let options: ReadOptions
    private let isOrdered: Bool
    private let state: Mutex<State>

    init(
        _ array: ArrayNode,
        _ census: Census,
        _ part: VerifyPart,
        _ options: ReadOptions,
        _ progress: VerifyProgress?
    ) {
        self.array = array
        self.census = census
        self.part = part
        self.options = options
        isOrdered = progress != nil
        let summary = VerifySummary(total: part.share(of: array.grid.total))
        state = Mutex(State(summary: summary, resumed: progress))
    }

    /// What was counted so far.
    public var summary: VerifySummary {
        state.withLock { $0.summary }
    }

    /// Whether a verification that can be resumed still lists: how many chunks there are is not known.
    public var isListing: Bool {
        state.withLock { $0.resumed != nil }
    }

    /// In a verification that can be resumed: the chunk that the next step begins with, in C order.
    /// Every stored chunk before it is part of the steps so far.
    public var position: Int {
        state.withLock { $0.position }
    }

    /// The key that was looked at last; empty before the first.
    public var latestKey: String {
        state.withLock { $0.latest }.map { array.key(of: array.grid.index(at: $0)) } ?? ""
    }

    /// Makes the next step throw `.cancelled`.
    public func cancel() {
        census.cancel()
    }

    /// What the next step found, or `nil` after the last. Throws where the listing fails or it was
    /// cancelled; what was found before stays true. A step that is cancelled on its way answers what it
    /// has found by then, and the one after it throws.
    public func next() async throws(StorageError) -> VerifyPage? {
        if Task.isCancelled { throw Self.cancelled }
        if let page = missing() { return page }
        if let page = try await resume() { return page }
        try await list()
        let batch = state.withLock { state in
            let end = min(state.waiting.count, state.taken + Self.stepLength)
            defer { state.taken = end }
            return Array(state.waiting[state.taken..<end])
        }
        guard !batch.isEmpty else { return endOfListing() }
        return try await check(batch)
    }

    /// Lists everything, puts it in order, and tells again what the run before had found of it.
    private func resume() async throws(StorageError) -> VerifyPage? {
        guard let progress = state.withLock({ $0.resumed }) else { return nil }
        while let page = try await census.next() {
            let summary = state.withLock { state in
                take(page, into: &state)
                return state.summary
            }
            options.onProgress?(summary.checked, summary.total)
        }
        let presence = census.summary.presence
        return state.withLock { state in
            state.resumed = nil
            state.position = progress.next
            state.waiting.sort { $0.chunk < $1.chunk }
            state.taken =
                state.waiting.firstIndex { $0.chunk >= progress.next } ?? state.waiting.count
            var page = VerifyPage()
            page.findings = progress.findings.filter { finding in
                array.grid.linearIndex(of: finding.index).map(presence.contains) ?? false
            }
            for worst in Self.worstStates(page.findings) { state.summary.count(worst) }
            state.summary.checked = state.taken
            for (_, size) in state.waiting[..<state.taken] {
                state.summary.checkedBytes = Self.sum(state.summary.checkedBytes, size)
            }
            return page.findings.isEmpty ? nil : page
        }
    }

    /// Notes the chunks of a page that belong to this share.
    private func take(_ page: CensusPage, into state: inout State) {
        let before = state.waiting.count
        for position in 0..<page.count where part.contains(page.chunks[position]) {
            let size = page.sizes[position]
            state.waiting.append((page.chunks[position], size))
            state.summary.presentBytes = Self.sum(state.summary.presentBytes, size)
        }
        state.summary.present += state.waiting.count - before
        guard part.number == 0 else { return }
        state.summary.orphans += page.orphans.count
        state.summary.foreign += page.foreign.count
        state.outside.foreign += page.foreign
        state.outside.findings += page.orphans.map { orphan in
            VerifyFinding(
                index: orphan.index,
                key: array.key(of: orphan.index),
                state: .orphan,
                reason: "it lies outside the grid",
                byteCount: orphan.info.size
            )
        }
    }

    private static let cancelled = StorageError(.cancelled, .read, "the verification was cancelled")

    /// Reads pages of the listing until there is something to decode or the listing has ended.
    private func list() async throws(StorageError) {
        while !isOrdered, state.withLock({ $0.taken == $0.waiting.count }) {
            guard let page = try await census.next() else { return }
            state.withLock { state in
                state.waiting.removeAll(keepingCapacity: true)
                state.taken = 0
                take(page, into: &state)
            }
        }
    }

    private func check(
        _ batch: [(chunk: Int, size: Int64)]
    ) async throws(StorageError) -> VerifyPage {
        let counter = WorkCounter(count: batch.count)
        let tasks = options.taskCount(blocking: array.source.blocking != nil, work: batch.count)
        let checked = Mutex([[VerifyFinding]?](repeating: nil, count: batch.count))
        await onWorkers(tasks) { _ in
            let checker = ChunkChecker(self.array)
            while !Task.isCancelled, let number = counter.next() {
                let (chunk, size) = batch[number]
                let index = self.array.grid.index(at: chunk)
                let found = await checker.flaws(of: index).map { flaw in
                    VerifyFinding(
                        index: index,
                        innerIndex: flaw.inner,
                        key: self.array.key(of: index),
                        state: flaw.failure.state,
                        reason: flaw.failure.reason,
                        byteCount: size < 0 ? nil : Int(size)
                    )
                }
                // A read that was cut says nothing of its chunk.
                if Task.isCancelled { break }
                self.count(found, chunk, size)
                checked.withLock { $0[number] = found }
            }
        }
        let results = checked.withLock { $0 }
        // Those before the first that is not done: a later run begins with that one.
        let done = isOrdered ? results.firstIndex { $0 == nil } ?? results.count : results.count
        guard done > 0, !Task.isCancelled || results.contains(where: { $0 != nil }) else {
            throw Self.cancelled
        }
        var page = VerifyPage()
        for (result, listed) in zip(results[..<done], batch) {
            guard let found = result else { continue }
            page.findings += found
            if found.isEmpty { page.sound.append(listed.chunk) }
        }
        page.findings.sort(by: Self.precedes)
        state.withLock { $0.position = batch[done - 1].chunk + 1 }
        return page
    }

    /// Counts one chunk that was looked at, and tells how far it is.
    private func count(_ found: [VerifyFinding], _ chunk: Int, _ size: Int64) {
        let summary = state.withLock { state in
            state.latest = chunk
            state.summary.checkedBytes = Self.sum(state.summary.checkedBytes, size)
            if let worst = found.map(\.state).max() {
                state.summary.count(worst)
            } else {
                state.summary.checked += 1
            }
            return state.summary
        }
        options.onProgress?(summary.checked, summary.total)
    }

    /// A sum of sizes that listings gave: unknown ones count as nothing, and no sum overflows.
    private static func sum(_ bytes: Int, _ size: Int64) -> Int {
        bytes.addedOrMost(Int(max(0, size)))
    }

    /// The worst state of each chunk that `findings` are about.
    private static func worstStates(_ findings: [VerifyFinding]) -> [ChunkState] {
        var worst: [ChunkIndex: ChunkState] = [:]
        for finding in findings {
            worst[finding.index] = max(worst[finding.index] ?? finding.state, finding.state)
        }
        return Array(worst.values)
    }

    /// The order of the grid, and inside a shard that of its inner chunks.
    private static func precedes(_ left: VerifyFinding, _ right: VerifyFinding) -> Bool {
        guard left.index == right.index else { return left.index < right.index }
        guard let inner = right.innerIndex else { return false }
        return left.innerIndex.map { $0 < inner } ?? true
    }

    /// The orphans, and the start of the search for what is missing.
    private func endOfListing() -> VerifyPage? {
        let counted = census.summary
        return state.withLock { state in
            guard state.missingFrom == nil else {
                state.summary.isComplete = true
                return nil
            }
            state.missingFrom = 0
            state.presence = counted.presence
            // Looking for those of a share would take as long as for all of them.
            if counted.presence.missingCount > Self.missingLimit {
                state.missingFrom = counted.presence.total
                state.summary.missing = state.summary.total - state.summary.present
                state.summary.unnamedMissing = state.summary.missing
            }
            var page = VerifyPage()
            swap(&page, &state.outside)
            return page
        }
    }

    /// The next missing chunks, once the listing has ended.
    private func missing() -> VerifyPage? {
        state.withLock { state in
            guard let presence = state.presence, let start = state.missingFrom else { return nil }
            var page = VerifyPage()
            var following = presence.firstMissing(from: start)
            while let chunk = following, page.findings.count < Self.missingLength {
                if part.contains(chunk) {
                    let index = array.grid.index(at: chunk)
                    page.findings.append(
                        VerifyFinding(
                            index: index,
                            key: array.key(of: index),
                            state: .missing,
                            reason: "it is not stored",
                            byteCount: nil
                        )
                    )
                }
                following = presence.firstMissing(from: chunk + 1)
            }
            state.missingFrom = following ?? presence.total
            state.summary.missing += page.findings.count
            return page.findings.isEmpty ? nil : page
        }
    }
}

extension ArrayNode {
    /// Starts to verify every stored chunk, or one share of them. Nothing is read yet but the start
    /// of the listing.
    ///
    /// With `progress`, chunks are taken in C order from where it says, so that `position` and what
    /// was found make the progress of a later run; then the whole listing is kept, 16 bytes a chunk.
    /// Throws where a codec or the type is not known, or the storage cannot list.
    public func verify(
        _ part: VerifyPart = .all,
        _ options: ReadOptions = ReadOptions(),
        resuming progress: VerifyProgress? = nil
    ) async throws(EngineError) -> Verification {
        _ = try chain()
        return Verification(self, try await census(), part, options, progress)
    }
}
