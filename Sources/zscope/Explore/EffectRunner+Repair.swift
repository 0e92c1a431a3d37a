import Explorer
import JSONValue
import Storage
import Synchronization
import ZarrEngine
import ZarrModel

extension EffectRunner {
    /// Says what the staged changes would do, and keeps it. Nothing changes.
    func plan(_ request: PlanRequest, _ number: Int) async throws -> News {
        let open = try store()
        let array = try await open.array(request.path)
        let seen = desk.seen(open.name(of: request.path))
        let pulse = Pulse()
        var planner = ChangePlanner(open, array, request, seen) { [weak self] standing in
            if pulse.isDue { self?.report(number, .planStanding(standing)) }
        }
        let (plan, held) = try await planner.plan("\(number)")
        desk.hold(held)
        return .deletePlan(plan)
    }

    /// Whether chunks of the array at `path` can take their values from what `locator` names.
    func check(source locator: String, of path: String) async throws -> News {
        let open = try store()
        let array = try await open.array(path)
        let source = try await ChangePlanner.source(locator, of: path, in: open)
        guard source.metadata.shape == array.metadata.shape else {
            throw ToolError("\(source.path) there has another shape than \(path)")
        }
        return .sourceFits
    }

    /// Carries out the plan that a person has confirmed by its number.
    func delete(_ order: DeleteOrder, _ number: Int) async throws -> News {
        guard isWritable else { throw ToolError("the explorer was not started with --write") }
        guard let held = desk.plan(order.plan), held.request.path == order.path,
            held.store === (try store()), held.count == order.confirmedCount
        else {
            throw ToolError(
                "this is not the plan that was looked at",
                remedy: "nothing was changed; look at the plan again"
            )
        }
        desk.drop()
        let keeps = held.store.keepsTrash(held.array)
        let journal = journal(held.store, order.path, number)
        let name = held.store.name(of: order.path)
        let progress = ChangeProgress(
            self,
            number,
            total: held.count,
            held.array,
            named: name,
            journal
        )
        var outcome = DeleteOutcome(done: 0)
        held.store.outdate(order.path)
        do {
            try await carryOut(held, keeps, progress, &outcome)
        } catch {
            await progress.finish()
            throw error
        }
        await progress.finish()
        outcome.skipped += held.changed.count
        outcome.failures = held.changed.map {
            ItemFailure(key: $0.key, reason: "it changed since the census", isSkipped: true)
        }
        outcome.journal = progress.journalWords
        outcome.isPartial = Task.isCancelled
        return .deleted(outcome)
    }

    private func carryOut(
        _ held: ChangeDesk.HeldPlan,
        _ keeps: Bool,
        _ progress: ChangeProgress,
        _ outcome: inout DeleteOutcome
    ) async throws {
        var actions: [ChunkIndex: String] = [:]
        for part in held.parts.dropFirst() {
            for item in part.change.chunks { actions[item.index] = part.action.word }
        }
        let first = held.parts.first?.action.word ?? ""
        let others = actions
        let options = progress.options(usesTrash: keeps) { others[$0] ?? first }
        let done = try await held.array.change(held.parts.map(\.change), options)
        outcome.add(done)
        guard let vacuum = held.vacuum, !Task.isCancelled else { return }
        let removed = try await held.store.hierarchy.vacuum(
            vacuum,
            progress.options(usesTrash: keeps) { _ in "vacuum" }
        )
        for item in removed.items where item.index == nil { progress.take(item) }
        outcome.done += removed.count(.done)
        outcome.skipped += removed.count(.skipped)
        outcome.failed += removed.count(.failed)
        outcome.unknown += removed.count(.unknown)
        if let trash = removed.trash { outcome.trashes.append(trash) }
    }

    /// Brings back what a change moved to the trash.
    func restore(_ path: String, _ trash: String, _ number: Int) async throws -> News {
        guard isWritable else { throw ToolError("the explorer was not started with --write") }
        let open = try store()
        let array = try await open.array(path)
        let total = try await array.trash().first { $0.id == trash }?.chunkCount ?? 0
        let journal = journal(open, path, number)
        let name = open.name(of: path)
        let progress = ChangeProgress(self, number, total: total, array, named: name, journal)
        open.outdate(path)
        var outcome = DeleteOutcome(done: 0)
        do {
            let options = progress.options(usesTrash: false) { _ in "restore" }
            outcome.add(try await array.restore(trash, options))
        } catch {
            await progress.finish()
            throw error
        }
        await progress.finish()
        outcome.trashes = [trash]
        outcome.journal = progress.journalWords
        outcome.isPartial = Task.isCancelled
        return .restored(outcome)
    }

    /// The deletions in an array's trash.
    func trashes(_ path: String) async throws -> News {
        let array = try await store().array(path)
        return .trashes(
            try await array.trash().map { entry in
                TrashCard(
                    id: entry.id,
                    count: entry.chunkCount,
                    made: entry.moment.map(Timestamp.plain) ?? ""
                )
            }
        )
    }

    private func journal(_ open: OpenStore, _ path: String, _ number: Int) -> ChangeJournal? {
        let moment = Timestamp.iso(Int64(WallTime.seconds)).filter { $0 != ":" && $0 != "-" }
        return ChangeJournal(
            "\(moment)-\(WallTime.process)-\(number).ndjson",
            [
                "store": .string("\(open.location.locator.at(node: nil))"),
                "array": .string(path),
            ]
        )
    }
}

extension DeleteOutcome {
    /// Adds what became of the chunks of an array. Where the trash holds nothing it is not named.
    fileprivate mutating func add(_ outcome: RepairOutcome) {
        done += outcome.count(.done)
        skipped += outcome.count(.skipped)
        failed += outcome.count(.failed)
        unknown += outcome.count(.unknown)
        if let trash = outcome.trash { trashes.append(trash) }
    }
}

/// Says about ten times a second that it is time to tell of something.
private final class Pulse: Sendable {
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    /// Whether nothing was told for a while; the one who asks tells it then.
    var isDue: Bool {
        let now = ContinuousClock.now
        return last.withLock { last in
            if let last, now - last < .milliseconds(100) { return false }
            last = now
            return true
        }
    }
}
