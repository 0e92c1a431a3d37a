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
    }

    /// What came of a key.
    enum Outcome: Hashable, Sendable {
        case typing, closed
        case chosen(Command)
    }

    /// Lines of the list at most.
    private static let mostRows = 12

    private var field = TextField()
    private var list = ListCursor()

    /// Reacts to a key.
    mutating func take(_ key: Key, _ entries: [Entry]) -> Outcome {
        let found = matches(entries)
        list.fit(count: found.count, height: Self.mostRows)
        switch key {
        case .escape: return .closed
        case .enter:
            guard found.indices.contains(list.selected) else { return .closed }
            return .chosen(found[list.selected].command)
        case .up: _ = list.take(.up)
        case .down: _ = list.take(.down)
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

    /// The commands that have what was typed in their word or title; those that begin with it first.
    func matches(_ entries: [Entry]) -> [Entry] {
        let wanted = field.string.lowercased()
        guard !wanted.isEmpty else { return entries }
        let begin = entries.filter {
            $0.command.word.hasPrefix(wanted) || $0.title.lowercased().hasPrefix(wanted)
        }
        let hold = entries.filter {
            !begin.contains($0)
                && ($0.command.word.mentions(wanted) || $0.title.lowercased().mentions(wanted))
        }
        return begin + hold
    }

    /// Draws the field and what it finds, in a box over the pane.
    func draw(on canvas: inout Canvas, in rect: Rect, entries: [Entry]) {
        let found = matches(entries)
        let rows = min(Self.mostRows, max(1, found.count), max(1, rect.rows - 4))
        let box = Rect(
            row: rect.row + min(2, max(0, rect.rows - rows - 4)),
            column: max(0, (rect.columns - min(64, rect.columns)) / 2),
            rows: min(rect.rows, rows + 4),
            columns: min(64, rect.columns)
        )
        canvas.fill(box)
        canvas.box(box, title: "Commands")
        let inner = box.inset(rows: 1, columns: 2)
        canvas.write(":", row: inner.row, column: inner.column, .hintKey)
        field.draw(
            on: &canvas,
            row: inner.row,
            column: inner.column + 1,
            width: inner.columns - 1,
            isActive: true
        )
        canvas.region(inner) { drawList(found, on: &$0, rows: rows) }
    }

    private func drawList(_ found: [Entry], on canvas: inout Canvas, rows: Int) {
        if found.isEmpty {
            canvas.write("no such command here", row: 2, .dim)
        }
        var list = list
        list.fit(count: found.count, height: rows)
        let columns = Columns(
            [.init(.share(1)), .init(.fixed(16)), .init(.fixed(6), align: .trailing)],
            width: canvas.size.columns
        )
        for (row, at) in list.visible.enumerated() {
            let entry = found[at]
            let role: Role = at == list.selected ? .selected : entry.reason == nil ? .text : .dim
            let line = Rect(row: 2 + row, column: 0, rows: 1, columns: canvas.size.columns)
            canvas.fill(line, " ", Style(role))
            let texts = [entry.title, entry.command.word, entry.key]
            canvas.write(texts, in: columns, row: 2 + row, Style(role))
        }
    }
}
