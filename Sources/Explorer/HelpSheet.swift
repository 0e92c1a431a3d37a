import Canvas

/// Keys and what they do, laid out in columns under headings.
struct HelpSheet {
    /// One line of a column.
    private struct Line {
        var key = ""
        var text = ""
        var isOn = true
        var isHeading = false
    }

    /// The frame around everything.
    let box: Rect
    /// Where the keys are.
    let inner: Rect
    /// Why commands are disabled, each reason once, behind its sign.
    let notes: [String]
    private let columns: [[Line]]
    /// What the signs of the screen say, below the keys.
    private let signColumns: [[Line]]

    /// Rows of the longest column of keys.
    var keyRowCount: Int {
        Self.height(columns)
    }

    /// Rows of the keys and of the signs.
    var rowCount: Int {
        keyRowCount + (signColumns.isEmpty ? 0 : 1 + Self.height(signColumns))
    }

    private static func height(_ columns: [[Line]]) -> Int {
        columns.reduce(0) { max($0, $1.count) }
    }

    /// Lays out commands in at most so much room.
    init(
        _ entries: [PaletteOverlay.Entry],
        _ signs: [HelpOverlay.Sign],
        _ keymap: Keymap,
        isUnicode: Bool,
        in rect: Rect
    ) {
        let count = rect.columns >= 78 ? 3 : rect.columns >= 52 ? 2 : 1
        let width = min(rect.columns, 40 * count)
        let textWidth = max(6, (width - 4) / count - Self.keyWidth - 2)
        var reasons: [String] = []
        var lines: [Line] = []
        for group in CommandGroup.allCases {
            let members = entries.filter { $0.command.group == group }
            let keys = Self.lines(members, keymap, isUnicode, width: textWidth, &reasons)
            guard !keys.isEmpty else { continue }
            if !lines.isEmpty { lines.append(Line()) }
            lines.append(Line(text: group.title, isHeading: true))
            lines += keys
        }
        columns = Self.columns(lines, count: count)
        let said = Self.lines(signs, width: textWidth)
        signColumns =
            signs.isEmpty
            ? []
            : Self.columns(
                [Line(text: "Signs", isHeading: true)] + said,
                count: min(count, max(1, said.count / 3))
            )
        let signed = reasons.enumerated().map { place, reason in
            Self.sign(place, isUnicode) + " " + reason
        }
        notes = Array(signed.prefix(max(0, rect.rows / 4)))
        let rows =
            Self.height(columns) + (signColumns.isEmpty ? 0 : 1 + Self.height(signColumns))
        box = rect.centered(Size(rows: min(rect.rows, rows + 3 + notes.count), columns: width))
        let inside = box.inset(rows: 1, columns: 2)
        inner = Rect(
            row: inside.row,
            column: inside.column,
            rows: max(0, inside.rows - 1 - notes.count),
            columns: inside.columns
        )
    }

    /// Draws the columns, scrolled to a row.
    func draw(on canvas: inout Canvas, from first: Int) {
        let width = canvas.size.columns / max(1, columns.count, signColumns.count)
        for (block, start) in [(columns, 0), (signColumns, keyRowCount + 1)] {
            for (place, column) in block.enumerated() {
                for (row, line) in column.enumerated() {
                    let at = start + row - first
                    guard (0..<canvas.size.rows).contains(at) else { continue }
                    draw(line, on: &canvas, Point(row: at, column: place * width), width: width)
                }
            }
        }
    }

    private static let keyWidth = 9

    private func draw(_ line: Line, on canvas: inout Canvas, _ place: Point, width: Int) {
        guard !line.isHeading else {
            canvas.write(line.text, row: place.row, column: place.column, .heading)
            return
        }
        let role: Role = line.isOn ? .hintKey : .dim
        let gap = Self.keyWidth + 1
        let room = Rect(row: place.row, column: place.column, rows: 1, columns: width - 1)
        canvas.region(room) { canvas in
            canvas.write(line.key, row: 0, role, width: Self.keyWidth, align: .trailing)
            canvas.write(line.text, row: 0, column: gap, line.isOn ? .text : .dim)
        }
    }

    // MARK: Lines

    private static func lines(
        _ entries: [PaletteOverlay.Entry],
        _ keymap: Keymap,
        _ isUnicode: Bool,
        width: Int,
        _ reasons: inout [String]
    ) -> [Line] {
        let live = entries.map(\.command)
        var lines: [Line] = []
        for entry in entries where !isPaired(entry, live) {
            let pair = entry.command.pair.flatMap { live.contains($0.second) ? $0 : nil }
            let commands = [entry.command] + (pair.map { [$0.second] } ?? [])
            let key = label(commands, keymap, isUnicode)
            guard !key.isEmpty else { continue }
            let titles = [entry.title] + second(pair?.second, entries)
            let title = pair?.title ?? titles.joined(separator: ", ")
            let note = entry.reason.map { reason in
                if !reasons.contains(reason) { reasons.append(reason) }
                return " " + sign(reasons.firstIndex(of: reason) ?? 0, isUnicode)
            }
            // The sign of a reason never stands on a line of its own.
            let mark = note ?? ""
            var texts = Wrapping.lines([title], width: max(1, width - TextWidth.of(mark)))
            texts[texts.count - 1] += mark
            for (row, text) in texts.enumerated() {
                lines.append(Line(key: row == 0 ? key : "", text: text, isOn: note == nil))
            }
        }
        return lines
    }

    private static func lines(_ signs: [HelpOverlay.Sign], width: Int) -> [Line] {
        signs.flatMap { sign in
            Wrapping.lines([sign.text], width: max(1, width)).enumerated().map { row, text in
                Line(key: row == 0 ? sign.sign : "", text: text)
            }
        }
    }

    /// Whether a command is shown on the line of another one.
    private static func isPaired(_ entry: PaletteOverlay.Entry, _ live: [Command]) -> Bool {
        live.contains { $0.pair?.second == entry.command }
    }

    private static func second(
        _ command: Command?,
        _ entries: [PaletteOverlay.Entry]
    ) -> [String] {
        entries.first { $0.command == command }.map { [$0.title] } ?? []
    }

    /// The first keys of commands, and their second ones where there is room.
    private static func label(
        _ commands: [Command],
        _ keymap: Keymap,
        _ isUnicode: Bool
    ) -> String {
        var text = ""
        for rank in 0..<2 {
            let keys = commands.compactMap { command -> String? in
                let keys = keymap.keys[command] ?? []
                return rank < keys.count ? KeyLabel.text(keys[rank], isUnicode: isUnicode) : nil
            }
            let more = (text.isEmpty ? keys : [text] + keys).joined(separator: " ")
            if text.isEmpty || TextWidth.of(more) <= keyWidth { text = more }
        }
        return text
    }

    /// What ties a disabled command to its reason.
    private static func sign(_ place: Int, _ isUnicode: Bool) -> String {
        let signs = ["¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return isUnicode && place < signs.count ? signs[place] : "(\(place + 1))"
    }

    // MARK: Columns

    /// Lines in as many columns, as short as they can be; no heading ends a column, no gap begins one.
    private static func columns(_ lines: [Line], count: Int) -> [[Line]] {
        var height = max(1, (lines.count + count - 1) / count)
        while true {
            let columns = columns(lines, height: height)
            if columns.count <= count { return columns }
            height += 1
        }
    }

    private static func columns(_ lines: [Line], height: Int) -> [[Line]] {
        var columns: [[Line]] = [[]]
        for (place, line) in lines.enumerated() {
            let isLast = columns[columns.count - 1].count == height - 1
            let isFull = columns[columns.count - 1].count >= height
            if isFull || isLast && line.isHeading && place + 1 < lines.count {
                columns.append([])
            }
            let isGap = line.text.isEmpty && line.key.isEmpty
            if isGap, columns[columns.count - 1].isEmpty { continue }
            columns[columns.count - 1].append(line)
        }
        return columns
    }
}
