import Canvas

/// Text in lines that fit.
enum Wrapping {
    /// Lines of at most `width` columns, broken at blanks where there are any.
    static func lines(_ paragraphs: [String], width: Int) -> [String] {
        guard width > 0 else { return [] }
        return paragraphs.flatMap { paragraph(visibleCells($0), width: width) }
    }

    /// Characters as they will be drawn, so that escapes are counted.
    private static func visibleCells(_ text: String) -> [TextWidth.Glyph] {
        TextWidth.glyphs(text)
    }

    private static func paragraph(_ glyphs: [TextWidth.Glyph], width: Int) -> [String] {
        var lines: [String] = []
        var line: [TextWidth.Glyph] = []
        var used = 0
        for glyph in glyphs {
            if used + glyph.width > width {
                let rest =
                    line.lastIndex { $0.character == " " }
                    .map { Array(line[($0 + 1)...]) } ?? []
                let head = line.count - rest.count
                let breaksWord = head == 0 || rest.count > max(18, width / 2)
                lines.append(String((breaksWord ? line[...] : line[..<head]).map(\.character)))
                line = breaksWord ? [] : rest
                used = line.reduce(0) { $0 + $1.width }
            }
            line.append(glyph)
            used += glyph.width
        }
        lines.append(String(line.map(\.character)))
        return lines
    }
}
