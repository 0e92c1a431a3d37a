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
        var isStopped = false
    }

    /// Whether chunks may be deleted and restored.
    let isWritable: Bool
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
        case .close:
            replaceStore(with: nil, keeping: effect.number)
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
    }

    /// The store that is open. Throws where none is.
    func store() throws -> OpenStore {
        guard let store = state.withLock({ $0.store }) else { throw ToolError("no store is open") }
        return store
    }

    /// Puts `store` in the place of the one that is open, and stops all work but request `number`.
    func replaceStore(with store: OpenStore?, keeping number: Int) {
        let tasks = state.withLock { state in
            state.store = store
            return state.tasks.filter { $0.key != number }.map(\.value)
        }
        for task in tasks { task.cancel() }
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
        _ = state.withLock { $0.tasks.removeValue(forKey: effect.number) }
        report(effect.number, news)
    }

    /// Does what is asked, and answers finally.
    private func answer(to effect: Effect) async throws -> News {
        let number = effect.number
        switch effect.work {
        case .loadHome: return .home(.gathered())
        case .complete(let text): return .completions(LocatorCompletion.completions(of: text))
        case .open(let locator): return try await open(locator, number)
        case .listChildren(let path): return .children(try await store().children(of: path))
        case .describe(let path): return .described(try await store().details(of: path))
        case .census(let path): return try await census(path, number)
        case .verify(let path): return try await verify(path, number)
        // Map
        case .openShard(let path, let place): return .shardContents(try await shard(path, place))
        case .lookInside(let path): return try await lookInside(path, number)
        case .readFigures(let request): return try await figures(request, number)
        case .inspect(let path, let chunk):
            return .inspected(try await store().inspect(path, chunk))
        case .readPlane(let request):
            return .plane(try await PlaneReading(request, store()).values())
        case .planDelete(let path, let selection): return try await plan(path, selection, number)
        case .delete(let order): return try await delete(order, number)
        case .restore(let path, let trash): return try await restore(path, trash, number)
        case .arm(let settings): return try await arm(settings, number)
        case .disarm: return try await disarm(number)
        // Values and inner chunks, for the map

        // Home and browser

        // Findings and inspector

        // Delete plan and repair

        // Slice

        // Operations and drills

        // Compare, watch, census files

        // Settings, bookmarks, export
        case .close, .cancel, .copy, .repaint, .suspend, .mouse, .quit: return .cancelled
        }
    }
}

extension Problem {
    /// What a person reads of `failure`.
    init(_ failure: ToolError) {
        self.init(failure.message, details: failure.remedy.map { [$0] } ?? [])
    }
}
