import Canvas

/// The keys under one node, as far as they were listed.
struct KeyList: Sendable {
    /// The node's path.
    let path: String
    private(set) var keys: [KeyCard] = []
    /// Whether all are here.
    private(set) var isComplete = false
    /// Why no more came.
    private(set) var problem: String?
    /// The request that waits for more.
    var request: Int?

    /// More keys than this are not kept.
    private static let most = 500_000
    /// More are asked for this many lines before the last.
    private static let margin = 200

    /// Begins with none.
    init(path: String) {
        self.path = path
    }

    /// Lines of the tab: the keys, and one that tells how many there are.
    var count: Int {
        keys.count + 1
    }

    /// Whether more keys should be asked for, with this line in view.
    func wantsMore(at line: Int) -> Bool {
        !isComplete && problem == nil && request == nil && line + Self.margin >= keys.count
            && keys.count < Self.most
    }

    /// Takes keys.
    mutating func take(_ page: KeyPage) {
        // Folders are listed in no order.
        keys += page.keys.prefix(Self.most - keys.count)
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        isComplete = page.isLast
        request = nil
    }

    /// Takes why there are no more.
    mutating func fail(_ reason: String) {
        problem = reason
        request = nil
    }

    /// The text of a line, in `width` columns.
    func line(_ place: Int, width: Int) -> TextLine {
        guard place < keys.count else { return last }
        let card = keys[place]
        let size = card.bytes.map(Format.bytes) ?? ""
        let time = width >= 72 ? card.modified : ""
        let fixed = 9 + 11 + (time.isEmpty ? 0 : 21)
        let (word, role) = Self.look(card.kind)
        var pieces: [(String, Role)] = [
            (TextWidth.padded(word, columns: 9), role),
            (TextWidth.padded(card.key, columns: max(8, width - fixed), cut: .middle), .text),
            (TextWidth.padded(size, columns: 10, align: .trailing) + " ", .value),
        ]
        if !time.isEmpty { pieces.append((" " + time, .dim)) }
        return TextLine(pieces, copied: card.key)
    }

    private var last: TextLine {
        if let problem { return TextLine("✖ " + problem, .error) }
        if isComplete { return TextLine(Format.plural(keys.count, "key"), .dim) }
        return TextLine(
            keys.count < Self.most
                ? "… \(Format.plural(keys.count, "key")) so far"
                : "\(Format.plural(keys.count, "key")); the rest is not shown",
            .dim
        )
    }

    private static func look(_ kind: KeyCard.Kind) -> (String, Role) {
        switch kind {
        case .metadata: ("metadata", .accent)
        case .chunk: ("chunk", .good)
        case .orphan: ("? orphan", .notice)
        case .foreign: ("foreign", .dim)
        case .trash: ("trash", .warning)
        case .below: ("▸ below", .label)
        }
    }
}
