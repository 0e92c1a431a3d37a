import Canvas
import ZarrModel

/// Every operation that the open storage was asked, as it comes: when, what, how long and how it ended.
struct OperationsPane: Pane {
    /// What is typed just now.
    enum Typing: Hashable, Sendable {
        case filter, file
    }

    private(set) var filter = OperationFilter()
    private(set) var field = TextField()
    private(set) var typing: Typing?
    /// Whether the slowest come first, in place of the order of time.
    private(set) var isSlowestFirst = false
    /// Whether the newest stays in view.
    private(set) var isFollowing = true
    /// Whether the figures by operation are shown where there is room for one list only.
    private(set) var showsKinds = false
    /// Whether what asked for documents alone is shown as well.
    private(set) var showsBookkeeping = false
    /// The operations as they were when the list was paused; `nil` while it runs.
    private(set) var paused: [OperationEntry]?
    /// Places in `entries` of what is shown.
    private(set) var rows: [Int] = []
    private(set) var list = ListCursor()
    /// The number of the selected operation.
    private var selected: Int?
    private var request: Int?

    var name: String { "operations" }

    var isTyping: Bool { typing != nil }

    /// The operations that the list is made of.
    func entries(_ context: Context) -> [OperationEntry] {
        paused ?? context.operations.entries
    }

    func commands(_ context: Context) -> [Command] {
        guard typing == nil else { return [.open, .close] }
        return [
            .filter, .slowest, .pause, .follow, .nextPart, .bookkeeping, .export, .copy,
        ] + Command.moving
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        let needsRow: [Command] = [.export, .copy]
        guard needsRow.contains(command), rows.isEmpty else { return nil }
        return "There is no operation in the list"
    }

    func hint(_ command: Command) -> String {
        switch command {
        case .open where typing == .file: "write it"
        case .open: "keep the filter"
        case .close where typing == .file: "do not write"
        case .close where typing == .filter: "show all again"
        case .slowest: isSlowestFirst ? "by time" : "slowest first"
        case .pause: paused == nil ? "pause" : "go on"
        case .follow: isFollowing ? "stay here" : "follow"
        case .nextPart: showsKinds ? "list" : "by operation"
        case .bookkeeping: showsBookkeeping ? "hide documents" : "show all"
        case .copy: "copy key"
        default: command.title
        }
    }

    mutating func prepare(_ size: Size, _ context: Context) {
        let layout = OperationsLayout(size: size)
        let entries = entries(context)
        // What was typed is looked for in all of them.
        let isAll = showsBookkeeping || !filter.isEmpty
        rows = entries.indices.filter {
            (isAll || !entries[$0].isBookkeeping) && filter.matches(entries[$0])
        }
        if isSlowestFirst {
            rows.sort { (entries[$0].microseconds, $1) > (entries[$1].microseconds, $0) }
        }
        list.fit(count: rows.count, height: layout.list.rows - 1)
        if isFollowing {
            list.selected = isSlowestFirst ? 0 : rows.count - 1
        } else if let selected, let row = rows.firstIndex(where: { entries[$0].number == selected })
        {
            list.selected = row
        }
        list.fit(count: rows.count, height: layout.list.rows - 1)
    }

    // MARK: Input

    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        switch input {
        case .key(let key): return type(key, &context)
        case .command(let command): return handle(command, &context)
        case .mouse(let action, let point):
            click(at: point, action, context)
            return []
        case .shown: return [context.request(.freshenOperations)]
        case .resized: return []
        }
    }

    private mutating func type(_ key: Key, _ context: inout Context) -> [Effect] {
        switch key {
        case .enter:
            defer { typing = nil }
            return typing == .file ? save(&context) : []
        case .escape:
            if typing == .filter { filter = OperationFilter() }
            typing = nil
        default:
            guard field.take(key), typing == .filter else { return [] }
            filter = OperationFilter(field.string)
        }
        return []
    }

    private mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .back: context.navigation = .pop
        case .close:
            if filter.isEmpty { context.navigation = .pop } else { filter = OperationFilter() }
        case .filter: begin(.filter, with: filter.text)
        case .export: begin(.file, with: "operations.ndjson")
        case .slowest:
            isSlowestFirst.toggle()
            isFollowing = true
        case .pause: paused = paused == nil ? context.operations.entries : nil
        case .follow:
            isFollowing.toggle()
            keepSelected(context)
        case .nextPart: showsKinds.toggle()
        case .bookkeeping:
            showsBookkeeping.toggle()
            keepSelected(context)
        case .copy:
            guard let entry = selectedEntry(context) else { return [] }
            context.say("Copied \(entry.key)")
            return [context.request(.copy(entry.key))]
        default:
            guard list.take(command) else { return [] }
            isFollowing = command == .bottom && !isSlowestFirst
            keepSelected(context)
        }
        return []
    }

    private mutating func begin(_ what: Typing, with text: String) {
        typing = what
        field = TextField(text, isFresh: true)
    }

    private mutating func click(at point: Point, _ action: MouseAction, _ context: Context) {
        switch action {
        case .wheelUp: list.move(by: -3)
        case .wheelDown: list.move(by: 3)
        case .press:
            let place = OperationsLayout(size: context.size).list
            let row = point.row - place.row - 1 + list.first
            guard place.contains(point), list.visible.contains(row) else { return }
            list.selected = row
        default: return
        }
        isFollowing = false
        keepSelected(context)
    }

    /// The operation under the cursor.
    func selectedEntry(_ context: Context) -> OperationEntry? {
        let entries = entries(context)
        guard rows.indices.contains(list.selected) else { return nil }
        let place = rows[list.selected]
        return entries.indices.contains(place) ? entries[place] : nil
    }

    private mutating func keepSelected(_ context: Context) {
        selected = selectedEntry(context)?.number
    }

    // MARK: Export

    private mutating func save(_ context: inout Context) -> [Effect] {
        let name = field.string
        guard !name.isEmpty, request == nil else { return [] }
        let entries = entries(context)
        let shown = rows.filter { entries.indices.contains($0) }.map { entries[$0] }
        let isTable = name.lowercased().hasSuffix(".csv")
        let text = isTable ? OperationText.csv(shown) : OperationText.lines(shown)
        let effect = context.request(.save(name: name, text: text))
        request = effect.number
        return [effect]
    }

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        guard event.number == request, event.news.isFinal else { return [] }
        request = nil
        switch event.news {
        case .saved(let name): context.say("Written: \(name)", .good)
        case .failed(let problem): context.say(problem.message, .error)
        default: break
        }
        return []
    }
}
