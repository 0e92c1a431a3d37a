/// How the nodes of a group are sorted.
struct NodeOrder: Hashable, Sendable {
    /// What they are sorted by.
    enum Column: Int, Hashable, Sendable, CaseIterable {
        case name, type, shape, stored, state

        /// Whether it depends on what a census found.
        var needsCounts: Bool {
            self == .stored || self == .state
        }

        /// What the message says.
        var title: String {
            switch self {
            case .name: "name"
            case .type: "type"
            case .shape: "number of elements"
            case .stored: "stored bytes"
            case .state: "what is missing or broken"
            }
        }
    }

    /// What they are sorted by.
    var column = Column.name
    /// Whether the order is the other way round; numbers begin with the greatest.
    var isReversed = false

    /// Whether this is the order in which they were listed.
    var isAsListed: Bool {
        column == .name && !isReversed
    }

    /// The next column.
    var next: NodeOrder {
        let columns = Column.allCases
        return NodeOrder(column: columns[(column.rawValue + 1) % columns.count])
    }

    /// The message that tells of it.
    var title: String {
        "Sorted by \(column.title)" + (isReversed ? ", reversed" : "")
    }

    /// Nodes in this order; what is equal stays in the order of the listing. O(n log n).
    func sorted(_ nodes: [Int], _ card: (Int) -> NodeCard) -> [Int] {
        var result = nodes
        switch column {
        case .name: break
        case .type:
            let keyed = nodes.enumerated().map { ($1, $0, card($1).dataType ?? "\u{10ffff}") }
            result = keyed.sorted { $0.2 == $1.2 ? $0.1 < $1.1 : $0.2 < $1.2 }.map(\.0)
        case .shape: result = descending(nodes) { Self.elements(card($0)) }
        case .stored:
            result = descending(nodes) {
                Double(card($0).counts?.storedBytes ?? card($0).storedBytes ?? -1)
            }
        case .state: result = descending(nodes) { Self.trouble(card($0)) }
        }
        return isReversed ? result.reversed() : result
    }

    private func descending(_ nodes: [Int], _ key: (Int) -> Double) -> [Int] {
        let keyed = nodes.enumerated().map { ($1, $0, key($1)) }
        return keyed.sorted { $0.2 == $1.2 ? $0.1 < $1.1 : $0.2 > $1.2 }.map(\.0)
    }

    private static func elements(_ card: NodeCard) -> Double {
        card.shape.map { $0.reduce(1) { $0 * Double($1) } } ?? -1
    }

    /// Broken nodes first, then broken chunks, then absent ones.
    private static func trouble(_ card: NodeCard) -> Double {
        if card.kind == .broken { return .infinity }
        guard let counts = card.counts else { return -1 }
        return Double(counts.broken) * 1e12 + Double(counts.missing)
    }
}
