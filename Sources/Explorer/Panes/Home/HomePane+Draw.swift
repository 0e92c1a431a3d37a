import Canvas

extension HomePane {
    func draw(on canvas: inout Canvas, _ context: Context) {
        drawLogo(on: &canvas, context)
        drawField(on: &canvas, context)
        drawRecents(on: &canvas, context)
        drawBackends(on: &canvas, context)
        canvas.region(layout.details) { drawDetails(on: &$0, context) }
        canvas.region(layout.jobs) { drawJobs(on: &$0, context) }
        canvas.region(layout.more) { drawMore(on: &$0, context) }
        drawCompletions(on: &canvas)
    }

    /// What the program is for, and how to ask for it.
    private static let jobs: [(String, String)] = [
        (
            "Is it complete?",
            "Enter on an array: its chunk map; n finds what is missing"
        ),
        (
            "What is in it?",
            "s: a slice as image or table; Enter on a chunk: its codecs"
        ),
        ("Repair it", "mark chunks, D: review, type their number; z: undo"),
        (
            "What if storage fails?",
            "M: a mock over any store; seeded errors, delays, wrong bytes"
        ),
        (
            "My storage is missing",
            "a backend is one file and one line; zscope conform proves it"
        ),
    ]

    /// The same in two lines, each with its key.
    private func drawJobs(on canvas: inout Canvas, _ context: Context) {
        guard canvas.size.rows > 1 else { return }
        let keymap = context.configuration.keymap
        func job(_ command: Command, _ text: String) -> [(String, Role)] {
            let key = keymap.label(for: command, isUnicode: canvas.isUnicode) ?? "–"
            return [(key, .hintKey), (" \(text)   ", .dim)]
        }
        canvas.write(
            [("In a store  ", .heading)] + job(.map, "is it complete?")
                + job(.slice, "what is in it?") + job(.delete, "repair it"),
            row: 0
        )
        canvas.write(
            [("            ", .heading)] + job(.mock, "what if storage fails?")
                + [("zscope conform", .hintKey), (" proves your storage", .dim)],
            row: 1
        )
    }

    /// The layers, and what the program is for: only where there is plenty of room.
    private func drawMore(on canvas: inout Canvas, _ context: Context) {
        guard canvas.size.rows > 0 else { return }
        var row = 0
        canvas.write("Five jobs", row: row, .heading)
        for job in Self.jobs {
            row += 1
            canvas.write(job.0, row: row, column: 2, .label, width: 24)
            canvas.write(job.1, row: row, column: 26, .dim, width: max(0, canvas.size.columns - 26))
        }
        row += 2
        guard let layers = context.home?.layers, !layers.isEmpty else { return }
        let column = 4 + (layers.map { TextWidth.of($0.id) }.max() ?? 0)
        let width = max(0, canvas.size.columns - column)
        canvas.write("Layers", row: row, .heading)
        canvas.write("LOCATOR|layer:option=value", row: row, column: column, .dim)
        let wrapped = layers.map { Wrapping.lines([$0.summary], width: width) }
        let fits = row + 1 + wrapped.reduce(0) { $0 + $1.count } <= canvas.size.rows
        for (layer, lines) in zip(layers, wrapped) {
            row += 1
            canvas.write(layer.id, row: row, column: 2, .text, width: column - 3)
            guard fits else {
                canvas.write(layer.summary, row: row, column: column, .dim, width: width)
                continue
            }
            for (place, line) in lines.enumerated() {
                canvas.write(line, row: row + place, column: column, .dim)
            }
            row += max(0, lines.count - 1)
        }
    }

    // MARK: Logo

    /// The word as a chunk map: one letter per four columns, one chunk missing.
    private static let wordmark = [
        "▀▀▀█ █▀▀▀ █▀▀▀ █▀▀█ █▀▀█ █▀▀▀",
        " ▄▀  ▀▀▀█ █    █  █ █▀▀▀ █▀▀ ",
        "▀▀▀▀ ▀▀▀▀ ▀▀▀▀ ▀▀▀▀ ▀    ▀▀▀▀",
    ]

    private func drawLogo(on canvas: inout Canvas, _ context: Context) {
        guard layout.logo.rows > 0 else { return }
        let left = layout.logo.column + 1
        if canvas.isUnicode {
            for (row, line) in Self.wordmark.enumerated() {
                canvas.write(line, row: layout.logo.row + row, column: left, .accent)
            }
        } else {
            canvas.write("z s c o p e", row: layout.logo.row + 1, column: left, .accent)
        }
        let beside = left + (canvas.isUnicode ? 33 : 15)
        canvas.write(
            "see every chunk: what is there, what is missing, what it holds",
            row: layout.logo.row + 1,
            column: beside,
            .text
        )
        canvas.write(
            "version \(context.configuration.version)",
            row: layout.logo.row + 2,
            column: beside,
            .dim
        )
    }

    // MARK: Locator

    private func drawField(on canvas: inout Canvas, _ context: Context) {
        let rect = layout.field
        guard !rect.isEmpty else { return }
        let isActive = part == .locator
        let column = canvas.write(
            "Open  ",
            row: rect.row,
            column: rect.column,
            isActive ? .accent : .heading
        )
        let width = max(0, rect.endColumn - column)
        if field.text.isEmpty, !isActive {
            let text = Self.invitation(context.home, width: width)
            canvas.write(text, row: rect.row, column: column, .dim, width: width, cut: .end)
        } else {
            field.draw(on: &canvas, row: rect.row, column: column, width: width, isActive: isActive)
        }
    }

    /// How to begin, with as many examples as fit, and only of what can be opened here.
    private static func invitation(_ home: HomeContents?, width: Int) -> String {
        let examples = (home?.backends ?? [])
            .filter { $0.state == .ready && $0.example.contains(":") && !$0.example.contains("{") }
            .prefix(3).map(\.example)
        for count in stride(from: examples.count, through: 0, by: -1) {
            let more = examples.prefix(count).joined(separator: "  ")
            let text = "o  then a path\(count > 0 ? ", or " : "")\(more)   Tab completes"
            if TextWidth.of(text) <= width { return text }
        }
        return "o  then a path"
    }

    private func drawCompletions(on canvas: inout Canvas) {
        guard part == .locator, !completions.isEmpty else { return }
        let rows = min(completions.count, 8, canvas.size.rows - layout.field.row - 3)
        guard rows > 0 else { return }
        let box = Rect(
            row: layout.field.row + 1,
            column: layout.field.column + 4,
            rows: rows + 2,
            columns: max(0, min(72, layout.field.columns - 4))
        )
        // Whole rows: what lies beside the box would stick out of it.
        canvas.fill(Rect(row: box.row, column: 0, rows: box.rows, columns: canvas.size.columns))
        canvas.box(box)
        var list = ListCursor()
        list.selected = chosen ?? 0
        list.fit(count: completions.count, height: rows)
        let inner = box.inset(rows: 1, columns: 2)
        let columns = Columns(
            [.init(.share(3), cut: .middle), .init(.share(2))],
            from: inner.column,
            width: inner.columns
        )
        for (row, at) in list.visible.enumerated() {
            let role: Role = at == chosen ? .selected : .text
            canvas.fill(
                Rect(row: inner.row + row, column: inner.column, rows: 1, columns: inner.columns),
                " ",
                Style(role)
            )
            canvas.write(
                [completions[at].label, completions[at].kind],
                in: columns,
                row: inner.row + row,
                Style(role)
            )
        }
        if completions.count > rows {
            let more = " \(completions.count - rows) more "
            canvas.write(more, row: box.endRow - 1, column: box.endColumn - 12, .dim)
        }
    }
}
