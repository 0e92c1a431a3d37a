import Canvas
import ZarrModel

/// The hierarchy of a store on the left, and what is known of the selected node on the right.
struct BrowserPane: Pane {
    /// What is told of a node.
    enum Tab: Int, Hashable, Sendable, CaseIterable {
        case info, attributes, codecs, raw, issues

        /// Its word.
        var title: String {
            switch self {
            case .info: "Info"
            case .attributes: "Attrs"
            case .codecs: "Codecs"
            case .raw: "JSON"
            case .issues: "Issues"
            }
        }
    }

    private(set) var tree: NodeTree
    private(set) var lines: [NodeTree.Line] = []
    private(set) var list = ListCursor()
    private(set) var tab = Tab.info
    /// Whether keys go to the right side.
    private(set) var isReading = false
    private(set) var filter: TextField?
    private(set) var isFiltering = false
    private(set) var text = NodeText()
    private(set) var scroll = Scroll()
    private(set) var layout = BrowserLayout(size: Size(rows: 0, columns: 0), isReading: false)
    private var listing: [Int: String] = [:]
    private var describing: (number: Int, path: String)?
    private var undescribed: [String: String] = [:]
    /// What to open once it is described.
    private var wanted: Command?
    private let start: String

    /// Begins at the node that a store was opened at.
    init(store: OpenedStore) {
        start = store.path
        let kind = store.path == "/" ? store.kind : .group
        tree = NodeTree(root: NodeCard(path: "/", name: store.name, kind: kind))
        lines = tree.lines()
    }

    var name: String {
        let path = selected?.path ?? "/"
        return path == "/" ? "" : String(path.dropFirst())
    }

    var isTyping: Bool {
        isFiltering
    }

    /// The node that is selected.
    var selected: NodeCard? {
        guard lines.indices.contains(list.selected) else { return nil }
        return lines[list.selected].card
    }

    func commands(_ context: Context) -> [Command] {
        guard !isFiltering else { return [.open, .close] }
        let onArray: [Command] = [.open, .slice, .mock]
        let own: [Command] =
            [.nextPart, .filter, .left, .right, .parent, .refresh, .copyPath, .previousPart]
            + Command.tabs + (selected?.kind == .array ? [.map] : [])
        return (selected?.kind == .array ? onArray : [.open]) + own + Command.moving
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        guard [.map, .slice, .mock].contains(command) else { return nil }
        guard let path = selected?.path, let details = context.details[path] else { return nil }
        return details.array == nil ? "The array cannot be read: see its issues" : nil
    }

    func hint(_ command: Command) -> String {
        switch command {
        case .open where isFiltering: "keeps the filter"
        case .close where isFiltering: "shows all again"
        case .open: selected?.kind == .array ? "chunk map" : "open or close"
        case .nextPart: isReading ? "tree" : "details"
        case .tab1: "info"
        case .tab2: "attributes"
        case .tab3: "codecs"
        case .tab4: "raw JSON"
        case .tab5: "issues"
        case .left: isReading ? "tab before" : "close group"
        case .right: isReading ? "next tab" : "open group"
        default: command.title
        }
    }

    mutating func prepare(_ size: Size, _ context: Context) {
        layout = BrowserLayout(size: size, isReading: isReading)
        list.fit(count: lines.count, height: layout.tree.rows)
        text.update(
            selected,
            tab,
            width: layout.text.columns,
            context,
            undescribed,
            children: selected.flatMap { tree.children(of: $0.path) }
        )
        scroll.fit(count: text.lines.count, height: layout.text.rows)
    }

    // MARK: Input

    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        switch input {
        case .shown: shown(&context)
        case .resized: []
        case .key(let key): type(key, &context)
        case .command(let command): handle(command, &context)
        case .mouse(let action, let point): click(action, point, &context)
        }
    }

    private mutating func shown(_ context: inout Context) -> [Effect] {
        var effects: [Effect] = []
        var path = "/"
        effects += open(path, &context)
        for part in start.split(separator: "/").dropLast() {
            path += (path == "/" ? "" : "/") + part
            effects += open(path, &context)
        }
        return effects + describe(&context)
    }

    private mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .open where isFiltering: return type(.enter, &context)
        case .close where isFiltering: return type(.escape, &context)
        case .nextPart, .previousPart: isReading.toggle()
        case .tab1, .tab2, .tab3, .tab4, .tab5: choose(Command.tabs.firstIndex(of: command) ?? 0)
        case .filter:
            filter = filter ?? TextField()
            isFiltering = true
        case .close:
            if filter != nil {
                setFilter(nil)
            } else if isReading {
                isReading = false
            }
        case .back: context.navigation = .pop
        case .left where isReading: choose(max(0, tab.rawValue - 1))
        case .right where isReading: choose(min(Tab.allCases.count - 1, tab.rawValue + 1))
        case .left, .parent: return closeOrUp(&context)
        case .right: return selected.map { open($0.path, &context) } ?? []
        case .open: return enter(&context)
        case .map, .slice, .mock: return go(command, &context)
        case .refresh: return refresh(&context)
        case .copyPath:
            guard let path = selected?.path else { return [] }
            context.say("Copied \(path)")
            return [context.request(.copy(path))]
        default:
            if isReading {
                _ = scroll.take(command)
            } else if list.take(command) {
                return selectionChanged(&context)
            }
        }
        return []
    }

    private mutating func choose(_ index: Int) {
        tab = Tab(rawValue: index) ?? .info
        scroll = Scroll()
    }

    private mutating func selectionChanged(_ context: inout Context) -> [Effect] {
        scroll = Scroll()
        return describe(&context)
    }

    private mutating func enter(_ context: inout Context) -> [Effect] {
        guard let node = selected else { return [] }
        switch node.kind {
        case .group:
            if tree.isOpen(node.path) {
                tree.setOpen(node.path, false)
                rebuild()
                return []
            }
            return open(node.path, &context)
        case .array: return go(.map, &context)
        case .broken:
            choose(Tab.issues.rawValue)
            context.say("This node cannot be read; its issues say why", .error)
        case .foreign:
            context.say("Not part of the Zarr hierarchy")
        }
        return []
    }

    /// Opens a pane on the selected array, or asks for its description first.
    private mutating func go(_ command: Command, _ context: inout Context) -> [Effect] {
        guard let node = selected, node.kind == .array else { return [] }
        guard context.arrayDetails(node.path) != nil else {
            wanted = command
            return describe(&context)
        }
        wanted = nil
        switch command {
        case .slice: context.navigation = .push(SlicePane(path: node.path))
        case .mock: context.navigation = .push(MockPane(path: node.path))
        default: context.navigation = .push(MapPane(path: node.path))
        }
        return []
    }

    private mutating func closeOrUp(_ context: inout Context) -> [Effect] {
        guard let node = selected else { return [] }
        if node.kind == .group, tree.isOpen(node.path), lines[list.selected].note == nil {
            tree.setOpen(node.path, false)
            rebuild()
            return []
        }
        let depth = lines[list.selected].depth
        guard let above = lines[..<list.selected].lastIndex(where: { $0.depth < depth }) else {
            return []
        }
        list.selected = above
        return selectionChanged(&context)
    }

    private mutating func open(_ path: String, _ context: inout Context) -> [Effect] {
        let isGroup = path == "/" ? tree.root.kind != .array : true
        guard isGroup else { return [] }
        tree.setOpen(path, true)
        rebuild()
        guard !tree.isListed(path), !listing.values.contains(path) else { return [] }
        let effect = context.request(.listChildren(path: path))
        listing[effect.number] = path
        return [effect]
    }

    private mutating func refresh(_ context: inout Context) -> [Effect] {
        guard let node = selected else { return [] }
        context.details[node.path] = nil
        undescribed[node.path] = nil
        var effects: [Effect] = []
        if node.kind == .group {
            tree.forget(node.path)
            effects += open(node.path, &context)
        }
        return effects + describe(&context)
    }

    /// Asks for the selected node's details: one request at a time, so that moving fast asks little.
    private mutating func describe(_ context: inout Context) -> [Effect] {
        guard describing == nil, let node = selected, node.kind != .foreign,
            context.details[node.path] == nil, undescribed[node.path] == nil
        else { return [] }
        let effect = context.request(.describe(path: node.path))
        describing = (effect.number, node.path)
        return [effect]
    }

    private mutating func setFilter(_ field: TextField?) {
        filter = field
        isFiltering = field != nil && isFiltering
        rebuild()
    }

    private mutating func rebuild() {
        let path = selected?.path
        lines = tree.lines(filter: filter?.string ?? "")
        if let path, let place = lines.firstIndex(where: { $0.card.path == path && $0.note == nil })
        {
            list.selected = place
        }
        list.fit(count: lines.count, height: list.height)
    }

    private mutating func type(_ key: Key, _ context: inout Context) -> [Effect] {
        switch key {
        case .escape:
            isFiltering = false
            setFilter(nil)
        case .enter:
            isFiltering = false
            if filter?.string.isEmpty ?? true { setFilter(nil) }
        case .up: _ = list.take(.up)
        case .down: _ = list.take(.down)
        default:
            var field = filter ?? TextField()
            guard field.take(key) else { return [] }
            setFilter(field)
            let wanted = field.string.lowercased()
            list.selected =
                lines.firstIndex {
                    $0.depth > 0 && $0.note == nil && $0.card.name.lowercased().mentions(wanted)
                } ?? 0
        }
        return selectionChanged(&context)
    }

    private mutating func click(
        _ action: MouseAction,
        _ point: Point,
        _ context: inout Context
    ) -> [Effect] {
        let isText = layout.text.contains(point)
        switch action {
        case .wheelUp, .wheelDown:
            let amount = action == .wheelUp ? -3 : 3
            if isText {
                scroll.move(by: amount)
                return []
            }
            list.move(by: amount)
            return selectionChanged(&context)
        case .press:
            if layout.tabs.contains(point) {
                if let hit = BrowserLayout.tabPlaces(text.issueCount).firstIndex(where: {
                    $0.contains(point.column - layout.tabs.column)
                }) {
                    choose(hit)
                }
                return []
            }
            isReading = isText
            let line = list.first + point.row - layout.tree.row
            guard layout.tree.contains(point), line < lines.count else { return [] }
            if line == list.selected { return enter(&context) }
            list.selected = line
            return selectionChanged(&context)
        default: return []
        }
    }

    // MARK: Events

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        if let path = listing[event.number] {
            switch event.news {
            case .children(let found): tree.take(found, of: path)
            case .failed(let problem): tree.fail(problem.message, of: path)
            default: return []
            }
            listing[event.number] = nil
            rebuild()
            revealStart()
            return describe(&context)
        }
        if case .described(let details) = event.news {
            context.details[details.path] = details
        }
        guard let current = describing, current.number == event.number else { return [] }
        describing = nil
        if case .failed(let problem) = event.news {
            undescribed[current.path] = problem.message
        }
        var effects = describe(&context)
        if let wanted, selected?.path == current.path, context.arrayDetails(current.path) != nil {
            effects += go(wanted, &context)
        }
        wanted = nil
        return effects
    }

    /// Selects the node that the store was opened at, once it is listed and nothing was chosen yet.
    private mutating func revealStart() {
        guard start != "/", list.selected == 0,
            let place = lines.firstIndex(where: { $0.card.path == start })
        else { return }
        list.selected = place
    }
}
