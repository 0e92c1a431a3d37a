import Canvas

/// The keys that are live now.
struct HelpOverlay: Sendable {
    /// How far it is scrolled.
    private(set) var scroll = Scroll()

    /// One key and what it does.
    private struct Line {
        var key: String
        var text: String
        var isOn: Bool
    }

    /// Where the parts of the box lie.
    private struct Layout {
        let columnCount: Int
        let rowCount: Int
        let box: Rect
        let inner: Rect

        private static func columnCount(_ rect: Rect) -> Int {
            rect.columns >= 76 ? 2 : 1
        }

        private static func width(_ rect: Rect) -> Int {
            min(rect.columns, columnCount(rect) == 2 ? 100 : 60)
        }

        /// Columns of the text beside a key.
        static func textWidth(_ rect: Rect) -> Int {
            max(8, (width(rect) - 4) / columnCount(rect) - 15)
        }

        init(_ lines: Int, in rect: Rect) {
            columnCount = Self.columnCount(rect)
            rowCount = (lines + columnCount - 1) / columnCount
            let width = Self.width(rect)
            box = rect.centered(Size(rows: min(rect.rows, rowCount + 3), columns: width))
            let inside = box.inset(rows: 1, columns: 2)
            inner = Rect(
                row: inside.row,
                column: inside.column,
                rows: max(0, inside.rows - 1),
                columns: inside.columns
            )
        }
    }

    /// Reacts to a key; answers whether it is to be closed.
    mutating func take(_ key: Key, _ keymap: Keymap) -> Bool {
        guard let command = keymap.command(for: key, among: Command.moving) else { return true }
        return !scroll.take(command)
    }

    /// Scrolls by lines.
    mutating func move(by lines: Int) {
        scroll.move(by: lines)
    }

    /// Takes the room that there is. Called before every draw.
    mutating func fit(_ entries: [PaletteOverlay.Entry], _ keymap: Keymap, in rect: Rect) {
        let count = lines(entries, keymap, isUnicode: true, width: Layout.textWidth(rect)).count
        let layout = Layout(count, in: rect)
        scroll.fit(count: layout.rowCount, height: layout.inner.rows)
    }

    /// Draws the keys in columns, in a box over the pane.
    func draw(
        on canvas: inout Canvas,
        in rect: Rect,
        entries: [PaletteOverlay.Entry],
        _ keymap: Keymap
    ) {
        let textWidth = Layout.textWidth(rect)
        let lines = lines(entries, keymap, isUnicode: canvas.isUnicode, width: textWidth)
        let layout = Layout(lines.count, in: rect)
        canvas.fill(layout.box)
        canvas.box(layout.box, title: "Keys that work here")
        let width = layout.inner.columns / layout.columnCount
        for row in 0..<layout.inner.rows where scroll.first + row < layout.rowCount {
            for column in 0..<layout.columnCount {
                let at = column * layout.rowCount + scroll.first + row
                guard at < lines.count else { continue }
                let place = Point(
                    row: layout.inner.row + row,
                    column: layout.inner.column + column * width
                )
                draw(lines[at], on: &canvas, place, width: width)
            }
        }
        canvas.write(
            "Any key closes. Mouse: click, wheel, drag a box; Shift-drag selects text.",
            row: layout.inner.endRow,
            column: layout.inner.column,
            .dim,
            width: layout.inner.columns
        )
    }

    private func draw(_ line: Line, on canvas: inout Canvas, _ place: Point, width: Int) {
        canvas.write(
            line.key,
            row: place.row,
            column: place.column,
            line.isOn ? .hintKey : .dim,
            width: 12,
            align: .trailing
        )
        canvas.write(
            line.text,
            row: place.row,
            column: place.column + 14,
            line.isOn ? .text : .dim,
            width: max(0, width - 15)
        )
    }

    private func lines(
        _ entries: [PaletteOverlay.Entry],
        _ keymap: Keymap,
        isUnicode: Bool,
        width: Int
    ) -> [Line] {
        entries.flatMap { entry -> [Line] in
            guard let own = keymap.keys[entry.command], !own.isEmpty else { return [] }
            let labels = own.prefix(2).map { KeyLabel.text($0, isUnicode: isUnicode) }
            let reason = entry.reason.map { "  (\($0))" } ?? ""
            return Wrapping.lines([entry.title + reason], width: width).enumerated().map {
                Line(
                    key: $0 == 0 ? labels.joined(separator: " ") : "",
                    text: $1,
                    isOn: entry.reason == nil
                )
            }
        }
    }
}
