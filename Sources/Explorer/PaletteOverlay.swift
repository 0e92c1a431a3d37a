import Canvas
import ZarrModel

/// A list of commands to choose from by typing.
struct PaletteOverlay: Sendable {
    /// One command.
    struct Entry: Hashable, Sendable {
        var command: Command
        var title: String
        var key: String
        /// Why it is disabled; `nil` when it is not.
        var reason: String?

        /// Whether its word or title has `text` in it, or its group begins with it, in any case.
        func holds(_ text: String) -> Bool {
            let wanted = text.lowercased()
            let settings =
                command == .settings ? Setting.allCases.map(\.rawValue) + ["colours"] : []
            return command.group.title.lowercased().hasPrefix(wanted)
                || ([command.word, title] + settings).contains {
                    $0.lowercased().mentions(wanted)
                }
        }

        /// Whether its word or title begins with `text`.
        fileprivate func begins(with text: String) -> Bool {
            command.word.hasPrefix(text) || title.lowercased().hasPrefix(text)
        }
    }

    /// What came of a key.
    enum Outcome: Hashable, Sendable {
        case typing, closed
        case chosen(Command)
    }

    private var field = TextField()
    private var list = ListCursor()

    /// Reacts to a key.
    mutating func take(_ key: Key, _ entries: [Entry]) -> Outcome {
        let found = matches(entries)
        list.fit(count: found.count, height: list.height)
        switch key {
        case .escape: return .closed
        case .enter:
            guard found.indices.contains(list.selected) else { return .closed }
            return .chosen(found[list.selected].command)
        case .up: _ = list.take(.up)
        case .down: _ = list.take(.down)
        case .pageUp: _ = list.take(.pageUp)
        case .pageDown: _ = list.take(.pageDown)
        case .tab:
            guard found.indices.contains(list.selected) else { return .typing }
            field = TextField(found[list.selected].command.word)
        case .backspace where field.text.isEmpty: return .closed
        case .paste: return .typing
        default:
            if field.take(key) { list.selected = 0 }
        }
        return .typing
    }

    /// The commands that have what was typed in their word, title or group; those that begin with it first.
    func matches(_ entries: [Entry]) -> [Entry] {
        let wanted = field.string.lowercased()
        guard !wanted.isEmpty else { return Self.grouped(entries) }
        let found = entries.filter { $0.holds(wanted) }
        return found.filter { $0.begins(with: wanted) } + found.filter { !$0.begins(with: wanted) }
    }

    private static func grouped(_ entries: [Entry]) -> [Entry] {
        CommandGroup.allCases.flatMap { group in entries.filter { $0.command.group == group } }
    }

    /// Where it lies in a pane.
    private static func box(_ rect: Rect) -> Rect {
        rect.inset(rows: rect.rows > 20 ? 1 : 0, columns: 0)
            .centered(Size(rows: min(rect.rows, 26), columns: min(rect.columns, 76)))
    }

    /// Takes the room that there is. Called before every draw.
    mutating func fit(_ entries: [Entry], in rect: Rect) {
        list.fit(count: matches(entries).count, height: max(1, Self.box(rect).rows - 5))
    }

    /// Draws the field and what it finds, in a box over the pane.
    func draw(on canvas: inout Canvas, in rect: Rect, entries: [Entry]) {
        let found = matches(entries)
        let box = Self.box(rect)
        canvas.fill(box)
        canvas.box(box, title: "Commands")
        let inner = box.inset(rows: 1, columns: 2)
        canvas.write(":", row: inner.row, column: inner.column, .hintKey)
        let count = "\(found.count) of \(entries.count)"
        let room = max(1, inner.columns - 2 - TextWidth.of(count))
        field.draw(
            on: &canvas,
            row: inner.row,
            column: inner.column + 1,
            width: room,
            isActive: true
        )
        canvas.write(count, row: inner.row, column: inner.column + 2 + room, .dim)
        let below = list.count - list.visible.upperBound
        if below > 0 {
            let more = " \(canvas.glyphs.down) \(below) more "
            let column = max(box.column, box.endColumn - TextWidth.of(more) - 2)
            canvas.write(more, row: box.endRow - 1, column: column, .dim)
        }
        canvas.region(inner) { drawList(found, on: &$0) }
    }

    private func drawList(_ found: [Entry], on canvas: inout Canvas) {
        if found.isEmpty {
            canvas.write("no such command here", row: 2, .dim)
        }
        let columns = Columns(
            [
                .init(.fixed(7), align: .trailing), .init(.fixed(26)),
                canvas.size.columns < 60 ? .init(.fixed(0)) : .init(.share(1)),
                .init(.fixed(15), align: .trailing),
            ],
            width: canvas.size.columns
        )
        var before: CommandGroup?
        for (row, at) in list.visible.enumerated() where at < found.count {
            let entry = found[at]
            let isOn = entry.reason == nil
            let role: Role = at == list.selected ? .selected : isOn ? .text : .dim
            let line = Rect(row: 2 + row, column: 0, rows: 1, columns: canvas.size.columns)
            canvas.fill(line, " ", Style(role))
            let isFirst = entry.command.group != before
            before = entry.command.group
            let group = field.text.isEmpty && isFirst ? entry.command.group.title : ""
            let texts = [entry.key, entry.title, word(of: entry), group]
            canvas.write(texts, in: columns, row: 2 + row, Style(role))
        }
        drawFoot(found, on: &canvas)
    }

    /// The word that a configuration calls a command by, where that is why it was found.
    private func word(of entry: Entry) -> String {
        let wanted = field.string.lowercased()
        guard !wanted.isEmpty, entry.command.word.mentions(wanted),
            !entry.title.lowercased().mentions(wanted)
        else { return "" }
        return entry.command.word
    }

    private func drawFoot(_ found: [Entry], on canvas: inout Canvas) {
        if found.indices.contains(list.selected), let reason = found[list.selected].reason {
            let row = canvas.size.rows - 1
            canvas.write("not now: " + reason, row: row, .notice, width: canvas.size.columns)
        } else {
            canvas.write(
                [
                    ("Enter", .hintKey), (" do it  ", .hint), ("↑ ↓", .hintKey),
                    (" choose  ", .hint), ("Esc", .hintKey), (" close", .hint),
                ],
                row: canvas.size.rows - 1
            )
        }
    }
}
