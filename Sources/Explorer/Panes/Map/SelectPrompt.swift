import Canvas

/// The expression that is being typed, and what is wrong with it.
struct SelectPrompt: Hashable, Sendable {
    private(set) var field: TextField
    private(set) var error: ExpressionError?

    /// Begins with what was typed before.
    init(_ text: String) {
        field = TextField(text, isFresh: true)
    }

    /// Reacts to a key that is one for a text.
    mutating func take(_ key: Key) {
        guard field.take(key) else { return }
        error = nil
    }

    /// The expression; `nil` where it is none, and from now on it says why.
    mutating func expression(axes: [String]) -> ChunkExpression? {
        do throws(ExpressionError) {
            return try ExpressionParser.parse(field.string, axes: axes)
        } catch {
            self.error = error
            return nil
        }
    }

    /// Says what is wrong.
    mutating func fail(_ message: String) {
        error = ExpressionError(at: 0, message: message)
    }

    /// Draws it in a box over the map, with what can be asked.
    func draw(on canvas: inout Canvas, axes: [String]) {
        let width = min(canvas.size.columns, 76)
        let box = Rect(
            row: max(0, min(2, canvas.size.rows - 9)),
            column: max(0, (canvas.size.columns - width) / 2),
            rows: min(9, canvas.size.rows),
            columns: width
        )
        canvas.fill(box)
        canvas.box(box, title: "Mark the chunks of which this holds")
        canvas.region(box.inset(rows: 1, columns: 2)) { canvas in
            field.draw(
                on: &canvas,
                row: 0,
                column: 0,
                width: canvas.size.columns,
                isActive: true
            )
            if let error {
                let at = min(error.at, max(0, canvas.size.columns - 2))
                let isShort = at + 2 + TextWidth.of(error.message) > canvas.size.columns
                canvas.write("^", row: 1, column: at, .error)
                let column =
                    isShort ? max(0, at - 1 - TextWidth.of(error.message)) : at + 2
                canvas.write(
                    error.message,
                    row: isShort && column == 0 ? 2 : 1,
                    column: isShort && column == 0 ? 0 : column,
                    .error
                )
            }
            guard error == nil || canvas.size.rows > 5 else { return }
            let name = axes.first ?? "dim0"
            let last = axes.last ?? "dim0"
            let lines = [
                "bytes < 40     state = short or corrupt     age > 2d",
                "\(name) in 3..9 and \(last) = 0     ratio > 4     nan > 50%",
                "also: mean min max  slow partial verified  and or not ( )",
            ]
            for (row, line) in lines.enumerated() {
                canvas.write(line, row: 3 + row, .dim, width: canvas.size.columns)
            }
            canvas.write(
                [("Enter", .hintKey), (" mark  ", .hint), ("Esc", .hintKey), (" close", .hint)],
                row: 3 + lines.count
            )
        }
    }
}
