import Explorer
import Synchronization

/// Carries out what the explorer asks for, away from its thread, and brings the answers back.
///
/// Every request that is answered is answered once and finally, whatever happens to it. Requests run
/// side by side; a new completion or slice stops the one before it.
final class EffectRunner: Sendable {
    /// Of several requests for the same thing only the newest counts.
    private enum Slot: Hashable {
        case completion, plane
    }

    private struct State {
        var tasks: [Int: Task<Void, Never>] = [:]
        var newest: [Slot: Int] = [:]
        var store: OpenStore?
        var drills: [Int: DrillControl] = [:]
        var isStopped = false
    }

    /// Whether chunks may be deleted and restored.
    let isWritable: Bool
    /// The plan that was reviewed, and what belongs to it.
    let desk = ChangeDesk()
    private let post: @Sendable (Event) -> Void
    private let state = Mutex(State())

    /// Makes a runner that brings events to `post`, which any thread may call.
    init(isWritable: Bool, post: @escaping @Sendable (Event) -> Void) {
        self.isWritable = isWritable
        self.post = post
    }

    /// Begins to carry out `effect`; returns at once.
    func perform(_ effect: Effect) {
        switch effect.work {
        case .cancel(let number):
            state.withLock { $0.tasks[number] }?.cancel()
        case .settleFailure(let number, let answer):
            desk.settle(number, answer)
        case .close:
            replaceStore(with: nil, keeping: effect.number)
        case .drill(let order):
            state.withLock { $0.drills[effect.number] = DrillControl(order) }
            begin(effect)
        case .steerDrill(let number, let steering):
            control(of: number)?.steer(steering)
        case .keepCounts(let path, let counts):
            (try? store())?.note(counts, of: path)
        case .freshenOperations:
            (try? store())?.recorder.report()
        case .unwatch(let number):
            state.withLock { $0.tasks.removeValue(forKey: -number) }?.cancel()
        default:
            begin(effect)
        }
    }

    /// Stops everything; nothing is answered from now on.
    func stop() {
        let tasks = state.withLock { state in
            state.isStopped = true
            return Array(state.tasks.values)
        }
        for task in tasks { task.cancel() }
        state.withLock { $0.store }?.keepCensuses()
    }

    /// The store that is open. Throws where none is.
    func store() throws -> OpenStore {
        guard let store = state.withLock({ $0.store }) else { throw ToolError("no store is open") }
        return store
    }

    /// Puts `store` in the place of the one that is open, and stops all work but request `number`.
    func replaceStore(with store: OpenStore?, keeping number: Int) {
        let (old, tasks) = state.withLock { state in
            let old = state.store
            state.store = store
            return (old, state.tasks.filter { $0.key != number }.map(\.value))
        }
        for task in tasks { task.cancel() }
        old?.keepCensuses()
    }

    /// What a person wants of the drill of request `number`; `nil` when it is over.
    func control(of number: Int) -> DrillControl? {
        state.withLock { $0.drills[number] }
    }

    /// Keeps `task`, which goes on after request `number` was answered, until that is stopped.
    func keep(_ task: Task<Void, Never>, after number: Int) {
        state.withLock { $0.tasks[-number] = task }
    }

    /// Brings a part of the answer to request `number`.
    func report(_ number: Int, _ news: News) {
        guard !state.withLock({ $0.isStopped }) else { return }
        post(Event(number, news))
    }

    private func begin(_ effect: Effect) {
        let slot = Self.slot(of: effect.work)
        let older = state.withLock { state -> Task<Void, Never>? in
            let older = slot.flatMap { state.newest[$0] }.flatMap { state.tasks[$0] }
            if let slot { state.newest[slot] = effect.number }
            state.tasks[effect.number] = Task.detached { await self.run(effect) }
            return older
        }
        older?.cancel()
    }

    private static func slot(of work: Work) -> Slot? {
        switch work {
        case .complete: .completion
        case .readPlane: .plane
        default: nil
        }
    }

    private func run(_ effect: Effect) async {
        let news: News
        do {
            news = try await answer(to: effect)
        } catch {
            let failure = ToolError(reporting: error)
            let isCancelled = Task.isCancelled || failure.status == .interrupted
            news = isCancelled ? .cancelled : .failed(Problem(failure))
        }
        state.withLock { state in
            state.tasks[effect.number] = nil
            state.drills[effect.number] = nil
        }
        report(effect.number, news)
    }

    /// Does what is asked, and answers finally.
    private func answer(to effect: Effect) async throws -> News {
        let number = effect.number
        switch effect.work {
        case .loadHome:
            (try? store())?.keepCensuses()
            return .home(.gathered())
        case .complete(let text): return .completions(LocatorCompletion.completions(of: text))
        case .open(let locator): return try await open(locator, number)
        case .listChildren(let path):
            return .children(
                try await store().children(of: path) { self.report(number, .childrenPart($0)) }
            )
        case .describe(let path): return .described(try await store().details(of: path))
        case .census(let path): return try await census(path, number)
        case .verify(let path): return try await verify(path, goingOn: false, number)
        // Map
        case .openShard(let path, let place): return .shardContents(try await shard(path, place))
        case .lookInside(let path): return try await lookInside(path, number)
        case .readFigures(let request): return try await figures(request, number)
        case .inspect(let path, let place):
            return .inspected(try await store().inspect(path, place))
        case .readPlane(let request):
            return try await plane(request, number)
        case .planDelete(let request): return try await plan(request, number)
        case .delete(let order): return try await delete(order, number)
        case .restore(let path, let trash): return try await restore(path, trash, number)
        case .arm(let settings): return try await arm(settings, number)
        case .disarm: return try await disarm(number)
        // Values and inner chunks, for the map

        // Home and browser
        case .connect(let locator): return try await connect(locator, number)
        case .forget(let locator):
            RecentStores().forget(locator)
            return .home(.gathered())
        case .count(let path): return .counted(path: path, try await store().counts(of: path))
        case .sampleCodecs(let path): return .sampledCodecs(try await store().sample(of: path))
        case .listKeys(let path, let isFirst):
            return .keys(try await store().keys(under: path, isFirst: isFirst))
        case .coordinates(let path):
            return .coordinates(path: path, try await store().coordinates(of: path))

        // Findings and inspector
        case .resumeVerify(let path): return try await verify(path, goingOn: true, number)
        case .loadNotes(let path): return try await notes(path)
        case .keepExpected(let path, let boxes): return try await keep(boxes, of: path)
        case .readExpected(let path, let file): return try await expected(path, from: file)
        case .exportFindings(let order): return try await export(order)
        case .readBytes(let path, let chunk, let range):
            return try await store().bytes(path, chunk, range)
        case .readValues(let path, let place, let row, let column):
            return .chunkValues(try await store().values(path, place, row: row, column: column))

        // Delete plan and repair
        case .listTrash(let path): return try await trashes(path)
        case .savePlan(let plan, let file): return try save(plan, file)
        case .checkSource(let path, let locator): return try await check(source: locator, of: path)
        case .settleFailure, .discardInput: return .cancelled

        // Slice
        case .readAhead(let request), .readElement(let request):
            return try await planeAhead(request)
        case .levels(let path): return .levels(path: path, try await store().levels(of: path))
        case .tick(let milliseconds):
            try await Task.sleep(for: .milliseconds(milliseconds))
            return .ticked

        // Operations and drills
        case .loadScenarios: return .scenarios(Self.scenarios)
        case .drill(let order): return try await drill(order, number)
        case .save(let name, let text): return try save(text, as: name)
        case .checkRules(let rules): return .rulesChecked(Self.mistake(in: rules))

        // Compare, watch, census files
        case .compare(let path, let other): return try await compare(path, other, number)
        case .compareValues(let comparison): return try await compareValues(comparison, number)
        case .compareChunk(let comparison, let index):
            return try await compareChunk(comparison, index)
        case .watch(let path): return try await watch(path, number)

        // Settings, bookmarks, export
        case .saveSettings(let settings): return try save(settings)
        case .bookmark(let bookmark, let isOn): return try self.bookmark(bookmark, isOn: isOn)
        case .export(let order): return try await export(order)
        case .close, .cancel, .copy, .repaint, .suspend, .mouse, .quit, .steerDrill,
            .freshenOperations, .unwatch, .apply, .remember, .keepCounts:
            return .cancelled
        }
    }
}

extension Problem {
    /// What a person reads of `failure`.
    init(_ failure: ToolError) {
        self.init(failure.message, details: failure.remedy.map { [$0] } ?? [])
    }
}
