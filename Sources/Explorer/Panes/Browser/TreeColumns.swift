import Canvas

/// What the lines of the tree need of its columns, in cells.
struct TreeNeeds: Hashable, Sendable {
    /// The longest name of an array, with its indent and sign.
    private(set) var name = 0
    private var cells: [NodeOrder.Column?: Int] = [:]
    /// The census with its words.
    private(set) var words = 0

    /// Takes a node that stands so deep, each level `step` columns.
    mutating func take(_ entry: NodeTree.Entry, depth: Int, step: Int) {
        // Nothing stands beside the names of other nodes: they run over the columns.
        guard entry.card.kind == .array else { return }
        name = max(name, 1 + min(depth, 12) * step + TextWidth.of(NodeCells.title(entry)))
        for kind in TreeColumns.order {
            let text = NodeCells.cell(kind, entry.card, isWide: false).0
            cells[kind] = max(cells[kind] ?? 0, TextWidth.of(text))
        }
        words = max(words, TextWidth.of(NodeCells.cell(.state, entry.card, isWide: true).0))
    }

    /// What a column after the name needs.
    subscript(kind: NodeOrder.Column?) -> Int {
        cells[kind] ?? 0
    }
}

/// The columns of the tree: as wide as what stands in them, as many as there is room for beside the
/// names, and always the one that sorts.
struct TreeColumns: Sendable {
    /// Where they are.
    let columns: Columns
    /// What each shows; `nil` for the chunk's shape, by which nothing is sorted.
    let kinds: [NodeOrder.Column?]
    /// Whether there is room for words.
    let isWide: Bool
    /// Whether each level is indented by two columns.
    let step: Int

    /// The columns after the name, from left to right.
    static let order: [NodeOrder.Column?] = [.type, .shape, nil, .stored, .state]
    /// Those that come first where there is not room for all.
    private static let rank: [NodeOrder.Column?] = [.state, .type, .shape, .stored, nil]

    /// How far each level is indented in a tree of so many columns.
    static func step(_ columns: Int) -> Int {
        columns > 50 ? 2 : 1
    }

    /// Lays columns out.
    init(_ rect: Rect, _ needs: TreeNeeds = TreeNeeds(), _ order: NodeOrder = NodeOrder()) {
        let width = max(0, rect.columns - 1)
        step = Self.step(rect.columns)
        let least = max(12, min(needs.name, width / 2))
        var free = width - least
        var cells: [NodeOrder.Column?: Int] = [:]
        var isWide = false
        func add(_ kind: NodeOrder.Column?) {
            guard cells[kind] == nil else { return }
            let arrow = kind != nil && kind == order.column && !order.isAsListed ? 1 : 0
            let need = max(Self.word(kind).count + arrow, min(needs[kind], Self.most(kind, width)))
            // What is empty in every line takes nothing from a name.
            let isEmpty = needs[kind] == 0 && kind != order.column
            // A shape that nearly fits takes a little of the names.
            let lent = kind == .shape ? max(0, min(4, least - 14)) : 0
            guard need < free + lent - (isEmpty ? max(0, needs.name - least) : 0) else { return }
            cells[kind] = need
            free = max(0, free - need - 1)
        }
        func addWords() {
            guard let short = cells[.state], needs.words > short else { return }
            let more = min(needs.words, 15) - short
            guard more > 0, more <= free else { return }
            cells[.state] = short + more
            free -= more
            isWide = true
        }
        if order.column != .name { add(order.column) }
        for kind in Self.rank {
            if kind == nil { addWords() }
            add(kind)
        }
        self.isWide = isWide
        kinds = [.name] + Self.order.filter { cells[$0] != nil }
        let list = kinds.dropFirst().map { kind in
            Columns.Column(
                .fixed(cells[kind] ?? 0),
                align: kind == .stored ? .trailing : .leading,
                cut: .middle
            )
        }
        columns = Columns(
            [.init(.share(1, minimum: 12), cut: .middle)] + list,
            from: rect.column,
            width: width
        )
    }

    /// The cells of a shape where there is plenty of room.
    static let widestShape = 20

    /// More cells than this a column does not take from the names.
    private static func most(_ kind: NodeOrder.Column?, _ width: Int) -> Int {
        switch kind {
        case .type: 8
        case .shape, nil: width >= 74 ? widestShape : width >= 50 ? 16 : 12
        case .stored, .state, .name: 9
        }
    }

    private static func word(_ kind: NodeOrder.Column?) -> String {
        switch kind {
        case .name: " Name"
        case .type: "Type"
        case .shape: "Shape"
        case .stored: "Stored"
        case .state: "Census"
        case nil: "Chunk"
        }
    }

    /// The word over each column, with the direction of the one that sorts.
    func titles(_ order: NodeOrder) -> [String] {
        let sign = order.column.sortsDown != order.isReversed ? "↓" : "↑"
        return zip(kinds, columns.places).map { kind, place in
            let word = Self.word(kind)
            guard !order.isAsListed, let kind else { return word }
            if kind == .name, !kinds.contains(order.column) {
                let whole = "\(word) by \(order.column)\(sign)"
                return whole.count <= place.count ? whole : word
            }
            guard kind == order.column else { return word }
            return word.count < place.count ? word + sign : String(word.dropLast()) + sign
        }
    }

    /// The column that a click on the heading means.
    func kind(at column: Int) -> NodeOrder.Column? {
        columns.places.firstIndex { $0.contains(column) }.flatMap { kinds[$0] }
    }
}

extension NodeOrder.Column {
    /// Whether the greatest comes first.
    var sortsDown: Bool {
        switch self {
        case .name, .type: false
        case .shape, .stored, .state: true
        }
    }
}
