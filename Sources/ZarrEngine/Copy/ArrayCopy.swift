internal import Codecs
internal import Storage
internal import Synchronization
internal import ZarrModel

/// The copying of one array's chunks, while it goes on.
final class ArrayCopy: Sendable {
    private struct State {
        var outcome = CopyOutcome()
        var error: EngineError?
        /// Chunks that failed: verification has nothing to say of them.
        var failed: Set<ChunkIndex> = []
        var done = 0
    }

    let plan: CopyPlan.Array
    private let options: CopyOptions
    private let way: CopyPlan.Way
    private let blocks: CopyBlocks
    private let due: DueBlocks
    /// Which chunks the source has; `nil` where it cannot list.
    private let sourcePresence: ChunkPresence?
    /// Which chunks an earlier run has copied.
    private let kept: ChunkPresence?
    /// Tells how many more chunks are done.
    private let onProgress: @Sendable (Int) -> Void
    private let state = Mutex(State())

    init?(
        _ plan: CopyPlan.Array,
        _ way: CopyPlan.Way,
        _ options: CopyOptions,
        sourcePresence: ChunkPresence?,
        kept: ChunkPresence?,
        onProgress: @escaping @Sendable (Int) -> Void
    ) {
        self.plan = plan
        self.way = way
        self.options = options
        self.sourcePresence = sourcePresence
        self.kept = kept
        self.onProgress = onProgress
        let copy = plan.node.metadata
        let isAlike = way != .values
        let pieces = isAlike ? copy.chunkShape : plan.source.decodedPieces
        let size = max(1, copy.dataType.byteCount ?? 16)
        let limit = isAlike ? 0 : max(1, options.blockByteLimit / size)
        guard let blocks = CopyBlocks(of: copy, sourceChunk: pieces, limit: limit) else {
            return nil
        }
        self.blocks = blocks
        // What is absent in the source is looked at only where it is to be stored all the same.
        let stored = options.storesFill ? nil : sourcePresence.map { [(plan.source, $0)] }
        due = stored.map { DueBlocks(blocks, of: plan.node.grid, $0) } ?? DueBlocks(all: blocks)
    }

    /// Copies every chunk. What failed in the source is in the outcome; throws where the destination
    /// fails, and when it is cancelled.
    func run() async throws(EngineError) -> CopyOutcome {
        let isBlocking = plan.source.source.blocking != nil && plan.node.source.blocking != nil
        let usual = isBlocking ? Machine.coreCount : 8
        let tasks = max(1, min(options.workerCount ?? usual, due.count, 64))
        if due.idleChunks > 0 { onProgress(due.idleChunks) }
        await onWorkers(tasks) { _ in
            let units =
                self.way == .units ? UnitCopier(from: self.plan.source, to: self.plan.node) : nil
            while !Task.isCancelled, let number = self.due.next() {
                await self.copy(number, units)
            }
        }
        if Task.isCancelled {
            throw EngineError(.cancelled, at: plan.path.description, "the copy was cancelled")
        }
        let (outcome, error) = state.withLock { ($0.outcome, $0.error) }
        if let error { throw error }
        return countIdle(outcome)
    }

    /// `outcome` with the chunks that nobody looked at: what an earlier run has copied of them, and the
    /// others of which nothing is stored.
    private func countIdle(_ outcome: CopyOutcome) -> CopyOutcome {
        let copied = min(due.idleChunks, max(0, (kept?.count ?? 0) - outcome.kept))
        return state.withLock { state in
            state.outcome.kept += copied
            state.outcome.empty += due.idleChunks - copied
            return state.outcome
        }
    }

    /// Reads back what was copied and compares it with the source, chunk by chunk. `copied` is what the
    /// copy has now: where neither side stores anything, both are fill. `nil` where it cannot list.
    func verify(_ copied: ChunkPresence?) async throws(EngineError) -> CopyOutcome {
        let due: DueBlocks
        let fills = (plan.source.metadata.fillValue.bytes, plan.node.metadata.fillValue.bytes)
        if let sourcePresence, let copied, fills.0 == fills.1 {
            let stored = [(plan.source, sourcePresence), (plan.node, copied)]
            due = DueBlocks(blocks, of: plan.node.grid, stored)
        } else {
            due = DueBlocks(all: blocks)
        }
        let failed = state.withLock { state in
            state.outcome.verified += due.idleChunks
            return state.failed
        }
        let tasks = max(1, min(options.workerCount ?? Machine.coreCount, due.count, 64))
        await onWorkers(tasks) { _ in
            while !Task.isCancelled, let number = due.next() {
                await self.compare(number, without: failed)
            }
        }
        if Task.isCancelled {
            throw EngineError(.cancelled, at: plan.path.description, "the copy was cancelled")
        }
        return state.withLock { $0.outcome }
    }

    // MARK: - One block

    private func copy(_ number: Int, _ units: UnitCopier?) async {
        let box = blocks.chunks(number)
        var due = box.indices
        let all = due.count
        if let kept {
            due.removeAll { index in
                plan.node.grid.linearIndex(of: index).map(kept.contains) ?? false
            }
            state.withLock { $0.outcome.kept += all - due.count }
        }
        if !due.isEmpty {
            let count = due.count
            if isAbsent(box), !options.storesFill {
                state.withLock { $0.outcome.empty += count }
            } else if way != .values {
                for index in due { await copyStored(index, units) }
            } else if await !copyTogether(box, isWhole: count == all) {
                for index in due { await copyChunk(index) }
            }
        }
        onProgress(all)
    }

    /// Copies the values of a block all at once, where all of it is due and can be read.
    private func copyTogether(_ box: Region, isWhole: Bool) async -> Bool {
        guard isWhole else { return false }
        return await copyValues(blocks.elements(box))
    }

    /// Whether the source is known to store nothing in a box of chunks of the copy.
    private func isAbsent(_ box: Region) -> Bool {
        guard let sourcePresence else { return false }
        let elements = blocks.elements(box)
        let ranges = zip(plan.source.metadata.axes, elements.ranges).map { $0.chunks(touching: $1) }
        // Looking at very many would cost more than reading them.
        guard let count = ranges.map(\.count).checkedProduct(), count <= 1 << 16 else {
            return false
        }
        return Region(ranges).indices.allSatisfy { index in
            plan.source.grid.linearIndex(of: index).map { !sourcePresence.contains($0) } ?? true
        }
    }

    /// The bytes that the copy is to store for a chunk; `nil` for none.
    private func stored(
        _ index: ChunkIndex,
        _ units: UnitCopier?
    ) async throws(ChunkFailure) -> [UInt8]? {
        if let units { return try await units.bytes(of: index) }
        do throws(StorageError) {
            return try await plan.source.source.read(index, .all)
        } catch {
            throw ChunkFailure(error)
        }
    }

    /// Copies a chunk without decoding it.
    private func copyStored(_ index: ChunkIndex, _ units: UnitCopier?) async {
        let bytes: [UInt8]?
        do throws(ChunkFailure) {
            bytes = try await stored(index, units)
        } catch {
            fail(index, plan.source.key(of: index), error)
            return
        }
        guard let bytes else {
            if options.storesFill { return await copyChunk(index) }
            state.withLock { $0.outcome.empty += 1 }
            return
        }
        do throws(StorageError) {
            try await plan.node.source.write(index, bytes)
            state.withLock { state in
                state.outcome.copied += 1
                state.outcome.storedBytes += bytes.count
            }
        } catch {
            stop(EngineError(writing: error, at: plan.node.key(of: index)))
        }
    }

    /// Copies the values of a region that is made of whole chunks of the copy; `false` where something
    /// of it cannot be read, and nothing was written.
    private func copyValues(_ region: Region) async -> Bool {
        let values: ArrayValues
        do throws(EngineError) {
            values = try await plan.source.read(ResolvedSelection(region: region), reading)
        } catch {
            return false
        }
        await write(values, to: region)
        return true
    }

    /// Copies the values of one chunk of the copy.
    private func copyChunk(_ index: ChunkIndex) async {
        guard !Task.isCancelled, !due.isStopped else { return }
        let region = plan.node.metadata.chunkRegion(index)
        let values: ArrayValues
        do throws(EngineError) {
            values = try await plan.source.read(ResolvedSelection(region: region), reading)
        } catch {
            if error.code != .cancelled { fail(index, error.location, ChunkFailure(error)) }
            return
        }
        await write(values, to: region)
    }

    private func write(_ values: ArrayValues, to region: Region) async {
        let options = WriteOptions(
            storesFill: options.storesFill,
            workerCount: 1,
            concurrentWrites: 4
        )
        do throws(EngineError) {
            let selection = ResolvedSelection(region: region)
            let written = try await plan.node.write(NewValues(values), to: selection, options)
            state.withLock { state in
                state.outcome.encoded += written.writtenChunks
                state.outcome.empty += written.emptyChunks
                state.outcome.storedBytes += written.storedBytes
            }
        } catch {
            stop(error)
        }
    }

    private var reading: ReadOptions {
        ReadOptions(workerCount: 1, concurrentReads: 4)
    }

    // MARK: - Comparing

    private func compare(_ number: Int, without failed: Set<ChunkIndex>) async {
        let box = blocks.chunks(number)
        let due = box.indices.filter { !failed.contains($0) }
        if due.count > 1, await isSame(blocks.elements(box)) {
            state.withLock { $0.outcome.verified += due.count }
            return
        }
        for index in due {
            guard !Task.isCancelled else { return }
            await compare(index)
        }
    }

    /// Whether a region can be read on both sides, and has the same values there.
    private func isSame(_ region: Region) async -> Bool {
        let selection = ResolvedSelection(region: region)
        guard let source = try? await plan.source.read(selection, reading),
            let copy = try? await plan.node.read(selection, reading)
        else { return false }
        return source.isSame(as: copy)
    }

    private func compare(_ index: ChunkIndex) async {
        let selection = ResolvedSelection(region: plan.node.metadata.chunkRegion(index))
        do throws(EngineError) {
            let source = try await plan.source.read(selection, reading)
            let copy = try await plan.node.read(selection, reading)
            state.withLock { $0.outcome.verified += 1 }
            guard !source.isSame(as: copy) else { return }
            let reason = "the copy does not have the values of the source"
            fail(index, plan.node.key(of: index), .corrupt, reason)
        } catch {
            guard error.code != .cancelled else { return }
            fail(index, error.location, ChunkFailure(error))
        }
    }

    // MARK: - What was met

    private func fail(_ index: ChunkIndex, _ key: String, _ failure: ChunkFailure) {
        fail(index, key, failure.state, failure.reason)
    }

    private func fail(_ index: ChunkIndex, _ key: String, _ what: ChunkState, _ reason: String) {
        let failure = CopyFailure(
            path: plan.source.path,
            index: index,
            key: key,
            state: what,
            reason: reason
        )
        state.withLock { state in
            state.outcome.failures.append(failure)
            state.failed.insert(index)
        }
    }

    private func stop(_ error: EngineError) {
        state.withLock { $0.error = $0.error ?? error }
        due.stop()
    }
}

extension ArrayNode {
    /// The shape of what is decoded at a time: an inner chunk where shards are read by ranges.
    fileprivate var decodedPieces: [Int] {
        guard capabilities.contains(.ranges), let layout = try? chain().shardLayout else {
            return metadata.chunkShape
        }
        return layout.innerShape
    }
}

extension ArrayValues {
    /// Whether the elements are the same, bit by bit.
    func isSame(as other: ArrayValues) -> Bool {
        guard shape == other.shape else { return false }
        if let variable { return variable == other.variable }
        return withBytes { left in other.withBytes { right in left.isSame(as: right) } }
    }
}
