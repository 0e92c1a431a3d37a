import Canvas
import ZarrModel

/// One chunk, looked at directly: its object, its codec stages, its values.
struct ChunkPane: Pane {
    /// The array.
    let path: String
    /// Which chunk.
    private(set) var chunk: ChunkIndex
    /// What was found; `nil` while it is being looked at.
    private(set) var report: ChunkReport?
    private(set) var problem: Problem?
    /// `chunk`, or `shard` where the array is sharded.
    private(set) var unit = "chunk"
    private(set) var facts: CursorFacts?
    private var request: Int?

    /// Makes a pane for one chunk.
    init(path: String, chunk: ChunkIndex) {
        self.path = path
        self.chunk = chunk
    }

    var name: String {
        crumb("\(unit) [\(chunk)]", of: path)
    }

    let isTyping = false

    func commands(_ context: Context) -> [Command] {
        [.next, .previous, .left, .right, .slice, .mark, .delete, .refresh, .copy]
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        switch command {
        case .delete: context.reasonNotWritable
        case .next, .previous:
            context.array?.shown?.anomalyCount == 0
                ? "No missing or damaged \(context.unit(path)) is known" : nil
        default: nil
        }
    }

    func hint(_ command: Command) -> String {
        switch command {
        case .left: "before, after"
        case .right: "\(unit) after"
        case .next: "next anomaly"
        case .previous: "previous"
        case .refresh: "look again"
        case .copy: "copy key"
        default: command.title
        }
    }

    mutating func prepare(_ size: Size, _ context: Context) {
        facts = index(context).flatMap { index in
            context.array?.shown.map { CursorFacts(index, $0, context.arrayDetails(path)) }
        }
    }

    private func index(_ context: Context) -> Int? {
        guard context.array?.path == path, let census = context.array?.shown,
            chunk.coordinates.count == census.grid.count
        else { return nil }
        let index = GridOrder.linear(chunk.coordinates, in: census.grid)
        return index < census.total ? index : nil
    }

    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        switch input {
        case .shown: report == nil ? look(&context) : []
        case .command(let command): handle(command, &context)
        case .key, .mouse, .resized: []
        }
    }

    private mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .back, .close: context.navigation = .pop
        case .refresh: return look(&context)
        case .left: return move(by: -1, &context)
        case .right: return move(by: 1, &context)
        case .next, .previous: return jump(forward: command == .next, &context)
        case .slice:
            guard let details = context.arrayDetails(path) else { return [] }
            context.navigation = .push(SlicePane(path: path, at: details.start(of: chunk)))
        case .mark: mark(&context)
        case .delete: return delete(&context)
        case .copy:
            guard let key = report?.key ?? facts?.key else { return [] }
            context.say("Copied \(key)")
            return [context.request(.copy(key))]
        default: break
        }
        return []
    }

    private mutating func look(_ context: inout Context) -> [Effect] {
        if let request { context.finish(request) }
        unit = context.unit(path)
        report = nil
        problem = nil
        let effect = context.request(.inspect(path: path, chunk: chunk))
        request = effect.number
        return [effect]
    }

    private mutating func show(_ index: Int, _ grid: [Int], _ context: inout Context) -> [Effect] {
        chunk = ChunkIndex(GridOrder.coordinates(index, in: grid))
        return look(&context)
    }

    private mutating func move(by step: Int, _ context: inout Context) -> [Effect] {
        guard let census = context.array?.shown, let index = index(context) else { return [] }
        let next = index + step
        guard next >= 0, next < census.total else {
            context.say(step < 0 ? "This is the first \(unit)" : "This is the last \(unit)")
            return []
        }
        return show(next, census.grid, &context)
    }

    private mutating func jump(forward: Bool, _ context: inout Context) -> [Effect] {
        guard let census = context.array?.shown, let index = index(context),
            let found = census.anomaly(from: index, forward: forward)
        else { return [] }
        let state = census.state(found)
        context.say(
            "\(StateLook.word(state)) \(Format.count(census.ordinal(of: found)))/"
                + Format.count(census.count(state)),
            StateLook.role(state)
        )
        return show(found, census.grid, &context)
    }

    private func mark(_ context: inout Context) {
        guard let index = index(context) else { return }
        context.array?.change { $0.mark(index, !$0.isMarked(index)) }
        let count = context.array?.shown?.markedCount ?? 0
        context.say("\(Format.plural(count, context.unit(path))) marked", .marked)
    }

    private func delete(_ context: inout Context) -> [Effect] {
        guard let index = index(context) else { return [] }
        context.array?.change { $0.mark(index, true) }
        guard let selection = context.array?.shown?.markedSelection() else { return [] }
        context.navigation = .push(DeletePane(path: path, selection: selection))
        return []
    }

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        guard event.number == request else { return [] }
        switch event.news {
        case .inspected(let found):
            report = found
            agree(found, &context)
        case .failed(let failure):
            problem = failure
        default: break
        }
        if event.news.isFinal { request = nil }
        return []
    }

    /// Takes what the direct look found into the census, and says so where they differ.
    private func agree(_ found: ChunkReport, _ context: inout Context) {
        guard let index = index(context), let before = context.array?.shown?.state(index),
            !(context.array?.shown?.isRunning ?? true), found.chunk == chunk, before != found.state
        else { return }
        context.array?.change { census in
            census.set(index, found.state, size: Int64(found.size ?? -1))
            census.touch()
        }
        context.say(
            "The listing said \(StateLook.word(before)); looked at directly it is "
                + StateLook.word(found.state),
            .notice
        )
    }
}
