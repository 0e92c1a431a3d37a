import Canvas
import ZarrModel

/// Deleting chunks: a plan to review, a number to type, progress, and the way back.
///
/// The only place that asks for `.delete`: after the number of chunks was typed, key by key, which
/// chooses the button that deletes. Cancel is chosen until then, and pasted text never counts.
struct DeletePane: Pane {
    /// How far it is.
    enum Phase: Hashable, Sendable {
        case planning, review, deleting, deleted, restoring, restored
        case failed(Problem)
    }

    /// What Enter does while reviewing.
    enum Button: Hashable, Sendable {
        case cancel, delete
    }

    /// The array.
    let path: String
    /// The chunks.
    let selection: ChunkSelection
    private(set) var phase = Phase.planning
    private(set) var plan: DeletePlan?
    private(set) var field = TextField()
    private(set) var button = Button.cancel
    private(set) var progress = DeleteProgress(done: 0, total: 0)
    private(set) var failures: [ItemFailure] = []
    private(set) var outcome: DeleteOutcome?
    private(set) var list = ListCursor()
    private var request: Int?
    private var trash: String?

    /// Begins to delete chunks.
    init(path: String, selection: ChunkSelection) {
        self.path = path
        self.selection = selection
    }

    /// Begins to bring chunks back.
    init(path: String, restoring trash: String) {
        self.path = path
        selection = ChunkSelection(boxes: [])
        self.trash = trash
        phase = .restoring
    }

    var name: String {
        let word = phase == .restoring || phase == .restored ? "restore" : "delete"
        return crumb(word, of: path)
    }

    var isTyping: Bool {
        phase == .review
    }

    /// Objects that would go: the number to type.
    var count: Int {
        plan?.boxes.reduce(0) { $0 + $1.present } ?? 0
    }

    func commands(_ context: Context) -> [Command] {
        switch phase {
        case .review: []
        case .deleting: [.stop]
        case .deleted: [.undo, .open] + Command.moving
        default: [.open] + Command.moving
        }
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        guard command == .undo, outcome?.trash == nil else { return nil }
        return "There is no trash: what was deleted is gone"
    }

    func hint(_ command: Command) -> String {
        switch command {
        case .open: "back to the map"
        case .undo: "undo: bring them back"
        default: command.title
        }
    }

    mutating func prepare(_ size: Size, _ context: Context) {
        let room = phase == .review ? size.rows - 15 : size.rows - 9
        let count = phase == .review ? plan?.boxes.count ?? 0 : failures.count
        list.fit(count: count, height: max(1, room))
    }

    // MARK: Input

    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        switch input {
        case .shown: return begin(&context)
        case .key(let key): return phase == .review ? review(key, &context) : []
        case .command(let command): return handle(command, &context)
        case .mouse(let action, _):
            if action == .wheelUp { list.move(by: -3) }
            if action == .wheelDown { list.move(by: 3) }
            return []
        case .resized: return []
        }
    }

    private mutating func begin(_ context: inout Context) -> [Effect] {
        guard request == nil, context.reasonNotWritable == nil else { return [] }
        switch phase {
        case .planning where selection.count > 0:
            return ask(.planDelete(path: path, selection), &context)
        case .restoring:
            return trash.map { ask(.restore(path: path, trash: $0), &context) } ?? []
        default: return []
        }
    }

    private mutating func ask(_ work: Work, _ context: inout Context) -> [Effect] {
        let effect = context.request(work)
        request = effect.number
        return [effect]
    }

    private mutating func review(_ key: Key, _ context: inout Context) -> [Effect] {
        switch key {
        case .escape, .character("q"), .character("n"): context.navigation = .pop
        case .paste: context.say("Pasting never confirms: type the number", .warning)
        case .character(let digit) where digit.isASCII && digit.isNumber: type(key)
        case .backspace, .control("u"), .control("w"): type(key)
        case .tab, .backTab, .left, .right: button = button == .cancel ? .delete : .cancel
        case .up: _ = list.take(.up)
        case .down: _ = list.take(.down)
        case .pageUp: _ = list.take(.pageUp)
        case .pageDown: _ = list.take(.pageDown)
        case .enter: return confirm(&context)
        default: break
        }
        return []
    }

    /// Takes a key of the number; the button that deletes is chosen as soon as the number is right,
    /// and no longer.
    private mutating func type(_ key: Key) {
        _ = field.take(key)
        button = isConfirmed ? .delete : .cancel
    }

    /// Whether the number that was typed is the one to type.
    var isConfirmed: Bool {
        count > 0 && field.string == String(count)
    }

    private mutating func confirm(_ context: inout Context) -> [Effect] {
        guard button == .delete else {
            context.navigation = .pop
            context.say("Nothing was deleted")
            return []
        }
        guard let plan, isConfirmed, context.reasonNotWritable == nil else {
            context.say(
                count == 0
                    ? "There is nothing to delete"
                    : "Type \(count), the number of chunks, to delete them",
                .warning
            )
            return []
        }
        phase = .deleting
        progress = DeleteProgress(done: 0, total: count)
        list = ListCursor()
        let order = DeleteOrder(
            path: path,
            selection: selection,
            plan: plan.id,
            confirmedCount: count
        )
        return ask(.delete(order), &context)
    }

    private mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .back, .close, .open:
            if phase == .deleting || phase == .restoring, let request {
                context.say("Stopping after what is in flight")
                return [context.request(.cancel(request))]
            }
            context.navigation = .pop
        case .undo:
            guard let id = outcome?.trash, phase == .deleted else { return [] }
            trash = id
            phase = .restoring
            failures = []
            progress = DeleteProgress(done: 0, total: outcome?.done ?? 0)
            return ask(.restore(path: path, trash: id), &context)
        default: _ = list.take(command)
        }
        return []
    }

    // MARK: Events

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        guard event.number == request else { return [] }
        if event.news.isFinal { request = nil }
        switch event.news {
        case .deletePlan(let plan):
            self.plan = plan
            phase = .review
        case .deleteProgress(let progress):
            take(progress, &context)
        case .deleted(let outcome):
            finish(outcome, .deleted, &context)
            context.array?.change { $0.clearMarks() }
            if let trash = outcome.trash { context.array?.trash = trash }
        case .restored(let outcome):
            finish(outcome, .restored, &context)
            context.array?.trash = nil
            return lookAgain(&context)
        case .failed(let problem):
            phase = .failed(problem)
        case .cancelled:
            phase = .failed(Problem("Stopped", details: ["What was done stays done."]))
            return lookAgain(&context)
        default: break
        }
        return []
    }

    private mutating func take(_ progress: DeleteProgress, _ context: inout Context) {
        self.progress = progress
        failures += progress.failures
        let state: ChunkState = phase == .restoring ? .present : .missing
        if context.array?.path == path { context.array?.settle(progress.changed, as: state) }
    }

    private mutating func finish(
        _ outcome: DeleteOutcome,
        _ phase: Phase,
        _ context: inout Context
    ) {
        self.outcome = outcome
        failures += outcome.failures
        self.phase = phase
        let state: ChunkState = phase == .restored ? .present : .missing
        if context.array?.path == path { context.array?.settle(outcome.changed, as: state) }
        let verb = phase == .restored ? "brought back" : "deleted"
        context.say(
            "\(Format.plural(outcome.done, context.unit(path))) \(verb)",
            outcome.failed > 0 ? .warning : .good
        )
    }

    /// Lists the chunks again: sizes and states of what came back are not known.
    private func lookAgain(_ context: inout Context) -> [Effect] {
        guard context.array?.path == path, context.array?.censusRequest == nil,
            !(context.array?.isShadowed ?? true)
        else { return [] }
        let effect = context.request(.census(path: path))
        context.array?.censusRequest = effect.number
        context.array?.change { $0.resume() }
        return [effect]
    }
}
