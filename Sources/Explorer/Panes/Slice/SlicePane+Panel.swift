import Canvas
import Raster
import ZarrModel

extension SlicePane {
    /// Draws dimensions, the cursor and figures, one under the other.
    func drawPanel(on canvas: inout Canvas, _ details: ArrayDetails, _ context: Context) {
        drawDimensions(on: &canvas, details)
        var row = dimensions.height + 1
        var facts = FactList(width: canvas.size.columns, nameWidth: 8)
        listCursor(&facts, details, context)
        listFigures(&facts, context)
        facts.draw(on: &canvas, row: row)
        drawPalette(on: &canvas, facts, row, context)
        row += facts.lines.count
        drawSpread(on: &canvas, row)
    }

    /// The name of the palette, beside the heading of what is in view: the line of the colours has no room
    /// for it on every screen.
    private func drawPalette(
        on canvas: inout Canvas,
        _ facts: FactList,
        _ row: Int,
        _ context: Context
    ) {
        guard mode == .image, picture != nil,
            let line = facts.lines.lastIndex(where: { $0.isHead }), row + line < canvas.size.rows
        else { return }
        let name = ramp(context).name
        canvas.write(
            name,
            row: row + line,
            column: max(8, canvas.size.columns - name.count),
            .dim
        )
    }

    // MARK: Cursor

    private func listCursor(_ list: inout FactList, _ details: ArrayDetails, _ context: Context) {
        list.head("Cursor")
        list.add("at", "[\(indexes.map(String.init).joined(separator: ","))]")
        let names = AxisNames(details, rank: indexes.count)
        for axis in indexes.indices.prefix(Self.listedAxes) where dimensions.form == .none {
            let text = coordinate(axis, isUnicode: context.configuration.traits.isUnicode)
            if let text { list.add(names[axis], text) }
        }
        listValue(&list, details, context)
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

    private func listValue(
        _ list: inout FactList,
        _ details: ArrayDetails,
        _ context: Context
    ) {
        guard let values, let place = cursorPlace, mode != .histogram || picture != nil else {
            list.add("value", "…", .dim)
            return
        }
        guard !isMixed else {
            listMixture(&list, at: place, values, details, context)
            return
        }
        let unit = values.unit.isEmpty ? "" : " \(values.unit)"
        let mark = picture.flatMap { picture in
            mode != .table && place < picture.plane.marks.count ? picture.plane.marks[place] : nil
        }
        switch mark ?? PlaneMark(values.source(place)) {
        case .failed: list.add("value", "X failed", .error)
        case .unread: list.add("value", "? not read yet", .dim)
        case .absent:
            let fill = cursorText.map { "o missing (fill \($0))" } ?? "o missing"
            list.addText("value", fill, .warning)
        case .notANumber: list.add("value", "~ NaN", .dim)
        case .value:
            list.addText("value", (cursorText ?? "…") + unit)
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
