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
        drawSpread(on: &canvas, row)
    }

    private func drawDimensions(on canvas: inout Canvas, _ row: inout Int, _ details: ArrayDetails)
    {
        let width = canvas.size.columns
        canvas.write("Dimensions", row: row, .heading)
        let by = stride == 1 ? "" : " by \(stride)"
        let help = width < 36 + by.count ? "a, then [ ]\(by)" : "a picks one, [ ] step it\(by)"
        canvas.write(help, row: row, column: max(11, width - help.count), .dim)
        row += 1
        let names = AxisNames(details, rank: details.shape.count)
        for axis in details.shape.indices.prefix(Self.listedAxes) {
            let isChosen = axis == self.axis
            canvas.write(
                (isChosen ? "▸" : " ") + names[axis],
                row: row,
                isChosen ? .accent : .text,
                width: 8
            )
            let last = max(0, details.shape[axis] - 1)
            let here = indexes.indices.contains(axis) ? indexes[axis] : 0
            let full = "\(here)/\(last)"
            let index = full.count <= 9 ? full : Format.short(here)
            canvas.write(index, row: row, column: 8, .value, width: 9, align: .trailing)
            drawSlider(on: &canvas, row, axis, last)
            let (down, across) = shownAxes
            let word = axis == down ? "↓" : axis == across ? "→" : " "
            canvas.write(word, row: row, column: width - 1, .accent)
            row += 1
        }
    }

    private func drawSlider(on canvas: inout Canvas, _ row: Int, _ axis: Int, _ last: Int) {
        let width = sliderWidth
        let isRunning = axis == shownAxes.row || axis == shownAxes.column
        let index = indexes.indices.contains(axis) ? indexes[axis] : 0
        let place = last > 0 ? Int(Double(index) / Double(last) * Double(width - 1)) : 0
        for at in 0..<width {
            let isHere = at == place
            canvas.write(
                isHere ? "●" : isRunning ? "·" : "─",
                row: row,
                column: Self.sliderColumn + at,
                isHere ? (axis == self.axis ? .accent : .value) : .border
            )
        }
    }

    // MARK: Cursor

    private func listCursor(_ list: inout FactList, _ details: ArrayDetails, _ context: Context) {
        list.head("Cursor")
        list.add("at", "[\(indexes.map(String.init).joined(separator: ","))]")
        let names = AxisNames(details, rank: indexes.count)
        for axis in indexes.indices.prefix(Self.listedAxes) {
            if let text = coordinate(axis) { list.add(names[axis], text) }
        }
        listValue(&list)
        listDecoding(&list, details, context)
        let (chunk, inside) = details.chunk(holding: indexes)
        list.add(context.unit(path), "[\(chunk)]")
        list.add("inside", "[\(inside.map(String.init).joined(separator: ","))]", .dim)
        list.gap()
    }

    /// Whether numbers are as stored, and what is done to them, or could be.
    private func listDecoding(
        _ list: inout FactList,
        _ details: ArrayDetails,
        _ context: Context
    ) {
        guard !details.decoding.isEmpty, let values else { return }
        guard !values.request.isDecoded else {
            list.addText("decoded", details.decoding, .notice)
            return
        }
        let isUnicode = context.configuration.traits.isUnicode
        let key = context.configuration.keymap.label(for: .decode, isUnicode: isUnicode)
        list.addText("stored", "\(key.map { "\($0) decodes: " } ?? "")\(details.decoding)", .dim)
    }

    private func listValue(_ list: inout FactList) {
        guard let values, let place = cursorPlace, mode != .histogram || picture != nil else {
            list.add("value", "…", .dim)
            return
        }
        let unit = values.unit.isEmpty ? "" : " \(values.unit)"
        let mark = picture.flatMap { picture in
            mode != .table && place < picture.plane.marks.count ? picture.plane.marks[place] : nil
        }
        switch mark ?? PlaneMark(values.source(place)) {
        case .failed: list.add("value", "X failed", .error)
        case .unread: list.add("value", "? not read yet", .dim)
        case .absent where values.request.level != nil:
            let isOfLevel = values.source(place) == .absent
            list.addText("value", isOfLevel ? "o missing in the level" : "o missing", .warning)
        case .absent:
            let fill = cursorText.map { "o missing (fill \($0))" } ?? "o missing"
            list.addText("value", fill, .warning)
        case .notANumber: list.add("value", "~ NaN", .dim)
        case .value:
            if let text = cursorText {
                list.addText("value", text + unit)
            } else if place < values.numbers.count {
                let size =
                    values.request.level.map { "level \($0.number)" }
                    ?? "\(values.request.rows.step)×\(values.request.columns.step)"
                list.addText("mean", "\(Format.value(values.numbers[place])) of \(size)")
                guard place < values.minima.count, place < values.maxima.count else { return }
                let low = Format.value(values.minima[place])
                list.addText("", "\(low) … \(Format.value(values.maxima[place]))")
            }
        }
    }

    // MARK: Figures

    private func listFigures(_ list: inout FactList, _ context: Context) {
        guard let values else { return }
        list.head("In view")
        listLevels(&list, context)
        let took = Format.duration(milliseconds: values.milliseconds)
        let isReading = values.chunksRead < values.chunksTotal
        if isReading {
            let done = "\(Format.count(values.chunksRead)) of \(Format.count(values.chunksTotal))"
            list.addText("reading", "\(done) chunks, \(took)", .notice)
        }
        if mode != .table, let picture { listNumbers(&list, values, picture) }
        if !isReading {
            list.addText("read", "\(Format.plural(values.chunksRead, "chunk")), \(took)", .dim)
        }
        if values.chunksAbsent > 0 {
            let place = values.request.level == nil ? "" : " in the level"
            list.addText("", "o \(Format.count(values.chunksAbsent)) missing\(place)", .warning)
        }
        if values.chunksFailed > 0 {
            list.add("", "X \(Format.count(values.chunksFailed)) failed", .error)
        }
        listLeftLevel(&list, context)
    }

    private func listNumbers(
        _ list: inout FactList,
        _ values: PlaneValues,
        _ picture: SlicePicture
    ) {
        let figures = picture.statistics
        list.addText("numbers", Format.count(figures.count))
        let others: [(Int, String)] = [
            (figures.notANumberCount - values.noneCount, "NaN"), (figures.infiniteCount, "inf"),
            (figures.absentCount, "missing"), (figures.failedCount, "failed"),
            (values.fillCount ?? 0, "equal the fill"), (values.noneCount, "none by attribute"),
        ]
        let words = others.filter { $0.0 > 0 }.map { "\(Format.count($0.0)) \($0.1)" }
        if !words.isEmpty { list.addText("", words.joined(separator: ", "), .warning) }
        if let low = figures.minimum, let high = figures.maximum {
            list.addText("range", "\(Format.value(low)) … \(Format.value(high))")
        }
        if let mean = figures.mean { list.add("mean", Format.value(mean)) }
        if let deviation = figures.standardDeviation { list.add("sd", Format.value(deviation)) }
        guard values.request.isReduced else { return }
        let size = sizeWords(values.request, isLine: mode == .plot)
        if values.request.isSampled {
            list.addText("sampled", "1 of \(size); presence of all", .warning)
        } else {
            list.addText("pixel", "\(size), all read", .dim)
            if mode == .image { list.addText("", pixelWord, .dim) }
        }
    }

    private func drawSpread(on canvas: inout Canvas, _ row: Int) {
        guard mode == .image || mode == .plot, row + 1 < canvas.size.rows, let values,
            let figures = picture?.statistics, let low = figures.minimum,
            let high = figures.maximum
        else { return }
        let histogram = Self.histogram(values, low, high, parts: min(40, canvas.size.columns))
        let counts = histogram.counts.map { Optional(Double($0)) }
        canvas.sparkline(counts, row: row + 1, width: canvas.size.columns, Style(.accent))
        guard row + 2 < canvas.size.rows else { return }
        let (first, last) = (Format.value(low), Format.value(high))
        canvas.write(first, row: row + 2, .dim)
        let column = max(first.count + 1, counts.count - last.count)
        canvas.write(last, row: row + 2, column: column, .dim)
    }
}
