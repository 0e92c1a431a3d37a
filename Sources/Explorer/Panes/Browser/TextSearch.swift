import Canvas

/// A text that is looked for in the lines of a tab.
struct TextSearch: Sendable {
    /// What was typed.
    var field = TextField()
    /// Whether it is being typed.
    var isTyping = true

    private var wanted: [UInt8] {
        Array(field.string.lowercased().utf8)
    }

    /// The first line from `start` on, or back from it, that has the text; beyond the end it goes on
    /// at the beginning. O(lines).
    func line(from start: Int, forward: Bool, of count: Int, _ text: (Int) -> String) -> Int? {
        let wanted = wanted
        guard !wanted.isEmpty, count > 0 else { return nil }
        for step in 0..<count {
            let line = ((start + (forward ? step : -step)) % count + count) % count
            if Array(text(line).lowercased().utf8).has(wanted) { return line }
        }
        return nil
    }

    /// Draws the line in which it is typed.
    func draw(on canvas: inout Canvas, _ rect: Rect) {
        guard !rect.isEmpty else { return }
        let column = canvas.write("/", row: rect.row, column: rect.column, .hintKey)
        field.draw(
            on: &canvas,
            row: rect.row,
            column: column,
            width: max(0, rect.endColumn - column - 1),
            isActive: isTyping
        )
    }
}
