import Canvas

/// Names and texts, one to a line.
struct FactList {
    /// One line.
    struct Line {
        var name: String
        var text: String
        var role: Role
        var cut: TextWidth.Cut
        var isHead: Bool
    }

    private(set) var lines: [Line] = []
    private let width: Int
    private let nameWidth: Int

    /// Makes an empty list for so many columns.
    init(width: Int, nameWidth: Int = 10) {
        self.width = width
        self.nameWidth = nameWidth
    }

    /// Adds a heading.
    mutating func head(_ text: String) {
        lines.append(Line(name: text, text: "", role: .heading, cut: .end, isHead: true))
    }

    /// Adds an empty line.
    mutating func gap() {
        add("", "")
    }

    /// Adds a line.
    mutating func add(
        _ name: String,
        _ text: String,
        _ role: Role = .value,
        cut: TextWidth.Cut = .end
    ) {
        lines.append(Line(name: name, text: text, role: role, cut: cut, isHead: false))
    }

    /// Adds a text in as many lines as it needs.
    mutating func addText(_ name: String, _ text: String, _ role: Role = .value) {
        let wrapped = Wrapping.lines([text], width: max(8, width - nameWidth))
        for (row, line) in wrapped.enumerated() { add(row == 0 ? name : "", line, role) }
    }

    /// Adds texts side by side, each whole where a line has room for it; empty ones are left out.
    mutating func addParts(
        _ name: String,
        _ parts: [String],
        gap: Int = 3,
        _ role: Role = .value
    ) {
        let room = max(8, width - nameWidth)
        let blank = String(repeating: " ", count: gap)
        var rows: [String] = []
        for part in parts where !part.isEmpty {
            guard let last = rows.last, TextWidth.of(last) + gap + TextWidth.of(part) <= room else {
                rows.append(part)
                continue
            }
            rows[rows.count - 1] = last + blank + part
        }
        for (place, row) in rows.enumerated() { addText(place == 0 ? name : "", row, role) }
    }

    /// Draws the lines that fit.
    func draw(on canvas: inout Canvas, row: Int) {
        for (offset, line) in lines.enumerated() where row + offset < canvas.size.rows {
            guard !line.isHead else {
                canvas.write(line.name, row: row + offset, .heading)
                continue
            }
            canvas.write(line.name, row: row + offset, .label, width: nameWidth - 1)
            canvas.write(
                line.text,
                row: row + offset,
                column: nameWidth,
                line.role,
                width: max(0, canvas.size.columns - nameWidth),
                cut: line.cut
            )
        }
    }
}
