import Explorer
import Storage
import Synchronization
import ZarrEngine
import ZarrModel

extension EffectRunner {
    /// Says what a delete would do. Nothing changes.
    func plan(_ path: String, _ selection: ChunkSelection, _ number: Int) async throws -> News {
        let array = try await store().array(path)
        var boxes: [PlannedBox] = []
        for ranges in selection.boxes {
            let plan = try await array.deletePlan(.box(Region(ranges)))
            boxes.append(await tried(plan, ranges, array))
        }
        let canKeep = array.capabilities.isSuperset(of: [.read, .write, .delete])
        return .deletePlan(
            Explorer::DeletePlan(
                id: "\(number)",
                boxes: boxes,
                trash: canKeep ? "a trash inside the array (.zscope-trash)" : nil
            )
        )
    }

    /// More chunks than this are not decoded to say whether they can be read.
    private static let trialLimit = 64

    private func tried(
        _ plan: ZarrEngine::DeletePlan,
        _ ranges: [Range<Int>],
        _ array: ArrayNode
    ) async -> PlannedBox {
        var box = PlannedBox(
            ranges: ranges,
            present: plan.items.count,
            bytes: plan.byteCount,
            readable: 0,
            broken: 0
        )
        for (place, item) in plan.items.enumerated() {
            guard place < Self.trialLimit, !Task.isCancelled else {
                box.untried += 1
                continue
            }
            switch await ChunkTrial(array).state(of: item.index) {
            case .present: box.readable += 1
            case .short, .corrupt: box.broken += 1
            default: box.untried += 1
            }
        }
        return box
    }

    /// Deletes chunks that a person has confirmed by their number.
    func delete(_ order: DeleteOrder, _ number: Int) async throws -> News {
        guard isWritable else { throw ToolError("the explorer was not started with --write") }
        let array = try await store().array(order.path)
        var items: [ZarrEngine::DeletePlan.Item] = []
        for ranges in order.selection.boxes {
            items += try await array.deletePlan(.box(Region(ranges))).items
        }
        guard items.count == order.confirmedCount else {
            throw ToolError(
                "there are \(items.count) chunks now, not the \(order.confirmedCount) of the plan",
                remedy: "nothing was deleted; look at the plan again"
            )
        }
        let canKeep = array.capabilities.isSuperset(of: [.read, .write])
        let progress = RepairProgress(self, number)
        let outcome = try await array.delete(
            ZarrEngine::DeletePlan(items: items),
            RepairOptions(usesTrash: canKeep, onProgress: progress.step)
        )
        return .deleted(DeleteOutcome(outcome, array))
    }

    /// Brings back what a delete moved to the trash.
    func restore(_ path: String, _ trash: String, _ number: Int) async throws -> News {
        guard isWritable else { throw ToolError("the explorer was not started with --write") }
        let array = try await store().array(path)
        let progress = RepairProgress(self, number)
        let options = RepairOptions(onProgress: progress.step)
        var outcome = DeleteOutcome(try await array.restore(trash, options), array)
        outcome.trash = trash
        return .restored(outcome)
    }
}

/// Reports how far a delete or restore is, about ten times a second.
private final class RepairProgress: Sendable {
    private let runner: EffectRunner
    private let number: Int
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    init(_ runner: EffectRunner, _ number: Int) {
        self.runner = runner
        self.number = number
    }

    var step: @Sendable (_ done: Int, _ total: Int) -> Void {
        { done, total in
            let now = ContinuousClock.now
            let isTime = self.last.withLock { last in
                if let last, now - last < .milliseconds(100) { return false }
                last = now
                return true
            }
            guard isTime else { return }
            self.runner.report(
                self.number,
                .deleteProgress(DeleteProgress(done: done, total: total))
            )
        }
    }
}

extension DeleteOutcome {
    /// What became of each chunk, as the explorer shows it.
    init(_ outcome: RepairOutcome, _ array: ArrayNode) {
        self.init(
            done: outcome.count(.done),
            skipped: outcome.count(.skipped),
            failed: outcome.count(.failed),
            trash: outcome.trash
        )
        changed = outcome.items.filter { $0.result == .done }
            .compactMap { array.grid.linearIndex(of: $0.index) }
        failures = outcome.items.filter { $0.result == .failed }
            .map { ItemFailure(key: $0.key, reason: $0.reason) }
        isPartial = Task.isCancelled
    }
}
