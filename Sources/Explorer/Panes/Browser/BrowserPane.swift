import Canvas
import ZarrModel

/// The hierarchy of a store on the left, and what is known of the selected node on the right.
struct BrowserPane: Pane {
    /// What is told of a node.
    enum Tab: Int, Hashable, Sendable, CaseIterable {
        case info, attributes, codecs, raw, keys, issues

        /// Its word.
        var title: String {
            switch self {
            case .info: "Info"
            case .attributes: "Attrs"
            case .codecs: "Codec"
            case .raw: "JSON"
            case .keys: "Keys"
            case .issues: "Findings"
            }
        }
    }

    var tree: NodeTree
    var lines: [NodeTree.Line] = []
    var list = ListCursor()
    var tab = Tab.info
    /// Whether keys go to the right side.
    var isReading = false
    var filter: TextField?
    var isFiltering = false
    /// How many nodes the filter finds.
    var hitCount = 0
    /// What is looked for in the text of the tab.
    var search: TextSearch?
    /// The JSON pointer of the attribute to select once its line is there.
    var sought: String?
    /// What the arrays below the selected group come to, and when that was added up.
    private var below: (path: String, version: Int, counts: CountsBelow?)?
    /// The columns of the tree, and what their widths were measured of.
    private(set) var columns = TreeColumns(Rect(row: 0, column: 0, rows: 0, columns: 0))
    private var measured: (key: MeasureKey, needs: TreeNeeds)?
    /// Counts how often the lines were made.
    var linesMade = 0
    var text = NodeText()
    /// The line of the text, and which lines are in view.
    var reader = ListCursor()
    private(set) var layout = BrowserLayout(size: Size(rows: 0, columns: 0), isReading: false)
    var asked = BrowserRequests()
    /// The pointers of attributes that were opened or closed, by path.
    var folds: [String: Set<String>] = [:]
    var samples: [String: CodecSample] = [:]
    var keys: KeyList?
    let start: String

    /// Begins at the node that a store was opened at.
    init(store: OpenedStore) {
        start = store.path == "/" ? store.memory?.array ?? "/" : store.path
        let kind = store.path == "/" ? store.kind : .group
        tree = NodeTree(root: NodeCard(path: "/", name: store.name, kind: kind))
        lines = tree.lines()
    }

    var name: String {
        let path = selected?.path ?? "/"
        return path == "/" ? "" : String(path.dropFirst())
    }

    var isTyping: Bool {
        isFiltering || search?.isTyping ?? false
    }

    /// The node that is selected.
    var selected: NodeCard? {
        guard lines.indices.contains(list.selected) else { return nil }
        return tree[lines[list.selected]].card
    }

    /// How many lines the text of the tab has.
    var textCount: Int {
        tab == .keys ? keys?.count ?? 0 : text.lines.count
    }

    /// A line of the text of the tab. Requires `0 <= line < textCount`.
    func textLine(_ line: Int) -> TextLine {
        if tab == .keys, let keys { return keys.line(line, width: layout.text.columns - 1) }
        return text.lines[line]
    }

    func commands(_ context: Context) -> [Command] {
        guard !isTyping else { return [.open, .close] }
        let isArray = selected?.kind == .array
        let isGroup = selected?.kind == .group
        let first: [Command] =
            isArray
            ? [
                .open, .slice, .nextPart, .filter, .sort, .reverseOrder, .findings, .next,
                .previous,
            ]
            : [.open, .nextPart, .filter, .sort, .reverseOrder] + (isGroup ? [.verify] : []) + [
                .next, .previous, .slice, .findings,
            ]
        let own: [Command] = [.refresh, .copy, .copyPath, .left, .right, .parent, .previousPart]
        // Only attributes and folded keys open and close.
        let hasFolds = tab == .attributes || tab == .keys && keys?.hasFolds ?? false
        let isFlat = isReading && !hasFolds
        let counting: [Command] = isUncounted ? [.count] : []
        let more: [Command] = [.compare, .watch, .count, .verify, .mock, .map, .delete]
        return counting + first.filter { $0 != .open || !isFlat }
            + more.filter { !counting.contains($0) && (!isGroup || $0 != .verify) } + own
            + Command.tabs
            + Command.moving
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        let isOfArrays: Set<Command> = [
            .map, .slice, .mock, .findings, .delete, .compare, .watch, .verify,
        ]
        if command == .verify, selected?.kind == .group { return reasonNotVerified(context) }
        if isOfArrays.contains(command), chosenArray == nil {
            return "Select an array first: only arrays have chunks"
        }
        switch command {
        case .delete: return reasonNotStaged(context)
        case .map, .slice, .mock, .findings, .compare, .watch, .verify:
            guard let path = selected?.path, let details = context.details[path] else { return nil }
            guard let array = details.array else {
                return "The array cannot be read: see its findings"
            }
            return command == .slice || command == .verify ? array.reasonUndecodable : nil
        case .count:
            if context.mock.isArmed { return "The mock is armed: its map shows what it does" }
            let isAny = selected.map { !tree.nodes(.array, below: $0.path).isEmpty } ?? false
            return isAny ? nil : "No array is listed here: only arrays have chunks"
        default: return nil
        }
    }

    /// Whether chunks of what is selected were not counted, and are not of themselves.
    private var isUncounted: Bool {
        guard let node = selected else { return false }
        guard node.kind == .group else {
            return node.kind == .array && isLeftOut(node)
        }
        return below?.path == node.path
            && below?.counts?.uncounted.contains {
                tree.number(of: $0.path).map { isLeftOut(tree.entries[$0].card) } ?? false
            } ?? false
    }

    /// Whether an array is counted only when somebody asks.
    private func isLeftOut(_ card: NodeCard) -> Bool {
        card.counts == nil
            && (card.chunkCount ?? .max > Self.countLimit || card.countProblem != nil)
    }

    /// How far a count is that a person asked for.
    func status(_ context: Context) -> String? {
        if let status = verifyStatus(context) { return status }
        guard let path = asked.counting?.path, asked.toCount.contains(path) else { return nil }
        return "⟳ counting \(path)"
    }

    /// The array that is selected; `nil` for other nodes.
    var chosenArray: String? {
        selected.flatMap { $0.kind == .array ? $0.path : nil }
    }

    /// Why no chunk of the selected array can be staged; `nil` where some are chosen.
    private func reasonNotStaged(_ context: Context) -> String? {
        guard let path = chosenArray else { return nil }
        if let reason = context.reasonNotWritable { return reason }
        let marked = context.array?.path == path ? context.array?.shown?.markedCount ?? 0 : 0
        return marked > 0
            ? nil : "No chunk of \(path) is chosen: Enter shows them, Space marks one, then D"
    }

    func hint(_ command: Command) -> String {
        switch command {
        case .open where isFiltering: "keeps the filter"
        case .close where isFiltering: "shows all again"
        case .open where isTyping: "keeps the search"
        case .close where isTyping: "ends the search"
        case .open where isReading: "open or close"
        case .open: openWord
        case .nextPart: isReading ? "tree" : "details"
        case .filter: isReading ? "search" : "filter"
        case .next: search == nil || !isReading ? nextWord : "next match"
        case .previous: search == nil || !isReading ? "the one before" : "match before"
        case .delete: "delete chosen…"
        case .count: selected?.kind == .group ? "count" : "count chunks"
        case .verify: selected?.kind == .group ? "verify all" : "verify"
        case .copy: isReading ? "copy value" : "copy line"
        case .tab1: "info"
        case .tab2: "attributes"
        case .tab3: "codecs"
        case .tab4: "raw JSON"
        case .tab5: "keys"
        case .tab6: "findings of it"
        case .left: isReading ? "tab before" : "close group"
        case .right: isReading ? "next tab" : "open group"
        default: command.title
        }
    }

    private var openWord: String {
        guard let selected else { return "open" }
        switch selected.kind {
        case .array: return "chunk map"
        case .group: return tree.isOpen(selected.path) ? "fold" : "open"
        case .broken, .foreign: return "why"
        }
    }

    private var nextWord: String {
        filter == nil ? "next finding" : "next match"
    }

    mutating func prepare(_ size: Size, _ context: Context) {
        layout = BrowserLayout(size: size, isReading: isReading)
        list.fit(count: lines.count, height: layout.tree.rows)
        measure()
        let census = context.array?.path == selected?.path ? context.array?.census : nil
        if let path = selected?.path, below?.path != path || below?.version != tree.version {
            let counts = selected?.kind == .group ? tree.counts(below: path) : nil
            below = (path, tree.version, counts)
        }
        let now = selected.map { source($0, census?.version, context) }
        text.update(now, census)
        revealSought()
        reader.fit(count: textCount, height: layout.text.rows)
    }

    private struct MeasureKey: Equatable {
        var tree: Int
        var lines: Int
        var block: Int
        var width: Int
    }

    /// Columns hold still while a person moves within so many lines.
    private static let measuredLines = 256

    /// Makes the columns as wide as what stands in the lines in view and around them.
    private mutating func measure() {
        let key = MeasureKey(
            tree: tree.version,
            lines: linesMade,
            block: list.first / Self.measuredLines,
            width: layout.tree.columns
        )
        if measured?.key != key {
            var needs = TreeNeeds()
            let step = TreeColumns.step(layout.tree.columns)
            let start = key.block * Self.measuredLines
            for line in lines.dropFirst(start).prefix(Self.measuredLines + list.height)
            where line.note == nil {
                needs.take(tree[line], depth: line.depth, step: step)
            }
            measured = (key, needs)
        }
        columns = TreeColumns(layout.tree, measured?.needs ?? TreeNeeds(), tree.order)
    }

    private func source(_ card: NodeCard, _ census: Int?, _ context: Context) -> NodeText.Source {
        NodeText.Source(
            card: card,
            tab: tab,
            width: layout.text.columns - 1,
            details: context.details[card.path],
            failure: asked.failures[card.path],
            census: census,
            children: tree.words(of: card.path),
            below: below?.counts,
            verified: asked.verifying?.path == card.path ? asked.verifying : nil,
            coordinates: context.coordinates[card.path],
            folds: folds[card.path] ?? [],
            sample: tab == .codecs ? samples[card.path] : nil
        )
    }

    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        var effects: [Effect]
        switch input {
        case .shown: effects = shown(&context)
        case .resized: effects = []
        case .key(let key): effects = type(key, &context)
        case .command(let command): effects = handle(command, &context)
        case .mouse(let action, let point): effects = click(action, point, &context)
        }
        return effects + (context.navigation == nil ? follow(&context) : leave(&context))
    }
}
