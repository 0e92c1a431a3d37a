internal import Storage
internal import ZarrModel

extension ArrayNode {
    /// Works out what a deletion would remove, and changes nothing.
    ///
    /// Boxes and states are worked out from a complete listing; an incomplete one throws. Chunks
    /// outside the grid are refused, except by the state `orphan`. Documents are never part of it.
    /// `onProgress` is told how many chunks were looked at, or objects listed; of a listing nobody knows how
    /// many there are.
    public func deletePlan(
        _ targets: ChunkTargets,
        onProgress: PlanProgress? = nil
    ) async throws(EngineError) -> DeletePlan {
        switch targets {
        case .indices(let indices):
            return try await plan(of: indices, onProgress)
        case .box(let box):
            guard box.ranges.count == grid.rank else {
                throw EngineError(
                    .selection,
                    at: path.description,
                    "the box has \(box.ranges.count) dimensions, the array \(grid.rank)"
                )
            }
            return try await listed(onProgress) { index, state in
                state != .orphan && box.contains(index.coordinates)
            }
        case .boxes(let boxes):
            let wanted = try BoxSet(boxes, rank: grid.rank, at: path.description)
            return try await listed(onProgress) { index, state in
                state != .orphan && wanted.contains(index.coordinates)
            }
        case .states(let states):
            return try await listed(onProgress) { _, state in states.contains(state) }
        }
    }

    private func plan(
        of indices: [ChunkIndex],
        _ onProgress: PlanProgress?
    ) async throws(EngineError) -> DeletePlan {
        var plan = DeletePlan(items: [])
        var rule = sizeRule
        let sorted = Set(indices).sorted()
        if let other = sorted.first(where: { !grid.contains($0) }) {
            throw EngineError(
                .selection,
                at: path.description,
                "there is no chunk \(other) in a grid of \(grid.counts)"
            )
        }
        // One waits for many answers at once, and not for one after another.
        let looks = await eachInOrder(sorted, RepairOptions(onProgress: onProgress)) { index in
            do throws(StorageError) {
                return Result<ObjectInfo?, StorageError>.success(try await source.info(index))
            } catch {
                return .failure(error)
            }
        }
        for (index, look) in zip(sorted, looks) {
            do throws(StorageError) {
                if let info = try look.get() {
                    let state = rule.state(ofSize: info.size.map(Int64.init) ?? -1, index)
                    plan.items.append(item(index, info, state))
                } else {
                    plan.absent.append(index)
                }
            } catch {
                throw EngineError(error, at: key(of: index))
            }
        }
        return plan
    }

    /// The listed chunks that `isWanted` picks, in the order of the grid.
    private func listed(
        _ onProgress: PlanProgress?,
        _ isWanted: (ChunkIndex, ChunkState) -> Bool
    ) async throws(EngineError) -> DeletePlan {
        let census = try await census()
        var items: [DeletePlan.Item] = []
        var listed = 0
        do throws(StorageError) {
            while let page = try await census.next() {
                listed += page.count
                onProgress?(listed, nil)
                for position in 0..<page.count {
                    let index = grid.index(at: page.chunks[position])
                    let state = page.states[position]
                    guard isWanted(index, state) else { continue }
                    items.append(item(index, page.info(position), state))
                }
                for orphan in page.orphans where isWanted(orphan.index, .orphan) {
                    items.append(item(orphan.index, orphan.info, .orphan))
                }
            }
        } catch {
            throw EngineError(error, at: path.description)
        }
        return DeletePlan(items: items.sorted { $0.index < $1.index })
    }

    private func item(
        _ index: ChunkIndex,
        _ info: ObjectInfo?,
        _ state: ChunkState
    ) -> DeletePlan.Item {
        DeletePlan.Item(index: index, key: key(of: index), info: info, state: state)
    }

    /// Deletes the chunks of `plan`, a few at a time; each is copied into the trash and the copy
    /// compared before it is removed. A chunk that changed since the plan is left alone.
    ///
    /// Throws before anything is changed where the storage cannot do it. After that, what becomes of
    /// each chunk is in the outcome; cancelling stops before the next chunk.
    public func delete(
        _ plan: DeletePlan,
        _ options: RepairOptions = RepairOptions()
    ) async throws(EngineError) -> RepairOutcome {
        try checkDeletion(plan, options)
        var outcome = RepairOutcome()
        outcome.isDryRun = options.isDryRun
        guard !options.isDryRun, !plan.items.isEmpty else {
            outcome.items = plan.items.map { RepairOutcome.Item($0, .done) }
            return outcome
        }
        let bin = try await options.usesTrash ? openBin(plan.items, options) : nil
        outcome.trash = bin?.id
        outcome.items = await eachInOrder(plan.items, options) { item in
            let became = await remove(item, bin)
            await options.onItem?(became)
            return became
        }
        if let bin, options.bin == nil, outcome.count(.done) == 0, await bin.discardIfEmpty() {
            outcome.trash = nil
        }
        return outcome
    }

    func checkDeletion(
        _ plan: DeletePlan,
        _ options: RepairOptions
    ) throws(EngineError) {
        try checkRepair(needs: .delete, options)
        for item in plan.items { try checkNamesChunk(item, allowsOrphans: true) }
    }

    private func remove(
        _ item: DeletePlan.Item,
        _ bin: Bin?
    ) async -> RepairOutcome.Item {
        guard !Task.isCancelled else { return .cancelled(item) }
        var hasBegun = false
        do throws(StorageError) {
            guard let now = try await source.info(item.index) else {
                return RepairOutcome.Item(item, .skipped, "it is gone already")
            }
            if let then = item.info, then.differs(from: now) {
                return RepairOutcome.Item(item, .skipped, "it changed since it was looked at")
            }
            if let bin {
                guard let bytes = try await source.read(item.index, .all) else {
                    return RepairOutcome.Item(item, .skipped, "it is gone already")
                }
                try await bin.keep(bytes, of: keyEncoding.key(for: item.index))
            }
            hasBegun = true
            try await source.delete(item.index)
            return RepairOutcome.Item(item, .done)
        } catch {
            return RepairOutcome.Item(item, .failed, error.message).stopped(by: error, hasBegun)
        }
    }
}

extension RepairOutcome.Item {
    init(_ item: DeletePlan.Item, _ result: RepairOutcome.Result, _ reason: String = "") {
        self.init(index: item.index, key: item.key, result: result, reason: reason)
    }

    static func cancelled(_ item: DeletePlan.Item) -> Self {
        Self(item, .skipped).cancelled
    }

    /// The same as something that was not begun, since the work was cancelled.
    var cancelled: Self {
        var one = self
        one.result = .skipped
        one.reason = "it was cancelled before this chunk"
        one.omission = .cancelled
        return one
    }

    /// The failure, unless the work was stopped: then nothing was done before the change had begun, and
    /// after that nobody knows.
    func stopped(by error: any Error, _ hasBegun: Bool) -> Self {
        let code = (error as? StorageError)?.code
        var one = self
        one.isOutOfSpace = code == .noSpace || code == .quota
        guard code == .cancelled || Task.isCancelled && !hasBegun else { return one }
        guard hasBegun else { return cancelled }
        one.result = .unknown
        one.reason = "it was stopped on its way: whether it was done is not known"
        return one
    }
}

extension ObjectInfo {
    /// Whether something that both know is not the same.
    func differs(from other: ObjectInfo) -> Bool {
        func differ<Value: Equatable>(_ left: Value?, _ right: Value?) -> Bool {
            left != nil && right != nil && left != right
        }
        return differ(size, other.size) || differ(modified, other.modified)
            || differ(tag, other.tag)
    }
}
