import Explorer
import Storage
import Synchronization
import ZarrEngine
import ZarrModel

/// Gathers what became of each object, reports it about ten times a second, and asks after failures.
final class ChangeProgress: Sendable {
    private struct State {
        var last: ContinuousClock.Instant?
        var done = 0
        var skipped = 0
        var changed = Explorer::CensusPage()
        var failures: [ItemFailure] = []
        /// Chunks that may not be what is known of them.
        var doubtful: [ChunkIndex] = []
        /// Those of them that were stopped on their way, by key.
        var stopped: [ChunkIndex: String] = [:]
    }

    /// More chunks than these are not looked at after they failed: storage that is down answers none.
    private static let doubtLimit = 16

    private let runner: EffectRunner
    private let number: Int
    private let total: Int
    private let array: ArrayNode
    private let name: String
    private let journal: ChangeJournal?
    private let gate: FailureGate
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    /// Begins to gather for request `number`, of `total` objects of the array that is known as `name`.
    init(
        _ runner: EffectRunner,
        _ number: Int,
        total: Int,
        _ array: ArrayNode,
        named name: String,
        _ journal: ChangeJournal?
    ) {
        self.runner = runner
        self.number = number
        self.total = total
        self.array = array
        self.name = name
        self.journal = journal
        gate = FailureGate(
            ask: { runner.report(number, .deleteQuestion($0)) },
            stop: { runner.perform(Effect(0, .cancel(number))) }
        )
        runner.desk.open(gate, number)
    }

    /// What is to be told of each chunk of which `action` tells what is done.
    func options(
        usesTrash: Bool,
        _ action: @escaping @Sendable (ChunkIndex) -> String
    ) -> RepairOptions {
        var options = RepairOptions(usesTrash: usesTrash)
        options.onItem = { item in await self.take(item, action(item.index)) }
        return options
    }

    private func take(_ item: RepairOutcome.Item, _ action: String) async {
        guard item.omission != .cancelled else { return }
        let place = array.grid.linearIndex(of: item.index)
        let chunk = item.result == .done ? place : nil
        // What it is now is looked at: by its size it may be short, and it has a time of its own.
        let look =
            chunk != nil && item.storedBytes != nil
            ? try? await array.look(at: array.keyEncoding.key(for: item.index)) : nil
        // What this program did itself is no change behind its back; what it left alone stays noted.
        if let place, item.result != .skipped { runner.desk.forget([place], of: name) }
        note(action, key: item.key, item.index, item.result, item.reason, item.storedBytes) {
            state in
            guard let chunk else { return }
            let size = item.storedBytes
            let now = look?.state ?? (size == nil ? .missing : .present)
            state.append(chunk, now, size: Int64(look?.info.size ?? size ?? -1))
            state.modified.append(look?.info.modified ?? -1)
        }
        let isFailed = item.result == .failed
        if isFailed || item.result == .unknown {
            state.withLock { state in
                if state.doubtful.count < Self.doubtLimit { state.doubtful.append(item.index) }
                if !isFailed { state.stopped[item.index] = item.key }
            }
        }
        await gate.pass(isFailed ? ItemFailure(key: item.key, reason: item.reason) : nil)
    }

    /// Notes what became of an object that is no chunk of the grid.
    func take(_ item: VacuumOutcome.Item) {
        note("vacuum", key: item.key, item.index, item.result, item.reason, nil) { _ in }
    }

    private func note(
        _ action: String,
        key: String,
        _ index: ChunkIndex?,
        _ result: RepairOutcome.Result,
        _ reason: String,
        _ bytes: Int?,
        _ change: (inout Explorer::CensusPage) -> Void
    ) {
        journal?.add(action, key: key, index: index, result, reason: reason, bytes: bytes)
        let now = ContinuousClock.now
        let ready = state.withLock { state -> DeleteProgress? in
            state.done += 1
            change(&state.changed)
            if result == .skipped { state.skipped += 1 }
            if result == .failed || result == .skipped {
                let isSkipped = result == .skipped
                state.failures.append(ItemFailure(key: key, reason: reason, isSkipped: isSkipped))
            }
            if let last = state.last, now - last < .milliseconds(100) { return nil }
            state.last = now
            return taken(&state, now)
        }
        if let ready { runner.report(number, .deleteProgress(ready)) }
    }

    private func taken(_ state: inout State, _ now: ContinuousClock.Instant) -> DeleteProgress {
        var progress = DeleteProgress(done: state.done, total: total)
        progress.skipped = state.skipped
        progress.changed = state.changed
        progress.failures = state.failures
        progress.elapsedMilliseconds = Int((now - start) / .milliseconds(1))
        state.changed = Explorer::CensusPage()
        state.failures = []
        return progress
    }

    /// Looks at the chunks that failed: a change that was stopped on its way may have been done.
    private func lookAtDoubtful() async {
        let doubtful = state.withLock { $0.doubtful }
        guard !doubtful.isEmpty else { return }
        let array = array
        // The work itself may have been cancelled; looking is not part of it.
        let found = await Task { await array.states(of: doubtful) }.value
        state.withLock { state in
            for (index, look) in zip(doubtful, found) {
                guard let chunk = array.grid.linearIndex(of: index), let look = try? look.get(),
                    look.state != .unreadable, look.state != .unknown
                else { continue }
                state.changed.append(chunk, look.state, size: -1)
                state.changed.modified.append(-1)
                if let key = state.stopped.removeValue(forKey: index) {
                    let now = "outcome unknown; looked at again it is \(look.state.word)"
                    state.failures.append(ItemFailure(stopped: key, now))
                }
            }
            for (_, key) in state.stopped.sorted(by: { $0.key < $1.key }) {
                let now = "outcome unknown: r looks again"
                state.failures.append(ItemFailure(stopped: key, now))
            }
            state.stopped = [:]
        }
    }

    /// Reports what was not reported yet, and ends.
    func finish() async {
        await lookAtDoubtful()
        let rest = state.withLock { taken(&$0, ContinuousClock.now) }
        runner.report(number, .deleteProgress(rest))
        runner.desk.closeGate(number)
    }

    /// Where the journal is.
    var journalWords: String? {
        journal?.words
    }
}

extension ItemFailure {
    /// An object whose change was stopped on its way.
    fileprivate init(stopped key: String, _ reason: String) {
        self.init(key: key, reason: reason)
        isUnknown = true
    }
}
