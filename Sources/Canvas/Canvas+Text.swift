extension Canvas {
    /// Draws text on one row and answers the column after it.
    ///
    /// With `width`, exactly that many cells are drawn: text is aligned in them, cut with an ellipsis if
    /// it is longer, and the rest are blanks. Without, text runs up to the edge.
    @discardableResult
    public mutating func write(
        _ text: some StringProtocol,
        row: Int,
        column: Int = 0,
        _ style: Style,
        width: Int? = nil,
        align: Alignment = .leading,
        cut: TextWidth.Cut = .end
    ) -> Int {
        var glyphs = TextWidth.glyphs(text)
        var at = column
        if let width {
            glyphs = TextWidth.fitted(
                glyphs,
                columns: width,
                cut: cut,
                ellipsis: self.glyphs.ellipsis
            )
            let free = max(0, width - glyphs.reduce(0) { $0 + $1.width })
            at = blanks(align.offset(free: free), row: row, column: at, style)
        }
        for glyph in glyphs {
            put(glyph, row, at, style)
            at = at &+ glyph.width
        }
        guard let width else { return at }
        return blanks(max(0, column &+ width &- at), row: row, column: at, style)
    }

    /// Draws text in a role, on one row, and answers the column after it.
    @discardableResult
    public mutating func write(
        _ text: some StringProtocol,
        row: Int,
        column: Int = 0,
        _ role: Role = .text,
        width: Int? = nil,
        align: Alignment = .leading,
        cut: TextWidth.Cut = .end
    ) -> Int {
        write(text, row: row, column: column, Style(role), width: width, align: align, cut: cut)
    }

    /// Draws pieces of text one after another, each in its own role, and answers the column after them.
    @discardableResult
    public mutating func write(
        _ pieces: [(String, Role)],
        row: Int,
        column: Int = 0
    ) -> Int {
        pieces.reduce(column) { at, piece in
            write(piece.0, row: row, column: at, Style(piece.1))
        }
    }

    /// Draws `character` in every cell of `rect`.
    public mutating func fill(_ rect: Rect, _ character: Character = " ", _ style: Style = Style())
    {
        let part = rect.intersection(bounds)
        let glyph = TextWidth.glyphs(String(character))
        guard glyph.count == 1, glyph[0].width == 1 else { return }
        for row in part.rowRange {
            for column in part.columnRange {
                put(glyph[0], row, column, style)
            }
        }
    }

    private mutating func blanks(_ count: Int, row: Int, column: Int, _ style: Style) -> Int {
        let end = column &+ count
        let visible = max(0, column)..<max(0, column, min(end, size.columns))
        for at in visible {
            put(TextWidth.Glyph(character: " ", width: 1), row, at, style)
        }
        return end
    }
}
