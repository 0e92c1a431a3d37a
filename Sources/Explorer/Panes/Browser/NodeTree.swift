import ZarrModel

/// The part of a hierarchy that has been listed, as lines.
struct NodeTree: Sendable {
    /// One line.
    struct Line: Hashable, Sendable {
        var card: NodeCard
        /// How deep, from 0.
        var depth: Int
        /// Whether its children are shown.
        var isOpen: Bool
        /// In place of children: a text, with whether it is an error.
        var note: Note?
    }

    /// A line that is no node.
    struct Note: Hashable, Sendable {
        var text: String
        var isError: Bool
    }

    /// The node at the top.
    let root: NodeCard
    private var children: [String: [NodeCard]] = [:]
    private var failures: [String: String] = [:]
    private var open: Set<String> = []

    /// Begins with only the root, closed.
    init(root: NodeCard) {
        self.root = root
    }

    /// Whether the children of a group are known.
    func isListed(_ path: String) -> Bool {
        children[path] != nil
    }

    /// The children of a group; `nil` until they are listed.
    func children(of path: String) -> [NodeCard]? {
        children[path]
    }

    /// Whether the children of a group are shown.
    func isOpen(_ path: String) -> Bool {
        open.contains(path)
    }

    /// Shows or hides the children of a group.
    mutating func setOpen(_ path: String, _ isOpen: Bool) {
        if isOpen { open.insert(path) } else { open.remove(path) }
    }

    /// Takes the children of a group.
    mutating func take(_ found: [NodeCard], of path: String) {
        children[path] = found
        failures[path] = nil
    }

    /// Takes why the children of a group could not be listed.
    mutating func fail(_ reason: String, of path: String) {
        failures[path] = reason
    }

    /// Forgets what was listed, to list it again.
    mutating func forget(_ path: String) {
        children[path] = nil
        failures[path] = nil
    }

    /// The lines to show: with a filter, every known node whose name has it, and what leads there.
    func lines(filter: String = "") -> [Line] {
        var result: [Line] = []
        let wanted = filter.lowercased()
        append(root, 0, wanted, &result)
        return result
    }

    /// Deeper than this nothing is shown.
    private static let deepest = 64

    private func append(_ card: NodeCard, _ depth: Int, _ wanted: String, _ lines: inout [Line]) {
        let isFiltered = !wanted.isEmpty
        let isOpen = open.contains(card.path) || (isFiltered && children[card.path] != nil)
        let place = lines.count
        lines.append(Line(card: card, depth: depth, isOpen: isOpen && card.kind == .group))
        guard isOpen, depth < Self.deepest else {
            if isFiltered, depth > 0, !matches(card, wanted) { lines.removeLast() }
            return
        }
        if let failure = failures[card.path] {
            lines.append(note(failure, isError: true, card, depth))
        } else if let known = children[card.path] {
            for child in known { append(child, depth + 1, wanted, &lines) }
            if known.isEmpty, !isFiltered {
                lines.append(note("empty", isError: false, card, depth))
            }
        } else if card.kind == .group {
            lines.append(note("…", isError: false, card, depth))
        }
        if isFiltered, depth > 0, lines.count == place + 1, !matches(card, wanted) {
            lines.removeLast()
        }
    }

    private func matches(_ card: NodeCard, _ wanted: String) -> Bool {
        card.name.lowercased().mentions(wanted)
    }

    private func note(_ text: String, isError: Bool, _ card: NodeCard, _ depth: Int) -> Line {
        Line(card: card, depth: depth + 1, isOpen: false, note: Note(text: text, isError: isError))
    }
}
