import Canvas
import Raster
import ZarrModel

extension SlicePane {
    /// Draws dimensions, the cursor and figures, one under the other.
    func drawPanel(on canvas: inout Canvas, _ details: ArrayDetails, _ context: Context) {
        var row = 0
        drawDimensions(on: &canvas, &row, details)
        row += 1
        var facts = FactList(width: canvas.size.columns, nameWidth: 8)
        listCursor(&facts, details, context)
        listFigures(&facts, context)
        facts.draw(on: &canvas, row: row)
        row += facts.lines.count
        drawHistogram(on: &canvas, row)
    }

    private func drawDimensions(on canvas: inout Canvas, _ row: inout Int, _ details: ArrayDetails)
    {
        let width = canvas.size.columns
        canvas.write("Dimensions", row: row, .heading)
        let help = width < 34 ? "a, then [ ]" : "a picks one, [ ] step it"
        canvas.write(help, row: row, column: max(11, width - help.count), .dim)
        row += 1
        let names = AxisNames(details, rank: details.shape.count)
        let slider = max(4, width - 22)
        for axis in details.shape.indices.prefix(8) {
            let isChosen = axis == self.axis
            canvas.write(
                (isChosen ? "▸" : " ") + names[axis],
                row: row,
                isChosen ? .accent : .text,
                width: 8
            )
            let last = max(0, details.shape[axis] - 1)
            let index = "\(indexes.indices.contains(axis) ? indexes[axis] : 0)/\(last)"
            canvas.write(index, row: row, column: 8, .value, width: 9, align: .trailing)
            drawSlider(on: &canvas, row, 18, slider, axis, last)
            let word = axis == rowAxis ? "↓" : axis == columnAxis ? "→" : " "
            canvas.write(word, row: row, column: width - 1, .accent)
            row += 1
        }
    }

    private func drawSlider(
        on canvas: inout Canvas,
        _ row: Int,
        _ column: Int,
        _ width: Int,
        _ axis: Int,
        _ last: Int
    ) {
        let isRunning = axis == rowAxis || axis == columnAxis
        let index = indexes.indices.contains(axis) ? indexes[axis] : 0
        let place = last > 0 ? Int(Double(index) / Double(last) * Double(width - 1)) : 0
        for at in 0..<width {
            let isHere = at == place
            canvas.write(
                isHere ? "●" : isRunning ? "·" : "─",
                row: row,
                column: column + at,
                isHere ? (axis == self.axis ? .accent : .value) : .border
            )
        }
    }

    private func listCursor(_ list: inout FactList, _ details: ArrayDetails, _ context: Context) {
        list.head("Cursor")
        let at = indexes.map(String.init).joined(separator: ",")
        list.add("at", "[\(at)]")
        if let text = cursorText(context) {
            let source = cursorPlace.flatMap { place in
                values.flatMap { place < $0.sources.count ? $0.sources[place] : nil }
            }
            switch source {
            case .absent: list.add("value", "\(text)  (fill: missing)", .warning)
            case .failed: list.add("value", "X failed", .error)
            default: list.add("value", text)
            }
        } else {
            list.add("value", "…", .dim)
        }
        let (chunk, inside) = details.chunk(holding: indexes)
        list.add(context.unit(path), "[\(chunk)]")
        list.add("inside", "[\(inside.map(String.init).joined(separator: ","))]", .dim)
        list.gap()
    }

    private func listFigures(_ list: inout FactList, _ context: Context) {
        guard let values else { return }
        list.head("In view")
        if mode == .image, let figures = picture?.statistics {
            list.addText("numbers", Format.count(figures.count))
            var others: [String] = []
            if figures.notANumberCount > 0 {
                others.append("\(Format.count(figures.notANumberCount)) NaN")
            }
            if figures.infiniteCount > 0 {
                others.append("\(Format.count(figures.infiniteCount)) inf")
            }
            if figures.absentCount > 0 {
                others.append("\(Format.count(figures.absentCount)) missing")
            }
            if figures.failedCount > 0 {
                others.append("\(Format.count(figures.failedCount)) failed")
            }
            if !others.isEmpty { list.addText("", others.joined(separator: ", "), .warning) }
            if let low = figures.minimum, let high = figures.maximum {
                list.addText("range", "\(Format.value(low)) … \(Format.value(high))")
            }
            if let mean = figures.mean {
                let deviation = figures.standardDeviation.map { " ± \(Format.value($0))" } ?? ""
                list.addText("mean", Format.value(mean) + deviation)
            }
            let step = values.request.rows.step
            if step > 1 { list.addText("step", "every \(step) elements", .notice) }
        }
        let took = Format.duration(milliseconds: values.milliseconds)
        list.addText(
            "read",
            "\(Format.plural(values.chunksRead, context.unit(path))), \(took)",
            .dim
        )
        if values.chunksAbsent > 0 {
            list.add("", "\(Format.count(values.chunksAbsent)) missing", .warning)
        }
        if values.chunksFailed > 0 {
            list.add("", "\(Format.count(values.chunksFailed)) failed", .error)
        }
    }

    private func drawHistogram(on canvas: inout Canvas, _ row: Int) {
        guard mode == .image, let histogram = picture?.histogram, row + 1 < canvas.size.rows,
            histogram.counts.contains(where: { $0 > 0 })
        else { return }
        let counts = histogram.counts.map { Optional(Double($0)) }
        canvas.sparkline(counts, row: row + 1, width: canvas.size.columns, Style(.accent))
        guard row + 2 < canvas.size.rows else { return }
        let low = Format.value(histogram.lower)
        let high = Format.value(histogram.upper)
        canvas.write(low, row: row + 2, .dim)
        canvas.write(
            high,
            row: row + 2,
            column: max(low.count + 1, counts.count - high.count),
            .dim
        )
    }
}
