import Canvas
import ZarrModel

/// The plan of an array: what is staged, a dry run, a number to type, progress, and the way back.
///
/// The only place that asks for `.delete`: after the number of objects was typed, key by key, which
/// chooses the button that goes ahead. Cancel is chosen until then, pasted text never counts, and keys
/// count only once the question has been drawn.
struct DeletePane: Pane {
    /// How far it is.
    enum Phase: Hashable, Sendable {
        case list, keys, confirm, running, done, trashes
    }

    /// What Enter does while confirming.
    enum Button: Hashable, Sendable {
        case cancel, delete
    }

    /// The array.
    let path: String
    var phase = Phase.list
    var prompt: PlanPrompt?
    /// Whether it was opened to ask what is to be done with chunks that were marked elsewhere.
    var isForMarks = false
    /// What the staged entries would do; `nil` while it is looked for.
    var plan: DeletePlan? {
        didSet { sums = plan.map { PlanSums($0, planned) } ?? PlanSums() }
    }
    /// What its boxes come to.
    private(set) var sums = PlanSums()
    /// The entries that `plan` is of, or that are being looked at.
    var planned: [StagedEntry] = []
    /// How far it is that what they would do is known.
    var standing: PlanStanding?
    /// Why there is no plan.
    var problem: Problem?
    var field = TextField()
    var button = Button.cancel
    /// Whether the question was drawn, so that keys answer it.
    var isShown = false
    var completions: [Completion] = []
    var chosen: Int?
    var completing: Int?
    var filter = ""
    /// Which entries it lets through.
    private(set) var filtered = PlanFilter()
    var progress = DeleteProgress(done: 0, total: 0)
    var failures: [ItemFailure] = []
    /// The object that failed, while it waits for an answer.
    var question: ItemFailure?
    var outcome: DeleteOutcome?
    var isRestoring = false
    var trashes: [TrashCard]?
    /// What is still to be brought back.
    var restoring: [String] = []
    /// What is being brought back.
    var trash: String?
    var list = ListCursor()
    var request: Int?
    var saving: Int?
    /// The request that looks whether values can be taken from what is typed.
    var checking: Int?
    /// Why they cannot.
    var sourceProblem = ""

    /// Shows the plan.
    init(path: String) {
        self.path = path
    }

    /// Asks what is to be done with chunks, which are staged then.
    init(path: String, changing selection: ChunkSelection) {
        self.init(path: path)
        prompt = .action(.boxes(selection.boxes, why: nil), selected: 2)
        isForMarks = true
    }

    /// Shows what can be brought back.
    init(path: String, restoring trash: String) {
        self.init(path: path)
        phase = .trashes
    }

    var name: String {
        crumb(phase == .trashes || isRestoring ? "trash" : "plan", of: path)
    }

    var isTyping: Bool {
        prompt != nil || phase == .confirm || question != nil
    }

    /// Objects that would be changed: the number to type.
    var count: Int {
        sums.count
    }

    func commands(_ context: Context) -> [Command] {
        guard !isTyping else { return [] }
        switch phase {
        case .list:
            return [
                .open, .dryRun, .change, .unstage, .stageState, .vacuum, .undo, .filter,
                .clearMarks,
                .savePlan, .refresh,
            ] + Command.moving
        case .keys: return [.open, .savePlan] + Command.moving
        case .running: return [.stop]
        case .done:
            let canUndo = !isRestoring && !(outcome?.trashes.isEmpty ?? true)
            return (canUndo ? [.open, .undo] : [.open]) + Command.moving
        case .trashes: return [.open, .refresh] + Command.moving
        case .confirm: return []
        }
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        let isEmpty = context.staged(path).isEmpty
        switch command {
        case .open where phase == .list:
            return context.reasonNotWritable ?? (isEmpty ? Self.nothingStaged : nil)
        case .open where phase == .trashes:
            return context.reasonNotWritable
                ?? (trashes?.isEmpty ?? true ? "There is nothing in the trash of this array" : nil)
        case .change, .unstage, .clearMarks, .dryRun, .filter:
            return isEmpty ? Self.nothingStaged : nil
        case .savePlan:
            return count == 0 ? "There is nothing to write: no object would be changed" : nil
        default: return nil
        }
    }

    private static let nothingStaged =
        "Nothing is staged: D stages from the map, a stages every chunk in a state"

    func hint(_ command: Command) -> String {
        switch command {
        case .open:
            switch phase {
            case .list: "confirm…"
            case .trashes: "bring it back"
            case .keys: "back to the plan"
            default: "back"
            }
        case .undo: phase == .done ? "undo" : "trash…"
        case .change: "action…"
        case .clearMarks: "unstage all"
        case .refresh: "look again"
        default: command.title
        }
    }

    mutating func prepare(_ size: Size, _ context: Context) {
        if phase == .confirm || question != nil { isShown = true }
        switch phase {
        case .list, .confirm:
            filtered.take(filter, context.staged(path), PlanLines(context, path))
            list.fit(count: shown(context).count, height: PlanLayout(size: size).entries.rows)
        case .keys: list.fit(count: plan?.keys.count ?? 0, height: max(1, size.rows - 4))
        case .trashes: list.fit(count: trashes?.count ?? 0, height: max(1, size.rows - 5))
        case .running, .done:
            list.fit(count: failures.count, height: max(1, size.rows - 10))
        }
    }

    /// The places of the entries that the filter lets through.
    func shown(_ context: Context) -> [Int] {
        let entries = context.staged(path)
        return filtered.isOf(filter, entries)
            ? filtered.places
            : PlanFilter.places(filter, entries, PlanLines(context, path))
    }

    /// The entry under the cursor.
    func selectedEntry(_ context: Context) -> Int? {
        let shown = shown(context)
        return shown.indices.contains(list.selected) ? shown[list.selected] : nil
    }

    // MARK: Input

    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        switch input {
        case .shown: return begin(&context)
        case .key(let key): return type(key, &context)
        case .command(let command): return handle(command, &context)
        case .mouse(let action, _):
            guard !isTyping else { return [] }
            if action == .wheelUp { list.move(by: -3) }
            if action == .wheelDown { list.move(by: 3) }
            return []
        case .resized: return []
        }
    }

    private mutating func begin(_ context: inout Context) -> [Effect] {
        guard phase != .trashes else {
            return request == nil && trashes == nil ? lookInTrash(&context) : []
        }
        return (context.array?.path == path ? [] : context.look(at: path)) + look(&context)
    }

    /// Asks what the staged entries would do, unless that is known or asked.
    mutating func look(_ context: inout Context, again: Bool = false) -> [Effect] {
        let entries = context.staged(path)
        guard phase == .list, again || entries != planned else { return [] }
        var effects: [Effect] = []
        if let request { effects.append(context.request(.cancel(request))) }
        request = nil
        plan = nil
        standing = nil
        problem = nil
        planned = entries
        guard !entries.isEmpty else { return effects }
        return effects + ask(.planDelete(PlanRequest(path: path, entries: entries)), &context)
    }

    mutating func ask(_ work: Work, _ context: inout Context) -> [Effect] {
        let effect = context.request(work)
        request = effect.number
        return [effect]
    }

    mutating func lookInTrash(_ context: inout Context) -> [Effect] {
        trashes = nil
        return ask(.listTrash(path: path), &context)
    }
}
