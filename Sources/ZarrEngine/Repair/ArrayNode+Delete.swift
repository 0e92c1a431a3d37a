internal import Storage
internal import ZarrModel

extension ArrayNode {
    /// Works out what a deletion would remove, and changes nothing.
    ///
    /// Boxes and states are worked out from a complete listing; an incomplete one throws. Chunks
    /// outside the grid are refused, except by the state `orphan`. Documents are never part of it.
    public func deletePlan(_ targets: ChunkTargets) async throws(EngineError) -> DeletePlan {
        switch targets {
        case .indices(let indices):
            return try await plan(of: indices)
        case .box(let box):
            guard box.ranges.count == grid.rank else {
                throw EngineError(
                    .selection,
                    at: path.description,
                    "the box has \(box.ranges.count) dimensions, the array \(grid.rank)"
                )
            }
            return try await listed { index, state in
                state != .orphan && box.contains(index.coordinates)
            }
        case .states(let states):
            return try await listed { _, state in states.contains(state) }
        }
    }

    private func plan(of indices: [ChunkIndex]) async throws(EngineError) -> DeletePlan {
        var plan = DeletePlan(items: [])
        var rule = sizeRule
        for index in Set(indices).sorted() {
            guard grid.contains(index) else {
                throw EngineError(
                    .selection,
                    at: path.description,
                    "there is no chunk \(index) in a grid of \(grid.counts)"
                )
            }
            do throws(StorageError) {
                if let info = try await source.info(index) {
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
        _ isWanted: (ChunkIndex, ChunkState) -> Bool
    ) async throws(EngineError) -> DeletePlan {
        let census = try await census()
        var items: [DeletePlan.Item] = []
        do throws(StorageError) {
            while let page = try await census.next() {
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
        let bin = try await options.usesTrash ? openBin(for: plan, options) : nil
        outcome.trash = bin?.id
        outcome.items = await eachInOrder(plan.items, options) { item in
            await remove(item, bin)
        }
        if let bin, outcome.count(.skipped) == outcome.items.count {
            // Nothing was moved, so there is nothing to bring back.
            try? await bin.trash.store.delete(bin.trash.place(bin.id).key(Trash.journalName))
            outcome.trash = nil
        }
        return outcome
    }

    /// Writes the journal of a deletion; nothing has been moved then.
    private func openBin(
        for plan: DeletePlan,
        _ options: RepairOptions
    ) async throws(EngineError) -> Bin? {
        guard case .store(let store, let prefix) = source.place else { return nil }
        let trash = Trash(store: store, array: prefix)
        let now = WallClock.now()
        let moment = options.moment ?? now.seconds
        var id = TrashIdentifier.make(seconds: moment, number: UInt64(now.nanoseconds))
        do throws(StorageError) {
            if let last = try await trash.ids().last(where: { $0.hasPrefix(id.prefix(16)) }) {
                id = max(id, TrashIdentifier.following(last))
            }
            try await trash.writeJournal(id, plan.items, moment: moment)
        } catch {
            throw EngineError(error, at: path.description)
        }
        return Bin(trash: trash, id: id)
    }

    private func checkDeletion(
        _ plan: DeletePlan,
        _ options: RepairOptions
    ) throws(EngineError) {
        guard capabilities.contains(.delete) else {
            throw EngineError(.refused, at: path.description, "this storage does not delete")
        }
        for item in plan.items {
            let key = Array(keyEncoding.key(for: item.index).utf8)[...]
            let isChunk = keyEncoding.parse(key, rank: grid.rank) == item.index
            guard isChunk, grid.contains(item.index) || item.state == .orphan else {
                throw EngineError(.refused, at: item.key, "this is no chunk of the array")
            }
        }
        guard options.usesTrash else { return }
        guard case .store = source.place, capabilities.isSuperset(of: [.read, .write]) else {
            throw EngineError(
                .refused,
                at: path.description,
                "this storage cannot keep deleted chunks in a trash; delete without one"
            )
        }
    }

    private func remove(
        _ item: DeletePlan.Item,
        _ bin: Bin?
    ) async -> RepairOutcome.Item {
        guard !Task.isCancelled else { return .cancelled(item) }
        do throws(StorageError) {
            guard let now = try await source.info(item.index) else {
                return RepairOutcome.Item(item, .skipped, "it is gone already")
            }
            if let then = item.info, then.differs(from: now) {
                return RepairOutcome.Item(item, .skipped, "it changed since it was looked at")
            }
            if let bin {
                let name = keyEncoding.key(for: item.index)
                let copy = try bin.trash.place(bin.id).key(name)
                guard let bytes = try await source.read(item.index, .all) else {
                    return RepairOutcome.Item(item, .skipped, "it is gone already")
                }
                try await bin.trash.copy(bytes, to: copy)
            }
            try await source.delete(item.index)
            return RepairOutcome.Item(item, .done)
        } catch {
            return RepairOutcome.Item(item, .failed, error.message)
        }
    }
}

/// Where the chunks of one deletion go.
private struct Bin: Sendable {
    var trash: Trash
    var id: String
}

extension RepairOutcome.Item {
    init(_ item: DeletePlan.Item, _ result: RepairOutcome.Result, _ reason: String = "") {
        self.init(index: item.index, key: item.key, result: result, reason: reason)
    }

    static func cancelled(_ item: DeletePlan.Item) -> Self {
        Self(item, .skipped, "it was cancelled before this chunk")
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
