import Canvas

/// The keys under one node, as far as they were listed; many chunks one after another are one line that
/// opens.
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
    private var runs: [KeyRun] = []

    /// More keys than this are not kept.
    private static let most = 500_000
    /// More are asked for this many lines before the last.
    private static let margin = 40

    /// Begins with none.
    init(path: String) {
        self.path = path
    }

    /// Lines of the tab: the keys, and one that tells how many there are.
    var count: Int {
        (runs.last.map { $0.line + $0.lines } ?? 0) + 1
    }

    /// Whether more keys should be asked for, with this line in view.
    func wantsMore(at line: Int) -> Bool {
        !isComplete && problem == nil && request == nil && line + Self.margin >= count
            && keys.count < Self.most
    }

    /// Takes keys.
    mutating func take(_ page: KeyPage) {
        let first = keys.count
        // Folders are listed in no order.
        keys += page.keys.prefix(Self.most - keys.count)
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        runs += KeyRun.runs(of: keys, from: first)
        place()
        isComplete = page.isLast
        request = nil
    }

    /// Takes why there are no more.
    mutating func fail(_ reason: String) {
        problem = reason
        request = nil
    }

    // MARK: Opening

    /// Whether anything can be opened.
    var hasFolds: Bool {
        runs.contains { $0.isFolded }
    }

    /// Opens or closes what is folded at a line; answers whether anything is.
    mutating func toggle(at line: Int) -> Bool {
        guard let run = run(at: line), runs[run].isFolded else { return false }
        runs[run].isOpen.toggle()
        place()
        return true
    }

    /// The line of what is folded with the key at a line, or of that key.
    func foldLine(of line: Int) -> Int {
        guard let run = run(at: line), runs[run].isFolded else { return line }
        return runs[run].line
    }

    /// The keys that have `wanted`, lowercased, in them. O(keys).
    func hits(_ wanted: [UInt8]) -> [Int] {
        keys.indices.filter { Array(keys[$0].key.lowercased().utf8).has(wanted) }
    }

    /// The key at a line, or the first one of what is folded there.
    func key(at line: Int) -> Int {
        guard let run = run(at: line) else { return keys.count }
        let below = runs[run].isFolded ? line - runs[run].line - 1 : line - runs[run].line
        return runs[run].range.lowerBound + max(0, below)
    }

    /// Opens what a key is folded in, and answers its line.
    mutating func reveal(_ key: Int) -> Int {
        guard let run = runs.firstIndex(where: { $0.range.contains(key) }) else { return 0 }
        if runs[run].isFolded, !runs[run].isOpen {
            runs[run].isOpen = true
            place()
        }
        return runs[run].line + key - runs[run].range.lowerBound + (runs[run].isFolded ? 1 : 0)
    }

    /// Puts the runs one below the other. O(runs).
    private mutating func place() {
        var line = 0
        for run in runs.indices {
            runs[run].line = line
            line += runs[run].lines
        }
    }

    private func run(at line: Int) -> Int? {
        guard line >= 0, line < count - 1 else { return nil }
        var (low, high) = (0, runs.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if runs[middle].line <= line { low = middle } else { high = middle }
        }
        return low
    }

    // MARK: Lines

    /// The text of a line, in `width` columns.
    func line(_ place: Int, width: Int) -> TextLine {
        guard let number = run(at: place) else { return last }
        let run = runs[number]
        guard run.isFolded else { return line(of: run.range.lowerBound + place - run.line, width) }
        guard place > run.line else { return line(of: run, width) }
        return line(of: run.range.lowerBound + place - run.line - 1, width)
    }

    private func line(of key: Int, _ width: Int) -> TextLine {
        let card = keys[key]
        let (word, role) = Self.look(card.kind)
        return line(
            [(word, role)],
            card.key,
            bytes: card.bytes,
            width,
            time: card.modified
        )
    }

    private func line(of run: KeyRun, _ width: Int) -> TextLine {
        let (first, last) = (keys[run.range.lowerBound].key, keys[run.range.upperBound - 1].key)
        var line = line(
            [(run.isOpen ? "▾ " : "▸ ", .dim), (Format.short(run.range.count), .good)],
            "\(first) … \(last)",
            bytes: run.bytes,
            width,
            time: Format.plural(run.range.count, "chunk")
        )
        line.fold = first
        return line
    }

    /// What it is, the key, its bytes, and at last what there is room for.
    private func line(
        _ kind: [(String, Role)],
        _ key: String,
        bytes: Int?,
        _ width: Int,
        time: String
    ) -> TextLine {
        let time = width >= 72 ? time : ""
        let fixed = 9 + 11 + (time.isEmpty ? 0 : 21)
        var pieces = kind
        let used = kind.reduce(0) { $0 + TextWidth.of($1.0) }
        pieces.append((String(repeating: " ", count: max(1, 9 - used)), .dim))
        pieces.append((TextWidth.padded(key, columns: max(8, width - fixed), cut: .middle), .text))
        let size = bytes.map(Format.bytes) ?? ""
        pieces.append((TextWidth.padded(size, columns: 10, align: .trailing) + " ", .value))
        if !time.isEmpty { pieces.append((" " + time, .dim)) }
        return TextLine(pieces, copied: key)
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
