import Canvas
import ZarrModel

/// What lies over a pane.
enum Overlay: Sendable {
    case help(HelpOverlay)
    case palette(PaletteOverlay)
}

/// The keys that are live now.
struct HelpOverlay: Sendable {
    /// How far it is scrolled.
    var scroll = Scroll()

    /// Reacts to a key; answers whether it is to be closed.
    mutating func take(_ key: Key, _ keymap: Keymap) -> Bool {
        guard let command = keymap.command(for: key, among: Command.moving) else { return true }
        return !scroll.take(command)
    }

    /// Draws the keys in columns, in a box over the pane.
    func draw(
        on canvas: inout Canvas,
        in rect: Rect,
        entries: [PaletteOverlay.Entry],
        _ context: Context
    ) {
        let keys = context.configuration.keymap.keys
        let isUnicode = canvas.isUnicode
        let lines = entries.compactMap { entry -> (key: String, text: String, isOn: Bool)? in
            guard let own = keys[entry.command], !own.isEmpty else { return nil }
            let labels = own.prefix(2).map { KeyLabel.text($0, isUnicode: isUnicode) }
            let reason = entry.reason.map { "  (\($0))" } ?? ""
            return (labels.joined(separator: " "), entry.title + reason, entry.reason == nil)
        }
        let columnCount = rect.columns >= 76 ? 2 : 1
        let perColumn = (lines.count + columnCount - 1) / columnCount
        let width = min(rect.columns, columnCount == 2 ? 100 : 60)
        let box = rect.centered(Size(rows: min(rect.rows, perColumn + 4), columns: width))
        canvas.fill(box)
        canvas.box(box, title: "Keys that work here")
        let inner = box.inset(rows: 1, columns: 2)
        var scroll = scroll
        scroll.fit(count: perColumn, height: inner.rows - 1)
        let columnWidth = inner.columns / columnCount
        for row in 0..<max(0, inner.rows - 1) {
            for column in 0..<columnCount {
                let at = column * perColumn + scroll.first + row
                guard scroll.first + row < perColumn, at < lines.count else { continue }
                let start = inner.column + column * columnWidth
                canvas.write(
                    lines[at].key,
                    row: inner.row + row,
                    column: start,
                    lines[at].isOn ? .hintKey : .dim,
                    width: 12,
                    align: .trailing
                )
                canvas.write(
                    lines[at].text,
                    row: inner.row + row,
                    column: start + 14,
                    lines[at].isOn ? .text : .dim,
                    width: max(0, columnWidth - 15)
                )
            }
        }
        let foot =
            "Any key closes. Mouse: click, wheel, drag a box; Shift-drag selects text."
        canvas.write(
            foot,
            row: box.endRow - 2,
            column: inner.column,
            .dim,
            width: inner.columns
        )
    }
}

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

    private var field = TextField()
    private var list = ListCursor()

    /// Reacts to a key.
    mutating func take(_ key: Key, _ entries: [Entry]) -> Outcome {
        let found = matches(entries)
        list.fit(count: found.count, height: 12)
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
        let rows = min(12, max(1, found.count), max(1, rect.rows - 4))
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
        var list = list
        list.fit(count: found.count, height: rows)
        if found.isEmpty {
            canvas.write("no such command here", row: inner.row + 2, column: inner.column, .dim)
        }
        let columns = Columns(
            [
                .init(.share(1)), .init(.fixed(16)), .init(.fixed(6), align: .trailing),
            ],
            from: inner.column,
            width: inner.columns
        )
        for (row, at) in list.visible.enumerated() {
            let entry = found[at]
            let role: Role = at == list.selected ? .selected : entry.reason == nil ? .text : .dim
            canvas.fill(
                Rect(
                    row: inner.row + 2 + row,
                    column: inner.column,
                    rows: 1,
                    columns: inner.columns
                ),
                " ",
                Style(role)
            )
            canvas.write(
                [entry.title, entry.command.word, entry.key],
                in: columns,
                row: inner.row + 2 + row,
                Style(role)
            )
        }
    }
}
