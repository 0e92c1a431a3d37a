import Canvas

/// A text that is looked for in the lines of a tab.
struct TextSearch: Sendable {
    /// Which match is selected, from 1, of how many; 0 of 0 where there is none.
    struct Found: Hashable, Sendable {
        var path: String
        var place: Int
        var count: Int
    }

    /// What was typed.
    var field = TextField()
    /// Whether it is being typed.
    var isTyping = true
    /// What came of it, and of which node; `nil` until something is typed.
    var found: Found?
    /// The attributes that were opened or closed before anything was typed.
    var folds: Set<String>?

    /// What is looked for, in lower case; empty for nothing.
    var wanted: [UInt8] {
        Array(field.string.lowercased().utf8)
    }

    /// Draws the line in which it is typed, with what was found in the node at `path`.
    func draw(on canvas: inout Canvas, _ rect: Rect, path: String?) {
        guard !rect.isEmpty else { return }
        let told = words(at: path)
        let column = canvas.write("/", row: rect.row, column: rect.column, .hintKey)
        let beside = told.isEmpty ? 0 : TextWidth.of(told) + 2
        let width = max(0, rect.endColumn - column - 1 - beside)
        field.draw(on: &canvas, row: rect.row, column: column, width: width, isActive: isTyping)
        guard !told.isEmpty, width > 0 else { return }
        let role: Role = found?.count == 0 ? .warning : .dim
        canvas.write(told, row: rect.row, column: column + width + 1, role)
    }

    /// What was found in the node at a path: `2 of 7`; empty until something was looked for in it.
    private func words(at path: String?) -> String {
        guard let found, found.path == path else { return "" }
        guard found.count > 0 else { return "not found" }
        return "\(Format.count(found.place)) of \(Format.count(found.count))"
    }
}
