import Canvas
import ZarrModel

extension ChunkPane {
    func draw(on canvas: inout Canvas, _ context: Context) {
        let isWide = canvas.size.columns >= 72
        let parts = Rect(canvas.size).splitColumns([
            .share(isWide ? 11 : 1), .fixed(isWide ? 1 : 0), .share(isWide ? 9 : 0),
        ])
        var facts = FactList(width: parts[0].columns - 2)
        listObject(&facts, context)
        let left = parts[0].inset(rows: 0, columns: 1)
        canvas.region(left) { canvas in
            facts.draw(on: &canvas, row: 0)
            drawStages(on: &canvas, facts.lines.count + 1)
        }
        guard isWide else {
            let used = facts.lines.count + (report.map { $0.stages.count + 2 } ?? 1)
            let below = Rect(
                row: used + 1,
                column: 1,
                rows: max(0, canvas.size.rows - used - 1),
                columns: canvas.size.columns - 2
            )
            canvas.region(below) { drawValues(on: &$0, context) }
            return
        }
        canvas.verticalLine(column: parts[1].column)
        canvas.region(parts[2].inset(rows: 0, columns: 1)) { drawValues(on: &$0, context) }
    }

    // MARK: Object

    private func listObject(_ list: inout FactList, _ context: Context) {
        list.head("Object")
        list.add("key", report?.key ?? facts?.key ?? "–", cut: .middle)
        if let problem {
            list.add("state", "E unreadable", .error)
            list.addText("", ([problem.message] + problem.details).joined(separator: "; "))
            return
        }
        guard let report else {
            list.add("state", "looking…", .dim)
            return
        }
        let glyph = StateLook.mapGlyph(
            report.state,
            isUnicode: context.configuration.traits.isUnicode,
            isColor: context.isColor
        )
        list.add(
            "state",
            "\(glyph) \(StateLook.word(report.state))",
            StateLook.role(report.state)
        )
        if let reason = report.reason { list.addText("", reason, .error) }
        if report.state == .missing, let details = context.arrayDetails(path) {
            list.add("reads", "as the fill value \(details.fillValue)", .warning)
        }
        if let size = report.size { list.add("size", sizeText(size)) }
        if let modified = report.modified { list.add("modified", modified) }
        if let tag = report.tag { list.add("tag", tag, cut: .middle) }
        if let details = context.arrayDetails(path), let inner = details.innerChunkShape,
            let count = innerCount(details, inner)
        {
            list.add("holds", "\(Format.plural(count, "chunk")) of \(Format.shape(inner))")
        }
        if let location = report.location { list.add("lies", location) }
        listRegion(&list, context)
        if let facts, facts.neighbours > 0 {
            list.add("near", "\(facts.neighboursPresent) of \(facts.neighbours) present")
            if let remark = facts.remark { list.add("", "→ \(remark)", .notice) }
        }
        if facts?.isSlow ?? false { list.add("", "answered late", .notice) }
        if let microseconds = report.microseconds {
            let text =
                microseconds < 10_000
                ? "\(microseconds) µs" : Format.duration(milliseconds: microseconds / 1000)
            list.add("looked", "directly, in \(text)", .dim)
        }
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
            let cut = details.axes[axis]
            let coordinate = chunk.coordinates[axis]
            guard coordinate >= 0, coordinate < cut.count else { continue }
            let elements = cut.range(of: coordinate)
            let edge = elements.count < cut.storedLength(of: coordinate) ? "  (edge)" : ""
            let range = Format.range(elements, of: 0)
            list.add(
                axis == 0 ? "region" : "",
                "\(names[axis])  \(range)  of \(Format.count(details.shape[axis]))\(edge)"
            )
        }
    }

    // MARK: Stages

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
                canvas.write("✖ \(stage.problem ?? "failed")", row: row, column: 25, .error)
            }
        }
    }

    // MARK: Values

    private func drawValues(on canvas: inout Canvas, _ context: Context) {
        var row = 0
        drawStatistics(on: &canvas, &row)
        drawPreview(on: &canvas, &row)
        drawNeighbours(on: &canvas, row, context)
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

    /// The first values, in lines as long as the last axis where that fits.
    private func drawPreview(on canvas: inout Canvas, _ row: inout Int) {
        guard let report else { return }
        guard !report.preview.isEmpty else {
            let text =
                report.state == .missing ? "Nothing is stored here." : "No values could be decoded."
            canvas.write(text, row: row, .dim)
            row += 2
            return
        }
        let cell = min(14, (report.preview.map { TextWidth.of($0) }.max() ?? 1) + 2)
        let room = max(1, canvas.size.columns / max(1, cell))
        let line = report.shape.last.map { max(1, min($0, room)) } ?? 1
        let all = (report.preview.count + line - 1) / line
        let lines = min(all, max(1, canvas.size.rows - row - 7))
        canvas.write("First values", row: row, .heading)
        row += 1
        for at in 0..<min(lines * line, report.preview.count) {
            canvas.write(
                report.preview[at],
                row: row + at / line,
                column: at % line * cell,
                .value,
                width: cell - 1,
                align: .trailing
            )
        }
        row += lines + 1
    }

    /// The chunk among those next to it on the last two axes.
    private func drawNeighbours(on canvas: inout Canvas, _ row: Int, _ context: Context) {
        guard let census = context.array?.shown, context.array?.path == path,
            chunk.coordinates.count == census.grid.count, !census.grid.isEmpty,
            row + 3 < canvas.size.rows
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
