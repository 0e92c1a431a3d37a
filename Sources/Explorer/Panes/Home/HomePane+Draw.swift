import Canvas

extension HomePane {
    func draw(on canvas: inout Canvas, _ context: Context) {
        drawLogo(on: &canvas, context)
        drawField(on: &canvas, context)
        drawRecents(on: &canvas, context)
        drawBackends(on: &canvas, context)
        canvas.region(layout.details) { drawDetails(on: &$0, context) }
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
        canvas.write("Layers", row: row, .heading)
        canvas.write("LOCATOR|layer:option=value", row: row, column: 26, .dim)
        for layer in layers {
            row += 1
            canvas.write(layer.id, row: row, column: 2, .text, width: 24)
            canvas.write(
                layer.summary,
                row: row,
                column: 26,
                .dim,
                width: max(0, canvas.size.columns - 26)
            )
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
            let text = Self.invitation(context.home)
            canvas.write(text, row: rect.row, column: column, .dim, width: width, cut: .end)
        } else {
            field.draw(on: &canvas, row: rect.row, column: column, width: width, isActive: isActive)
        }
    }

    /// How to begin, with examples only of what can be opened here.
    static func invitation(_ home: HomeContents?) -> String {
        let examples = (home?.backends ?? [])
            .filter { $0.state == .ready && $0.example.contains(":") }
            .prefix(3).map(\.example)
        let more = examples.isEmpty ? "" : ", or " + examples.joined(separator: "  ")
        return "o  then a path\(more)   Tab completes"
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
        canvas.fill(box)
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

    // MARK: Lists

    private func drawRecents(on canvas: inout Canvas, _ context: Context) {
        let rect = layout.recents
        guard !rect.isEmpty else { return }
        canvas.write("Recent stores", row: rect.row - 1, column: rect.column, .heading)
        guard let home = context.home else {
            canvas.write("…", row: rect.row, column: rect.column + 2, .dim)
            return
        }
        if home.recents.isEmpty {
            let text = "none yet: what you open is remembered here"
            canvas.write(text, row: rect.row, column: rect.column + 2, .dim)
        }
        let columns = Columns(
            [
                .init(.fixed(1)), .init(.share(3, minimum: 20), cut: .middle),
                .init(.share(1, minimum: 10)), .init(.fixed(13), align: .trailing),
            ],
            from: rect.column,
            width: rect.columns
        )
        for (row, at) in recents.visible.enumerated() {
            let store = home.recents[at]
            let isSelected = part == .recents && at == recents.selected
            drawLine(on: &canvas, rect, row, isSelected)
            let texts = [isSelected ? "▸" : " ", store.locator, store.summary, store.opened]
            canvas.write(texts, in: columns, row: rect.row + row, lineStyle(isSelected))
        }
    }

    private func drawBackends(on canvas: inout Canvas, _ context: Context) {
        let rect = layout.backends
        guard !rect.isEmpty else { return }
        canvas.write("Backends", row: rect.row - 1, column: rect.column, .heading)
        guard let home = context.home else {
            canvas.write("…", row: rect.row, column: rect.column + 2, .dim)
            return
        }
        let columns = Columns(
            [
                .init(.fixed(1)), .init(.fixed(9)), .init(.fixed(13)),
                .init(.share(3, minimum: 16)), .init(.share(2, minimum: 10)),
            ],
            from: rect.column,
            width: rect.columns
        )
        for (row, at) in backends.visible.enumerated() {
            let card = home.backends[at]
            let isSelected = part == .backends && at == backends.selected
            drawLine(on: &canvas, rect, row, isSelected)
            let style = lineStyle(isSelected)
            let able = capabilityLetters(card)
            let texts = [isSelected ? "▸" : " ", card.id, "", card.summary, able]
            canvas.write(texts, in: columns, row: rect.row + row, style)
            canvas.write(
                stateText(card),
                row: rect.row + row,
                column: columns.places[2].lowerBound,
                isSelected ? style : Style(stateRole(card)),
                width: columns.places[2].count
            )
        }
        if backends.count > rect.rows, rect.rows > 0 {
            let more = "\(backends.selected + 1) of \(backends.count)"
            canvas.write(
                more,
                row: rect.row - 1,
                column: max(rect.column + 10, rect.endColumn - more.count),
                .dim
            )
        }
    }

    private func drawLine(on canvas: inout Canvas, _ rect: Rect, _ row: Int, _ isSelected: Bool) {
        guard isSelected else { return }
        let line = Rect(row: rect.row + row, column: rect.column, rows: 1, columns: rect.columns)
        canvas.fill(line, " ", Style(.selected))
    }

    private func lineStyle(_ isSelected: Bool) -> Style {
        Style(isSelected ? .selected : .text)
    }

    private func stateText(_ card: BackendCard) -> String {
        switch card.state {
        case .ready: "✔ ready"
        case .degraded: "◐ degraded"
        case .unavailable: "✖ unavailable"
        }
    }

    private func stateRole(_ card: BackendCard) -> Role {
        switch card.state {
        case .ready: .good
        case .degraded: .warning
        case .unavailable: .error
        }
    }

    /// `rwld range`: the first letter of the four that matter, `-` where it cannot.
    private func capabilityLetters(_ card: BackendCard) -> String {
        let main = [("read", "r"), ("write", "w"), ("list", "l"), ("delete", "d")]
        let letters = main.map { card.capabilities.contains($0.0) ? $0.1 : "-" }.joined()
        let more = card.capabilities.contains("ranges") ? " ranges" : ""
        return letters + more
    }

    // MARK: Details

    private func drawDetails(on canvas: inout Canvas, _ context: Context) {
        guard canvas.size.rows > 1 else { return }
        if let problem {
            drawProblem(problem, on: &canvas)
        } else if let home = context.home, part == .recents,
            home.recents.indices.contains(recents.selected)
        {
            let store = home.recents[recents.selected]
            canvas.write("Selected store", row: 0, .heading)
            canvas.write(store.locator, row: 1, .value, width: canvas.size.columns, cut: .middle)
            canvas.write(store.summary, row: 2, .text)
            canvas.write(store.opened, row: 3, .dim)
        } else if let home = context.home, home.backends.indices.contains(backends.selected) {
            drawBackend(home.backends[backends.selected], on: &canvas)
        }
    }

    private func drawProblem(_ problem: Problem, on canvas: inout Canvas) {
        canvas.write("✖ Could not open", row: 0, .error)
        canvas.write(field.string, row: 1, .value, width: canvas.size.columns, cut: .middle)
        let lines = Wrapping.lines([problem.message] + problem.details, width: canvas.size.columns)
        for (row, line) in lines.enumerated() {
            canvas.write(line, row: row + 2, .text)
        }
    }

    private func drawBackend(_ card: BackendCard, on canvas: inout Canvas) {
        var row = 0
        canvas.write(
            [(card.id, .heading), ("  " + stateText(card), stateRole(card))],
            row: row
        )
        row += 1
        for line in Wrapping.lines([card.summary, card.stateDetail], width: canvas.size.columns)
        where !line.isEmpty {
            canvas.write(line, row: row, .text)
            row += 1
        }
        let able = card.capabilities.joined(separator: " ")
        for line in Wrapping.lines(["can  " + able], width: canvas.size.columns) {
            canvas.write(line, row: row, .label)
            row += 1
        }
        canvas.write(
            [("e.g. ", .label), (card.example, .value)],
            row: row
        )
        row += 1
        let columns = Columns(
            [.init(.fixed(18)), .init(.fixed(10)), .init(.fixed(10)), .init(.share(1))],
            width: canvas.size.columns
        )
        for option in card.options where row < canvas.size.rows {
            let standard =
                option.isSecret
                ? "secret" : option.isRequired ? "required" : option.defaultValue ?? ""
            canvas.write(
                [option.name, option.type, standard, option.help],
                in: columns,
                row: row,
                Style(.dim)
            )
            canvas.write(option.name, row: row, .label, width: 18)
            row += 1
        }
    }
}
