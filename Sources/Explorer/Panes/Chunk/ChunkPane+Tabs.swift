import Canvas
import ZarrModel

/// The tabs that show one thing at length.
extension ChunkPane {
    // MARK: Values

    /// Columns that one value takes.
    private var cell: Int {
        min(18, values.widest + 2)
    }

    /// Values of a plain list in one line: a number that is easy to count by.
    private var listRoom: Int {
        let room = max(1, (body.columns - listLabel) / max(1, cell))
        return room >= 10 ? room / 10 * 10 : room >= 5 ? 5 : room
    }

    /// Lines of values that are a plain list.
    var valueLines: Int {
        values.rows / listRoom + (values.rows % listRoom > 0 ? 1 : 0)
    }

    /// Columns of the places of a plain list.
    private var listLabel: Int {
        max(3, String(values.rows).count) + 1
    }

    /// The rows and columns of values that are in view; of a list its places.
    var valuesInView: (rows: Range<Int>, columns: Range<Int>) {
        let lines = max(1, body.rows - 1)
        guard values.columns > 0 else {
            let (first, overflow) = scroll.first.multipliedReportingOverflow(by: listRoom)
            return overflow ? (0..<0, 0..<0) : (first..<first + lines * listRoom, 0..<0)
        }
        let room = max(1, (body.columns - valueLabel - 1) / max(1, cell))
        return (
            scroll.first..<scroll.first + max(1, lines - 1),
            column..<max(column, min(values.columns, column + room))
        )
    }

    /// Columns of the numbers of rows.
    private var valueLabel: Int {
        max(4, String(values.rows).count + 2)
    }

    func drawValues(on canvas: inout Canvas, _ context: Context) {
        guard let report, !report.preview.isEmpty else {
            canvas.write(noValues, row: 1, .dim)
            if let reason = report?.reason { canvas.write(reason, row: 2, .error) }
            return
        }
        canvas.write(valueTitle(report, context), row: 0, .dim, width: canvas.size.columns)
        guard values.columns > 0 else {
            drawList(on: &canvas)
            return
        }
        let first = (row: start(fromEnd: 2, context), column: start(fromEnd: 1, context))
        let label = max(valueLabel, String(first.row + values.rows).count)
        for (at, place) in valuesInView.columns.enumerated() {
            let column = label + 1 + at * cell
            write("\(first.column + place)", on: &canvas, row: 1, column: column, .label)
        }
        for (line, row) in valuesInView.rows.enumerated() where row < values.rows {
            canvas.write(
                "\(first.row + row)",
                row: line + 2,
                .label,
                width: label,
                align: .trailing
            )
            for (at, place) in valuesInView.columns.enumerated() {
                let text = values.text(row: row, column: place)
                let column = label + 1 + at * cell
                write(text, on: &canvas, row: line + 2, column: column)
            }
        }
    }

    private func drawList(on canvas: inout Canvas) {
        for (at, place) in valuesInView.rows.enumerated() where place < values.rows {
            let (line, column) = at.quotientAndRemainder(dividingBy: listRoom)
            if column == 0 {
                canvas.write(
                    "\(place)",
                    row: line + 1,
                    .label,
                    width: listLabel - 1,
                    align: .trailing
                )
            }
            let text = values.text(row: place)
            write(text, on: &canvas, row: line + 1, column: listLabel + column * cell)
        }
    }

    private func write(
        _ text: String?,
        on canvas: inout Canvas,
        row: Int,
        column: Int,
        _ role: Role = .value
    ) {
        canvas.write(
            text ?? "…",
            row: row,
            column: column,
            text == nil ? .dim : role,
            width: cell - 1,
            align: .trailing
        )
    }

    /// Which part of the chunk is shown.
    private func valueTitle(_ report: ChunkReport, _ context: Context) -> String {
        let rank = report.shape.count
        let names = AxisNames(context.arrayDetails(path), rank: rank)
        guard rank >= 2, report.previewWidth > 0 else {
            return "\(Format.count(values.rows)) values in order"
        }
        var text = "\(names[rank - 2]) down, \(names[rank - 1]) across"
        let starts = starts(context)
        if rank > 2 {
            let others = (0..<rank - 2).map { axis in
                "\(names[axis]) \(starts.indices.contains(axis) ? starts[axis] : 0)"
            }
            text += "  at " + others.joined(separator: ", ")
        }
        if scroll.isNeeded || valuesInView.columns.count < values.columns {
            let rows = valuesInView.rows.clamped(to: 0..<values.rows)
            text += "  (\(Format.count(rows.count)) × \(valuesInView.columns.count) of "
            text += "\(Format.count(values.rows)) × \(Format.count(values.columns)))"
        }
        return text
    }

    private func start(fromEnd: Int, _ context: Context) -> Int {
        let starts = starts(context)
        return starts.count >= fromEnd ? starts[starts.count - fromEnd] : 0
    }

    /// The first element of the array that it holds; empty where it lies in no grid.
    func starts(_ context: Context) -> [Int] {
        guard shard == nil else { return report?.inside?.region.map(\.lowerBound) ?? [] }
        guard index(context) != nil, let details = context.arrayDetails(path) else { return [] }
        return details.start(of: chunk)
    }

    // MARK: Stages

    /// What each codec was given and gave, its checksums, and the inner chunks of a shard.
    func stageLines(_ context: Context) -> [[(String, Role)]] {
        guard let report else { return [[(problem?.message ?? "looking…", .dim)]] }
        var lines: [[(String, Role)]] = []
        let codecs = codecs(context)
        if report.stages.isEmpty {
            lines.append([
                (report.size == nil ? "Nothing was read, so nothing was decoded." : noValues, .dim)
            ])
            if let reason = report.reason { lines.append([(reason, .error)]) }
        } else {
            lines.append([("From the storage to the values", .heading)])
            let most = report.stages.reduce(1) { max($0, $1.bytesIn, $1.bytesOut ?? 0) }
            for stage in report.stages {
                lines += Self.lines(stage, codecs.first { $0.name == stage.codec }, most: most)
            }
        }
        let checksums = Checksums.facts(report, codecs)
        guard !codecs.isEmpty else { return lines }
        lines += [[], [("Checksums", .heading)]]
        if checksums.isEmpty {
            lines.append([("  none: only length and decoding are checked", .notice)])
        }
        for fact in checksums {
            let word = fact.isRight.map { $0 ? "ok" : "wrong" } ?? "not reached"
            let role: Role = fact.isRight.map { $0 ? .good : .error } ?? .dim
            lines.append([
                ("  " + fact.name + "  ", .label), (word, role),
                (fact.problem.map { "  \($0)" } ?? "", .error),
            ])
        }
        return lines + innerLines(report)
    }

    private static func lines(
        _ stage: CodecStage,
        _ card: CodecCard?,
        most: Int
    ) -> [[(String, Role)]] {
        let name = padded(stage.codec, 14)
        let sizes = leading(Format.bytes(stage.bytesIn), 10) + " → "
        var lines: [[(String, Role)]] = []
        if let out = stage.bytesOut {
            let share = stage.bytesIn > 0 ? Double(out) / Double(stage.bytesIn) : 1
            let bar = String(repeating: "█", count: max(1, Int(Double(out) / Double(most) * 20)))
            lines.append([
                ("  \(name)", .label), (sizes + leading(Format.bytes(out), 10), .value),
                (leading("×" + Format.figures(share), 8) + "  ", .dim), (bar, .good),
            ])
        } else {
            lines.append([
                ("  \(name)", .label), (sizes, .value), ("✖ \(stage.problem ?? "failed")", .error),
            ])
        }
        if let card, !(card.kind + card.configuration).isEmpty {
            lines.append([("                \(card.kind)  \(card.configuration)", .dim)])
        }
        return lines
    }

    private func innerLines(_ report: ChunkReport) -> [[(String, Role)]] {
        guard !report.inner.isEmpty else { return [] }
        let stored = report.inner.count { $0.offset != nil }
        var lines: [[(String, Role)]] = [
            [],
            [
                ("Inner chunks  ", .heading),
                ("\(Format.count(stored)) of \(Format.count(report.inner.count)) stored", .dim),
            ],
            [("  " + Self.padded("index", 14) + "    offset        bytes  state", .label)],
        ]
        for inner in report.inner {
            let offset = inner.offset.map { Format.count($0) } ?? "–"
            let bytes = inner.bytes.map { Format.count($0) } ?? "–"
            lines.append([
                ("  " + Self.padded("\(inner.index)", 14), .text),
                (Self.leading(offset, 10) + "   " + Self.leading(bytes, 10), .value),
                (
                    "  \(StateLook.glyph(inner.state)) \(StateLook.word(inner.state))",
                    StateLook.role(inner.state)
                ), (inner.reason.map { "  \($0)" } ?? "", .error),
            ])
        }
        return lines
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - TextWidth.of(text)))
    }

    private static func leading(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - TextWidth.of(text))) + text
    }
}
