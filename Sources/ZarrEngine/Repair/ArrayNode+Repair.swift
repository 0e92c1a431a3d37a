internal import Storage
internal import Synchronization
internal import ZarrModel

extension ArrayNode {
    /// Mends the chunks of `plan` on the engine's threads. Each object is copied into the trash, and the
    /// copy compared, before it is replaced as a whole or removed; what was written is read back. A
    /// chunk that changed since the plan is left alone.
    ///
    /// Throws before anything is changed where the storage cannot do it. After that, what becomes of
    /// each chunk is in the outcome; cancelling stops before the next object. `restore` undoes it.
    public func repair(
        _ plan: RepairPlan,
        _ options: RepairOptions = RepairOptions()
    ) async throws(EngineError) -> RepairOutcome {
        try checkRepair(needs: [.read, .write, .delete], options)
        var outcome = RepairOutcome()
        outcome.isDryRun = options.isDryRun
        for item in plan.items { try checkNamesChunk(item.chunk, allowsOrphans: false) }
        guard !plan.items.isEmpty else { return outcome }
        let isKept = options.usesTrash && !options.isDryRun
        let bin = try await isKept ? openBin(plan.items.map(\.chunk), options) : nil
        outcome.trash = bin?.id
        outcome.items = await mendAll(plan, bin, options)
        if let bin, options.bin == nil, outcome.count(.done) == 0, await bin.discardIfEmpty() {
            outcome.trash = nil
        }
        return outcome
    }

    private func mendAll(
        _ plan: RepairPlan,
        _ bin: Bin?,
        _ options: RepairOptions
    ) async -> [RepairOutcome.Item] {
        let counter = WorkCounter(count: plan.items.count)
        let found = Mutex<[(Int, [RepairOutcome.Item])]>([])
        await onWorkers(min(Machine.coreCount, plan.items.count)) { _ in
            let mender = ChunkMender(self, plan.remedy)
            while let number = counter.next() {
                let items = await mend(plan.items[number], plan.remedy, mender, bin, options)
                for item in items { await options.onItem?(item) }
                let done = found.withLock { found in
                    found.append((number, items))
                    return found.count
                }
                options.onProgress?(done, plan.items.count)
            }
        }
        return found.withLock { $0.sorted { $0.0 < $1.0 }.flatMap(\.1) }
    }

    private func mend(
        _ item: RepairPlan.Item,
        _ remedy: ChunkRemedy,
        _ mender: ChunkMender,
        _ bin: Bin?,
        _ options: RepairOptions
    ) async -> [RepairOutcome.Item] {
        let chunk = item.chunk
        guard !Task.isCancelled else {
            return outcomes(of: item, .skipped, "").map(\.cancelled)
        }
        var hasBegun = false
        do {
            guard try await isUnchanged(chunk) else {
                return outcomes(of: item, .skipped, "it changed since it was looked at")
            }
            let old = try await source.read(chunk.index, .all)
            let mended =
                item.inner.isEmpty
                ? try await mender.mend(chunk.index, old)
                : try await mender.mend(chunk.index, inner: item.inner, old)
            guard mended.bytes != old else {
                let reason = old == nil ? remedy.whyNothing : Self.unchangedReason
                return outcomes(of: item, .skipped, reason, mended.failures)
                    .map { $0.omitted(.needless) }
            }
            if !options.isDryRun {
                let key = keyEncoding.key(for: chunk.index)
                if let old { try await bin?.keep(old, of: key) }
                if let bytes = mended.bytes {
                    try await bin?.note(ChunkReceipt(of: bytes), of: key)
                }
                hasBegun = true
                guard try await put(mended.bytes, at: chunk.index) else {
                    let reason = "what was written does not read back the same"
                    return outcomes(of: item, .failed, reason, mended.failures)
                }
            }
            return outcomes(of: item, .done, "", mended.failures).map { one in
                var one = one
                one.storedBytes = mended.bytes?.count
                return one
            }
        } catch {
            let failure = error as? ChunkFailure
            let reason = failure?.reason ?? (error as? StorageError)?.message
            return outcomes(of: item, .failed, reason ?? "\(error)")
                .map { $0.stopped(by: error, hasBegun) }
        }
    }

    private static let unchangedReason = "its bytes are already what they would become"

    /// Whether a chunk is as the plan saw it.
    private func isUnchanged(_ chunk: DeletePlan.Item) async throws(StorageError) -> Bool {
        switch (chunk.info, try await source.info(chunk.index)) {
        case (nil, nil): true
        case (let then?, let now?): !then.differs(from: now)
        default: false
        }
    }

    /// What became of the chunks of one object: of the object, or of each inner chunk that was named.
    private func outcomes(
        of item: RepairPlan.Item,
        _ result: RepairOutcome.Result,
        _ reason: String,
        _ failures: [ChunkIndex: ChunkFailure] = [:]
    ) -> [RepairOutcome.Item] {
        let whole = RepairOutcome.Item(item.chunk, result, reason)
        guard !item.inner.isEmpty else { return [whole] }
        return item.inner.map { inner in
            var one = whole
            one.innerIndex = inner
            if let failure = failures[inner] {
                one.result = .failed
                one.reason = failure.reason
            }
            return one
        }
    }
}

extension RepairOutcome.Item {
    /// The same with why it was skipped; what failed stays as it is.
    fileprivate func omitted(_ omission: RepairOutcome.Omission) -> Self {
        var one = self
        if result == .skipped { one.omission = omission }
        return one
    }
}

extension ChunkRemedy {
    /// Why nothing comes of mending a chunk that is not stored.
    fileprivate var whyNothing: String {
        switch self {
        case .copy: "it is not stored, and the other array does not store it either"
        case .resetToFill, .reEncode: "it is not stored"
        }
    }
}
