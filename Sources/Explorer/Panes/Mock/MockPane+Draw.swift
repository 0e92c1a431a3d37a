import Canvas
import ZarrModel

/// Where the parts of the form and its log lie.
struct MockLayout: Hashable, Sendable {
    /// The form.
    let form: Rect
    /// What happened, as counts.
    let counts: Rect
    /// What happened, one by one.
    let log: Rect
    /// The column between; empty where all is in one.
    let line: Rect

    /// Divides a pane.
    init(size: Size, isWrong: Bool, isArmed: Bool) {
        let none = Rect(row: 0, column: 0, rows: 0, columns: 0)
        if size.columns >= 72 {
            let parts = Rect(size).splitColumns([.share(1), .fixed(1), .share(1)])
            let left = parts[0].inset(rows: 0, columns: 1).splitRows([
                .fixed(isWrong ? 13 : 10), .share(1),
            ])
            form = left[0]
            counts = left[1]
            line = parts[1]
            log = parts[2].inset(rows: 0, columns: 1)
        } else {
            let rows = Rect(size).inset(rows: 0, columns: 1).splitRows([
                .fixed(isWrong ? 10 : isArmed ? 7 : 9), .fixed(3), .share(1),
            ])
            form = rows[0]
            counts = rows[1]
            log = rows[2]
            line = none
        }
    }
}

extension MockPane {
    func draw(on canvas: inout Canvas, _ context: Context) {
        let layout = layout(canvas.size, context)
        if !layout.line.isEmpty { canvas.verticalLine(column: layout.line.column) }
        canvas.region(layout.form) { drawForm(on: &$0, context) }
        canvas.region(layout.counts) { drawCounts(on: &$0, context) }
        canvas.region(layout.log) { drawLog(on: &$0, context) }
    }

    // MARK: Form

    private func drawForm(on canvas: inout Canvas, _ context: Context) {
        let isArmed = context.mock.isArmed
        canvas.write(
            isArmed ? "◆ Armed" : "A backend that misbehaves",
            row: 0,
            isArmed ? .danger : .heading
        )
        canvas.write(
            "over \(context.store?.name ?? "")\(path == "/" ? "" : path)",
            row: 1,
            .dim,
            width: canvas.size.columns,
            cut: .middle
        )
        for line in Field.allCases {
            drawField(line, on: &canvas, isArmed: isArmed)
        }
        let help =
            isEditing
            ? "Enter done, Tab next field"
            : "e.g.  [rot] read c/**: 2% -> flip ; read c/1/*: always -> error 503"
        let wrong = wrong(context)
        let lines = Wrapping.lines(
            [wrong.map { "✖ \($0.message)" } ?? help],
            width: canvas.size.columns
        )
        let room = wrong == nil ? 2 : max(0, canvas.size.rows - 8)
        for (row, line) in lines.prefix(room).enumerated() {
            canvas.write(line, row: 7 + row, wrong == nil ? .dim : .error)
        }
    }

    private func drawField(_ line: Field, on canvas: inout Canvas, isArmed: Bool) {
        let row = 3 + line.rawValue
        let isHere = line == field && !isArmed
        canvas.write(isHere ? "▸" : " ", row: row, .accent)
        canvas.write(line.title, row: row, column: 1, isHere ? .accent : .label, width: 11)
        let width = line == .rules ? max(8, canvas.size.columns - 13) : 8
        let text = texts[line.rawValue]
        if isArmed {
            canvas.write(text.string, row: row, column: 13, .value, width: width, cut: .end)
        } else {
            let isActive = isHere && isEditing
            text.draw(on: &canvas, row: row, column: 13, width: width, isActive: isActive)
        }
        guard line != .rules else { return }
        canvas.write(" " + line.unit, row: row, column: 21, .dim)
    }

    // MARK: Counts

    private func drawCounts(on canvas: inout Canvas, _ context: Context) {
        let report = context.mock.report
        guard context.mock.isArmed || report.operations > 0 else {
            let text =
                "A arms it. Then every chunk is read through the mock, and the map shows which "
                + "ones failed, came late or came back wrong. A failure is unreadable, never missing."
            let lines = Wrapping.lines([text], width: canvas.size.columns)
            for (row, line) in lines.enumerated() { canvas.write(line, row: row, .dim) }
            return
        }
        canvas.write("What it did", row: 0, .heading)
        let operations = Format.plural(report.operations, "operation")
        canvas.write(operations, row: 0, column: 13, .value)
        let lines: [(String, Int, Role)] = [
            ("E failed", report.failed, .error), ("s slow", report.slow, .notice),
            ("X wrong", report.wrong, .error),
        ]
        let width = max(0, canvas.size.columns - 22)
        for (row, line) in lines.enumerated() {
            let row = row + 1
            canvas.write(line.0, row: row, line.1 > 0 ? line.2 : .dim, width: 10)
            let count = Format.count(line.1)
            canvas.write(count, row: row, column: 10, .value, width: 9, align: .trailing)
            let share = report.operations > 0 ? Double(line.1) / Double(report.operations) : 0
            canvas.bar(share, row: row, column: 20, width: width, Style(line.2))
        }
        var row = 5
        drawChunks(on: &canvas, &row, context)
        row += canvas.size.rows > row + report.rules.count + 1 ? 1 : 0
        guard !report.rules.isEmpty, row + 1 < canvas.size.rows else { return }
        canvas.write("Rules that fired", row: row, .heading)
        for rule in report.rules {
            row += 1
            canvas.write("[\(rule.name)]", row: row, .label, width: 16)
            canvas.write(rule.text, row: row, column: 17, .value)
        }
    }

    /// How the chunks look through the mock.
    private func drawChunks(on canvas: inout Canvas, _ row: inout Int, _ context: Context) {
        guard context.array?.isShadowed ?? false, let census = context.array?.shown else { return }
        canvas.write("Chunks as seen", row: row, .heading)
        row += 1
        for state in [ChunkState.unreadable, .corrupt, .short, .missing, .unknown, .present] {
            let count = census.count(state)
            guard count > 0, row < canvas.size.rows else { continue }
            let glyph = StateLook.mapGlyph(
                state,
                isUnicode: canvas.isUnicode,
                isColor: context.isColor
            )
            let word = "\(glyph) \(StateLook.word(state))"
            canvas.write(word, row: row, StateLook.role(state), width: 14)
            let text = Format.count(count)
            canvas.write(text, row: row, column: 14, .value, width: 10, align: .trailing)
            row += 1
        }
    }

    // MARK: Log

    private func drawLog(on canvas: inout Canvas, _ context: Context) {
        canvas.write("Log", row: 0, .heading)
        let entries = context.mock.log
        guard !entries.isEmpty else {
            canvas.write("nothing yet", row: 1, .dim)
            return
        }
        let isWide = canvas.size.columns >= 46
        let columns = Columns(
            [
                .init(.fixed(isWide ? 8 : 6), align: .trailing), .init(.fixed(isWide ? 5 : 0)),
                .init(.share(2, minimum: 8), cut: .start), .init(.share(3, minimum: 16)),
            ],
            width: canvas.size.columns
        )
        for (row, at) in log.visible.enumerated() {
            let entry = entries[at]
            let role: Role = entry.outcome == .slow ? .notice : .error
            canvas.write(
                [
                    Format.fixed(Double(entry.milliseconds) / 1000, 2) + (isWide ? " s" : ""),
                    entry.operation,
                    entry.key, entry.detail,
                ],
                in: columns,
                row: 1 + row,
                Style(.text)
            )
            let place = columns.places[3]
            let word = entry.detail.isEmpty ? entry.outcome.rawValue : entry.detail
            canvas.write(word, row: 1 + row, column: place.lowerBound, role, width: place.count)
        }
    }
}
