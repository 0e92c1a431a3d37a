import Canvas
import ZarrModel

/// Everything of a chunk in one view.
extension ChunkPane {
    func drawOverview(on canvas: inout Canvas, _ context: Context) {
        let isWide = canvas.size.columns >= 72
        let parts = Rect(canvas.size).splitColumns([
            .share(isWide ? 11 : 1), .fixed(isWide ? 1 : 0), .share(isWide ? 9 : 0),
        ])
        var facts = FactList(width: parts[0].columns - 1)
        listObject(&facts, context)
        let left = Rect(
            row: 0,
            column: 0,
            rows: canvas.size.rows,
            columns: max(0, parts[0].columns - 1)
        )
        canvas.region(left) { canvas in
            facts.draw(on: &canvas, row: 0)
            let stages = report?.stages.count ?? 0
            let isRoomy = facts.lines.count + stages + 2 < canvas.size.rows
            let top = facts.lines.count + (isRoomy ? 1 : 0)
            drawStages(on: &canvas, top)
            drawBytes(on: &canvas, row: top + (stages > 0 ? stages + 2 : 0))
        }
        guard isWide else { return }
        canvas.verticalLine(column: parts[1].column)
        let right = Rect(
            row: 0,
            column: parts[2].column + 1,
            rows: canvas.size.rows,
            columns: max(0, parts[2].columns - 1)
        )
        canvas.region(right) { drawSummary(on: &$0, context) }
    }

    func plain(_ context: Context) -> [String]? {
        guard tab == .overview else { return nil }
        // As wide as any line of it: nothing is cut.
        var facts = FactList(width: 1000)
        listObject(&facts, context)
        return facts.lines.map { "\($0.name) \($0.text)" }
            + stageLines(context).map { $0.map(\.0).joined() }
    }

    // MARK: Object

    private func listObject(_ list: inout FactList, _ context: Context) {
        list.add("key", report?.key ?? facts?.key ?? "–", cut: .middle)
        let (sign, word, role) = appearance(context)
        list.add("state", "\(sign) \(word)", role)
        if let problem {
            list.addText("", ([problem.message] + problem.details).joined(separator: "; "), .error)
        }
        if let reason = report?.reason { list.addText("", reason, .error) }
        if let agreement { list.addText("listing", agreement.text, agreement.role) }
        if let disagreement { list.addText("verify", disagreement, .warning) }
        listSince(&list, context)
        listStored(&list, context)
        listRegion(&list, context)
        if let facts, facts.neighbours > 0 {
            let remark = facts.remark.map { " → \($0)" } ?? ""
            list.add("around", "\(facts.neighboursPresent) of \(facts.neighbours) present\(remark)")
        }
        if facts?.isSlow ?? false { list.add("", "answered late", .notice) }
        listLook(&list)
    }

    /// Since when the state is known, and by what.
    private func listSince(_ list: inout FactList, _ context: Context) {
        guard let census = context.array?.shown, let index = index(context) else { return }
        let isDecoded = census.isSound(index) || context.array?.book.notes[index] != nil
        if isDecoded, let moment = census.decodedAt {
            list.add("verified", Format.moment(seconds: moment))
        } else if listed != nil, let moment = census.takenAt {
            list.add("listed", Format.moment(seconds: moment))
        }
    }

    private func listStored(_ list: inout FactList, _ context: Context) {
        guard let report else { return }
        let details = context.arrayDetails(path)
        if report.state == .missing, let details {
            list.add("reads", "as the fill value \(details.fillValue)", .warning)
        }
        if let size = report.size { list.add("size", sizeText(size)) }
        if let modified = report.modified { list.add("modified", modified) }
        if let tag = report.tag { list.add("tag", tag, cut: .middle) }
        if !report.inner.isEmpty {
            let stored = report.inner.count { $0.offset != nil }
            list.add(
                "holds",
                "\(Format.count(stored)) of \(Format.plural(report.inner.count, "inner chunk"))"
            )
        } else if shard == nil, let details, let inner = details.innerChunkShape,
            let count = innerCount(details, inner)
        {
            list.add("holds", "\(Format.plural(count, "chunk")) of \(Format.shape(inner))")
        }
        if let offset = report.inside?.offset {
            list.add("lies", "from byte \(Format.count(offset)) of its shard on")
        }
        for (at, fact) in Checksums.facts(report, codecs(context)).enumerated() {
            let word = fact.isRight.map { $0 ? "ok" : "wrong" } ?? "not reached"
            let role: Role = fact.isRight.map { $0 ? .good : .error } ?? .dim
            list.add(at == 0 ? "checksum" : "", "\(fact.name) \(word)", role)
        }
        if !report.stages.isEmpty, let reach = details?.reasonUnguarded {
            list.addText("checksum", "none: \(reach)", .notice)
        }
    }

    private func listLook(_ list: inout FactList) {
        guard let report, let microseconds = report.microseconds else { return }
        let took = Format.latency(microseconds: microseconds)
        list.add("looked", (report.looked.map { "\($0), " } ?? "directly, ") + "in \(took)", .dim)
    }

    /// Inner chunks of this shard.
    private func innerCount(_ details: ArrayDetails, _ inner: [Int]) -> Int? {
        let axes = details.axes
        guard axes.count == chunk.coordinates.count,
            zip(axes, chunk.coordinates).allSatisfy({ $1 >= 0 && $1 < $0.count })
        else { return nil }
        return GridOrder.product(
            zip(zip(axes, chunk.coordinates), inner).map { place, length in
                (place.0.storedLength(of: place.1) + length - 1) / max(1, length)
            }
        )
    }

    private func sizeText(_ size: Int) -> String {
        let exact = size >= 1024 ? "  (\(Format.count(size)) B)" : ""
        guard let raw = report?.stages.last?.bytesOut, size > 0 else {
            return Format.bytes(size) + exact
        }
        return Format.bytes(size) + exact + "  ratio \(Format.figures(Double(raw) / Double(size)))"
    }

    private func listRegion(_ list: inout FactList, _ context: Context) {
        guard let details = context.arrayDetails(path) else { return }
        let names = AxisNames(details, rank: details.shape.count)
        for axis in 0..<min(details.axes.count, chunk.coordinates.count) {
            guard let (elements, isEdge) = elements(details.axes[axis], axis) else { continue }
            let edge = isEdge ? "  (edge)" : ""
            let range = Format.range(elements, of: 0)
            let span = context.coordinates(of: path, axis: axis)?.span(elements)
            list.add(
                axis == 0 ? "region" : "",
                "\(names[axis])  \(range)"
                    + (span.map { "  \($0)" } ?? "  of \(Format.count(details.shape[axis]))\(edge)")
            )
        }
    }

    /// What it holds of an axis, and whether that is less than there is room for.
    private func elements(_ cut: ChunkAxis, _ axis: Int) -> (Range<Int>, isEdge: Bool)? {
        guard shard == nil else {
            guard let region = report?.inside?.region, axis < region.count else { return nil }
            return (region[axis], false)
        }
        let coordinate = chunk.coordinates[axis]
        guard coordinate >= 0, coordinate < cut.count else { return nil }
        let elements = cut.range(of: coordinate)
        return (elements, elements.count < cut.storedLength(of: coordinate))
    }

    /// The codecs that its stages stand for.
    func codecs(_ context: Context) -> [CodecCard] {
        if let codecs = report?.codecs, !codecs.isEmpty { return codecs }
        return shard == nil ? context.arrayDetails(path)?.codecs ?? [] : []
    }

    // MARK: Stages in short

    private func drawStages(on canvas: inout Canvas, _ top: Int) {
        guard let report, !report.stages.isEmpty else { return }
        canvas.write("Decoding", row: top, .heading)
        let most = report.stages.reduce(1) { max($0, $1.bytesIn, $1.bytesOut ?? 0) }
        let bar = max(0, min(20, canvas.size.columns - 36))
        for (row, stage) in report.stages.enumerated() {
            let row = top + 1 + row
            canvas.write(Format.bytes(stage.bytesIn), row: row, .value, width: 9, align: .trailing)
            canvas.write("→", row: row, column: 10, .dim)
            canvas.write(stage.codec, row: row, column: 12, .label, width: 10)
            canvas.write("→", row: row, column: 23, .dim)
            if let out = stage.bytesOut {
                canvas.write(
                    Format.bytes(out),
                    row: row,
                    column: 25,
                    .value,
                    width: 9,
                    align: .trailing
                )
                let share = Double(out) / Double(most)
                canvas.bar(share, row: row, column: 36, width: bar, Style(.good))
            } else {
                let room = canvas.size.columns - 27
                let told = stage.problem.flatMap { TextWidth.of($0) <= room ? $0 : nil }
                canvas.write("✖ \(told ?? "failed")", row: row, column: 25, .error)
            }
        }
    }

    /// The first of the stored bytes, where there is plenty of room.
    private func drawBytes(on canvas: inout Canvas, row: Int) {
        guard showsBytes, hex.pages[0] != nil, row + 3 < canvas.size.rows else {
            return
        }
        canvas.write([("Stored bytes  ", .heading), ("from the first on", .dim)], row: row)
        let rest = Rect(
            row: row + 1,
            column: 0,
            rows: canvas.size.rows - row - 1,
            columns: canvas.size.columns
        )
        canvas.region(rest) { hex.draw(on: &$0) }
    }

    // MARK: Values in short

    private func drawSummary(on canvas: inout Canvas, _ context: Context) {
        var row = 0
        drawStatistics(on: &canvas, &row)
        drawFirst(on: &canvas, &row)
        drawNear(on: &canvas, row, context)
    }

    private func drawStatistics(on canvas: inout Canvas, _ row: inout Int) {
        guard let figures = report?.statistics else { return }
        canvas.write("Values", row: row, .heading)
        let counts =
            "\(Format.count(figures.count))  NaN \(Format.count(figures.nanCount))"
            + "  fill \(Format.count(figures.fillCount))"
        canvas.write(counts, row: row, column: 8, .dim)
        row += 1
        let pairs = [
            ("min", figures.minimum), ("max", figures.maximum), ("mean", figures.mean),
            ("sd", figures.deviation),
        ].compactMap { name, number in number.map { (name, Format.value($0)) } }
        for (at, pair) in pairs.enumerated() {
            let column = at % 2 * max(12, canvas.size.columns / 2)
            canvas.write(pair.0, row: row + at / 2, column: column, .label)
            canvas.write(pair.1, row: row + at / 2, column: column + 5, .value)
        }
        row += (pairs.count + 1) / 2 + 1
    }

    /// The first values as they lie in the chunk.
    private func drawFirst(on canvas: inout Canvas, _ row: inout Int) {
        guard let report, !report.preview.isEmpty else {
            canvas.write(report == nil && problem == nil ? "" : noValues, row: row, .dim)
            row += 2
            return
        }
        let cell = min(14, (report.preview.prefix(400).map { TextWidth.of($0) }.max() ?? 1) + 2)
        let room = max(1, canvas.size.columns / max(1, cell))
        let width = report.previewWidth > 0 ? report.previewWidth : room
        let rows = (report.preview.count + width - 1) / width
        let lines = min(rows, max(1, canvas.size.rows - row - 6))
        canvas.write("First values", row: row, .heading)
        row += 1
        for line in 0..<lines {
            for column in 0..<min(width, room) where line * width + column < report.preview.count {
                canvas.write(
                    report.preview[line * width + column],
                    row: row + line,
                    column: column * cell,
                    .value,
                    width: cell - 1,
                    align: .trailing
                )
            }
        }
        row += lines + 1
    }

    /// Why there are no values to show.
    var noValues: String {
        guard let report else { return problem?.message ?? "looking…" }
        return report.state == .missing
            ? "Nothing is stored here." : "No values could be decoded."
    }

    /// The chunk among those next to it on the last two axes.
    private func drawNear(on canvas: inout Canvas, _ row: Int, _ context: Context) {
        guard let census = context.array?.shown, context.array?.path == path,
            index(context) != nil, !census.grid.isEmpty, row + 3 < canvas.size.rows
        else { return }
        let names = AxisNames(context.arrayDetails(path), rank: census.grid.count)
        let last = census.grid.count - 1
        let title = last > 0 ? "\(names[last - 1]) × \(names[last])" : names[last]
        canvas.write([("Around  ", .heading), (title, .dim)], row: row)
        let reach = 4
        for down in (last > 0 ? -1...1 : 0...0) {
            for across in -reach...reach {
                var near = chunk.coordinates
                near[last] += across
                if last > 0 { near[last - 1] += down }
                guard zip(near, census.grid).allSatisfy({ $0 >= 0 && $0 < $1 }) else { continue }
                let state = census.state(GridOrder.linear(near, in: census.grid))
                let isHere = down == 0 && across == 0
                let glyph = StateLook.glyph(state)
                canvas.write(
                    isHere ? "[\(glyph)]" : " \(glyph) ",
                    row: row + 2 + down,
                    column: (across + reach) * 3,
                    isHere ? .cursor : StateLook.role(state)
                )
            }
        }
    }
}

extension AxisCoordinates {
    /// What stands at the ends of a range of elements: `= 2019-01-01 … 2019-01-09`, with the unit.
    func span(_ elements: Range<Int>) -> String? {
        guard let first = text(at: elements.lowerBound),
            let last = text(at: elements.upperBound - 1)
        else { return nil }
        let unit = units.isEmpty ? "" : " \(units)"
        return "= \(first)" + (elements.count > 1 ? " … \(last)" : "") + unit
    }
}
