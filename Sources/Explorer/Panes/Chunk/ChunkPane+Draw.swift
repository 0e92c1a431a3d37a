import Canvas
import ZarrModel

extension ChunkPane {
    func draw(on canvas: inout Canvas, _ context: Context) {
        drawHead(on: &canvas, context)
        drawTabs(on: &canvas)
        canvas.region(body) { canvas in
            switch tab {
            case .overview: drawOverview(on: &canvas, context)
            case .values: drawValues(on: &canvas, context)
            case .hex: drawHex(on: &canvas)
            case .stages: drawLines(stageLines(context), on: &canvas)
            case .around: drawAround(on: &canvas, context)
            }
        }
    }

    /// What it is, whatever else is known: state, size, key and the reason.
    private func drawHead(on canvas: inout Canvas, _ context: Context) {
        let key = report?.key ?? facts?.key ?? "\(chunk)"
        let (sign, word, role) = appearance(context)
        var pieces: [(String, Role)] = [(" \(sign) \(word)  ", role)]
        if let size = report?.size { pieces.append((Format.bytes(size) + "  ", .value)) }
        let column = canvas.write(pieces, row: 0)
        let reason =
            problem.map { ([$0.message] + $0.details).joined(separator: "; ") }
            ?? report?.reason
        let room = max(0, canvas.size.columns - column - 1)
        guard let reason else {
            canvas.write(key, row: 0, column: column, .label, width: room, cut: .middle)
            return
        }
        let half = min(TextWidth.of(key), max(12, room / 3))
        let next = canvas.write(
            key,
            row: 0,
            column: column,
            .label,
            width: min(half, room),
            cut: .middle
        )
        canvas.write(
            reason,
            row: 0,
            column: next + 2,
            .error,
            width: max(0, canvas.size.columns - next - 3)
        )
    }

    /// The sign, word and role of its state.
    func appearance(_ context: Context) -> (sign: Character, word: String, role: Role) {
        if problem != nil { return (StateLook.glyph(.unreadable), "unreadable", .error) }
        guard let report else { return ("·", "looking…", .dim) }
        let isExpected = listed == .expectedEmpty && report.state == .missing
        let state = isExpected ? .expectedEmpty : report.state
        let sign = StateLook.mapGlyph(
            state,
            isUnicode: context.configuration.traits.isUnicode,
            isColor: context.isColor
        )
        return (sign, StateLook.word(state), StateLook.role(state))
    }

    /// The columns of a tab's word.
    func tabPlace(_ tab: Tab) -> Range<Int> {
        let before = Tab.allCases.prefix(tab.rawValue).reduce(1) { $0 + $1.title.count + 4 }
        return before..<before + tab.title.count + 2
    }

    private func drawTabs(on canvas: inout Canvas) {
        for tab in Tab.allCases {
            let place = tabPlace(tab)
            let isShown = tab == self.tab
            canvas.write(
                "\(tab.rawValue + 1) ",
                row: 1,
                column: place.lowerBound,
                isShown ? .selected : .hintKey
            )
            canvas.write(
                tab.title,
                row: 1,
                column: place.lowerBound + 2,
                isShown ? .selected : .dim
            )
        }
    }

    private func drawHex(on canvas: inout Canvas) {
        guard let report else {
            canvas.write(problem?.message ?? "looking…", row: 1, problem == nil ? .dim : .error)
            return
        }
        guard let size = report.size else {
            let text =
                report.state == .missing
                ? "Nothing is stored under this key: there are no bytes."
                : "The storage did not hand the object over: \(report.reason ?? "no reason given")"
            for (row, line) in Wrapping.lines([text], width: canvas.size.columns).enumerated() {
                canvas.write(line, row: row + 1, .dim)
            }
            return
        }
        guard size > 0 else {
            canvas.write("The object is there and has 0 bytes.", row: 1, .warning)
            return
        }
        hex.draw(on: &canvas)
    }

    /// Lines of a tab that can be longer than the screen.
    private func drawLines(_ lines: [[(String, Role)]], on canvas: inout Canvas) {
        for (row, line) in lines.dropFirst(scroll.first).prefix(canvas.size.rows).enumerated() {
            canvas.write(line, row: row)
        }
    }

    /// The lines of the tab that is shown, for scrolling.
    func lineCount(_ context: Context) -> Int {
        switch tab {
        case .values:
            return values.columns > 0 ? values.rows : valueLines
        case .stages: return stageLines(context).count
        default: return 0
        }
    }
}
