import Canvas
import Raster
import ZarrModel

extension SlicePane {
    /// Draws the plane as an image, with rulers, the cursor and a legend.
    func drawImage(
        _ values: PlaneValues,
        on canvas: inout Canvas,
        _ details: ArrayDetails,
        _ context: Context
    ) {
        guard let picture else { return }
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
            if hasBorders { drawBorders(on: &canvas, picture, values.request, details) }
        }
        drawRulers(on: &canvas, picture, values.request)
        drawCursor(on: &canvas, picture, values.request)
        drawStrip(on: &canvas, picture, values)
        drawLegend(on: &canvas, picture, values, context)
    }

    private static func style(_ cell: ImageCell) -> Style {
        var style = style(cell.mark)
        style.foreground = cell.foreground.map { Tint($0.red, $0.green, $0.blue) }
        guard cell.mark == .value else { return style }
        style.background = cell.background.map { Tint($0.red, $0.green, $0.blue) }
        return style
    }

    /// Screen rows and columns of an element, from the body's corner; `nil` where it is not in view.
    private func place(
        _ row: Int,
        _ column: Int,
        _ picture: SlicePicture,
        _ request: PlaneRequest
    ) -> (row: Int, column: Int)? {
        let magnification = picture.key.magnification
        let halves = picture.pixelColumns == 1 ? 2 : 1
        let down = request.rows.part(holding: row)
        let across = request.columns.part(holding: column)
        guard down >= 0, across >= 0, down < request.rows.count, across < request.columns.count
        else { return nil }
        return (down * magnification / halves, across * magnification * picture.pixelColumns)
    }

    // MARK: Borders

    /// Draws a line where a chunk begins, where chunks are large enough to be told apart.
    private func drawBorders(
        on canvas: inout Canvas,
        _ picture: SlicePicture,
        _ request: PlaneRequest,
        _ details: ArrayDetails
    ) {
        let rows = Self.starts(request.rows, request.rowAxis, details)
        let columns = Self.starts(request.columns, request.columnAxis, details)
        let magnification = picture.key.magnification
        let halves = picture.pixelColumns == 1 ? 2 : 1
        let across = columns.map { $0 * magnification * picture.pixelColumns }
        let down = rows.map { $0 * magnification / halves }
        let extent = min(picture.cells.rows, canvas.size.rows)
        if zip(across, across.dropFirst()).allSatisfy({ $1 - $0 >= 4 }) {
            for column in across {
                for row in 0..<extent { drawBorder(on: &canvas, row, column, isRow: false) }
            }
        }
        if zip(down, down.dropFirst()).allSatisfy({ $1 - $0 >= 2 }) {
            let width = min(canvas.size.columns, picture.cells.columns * picture.pixelColumns)
            for row in down where row < extent {
                for column in 0..<width { drawBorder(on: &canvas, row, column, isRow: true) }
            }
        }
    }

    private func drawBorder(on canvas: inout Canvas, _ row: Int, _ column: Int, isRow: Bool) {
        let cell = canvas[row, column]
        let sign = PlaneMark.allCases.contains { $0.sign == cell.character && $0 != .value }
        guard !sign || cell.style.role == .text else { return }
        var style = Style(.border)
        style.background = cell.style.background ?? cell.style.foreground
        if let behind = style.background {
            let light = Int(behind.red) * 3 + Int(behind.green) * 6 + Int(behind.blue)
            style.foreground = light > 1300 ? Tint(0, 0, 0) : Tint(255, 255, 255)
        }
        let glyph = canvas.isUnicode ? (isRow ? "▔" : "▏") : (isRow ? "-" : "|")
        canvas.write(glyph, row: row, column: column, style)
    }

    /// The parts of a run in which a chunk begins, the first of all not among them.
    private static func starts(
        _ run: PlaneRequest.Run,
        _ axis: Int?,
        _ details: ArrayDetails
    ) -> [Int] {
        guard let axis, run.start >= 0 else { return [] }
        let cut = details.axes[axis]
        let chunks = cut.chunks(touching: run.start..<max(run.start, run.end(in: cut.length)))
        guard chunks.count <= 4096 else { return [] }
        return chunks.dropFirst().map { run.part(holding: cut.start(of: $0)) }
    }

    // MARK: Rulers

    private func drawRulers(
        on canvas: inout Canvas,
        _ picture: SlicePicture,
        _ request: PlaneRequest
    ) {
        var next = 0
        for at in 0..<request.columns.count {
            let index = request.columns.start + at * request.columns.step
            guard at == 0 || index.isMultiple(of: 5) || request.columns.step > 1 else { continue }
            guard let place = place(request.rows.start, index, picture, request) else { continue }
            drawColumnLabel(index, at: place.column, on: &canvas, next: &next)
        }
        guard rowAxis != nil else { return }
        var last = -2
        for at in 0..<request.rows.count {
            let index = request.rows.start + at * request.rows.step
            guard let place = place(index, request.columns.start, picture, request),
                place.row >= last + 2, place.row < layout.labels.rows
            else { continue }
            drawRowLabel(index, at: place.row, on: &canvas, .dim)
            last = place.row
        }
    }

    private func drawCursor(
        on canvas: inout Canvas,
        _ picture: SlicePicture,
        _ request: PlaneRequest
    ) {
        guard let place = place(cursor.row, cursor.column, picture, request) else { return }
        let row = layout.body.row + place.row
        let column = layout.body.column + place.column
        guard place.row < layout.body.rows, place.column < layout.body.columns else { return }
        canvas.write(canvas.isUnicode ? "◆" : "#", row: row, column: column, .cursor)
        if rowAxis != nil { drawRowLabel(cursor.row, at: place.row, on: &canvas, .accent) }
        drawCursorLabel(label(columnAxis, cursor.column, width: 12), at: place.column, on: &canvas)
    }

    // MARK: Below

    /// Draws the row through the cursor as a line under the image, each number below its pixel.
    private func drawStrip(
        on canvas: inout Canvas,
        _ picture: SlicePicture,
        _ values: PlaneValues
    ) {
        let strip = layout.strip
        let request = values.request
        let row = request.rows.part(holding: cursor.row)
        guard !strip.isEmpty, isCurrent, row >= 0, row < picture.plane.rows else { return }
        let width = min(
            layout.body.columns,
            request.columns.count * picture.key.magnification * picture.pixelColumns
        )
        let start = row * request.columns.count
        let numbers = Array(picture.plane.values[start..<start + request.columns.count])
        let scale = picture.normalization
        var plot = LinePlot(rows: strip.rows - 1, columns: width)
        plot.draw(minima: numbers, maxima: numbers, scale)
        let title = "row \(label(rowAxis, cursor.row, width: 20))"
        canvas.write(title, row: strip.row, column: layout.body.column, .dim)
        for (line, text) in plot.lines(isUnicode: canvas.isUnicode).enumerated() {
            canvas.write(text, row: strip.row + 1 + line, column: layout.body.column, .accent)
        }
        for (line, bound) in [(0, scale.upper), (strip.rows - 2, scale.lower)] {
            canvas.write(
                Format.value(bound),
                row: strip.row + 1 + line,
                column: layout.labels.column,
                .dim,
                width: layout.labels.columns - 1,
                align: .trailing
            )
        }
    }

    private func drawLegend(
        on canvas: inout Canvas,
        _ picture: SlicePicture,
        _ values: PlaneValues,
        _ context: Context
    ) {
        let row = layout.legend.row
        var column: Int
        if picture.statistics.minimum == nil {
            column = canvas.write("no numbers to colour", row: row, column: 1, .dim)
        } else {
            let low = Format.value(picture.normalization.lower)
            column = canvas.write(low + " ", row: row, column: 1, .value)
            column = drawColorBar(on: &canvas, column: column, picture, context)
            let high = Format.value(picture.normalization.upper)
            column = canvas.write(" " + high, row: row, column: column, .value)
            if !values.unit.isEmpty {
                column = canvas.write(" " + values.unit, row: row, column: column, .text)
            }
            let isNarrow = layout.legend.columns < 56
            let name = isNarrow ? "" : " \(ramp(context).name)"
            if !isNarrow || range != ColorRange() {
                column = canvas.write("  \(range.word)\(name)", row: row, column: column, .dim)
            }
        }
        drawMarks(on: &canvas, column: column, picture.plane)
    }

    /// Draws the colours from low to high, with round numbers in it where there is room.
    private func drawColorBar(
        on canvas: inout Canvas,
        column: Int,
        _ picture: SlicePicture,
        _ context: Context
    ) -> Int {
        let row = layout.legend.row
        let width = layout.legend.columns >= 100 ? 32 : layout.legend.columns >= 76 ? 16 : 12
        let tints = ramp(context).tints(context)
        let signs = canvas.isUnicode ? ImageStyle.shades : ImageStyle.signs
        for step in 0..<width {
            let share = (Double(step) + 0.5) / Double(width)
            if context.isColor, canvas.isUnicode {
                let style = Style(foreground: Ramp.tint(share, of: tints))
                canvas.write("█", row: row, column: column + step, style)
            } else {
                let sign = signs[Palette.level(at: share, of: signs.count)]
                canvas.write(String(sign), row: row, column: column + step, .text)
            }
        }
        if context.isColor { drawTicks(on: &canvas, column, width, picture.normalization, tints) }
        return column + width
    }

    private func drawTicks(
        on canvas: inout Canvas,
        _ column: Int,
        _ width: Int,
        _ scale: Normalization,
        _ tints: [Tint]
    ) {
        guard width >= 32, canvas.isUnicode else { return }
        let ticks = Ticks(lower: scale.lower, upper: scale.upper, count: 3)
        var next = 1
        for value in ticks.values {
            guard let position = scale.position(of: value) else { continue }
            let text = Format.fixed(value, ticks.decimals)
            let place = Int(position * Double(width)) - text.count / 2
            guard place >= next, place + text.count < width else { continue }
            for (offset, character) in text.enumerated() {
                let at = place + offset
                let behind = Ramp.tint((Double(at) + 0.5) / Double(width), of: tints)
                let light = Int(behind.red) * 3 + Int(behind.green) * 6 + Int(behind.blue)
                let ink = light > 1300 ? Tint(0, 0, 0) : Tint(255, 255, 255)
                let style = Style(.text, foreground: ink, background: behind)
                canvas.write(String(character), row: layout.legend.row, column: column + at, style)
            }
            next = place + text.count + 2
        }
    }
}
