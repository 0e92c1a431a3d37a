internal import Storage
internal import ZarrModel

extension ZarrHierarchy {
    /// Removes what `plan` names: orphans into the trash of their arrays, leftovers for good. What
    /// changed since the plan is left alone, and nothing else is touched.
    ///
    /// Throws before anything is changed where the storage does not delete, or cannot keep a trash that
    /// is asked for. After that, what becomes of each object is in the outcome.
    public func vacuum(
        _ plan: VacuumPlan,
        _ options: RepairOptions = RepairOptions()
    ) async throws(EngineError) -> VacuumOutcome {
        var outcome = VacuumOutcome()
        for orphans in plan.orphans { try orphans.array.checkRepair(needs: .delete, options) }
        guard options.isDryRun || plan.count == 0 || capabilities.contains(.delete) else {
            throw EngineError(.refused, at: root.description, "this storage does not delete")
        }
        var deletion = options
        for orphans in plan.orphans {
            let done = try await orphans.array.delete(orphans.chunks, deletion)
            // One name for the deletion in every array, so that it can be named once.
            outcome.trash = outcome.trash ?? done.trash
            deletion.deletionName = outcome.trash
            for (item, chunk) in zip(done.items, orphans.chunks.items) {
                outcome.items.append(
                    VacuumOutcome.Item(
                        index: item.index,
                        key: item.key,
                        byteCount: chunk.info?.size,
                        result: item.result,
                        reason: item.reason
                    )
                )
            }
        }
        outcome.items += await eachInOrder(plan.leftovers, options) { leftover in
            await remove(leftover, plan.moment, options)
        }
        return outcome
    }

    /// What the storage can do.
    var capabilities: Capabilities {
        switch storage {
        case .store(let store): store.capabilities
        case .array(let backend): backend.capabilities
        }
    }

    private func remove(
        _ leftover: Leftover,
        _ moment: Int64,
        _ options: RepairOptions
    ) async -> VacuumOutcome.Item {
        func item(_ result: RepairOutcome.Result, _ reason: String) -> VacuumOutcome.Item {
            VacuumOutcome.Item(
                key: leftover.key,
                byteCount: leftover.info.size,
                result: result,
                reason: reason
            )
        }
        guard !Task.isCancelled else {
            return item(.skipped, "it was cancelled before this object")
        }
        guard case .store(let store) = storage else { return item(.failed, "no store") }
        guard !options.isDryRun else { return item(.done, leftover.maker) }
        var hasBegun = false
        do throws(StorageError) {
            let key = try StoreKey(leftover.key)
            let isGone: Bool
            if leftover.isHidden {
                guard let store = store.leftoverStore else {
                    return item(.failed, "no store")
                }
                hasBegun = true
                isGone = try await store.removeLeftover(key, unchangedSince: moment)
            } else {
                guard let now = try await store.info(key) else {
                    return item(.skipped, "it is gone already")
                }
                isGone = !leftover.info.differs(from: now)
                hasBegun = isGone
                if isGone { try await store.delete(key) }
            }
            return isGone
                ? item(.done, leftover.maker)
                : item(.skipped, "it changed since it was looked at: its writer is alive")
        } catch {
            guard error.code == .cancelled else { return item(.failed, error.message) }
            return hasBegun
                ? item(.unknown, "it was stopped on its way: whether it was done is not known")
                : item(.skipped, "it was cancelled before this object")
        }
    }
}
