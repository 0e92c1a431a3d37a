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
        if let problem, values == nil {
            drawProblem(problem, on: &canvas)
        } else if mode == .image {
            drawImage(on: &canvas, context)
        } else {
            drawTable(on: &canvas, details)
        }
        guard !layout.line.isEmpty else { return }
        canvas.verticalLine(column: layout.line.column)
        canvas.region(layout.panel) { drawPanel(on: &$0, details, context) }
    }

    private func drawHead(on canvas: inout Canvas, _ details: ArrayDetails) {
        let row = layout.head.row
        var column = 1
        for (title, own) in [("Image", Mode.image), ("Table", Mode.table)] {
            let style = Style(own == mode ? .title : .dim, isReversed: own == mode)
            column = canvas.write(" \(title) ", row: row, column: column, style) + 1
        }
        let names = AxisNames(details, rank: details.shape.count)
        let plane = [rowAxis, columnAxis].compactMap { $0 }.map { names[$0] }
        let fixed = indexes.indices.filter { $0 != rowAxis && $0 != columnAxis }
            .map { "\(names[$0])=\(indexes[$0])" }
        let text =
            plane.joined(separator: " × ")
            + (fixed.isEmpty ? "" : "   at " + fixed.joined(separator: " "))
        canvas.write(
            text,
            row: row,
            column: column + 1,
            .value,
            width: max(0, layout.head.endColumn - column - 1)
        )
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

    // MARK: Image

    private func drawImage(on canvas: inout Canvas, _ context: Context) {
        guard let picture, let values, values.request.form == .numbers else {
            canvas.write("Reading values…", row: layout.body.row + 1, column: 2, .dim)
            return
        }
        canvas.region(layout.body) { canvas in
            for row in 0..<min(canvas.size.rows, picture.cells.rows) {
                for column in 0..<picture.cells.columns {
                    guard let cell = picture.cells[row, column] else { continue }
                    let style = Self.style(cell)
                    for part in 0..<picture.pixelColumns {
                        canvas.write(
                            String(cell.glyph),
                            row: row,
                            column: column * picture.pixelColumns + part,
                            style
                        )
                    }
                }
            }
        }
        drawImageRulers(on: &canvas, picture, values.request)
        drawImageCursor(on: &canvas, picture, values.request)
        drawLegend(on: &canvas, picture, context)
    }

    private static func style(_ cell: ImageCell) -> Style {
        var style = style(cell.mark)
        style.foreground = cell.foreground.map { Tint($0.red, $0.green, $0.blue) }
        guard cell.mark == .value else { return style }
        style.background = cell.background.map { Tint($0.red, $0.green, $0.blue) }
        return style
    }

    private static func style(_ mark: PlaneMark) -> Style {
        switch mark {
        case .value: Style(.text)
        case .notANumber: Style(.dim)
        case .absent: Style(.warning)
        case .failed: Style(.error, isReversed: true)
        }
    }

    /// Screen rows and columns of an element, from the body's corner.
    private func place(
        _ row: Int,
        _ column: Int,
        _ picture: SlicePicture,
        _ request: PlaneRequest
    ) -> (row: Int, column: Int)? {
        let magnification = picture.key.magnification
        let halves = picture.pixelColumns == 1 ? 2 : 1
        let down = (row - request.rows.start) / request.rows.step
        let across = (column - request.columns.start) / request.columns.step
        guard down >= 0, across >= 0, down < request.rows.count, across < request.columns.count
        else {
            return nil
        }
        return (down * magnification / halves, across * magnification * picture.pixelColumns)
    }

    private func drawImageRulers(
        on canvas: inout Canvas,
        _ picture: SlicePicture,
        _ request: PlaneRequest
    ) {
        var next = 0
        for at in 0..<request.columns.count {
            let index = request.columns.start + at * request.columns.step
            guard let place = place(request.rows.start, index, picture, request) else { continue }
            let text = String(index)
            guard place.column >= next, place.column + text.count <= layout.ruler.columns else {
                continue
            }
            let isNice = at == 0 || index.isMultiple(of: 5) || request.columns.step > 1
            guard isNice else { continue }
            canvas.write(
                text,
                row: layout.ruler.row,
                column: layout.ruler.column + place.column,
                .dim
            )
            next = place.column + max(10, text.count + 3)
        }
        guard rowAxis != nil else { return }
        var last = -2
        for at in 0..<request.rows.count {
            let index = request.rows.start + at * request.rows.step
            guard let place = place(index, request.columns.start, picture, request),
                place.row >= last + 2, place.row < layout.labels.rows
            else { continue }
            canvas.write(
                String(index),
                row: layout.labels.row + place.row,
                column: layout.labels.column,
                .dim,
                width: layout.labels.columns - 1,
                align: .trailing
            )
            last = place.row
        }
    }

    private func drawImageCursor(
        on canvas: inout Canvas,
        _ picture: SlicePicture,
        _ request: PlaneRequest
    ) {
        guard let place = place(cursor.row, cursor.column, picture, request) else { return }
        let row = layout.body.row + place.row
        let column = layout.body.column + place.column
        guard place.row < layout.body.rows, place.column < layout.body.columns else { return }
        canvas.write(canvas.isUnicode ? "◆" : "#", row: row, column: column, .cursor)
        canvas.write(
            String(cursor.row),
            row: row,
            column: layout.labels.column,
            .accent,
            width: layout.labels.columns - 1,
            align: .trailing
        )
        let text = String(cursor.column)
        let end = max(0, layout.ruler.columns - text.count)
        let start = layout.ruler.column + min(place.column, end)
        canvas.write(" \(text) ", row: layout.ruler.row, column: start - 1, .accent)
    }

    private func drawLegend(on canvas: inout Canvas, _ picture: SlicePicture, _ context: Context) {
        let row = layout.legend.row
        var column: Int
        if picture.statistics.minimum == nil {
            column = canvas.write("no numbers to colour", row: row, column: 1, .dim)
        } else {
            let low = Format.value(picture.normalization.lower)
            column = canvas.write(low + " ", row: row, column: 1, .value)
            column = drawColorBar(on: &canvas, row: row, column: column, context)
            let high = Format.value(picture.normalization.upper)
            column = canvas.write(" " + high, row: row, column: column, .value)
            let isNarrow = layout.legend.columns < 56
            let name = isNarrow ? "" : " \(ramp(context).name)"
            if !isNarrow || span != .automatic {
                column = canvas.write("  \(spanWord)\(name)", row: row, column: column, .dim)
            }
        }
        let figures = picture.statistics
        let marks: [(PlaneMark, String, Int)] = [
            (.failed, "failed", figures.failedCount), (.absent, "missing", figures.absentCount),
            (.notANumber, "NaN", figures.notANumberCount),
        ]
        for (mark, word, count) in marks where count > 0 {
            guard column + word.count + 4 <= layout.legend.endColumn, let sign = mark.sign else {
                continue
            }
            column = canvas.write("  ", row: row, column: column, .text)
            column = canvas.write(String(sign), row: row, column: column, Self.style(mark))
            column = canvas.write(" \(word)", row: row, column: column, .dim)
        }
    }

    private func drawColorBar(
        on canvas: inout Canvas,
        row: Int,
        column: Int,
        _ context: Context
    ) -> Int {
        let tints = ramp(context).tints(context)
        let signs = canvas.isUnicode ? ImageStyle.shades : ImageStyle.signs
        for step in 0..<12 {
            let share = (Double(step) + 0.5) / 12
            if context.isColor, canvas.isUnicode {
                let style = Style(foreground: Ramp.tint(share, of: tints))
                canvas.write("█", row: row, column: column + step, style)
            } else {
                let sign = signs[Palette.level(at: share, of: signs.count)]
                canvas.write(String(sign), row: row, column: column + step, .text)
            }
        }
        return column + 12
    }

    private var spanWord: String {
        switch span {
        case .automatic: "auto"
        case .percentiles: "2–98 %"
        case .held: "held"
        }
    }

    // MARK: Table

    private func drawTable(on canvas: inout Canvas, _ details: ArrayDetails) {
        guard let values, values.request.form == .texts else {
            canvas.write("Reading values…", row: layout.body.row + 1, column: 2, .dim)
            return
        }
        let request = values.request
        let isWrapped = rowAxis == nil
        let line = isWrapped ? lineLength : request.columns.count
        let lines =
            isWrapped ? (request.columns.count + line - 1) / max(1, line) : request.rows.count
        for across in 0..<min(line, tableColumns) {
            let index = isWrapped ? across : request.columns.start + across
            let isHere = isWrapped ? cursor.column % line == across : cursor.column == index
            canvas.write(
                isWrapped ? "+\(index)" : String(index),
                row: layout.ruler.row,
                column: layout.body.column + across * Self.cellWidth,
                isHere ? .accent : .dim,
                width: Self.cellWidth - 1,
                align: .trailing
            )
        }
        for down in 0..<min(lines, layout.body.rows) {
            let index =
                isWrapped ? request.columns.start + down * line : request.rows.start + down
            let isHere = isWrapped ? cursor.column / line == index / line : cursor.row == index
            canvas.write(
                String(index),
                row: layout.body.row + down,
                column: layout.labels.column,
                isHere ? .accent : .dim,
                width: layout.labels.columns - 1,
                align: .trailing
            )
            drawLine(values, down, line: line, on: &canvas, details)
        }
        let legend = " o missing (fill)  X failed  ┊ chunk"
        canvas.write(legend, row: layout.legend.row, .dim)
    }

    /// Draws the values of one line, with the borders of chunks between them.
    private func drawLine(
        _ values: PlaneValues,
        _ down: Int,
        line: Int,
        on canvas: inout Canvas,
        _ details: ArrayDetails
    ) {
        let request = values.request
        let cut = columnAxis.map { details.axes[$0] }
        for across in 0..<min(line, tableColumns) {
            let at = down * line + across
            guard at < values.texts.count else { return }
            let offset = rowAxis == nil ? at : across
            let column = request.columns.start + offset
            let row = rowAxis == nil ? 0 : request.rows.start + down
            drawValue(values, at, on: &canvas, down, across, isHere: cursor == (row, column))
            guard let cut, column > 0, column < cut.length,
                cut.range(of: cut.chunk(containing: column)).lowerBound == column
            else { continue }
            canvas.write(
                "┊",
                row: layout.body.row + down,
                column: layout.body.column + across * Self.cellWidth - 1,
                .border
            )
        }
    }

    private func drawValue(
        _ values: PlaneValues,
        _ at: Int,
        on canvas: inout Canvas,
        _ down: Int,
        _ across: Int,
        isHere: Bool
    ) {
        let source = at < values.sources.count ? values.sources[at] : .stored
        let text: String
        var role: Role
        switch source {
        case .stored: (text, role) = (values.texts[at], .text)
        case .absent: (text, role) = ("o " + values.texts[at], .warning)
        case .failed: (text, role) = ("X failed", .error)
        }
        if source == .stored, text == "NaN" { role = .dim }
        canvas.write(
            text,
            row: layout.body.row + down,
            column: layout.body.column + across * Self.cellWidth,
            isHere ? .cursor : role,
            width: Self.cellWidth - 1,
            align: .trailing,
            cut: .end
        )
    }

    // MARK: Places

    /// The element at a place of the pane.
    func element(at point: Point, _ context: Context) -> (row: Int, column: Int)? {
        guard layout.body.contains(point), let values else { return nil }
        let down = point.row - layout.body.row
        let across = point.column - layout.body.column
        let request = values.request
        if mode == .table {
            let column = min(across / Self.cellWidth, request.columns.count - 1)
            guard rowAxis == nil else {
                return (
                    request.rows.start + min(down, request.rows.count - 1),
                    request.columns.start + column
                )
            }
            return (0, request.columns.start + down * lineLength + column)
        }
        guard let picture else { return nil }
        let halves = picture.pixelColumns == 1 ? 2 : 1
        let row = down * halves / picture.key.magnification
        let column = across / picture.pixelColumns / picture.key.magnification
        guard row < request.rows.count, column < request.columns.count else { return nil }
        return (
            request.rows.start + row * request.rows.step,
            request.columns.start + column * request.columns.step
        )
    }

    /// Where the cursor's value stands in what was read; `nil` where exactly that element was not.
    var cursorPlace: Int? {
        guard let request = values?.request, request.rowAxis == rowAxis,
            request.columnAxis == columnAxis
        else { return nil }
        let (down, rest) = (cursor.row - request.rows.start)
            .quotientAndRemainder(dividingBy: request.rows.step)
        let (across, restAcross) = (cursor.column - request.columns.start)
            .quotientAndRemainder(dividingBy: request.columns.step)
        guard rest == 0, restAcross == 0, down >= 0, down < request.rows.count, across >= 0,
            across < request.columns.count, isFixed(as: request)
        else {
            return nil
        }
        return down * request.columns.count + across
    }

    /// Whether the dimensions that do not run stand where they stood when it was read.
    private func isFixed(as request: PlaneRequest) -> Bool {
        request.fixed.count == indexes.count
            && indexes.indices.allSatisfy {
                $0 == rowAxis || $0 == columnAxis || indexes[$0] == request.fixed[$0]
            }
    }

    /// The cursor's value as text.
    func cursorText(_ context: Context) -> String? {
        guard let values, let place = cursorPlace else { return nil }
        if place < values.sources.count, values.sources[place] == .failed { return "failed" }
        if values.request.form == .texts {
            return place < values.texts.count ? values.texts[place] : nil
        }
        return place < values.numbers.count ? Format.value(values.numbers[place]) : nil
    }
}
