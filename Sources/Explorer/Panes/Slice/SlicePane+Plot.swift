import Canvas
import Raster
import ZarrModel

extension SlicePane {
    /// Draws the line through the cursor along one dimension, with gaps where there are no numbers.
    func drawPlot(_ values: PlaneValues, on canvas: inout Canvas, _ context: Context) {
        guard let picture, picture.plane.rows == 1, layout.body.rows > 2 else { return }
        let scale = picture.normalization
        let body = layout.body
        // The last row of the body tells what the gaps are.
        var plot = LinePlot(rows: body.rows - 1, columns: body.columns)
        let isRead = picture.plane.marks.map { $0 == .value }
        func ends(_ given: [Double]) -> [Double] {
            let source = given.count == isRead.count ? given : values.numbers
            return zip(source, isRead).map { $1 ? $0 : .nan }
        }
        plot.draw(minima: ends(values.minima), maxima: ends(values.maxima), scale)
        for (row, line) in plot.lines(isUnicode: canvas.isUnicode).enumerated() {
            canvas.write(line, row: body.row + row, column: body.column, .accent)
        }
        drawHeights(on: &canvas, scale, rows: body.rows - 1)
        drawGaps(on: &canvas, picture.plane)
        drawPlotRuler(on: &canvas, values.request)
        drawPlotCursor(on: &canvas, values.request)
        let names = AxisNames(context.arrayDetails(path), rank: indexes.count)
        let along = plotAxis.map { names[$0] } ?? ""
        let unit = values.unit.isEmpty ? "" : " in \(values.unit)"
        let isPart = values.request.isReduced ? "  least to greatest of each dot" : ""
        let text = " along \(along)\(unit)  \(picture.key.range.word)\(isPart)"
        let room = max(0, layout.legend.columns - 1)
        let shown = min(room, TextWidth.of(text))
        let end = canvas.write(text, row: layout.legend.row, .dim, width: shown)
        drawMarks(on: &canvas, column: end, picture.plane)
    }

    /// The round numbers beside a plot of so many rows.
    private static func heights(_ scale: Normalization, rows: Int) -> Ticks {
        Ticks(lower: scale.lower, upper: scale.upper, count: max(2, rows / 3))
    }

    /// Columns that the numbers beside a plot of so many rows take.
    static func heightWidth(_ scale: Normalization, rows: Int) -> Int {
        let ticks = heights(scale, rows: rows)
        return ticks.values.map { heightText($0, ticks, width: 9).count }.max() ?? 1
    }

    private static func heightText(_ value: Double, _ ticks: Ticks, width: Int) -> String {
        let fixed = Format.fixed(value, ticks.decimals)
        return fixed.count <= width ? fixed : Format.value(value)
    }

    private func drawHeights(on canvas: inout Canvas, _ scale: Normalization, rows: Int) {
        let ticks = Self.heights(scale, rows: rows)
        var taken: Set<Int> = []
        let width = layout.labels.columns - 1
        for value in ticks.values {
            guard let position = scale.position(of: value) else { continue }
            let row = rows - 1 - Int((position * Double(rows - 1)).rounded())
            guard taken.insert(row).inserted else { continue }
            canvas.write(
                Self.heightText(value, ticks, width: width - 1),
                row: layout.labels.row + row,
                column: layout.labels.column,
                .dim,
                width: width,
                align: .trailing
            )
            let edge = String(canvas.glyphs.teeRight)
            let column = layout.labels.column + width
            canvas.write(edge, row: layout.labels.row + row, column: column, .border)
        }
    }

    /// Draws what stands in the place of numbers, one sign for each column of the plot.
    private func drawGaps(on canvas: inout Canvas, _ plane: Plane) {
        let width = layout.body.columns
        let row = layout.body.endRow - 1
        for column in 0..<width where plane.columns > 0 {
            let first = min(plane.columns - 1, column * plane.columns / width)
            let last = max(first, (column + 1) * plane.columns / width - 1)
            let worst = plane.marks[first...min(last, plane.columns - 1)].max() ?? .value
            guard let sign = worst.sign else { continue }
            canvas.write(
                String(sign),
                row: row,
                column: layout.body.column + column,
                Self.style(worst)
            )
        }
    }

    private func drawPlotRuler(on canvas: inout Canvas, _ request: PlaneRequest) {
        var next = 0
        let count = max(1, request.columns.count)
        for column in 0..<layout.ruler.columns {
            let part = column * count / max(1, layout.ruler.columns)
            let index = request.columns.start.addedOrMost(
                part.multipliedOrMost(by: request.columns.step)
            )
            drawColumnLabel(index, at: column, on: &canvas, next: &next)
        }
    }

    private func drawPlotCursor(on canvas: inout Canvas, _ request: PlaneRequest) {
        guard isCurrent, let plotAxis else { return }
        let count = max(1, request.columns.count)
        let part = request.columns.part(holding: indexes[plotAxis])
        guard part >= 0, part < count else { return }
        let place = (part * layout.body.columns + layout.body.columns / 2) / count
        let column = layout.body.column + min(layout.body.columns - 1, place)
        for row in layout.body.rowRange.dropLast() {
            guard canvas[row, column].character == " " else { continue }
            canvas.write(canvas.isUnicode ? "┊" : "|", row: row, column: column, .accent)
        }
        drawCursorLabel(label(plotAxis, indexes[plotAxis], width: 20), at: place, on: &canvas)
    }

    // MARK: Histogram

    /// Draws how many numbers lie in each part of the range.
    func drawHistogram(
        _ values: PlaneValues,
        on canvas: inout Canvas,
        _ details: ArrayDetails
    ) {
        guard let picture else { return }
        let figures = picture.statistics
        guard let low = figures.minimum, let high = figures.maximum else {
            canvas.write("no numbers to count", row: layout.body.row + 1, column: 2, .dim)
            return
        }
        let parts = max(1, min(24, layout.body.rows))
        // Of few whole numbers each has a bar of its own.
        let isEach = details.isWhole && !values.request.isDecoded && high - low < Double(parts)
        let histogram =
            isEach
            ? Self.histogram(values, low - 0.5, high + 0.5, parts: Int(high - low) + 1)
            : Self.histogram(values, low, high, parts: parts)
        let most = histogram.counts.max() ?? 1
        let total = histogram.counts.reduce(0, +)
        let numbers =
            isEach
            ? histogram.counts.indices.map { Format.value(low + Double($0)) }
            : Self.bounds(histogram)
        let labelWidth = numbers.map(\.count).max() ?? 0
        let countWidth = Format.count(most).count
        let width = layout.legend.columns - labelWidth - countWidth - 14
        for (row, count) in histogram.counts.enumerated() {
            let line = layout.body.row + row
            let start = canvas.write(
                numbers[row],
                row: line,
                column: 1,
                .dim,
                width: labelWidth,
                align: .trailing
            )
            let share = Self.share(count, of: most, isLogarithmic: hasLogarithmicCounts)
            canvas.bar(share, row: line, column: start + 1, width: max(1, width), Style(.accent))
            let end = start + max(1, width) + 2
            canvas.write(
                Format.count(count),
                row: line,
                column: end,
                .value,
                width: countWidth,
                align: .trailing
            )
            let part = Format.percent(count, of: total)
            canvas.write(part, row: line, column: end + countWidth + 1, .dim)
        }
        let unit = values.unit.isEmpty ? "" : " (\(values.unit))"
        canvas.write("\(isEach ? "value" : "from")\(unit)", row: layout.ruler.row, column: 1, .dim)
        let scale = hasLogarithmicCounts ? "bars are logarithms" : "bars in proportion"
        let place = shownLevel.map { "of level \($0.number)" } ?? "in view"
        let end = canvas.write(
            " \(Format.count(total)) numbers \(place), \(scale)",
            row: layout.legend.row,
            .dim
        )
        drawMarks(on: &canvas, column: end, picture.plane)
    }

    /// How the numbers of what was read are spread; all of them where they are known.
    static func histogram(
        _ values: PlaneValues,
        _ low: Double,
        _ high: Double,
        parts: Int
    ) -> Histogram {
        if let spread = values.spread {
            return spread.histogram(lower: low, upper: high, parts: parts)
        }
        var histogram = Histogram(lower: low, upper: high, parts: parts)
        histogram.add(
            values.numbers.indices.filter { values.source($0) == .stored }
                .map { values.numbers[$0] }
        )
        return histogram
    }

    /// Where each part begins, all with as many digits as it takes to tell them apart.
    private static func bounds(_ histogram: Histogram) -> [String] {
        let starts = histogram.counts.indices.map { histogram.bounds(of: $0).lowerBound }
        let step = histogram.bounds(of: 0).upperBound - histogram.bounds(of: 0).lowerBound
        let ticks = Ticks(lower: 0, upper: step * 4, count: 20)
        let isShort = histogram.upper.magnitude < 1e7 && histogram.lower.magnitude < 1e7
        guard step > 1e-6, isShort else { return starts.map(Format.value) }
        return starts.map { Format.fixed($0, ticks.decimals) }
    }

    private static func share(_ count: Int, of most: Int, isLogarithmic: Bool) -> Double {
        guard most > 0, count > 0 else { return 0 }
        guard isLogarithmic else { return Double(count) / Double(most) }
        // 1 still has a bar: logarithms of one more.
        let scale = Normalization(lower: 0.5, upper: Double(most), isLogarithmic: true)
        return scale.position(of: Double(count)) ?? 0
    }
}
