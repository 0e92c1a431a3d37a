import Canvas

extension Canvas {
    /// Draws pieces of text one after another up to the first that does not fit as a whole.
    mutating func writeWhole(_ pieces: [(String, Role)], row: Int, column: Int = 0) {
        var end = column
        for (text, role) in pieces {
            guard end + TextWidth.of(text) <= size.columns else { return }
            end = write(text, row: row, column: end, role)
        }
    }

    /// Puts an ellipsis at the edge where text that ended at `column` went over it.
    mutating func markCut(_ column: Int, row: Int) {
        guard column > size.columns, size.columns > 0 else { return }
        write(String(glyphs.ellipsis), row: row, column: size.columns - 1, .text)
    }
}
