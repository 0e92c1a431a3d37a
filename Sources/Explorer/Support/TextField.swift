import Canvas

/// One line of text that a person types.
struct TextField: Hashable, Sendable {
    /// What has been typed.
    private(set) var text: [Character]
    /// Where the next character goes.
    private(set) var cursor: Int

    /// Whether what is typed first takes the place of all.
    private(set) var isFresh: Bool

    /// Makes a field with the cursor at the end; a fresh one gives its text up for what is typed.
    init(_ text: String = "", isFresh: Bool = false) {
        self.text = Array(text)
        self.isFresh = isFresh && !text.isEmpty
        cursor = self.text.count
    }

    /// What has been typed.
    var string: String {
        String(text)
    }

    /// Reacts to a key; answers whether it was one for a text.
    mutating func take(_ key: Key) -> Bool {
        if isFresh { unselect(key) }
        switch key {
        case .character(let character): insert([character])
        case .paste(let pasted): insert(pasted.filter { !$0.isNewline })
        case .backspace: remove(from: cursor - 1, to: cursor)
        case .delete: remove(from: cursor, to: cursor + 1)
        case .control("w"): remove(from: wordStart, to: cursor)
        case .control("u"): remove(from: 0, to: cursor)
        case .control("k"): remove(from: cursor, to: text.count)
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(text.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = text.count
        default: return false
        }
        return true
    }

    /// Text takes the place of what is selected, backspace removes it, all else keeps it.
    private mutating func unselect(_ key: Key) {
        isFresh = false
        switch key {
        case .character, .paste, .backspace:
            text = []
            cursor = 0
        default: break
        }
    }

    private mutating func insert(_ characters: some Sequence<Character>) {
        let room = max(0, Self.longest - text.count)
        let added = Array(characters.prefix(room))
        text.insert(contentsOf: added, at: cursor)
        cursor += added.count
    }

    private mutating func remove(from start: Int, to end: Int) {
        let range = max(0, start)..<min(text.count, max(0, end))
        guard !range.isEmpty else { return }
        text.removeSubrange(range)
        cursor = range.lowerBound
    }

    private var wordStart: Int {
        var start = cursor
        let isBreak = { (character: Character) in character == "/" || character == " " }
        while start > 0, isBreak(text[start - 1]) { start -= 1 }
        while start > 0, !isBreak(text[start - 1]) { start -= 1 }
        return start
    }

    /// More than this is not typed.
    private static let longest = 4096

    /// Draws the field: its start, or the part around the cursor while it is typed in, with an
    /// ellipsis where text is left out.
    func draw(on canvas: inout Canvas, row: Int, column: Int, width: Int, isActive: Bool) {
        canvas.region(Rect(row: row, column: column, rows: 1, columns: width)) { canvas in
            canvas.fill(canvas.bounds, " ", Style(.input))
            guard isActive else {
                canvas.write(string, row: 0, .input, width: width, cut: .end)
                return
            }
            let before = TextWidth.of(String(text[..<cursor]))
            let isWide = width >= 8
            let shift = max(0, before - max(0, width - (isWide ? 2 : 1)))
            canvas.write(string, row: 0, column: -shift, isFresh ? .selected : .input)
            if isWide, shift > 0 { canvas.write("…", row: 0, .input) }
            if isWide, TextWidth.of(string) - shift > width {
                canvas.write("…", row: 0, column: width - 1, .input)
            }
            let under = cursor < text.count ? String(text[cursor]) : " "
            canvas.write(under, row: 0, column: before - shift, .cursor)
        }
    }
}
