extension Canvas {
    /// Draws a frame along the edge of `rect`, with `title` in its top line.
    public mutating func box(_ rect: Rect, title: String = "", _ style: Style = Style(.border)) {
        guard rect.rows > 1, rect.columns > 1 else { return }
        let last = Point(row: rect.endRow - 1, column: rect.endColumn - 1)
        for column in rect.columnRange.clamped(to: bounds.columnRange) {
            put(glyphs.horizontal, rect.row, column, style)
            put(glyphs.horizontal, last.row, column, style)
        }
        for row in rect.rowRange.clamped(to: bounds.rowRange) {
            put(glyphs.vertical, row, rect.column, style)
            put(glyphs.vertical, row, last.column, style)
        }
        put(glyphs.topLeft, rect.row, rect.column, style)
        put(glyphs.topRight, rect.row, last.column, style)
        put(glyphs.bottomLeft, last.row, rect.column, style)
        put(glyphs.bottomRight, last.row, last.column, style)
        guard !title.isEmpty, rect.columns > 6 else { return }
        let shown = TextWidth.fitted(title, columns: rect.columns - 6, ellipsis: glyphs.ellipsis)
        write(" \(shown) ", row: rect.row, column: rect.column + 2, Style(.title))
    }

    /// Draws a line from left to right. Where it meets a line, the two are joined.
    public mutating func horizontalLine(
        row: Int,
        columns: Range<Int>? = nil,
        _ style: Style = Style(.border)
    ) {
        let columns = columns ?? 0..<size.columns
        for column in columns.clamped(to: bounds.columnRange) {
            var arms: Arms = [.left, .right]
            if column == columns.lowerBound { arms.remove(.left) }
            if column == columns.upperBound - 1 { arms.remove(.right) }
            join(arms, ifAlone: glyphs.horizontal, row, column, style)
        }
    }

    /// Draws a line from top to bottom. Where it meets a line, the two are joined.
    public mutating func verticalLine(
        column: Int,
        rows: Range<Int>? = nil,
        _ style: Style = Style(.border)
    ) {
        let rows = rows ?? 0..<size.rows
        for row in rows.clamped(to: bounds.rowRange) {
            var arms: Arms = [.up, .down]
            if row == rows.lowerBound { arms.remove(.up) }
            if row == rows.upperBound - 1 { arms.remove(.down) }
            join(arms, ifAlone: glyphs.vertical, row, column, style)
        }
    }

    private mutating func put(_ character: Character, _ row: Int, _ column: Int, _ style: Style) {
        put(TextWidth.Glyph(character: character, width: 1), row, column, style)
    }

    /// Adds arms to the line that is in a cell, or draws `alone` where there is none.
    private mutating func join(
        _ arms: Arms,
        ifAlone alone: Character,
        _ row: Int,
        _ column: Int,
        _ style: Style
    ) {
        let present = self[row, column]
        guard present.style.role == style.role, let character = present.character,
            let old = Arms.of(character, isUnicode: isUnicode)
        else {
            put(alone, row, column, style)
            return
        }
        put(old.union(arms).glyph(in: glyphs), row, column, style)
    }
}

/// The directions in which a line leaves a cell.
private struct Arms: OptionSet {
    let rawValue: UInt8
    static let up = Arms(rawValue: 1)
    static let down = Arms(rawValue: 2)
    static let left = Arms(rawValue: 4)
    static let right = Arms(rawValue: 8)

    static func of(_ character: Character, isUnicode: Bool) -> Arms? {
        guard isUnicode else {
            switch character {
            case "-": return [.left, .right]
            case "|": return [.up, .down]
            case "+": return [.up, .down, .left, .right]
            default: return nil
            }
        }
        switch character {
        case "─": return [.left, .right]
        case "│": return [.up, .down]
        case "┌": return [.down, .right]
        case "┐": return [.down, .left]
        case "└": return [.up, .right]
        case "┘": return [.up, .left]
        case "├": return [.up, .down, .right]
        case "┤": return [.up, .down, .left]
        case "┬": return [.down, .left, .right]
        case "┴": return [.up, .left, .right]
        case "┼": return [.up, .down, .left, .right]
        default: return nil
        }
    }

    func glyph(in glyphs: Glyphs) -> Character {
        switch self {
        case [.down, .right]: glyphs.topLeft
        case [.down, .left]: glyphs.topRight
        case [.up, .right]: glyphs.bottomLeft
        case [.up, .left]: glyphs.bottomRight
        case [.up, .down, .right]: glyphs.teeLeft
        case [.up, .down, .left]: glyphs.teeRight
        case [.down, .left, .right]: glyphs.teeTop
        case [.up, .left, .right]: glyphs.teeBottom
        case [.up, .down, .left, .right]: glyphs.cross
        default: isDisjoint(with: [.up, .down]) ? glyphs.horizontal : glyphs.vertical
        }
    }
}
