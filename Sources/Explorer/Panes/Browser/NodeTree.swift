import ZarrModel

/// The part of a hierarchy that has been listed, as lines.
///
/// Nodes keep their number for good, so that a line is two numbers: a hundred thousand of them are
/// made anew within a frame.
struct NodeTree: Sendable {
    /// A node, and what is known of what lies below it.
    struct Entry: Sendable {
        var card: NodeCard
        /// The bytes of its name in lower case, for the filter.
        let folded: [UInt8]
        /// The nodes below, as they were listed; `nil` until they are.
        var children: [Int]?
        /// What they are, in words.
        var words: String?
        /// Why they could not be listed.
        var failure: String?
        /// Whether they are shown.
        var isOpen = false

        init(_ card: NodeCard) {
            self.card = card
            folded = Array(card.name.lowercased().utf8)
        }
    }

    /// One line.
    struct Line: Hashable, Sendable {
        /// The node's number.
        var node: Int
        /// How deep, from 0.
        var depth: Int
        /// What stands here in place of its children; `nil` for the node itself.
        var note: Note?
    }

    /// In place of children.
    enum Note: Hashable, Sendable {
        case empty, waiting, failed
    }

    private(set) var entries: [Entry]
    private var places: [String: Int]
    /// How children are sorted.
    var order = NodeOrder() {
        didSet { if order != oldValue { sorted = [:] } }
    }
    private var sorted: [Int: [Int]] = [:]
    /// Changes whenever what is known of a node does.
    private(set) var version = 0

    /// Begins with only the root, closed.
    init(root: NodeCard) {
        entries = [Entry(root)]
        places = [root.path: 0]
    }

    /// The node at the top.
    var root: NodeCard {
        entries[0].card
    }

    /// The node of a line.
    subscript(line: Line) -> Entry {
        entries[line.node]
    }

    /// The number of the node at a path.
    func number(of path: String) -> Int? {
        places[path]
    }

    /// Whether the children of a group are known.
    func isListed(_ path: String) -> Bool {
        places[path].map { entries[$0].children != nil } ?? false
    }

    /// What the children of a group are, in words; `nil` until they are listed.
    func words(of path: String) -> String? {
        places[path].flatMap { entries[$0].words }
    }

    /// Whether the children of a group are shown.
    func isOpen(_ path: String) -> Bool {
        places[path].map { entries[$0].isOpen } ?? false
    }

    /// Shows or hides the children of a group.
    mutating func setOpen(_ path: String, _ isOpen: Bool) {
        if let place = places[path] { entries[place].isOpen = isOpen }
    }

    /// Takes the children of a group, or some more of them. O(children).
    mutating func take(_ found: [NodeCard], of path: String, isPart: Bool = false) {
        guard let place = places[path] else { return }
        version &+= 1
        let children = found.map { card in
            if let known = places[card.path], known != place {
                let (counts, problem) = (
                    entries[known].card.counts, entries[known].card.countProblem
                )
                entries[known].card = card
                entries[known].card.countProblem = problem
                if card.counts == nil { entries[known].card.counts = counts }
                return known
            }
            entries.append(Entry(card))
            places[card.path] = entries.count - 1
            return entries.count - 1
        }
        entries[place].children = isPart ? (entries[place].children ?? []) + children : children
        entries[place].words = isPart ? nil : InfoText.words(found)
        entries[place].failure = nil
        sorted[place] = nil
    }

    /// Takes why the children of a group could not be listed.
    mutating func fail(_ reason: String, of path: String) {
        if let place = places[path] { entries[place].failure = reason }
    }

    /// Forgets what was listed, to list it again.
    mutating func forget(_ path: String) {
        guard let place = places[path] else { return }
        version &+= 1
        for child in entries[place].children ?? [] {
            entries[child].card.counts = nil
            entries[child].card.countProblem = nil
        }
        entries[place].children = nil
        entries[place].words = nil
        entries[place].failure = nil
        entries[place].card.counts = nil
        sorted[place] = nil
    }

    /// Takes why the chunks of an array could not be counted.
    mutating func failCount(_ reason: String, of path: String) {
        guard let place = places[path] else { return }
        entries[place].card.countProblem = reason
        version &+= 1
    }

    /// Takes what a census of an array came to.
    mutating func take(_ counts: CensusCounts?, of path: String) {
        guard let place = places[path] else { return }
        let isNews = entries[place].card.counts != counts || entries[place].card.countProblem != nil
        guard isNews else { return }
        entries[place].card.counts = counts
        entries[place].card.countProblem = nil
        version &+= 1
        if order.column.needsCounts { sorted = [:] }
    }

    /// Takes what the document of an array says now; answers whether it says something else than before:
    /// its counts are forgotten then.
    mutating func take(_ details: NodeDetails) -> Bool {
        guard let place = places[details.path], let array = details.array,
            entries[place].card.kind == .array
        else { return false }
        let card = entries[place].card
        guard card.shape != array.shape || card.chunkShape != array.chunkShape else { return false }
        version &+= 1
        entries[place].card.shape = array.shape
        entries[place].card.chunkShape = array.chunkShape
        entries[place].card.dataType = array.dataType
        entries[place].card.counts = nil
        if order.column.needsCounts { sorted = [:] }
        return true
    }

    // MARK: Lines

    /// Deeper than this nothing is shown.
    private static let deepest = 64

    /// The lines to show: with a filter, every known node whose name has it, and what leads there.
    /// O(nodes shown or searched).
    mutating func lines(filter: String = "") -> [Line] {
        var result: [Line] = []
        append(0, 0, Array(filter.lowercased().utf8), &result)
        return result
    }

    /// Whether a node's name has the text of a filter, in lower case.
    func matches(_ node: Int, _ wanted: [UInt8]) -> Bool {
        entries[node].folded.has(wanted)
    }

    private mutating func append(
        _ node: Int,
        _ depth: Int,
        _ wanted: [UInt8],
        _ lines: inout [Line]
    ) {
        let isFiltered = !wanted.isEmpty
        let children = entries[node].children
        let isOpen = entries[node].isOpen || (isFiltered && children != nil)
        let isHit = !isFiltered || depth == 0 || matches(node, wanted)
        let place = lines.count
        lines.append(Line(node: node, depth: depth))
        if isOpen, depth < Self.deepest {
            if entries[node].failure != nil {
                lines.append(Line(node: node, depth: depth + 1, note: .failed))
            } else if let children {
                for child in inOrder(node, children) { append(child, depth + 1, wanted, &lines) }
                if children.isEmpty, !isFiltered {
                    lines.append(Line(node: node, depth: depth + 1, note: .empty))
                }
            } else if entries[node].card.kind == .group {
                lines.append(Line(node: node, depth: depth + 1, note: .waiting))
            }
        }
        if !isHit, lines.count == place + 1 { lines.removeLast() }
    }

    private mutating func inOrder(_ node: Int, _ children: [Int]) -> [Int] {
        guard !order.isAsListed else { return children }
        if let known = sorted[node] { return known }
        let result = order.sorted(children) { entries[$0].card }
        sorted[node] = result
        return result
    }
}

extension [UInt8] {
    /// Whether `part` stands somewhere in these bytes. O(length × length of `part`).
    func has(_ part: [UInt8]) -> Bool {
        guard let first = part.first else { return true }
        guard part.count <= count else { return false }
        for start in 0...(count - part.count) where self[start] == first {
            var length = 1
            while length < part.count, self[start + length] == part[length] { length += 1 }
            if length == part.count { return true }
        }
        return false
    }
}
