import Canvas

/// The columns of the tree: as many as there is room for.
struct TreeColumns {
    /// Where they are.
    let columns: Columns
    /// What each shows; `nil` for the chunk's shape, by which nothing is sorted.
    let kinds: [NodeOrder.Column?]
    /// Whether there is room for words.
    let isWide: Bool
    /// Whether each level is indented by two columns.
    let step: Int

    /// Lays columns out.
    init(_ rect: Rect) {
        let width = rect.columns - 1
        isWide = width >= 56
        step = width >= 50 ? 2 : 1
        var kinds: [NodeOrder.Column?] = [.name]
        var list: [Columns.Column] = [.init(.share(1, minimum: 12))]
        func add(_ kind: NodeOrder.Column?, _ cells: Int, _ align: Alignment = .leading) {
            kinds.append(kind)
            list.append(.init(.fixed(cells), align: align))
        }
        if width >= 28 { add(.type, width >= 56 ? 5 : 4) }
        if width >= 24 { add(.shape, width >= 74 ? 16 : width >= 50 ? 14 : 11) }
        if width >= 74 { add(nil, 12) }
        if width >= 56 { add(.stored, 9, .trailing) }
        if width >= 36 { add(.state, width >= 74 ? 15 : width >= 56 ? 13 : 7) }
        columns = Columns(list, from: rect.column, width: width)
        self.kinds = kinds
    }

    /// The word over each column, with the direction of the one that sorts.
    func titles(_ order: NodeOrder) -> [String] {
        zip(kinds, columns.places).map { kind, place in
            let word =
                switch kind {
                case .name?: " Name"
                case .type?: "Type"
                case .shape?: "Shape"
                case .stored?: "Stored"
                case .state?: "Census"
                case nil: "Chunk"
                }
            guard let kind, kind == order.column, !order.isAsListed else { return word }
            let isDown = kind.sortsDown != order.isReversed
            let sign = isDown ? "↓" : "↑"
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
