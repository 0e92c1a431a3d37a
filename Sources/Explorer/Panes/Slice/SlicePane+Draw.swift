import Canvas
import Raster
import ZarrModel

extension SlicePane {
    func draw(on canvas: inout Canvas, _ context: Context) {
        guard let details = context.arrayDetails(path) else {
            canvas.write("Reading metadata…", row: canvas.size.rows / 2, column: 2, .dim)
            return
        }
        guard !details.shape.contains(0) else {
            let text = "This array has no elements: its shape is \(Format.shape(details.shape))"
            canvas.write(text, row: canvas.size.rows / 2, column: 2, .dim)
            return
        }
        drawHead(on: &canvas, details)
        let isTable = mode == .table
        if let problem, values == nil {
            drawProblem(problem, on: &canvas)
        } else if let values, (values.request.form == .texts) == isTable,
            !values.isOfOtherShape(self)
        {
            switch mode {
            case .image: drawImage(values, on: &canvas, details, context)
            case .table: drawTable(values, on: &canvas, details)
            case .plot: drawPlot(values, on: &canvas, context)
            case .histogram: drawHistogram(values, on: &canvas, details)
            }
        } else {
            canvas.write("Reading values…", row: layout.body.row + 1, column: 2, .dim)
        }
        if let prompt { prompt.draw(on: &canvas, layout.legend) }
        guard !layout.line.isEmpty else { return }
        canvas.verticalLine(column: layout.line.column)
        canvas.region(layout.panel) { drawPanel(on: &$0, details, context) }
    }

    private func drawHead(on canvas: inout Canvas, _ details: ArrayDetails) {
        let row = layout.head.row
        var column = 1
        for (own, text) in tabs {
            let isShown = own == mode
            let end = canvas.write(text, row: row, column: column, isShown ? .selected : .dim)
            if !isShown { canvas.write(text.prefix(1), row: row, column: column, .hintKey) }
            column = end + 2
        }
        let names = AxisNames(details, rank: details.shape.count)
        let shown = [shownAxes.row, shownAxes.column].compactMap { $0 }
        let fixed = indexes.indices.filter { !shown.contains($0) }
            .map {
                "\(names[$0])=\(coordinate($0, isUnicode: canvas.isUnicode) ?? String(indexes[$0]))"
            }
        var how = mode == .table || details.numberWord.isEmpty ? "" : details.numberWord + "  "
        if !details.decoding.isEmpty {
            how += values?.request.isDecoded ?? isDecoded ? "decoded  " : "as stored  "
        }
        if let level = shownLevel {
            how = word(level, isUnicode: canvas.isUnicode) + "  " + how
        }
        let axes = how + shown.map { names[$0] }.joined(separator: " × ")
        let whole = axes + (fixed.isEmpty ? "" : "  at " + fixed.joined(separator: " "))
        let isLate = values != nil && !isCurrent
        let width = max(0, layout.head.endColumn - column - 1)
        // The panel says where the others are, too.
        let isWhole = layout.panel.isEmpty || TextWidth.of(whole) + 2 <= width
        let text = isWhole ? whole : axes
        if isLate {
            canvas.write("⟳ " + text, row: row, column: column + 1, .notice, width: width)
        } else {
            canvas.write(text, row: row, column: column + 1, .value, width: width)
        }
    }

    private func drawProblem(_ problem: Problem, on canvas: inout Canvas) {
        let width = max(1, layout.body.endColumn - 3)
        let message = Wrapping.lines(["✖ \(problem.message)"], width: width)
        for (row, line) in message.enumerated() {
            canvas.write(line, row: layout.body.row + 1 + row, column: 2, .error)
        }
        let lines = Wrapping.lines(problem.details, width: width)
        for (row, line) in lines.enumerated() {
            canvas.write(line, row: layout.body.row + 2 + message.count + row, column: 2, .text)
        }
    }

    // MARK: Signs

    /// How a mark looks.
    static func style(_ mark: PlaneMark) -> Style {
        switch mark {
        case .value: Style(.text)
        case .notANumber, .unread: Style(.dim)
        case .absent: Style(.warning)
        case .failed: Style(.error, isReversed: true)
        }
    }

    /// Draws the signs of what is in view with their words, as far as they fit.
    func drawMarks(on canvas: inout Canvas, column: Int, _ plane: Plane) {
        var column = column
        let row = layout.legend.row
        let found = Set(plane.marks)
        let words: [(PlaneMark, String)] = [
            (.failed, "failed"), (.absent, "missing"), (.notANumber, "NaN"), (.unread, "not read"),
        ]
        for (mark, word) in words where found.contains(mark) {
            guard column + word.count + 4 <= layout.legend.endColumn, let sign = mark.sign else {
                continue
            }
            column = canvas.write("  ", row: row, column: column, .text)
            column = canvas.write(String(sign), row: row, column: column, Self.style(mark))
            column = canvas.write(" \(word)", row: row, column: column, .dim)
        }
    }

    /// Labels below each other or beside each other, so far apart that they can be read.
    func drawColumnLabel(
        _ index: Int,
        at place: Int,
        on canvas: inout Canvas,
        next: inout Int
    ) {
        let text = label(shownAxes.column, index, width: 12)
        let width = TextWidth.of(text)
        guard place >= next, place + width <= layout.ruler.columns else { return }
        canvas.write(text, row: layout.ruler.row, column: layout.ruler.column + place, .dim)
        next = place + max(10, width + 3)
    }

    /// Draws the label of the cursor's column over the others; those that it would touch are left out.
    func drawCursorLabel(_ text: String, at place: Int, on canvas: inout Canvas) {
        let row = layout.ruler.row
        let end = max(0, layout.ruler.columns - TextWidth.of(text) - 1)
        let start = layout.ruler.column + min(place, end)
        let after = start + TextWidth.of(text)
        let isBlank = { (canvas: Canvas, at: Int) in canvas[row, at].character == " " }
        var at = start - 1
        while at >= layout.ruler.column, !(isBlank(canvas, at) && isBlank(canvas, at - 1)) {
            canvas.write(" ", row: row, column: at, .text)
            at -= 1
        }
        at = after
        while at < layout.ruler.endColumn, !(isBlank(canvas, at) && isBlank(canvas, at + 1)) {
            canvas.write(" ", row: row, column: at, .text)
            at += 1
        }
        canvas.write(" \(text) ", row: row, column: start - 1, .accent)
    }

    /// The label of a row, beside it.
    func drawRowLabel(_ index: Int, at place: Int, on canvas: inout Canvas, _ role: Role) {
        let room = layout.labels.columns - 1
        canvas.write(
            label(shownAxes.row, index, width: room),
            row: layout.labels.row + place,
            column: layout.labels.column,
            role,
            width: room,
            align: .trailing
        )
    }
}

extension PlaneValues {
    /// Whether these are of a plot while the pane shows a plane, or the other way round.
    fileprivate func isOfOtherShape(_ pane: SlicePane) -> Bool {
        let isLine = request.rowAxis == nil && pane.rowAxis != nil
        return isLine != (pane.mode == .plot && pane.rowAxis != nil)
    }
}
