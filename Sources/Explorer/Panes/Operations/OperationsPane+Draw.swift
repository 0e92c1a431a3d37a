import Canvas

extension OperationsPane {
    func draw(on canvas: inout Canvas, _ context: Context) {
        let layout = OperationsLayout(size: canvas.size)
        let isWide = !layout.line.isEmpty
        if isWide {
            canvas.verticalLine(column: layout.line.column, rows: layout.line.rowRange)
        }
        let meter = context.operations.meter
        canvas.region(layout.figures) { drawFigures(on: &$0, meter) }
        if isWide { canvas.region(layout.kinds) { drawKinds(on: &$0, meter) } }
        if !isWide, showsKinds {
            canvas.region(layout.list) { drawKinds(on: &$0, meter) }
        } else {
            canvas.region(layout.list) { drawList(on: &$0, context) }
        }
        if !isWide, !layout.details.isEmpty { canvas.horizontalLine(row: layout.details.row) }
        canvas.region(layout.details) { drawDetails(on: &$0, context, isWide: isWide) }
    }

    // MARK: Figures

    private func drawFigures(on canvas: inout Canvas, _ meter: OperationMeter) {
        let total = meter.total
        var pieces: [(String, Role)] = [
            (Format.plural(total.count, "operation"), .heading),
            ("  " + failures(total), total.failed > 0 ? .error : .dim),
        ]
        if total.unknown > 0 {
            pieces.append(("  ? \(Format.count(total.unknown)) unknown", .warning))
        }
        pieces.append(("  \(Format.bytes(total.bytes))", .value))
        if total.retries > 0 {
            pieces.append(("  \(Self.retries(total.retries))", .notice))
        }
        if meter.inFlight > 0 { pieces.append(("  ⟳ \(meter.inFlight) in flight", .accent)) }
        canvas.writeWhole(pieces, row: 0)
        var latencies: [(String, Role)] = [("latency    ", .label)]
        for (name, value) in [
            ("p50", total.p50), ("p90", total.p90), ("p99", total.p99), ("max", total.longest),
        ] {
            let text = total.count == 0 ? "–" : Format.latency(microseconds: value)
            latencies += [("\(name) ", .dim), ("\(text)  ", .value)]
        }
        canvas.write(latencies, row: 1)
        drawSeconds(on: &canvas, meter)
    }

    private static func retries(_ count: Int) -> String {
        count == 1 ? "1 retry" : "\(Format.count(count)) retries"
    }

    private func failures(_ kind: OperationMeter.Kind) -> String {
        guard kind.failed > 0 else { return kind.count == 0 ? "" : "✔ none failed" }
        let share = Format.percent(kind.failed, of: kind.count)
        return "✖ \(Format.count(kind.failed)) failed (\(share))"
    }

    /// The operations of each of the last 60 seconds, those with failures marked.
    private func drawSeconds(on canvas: inout Canvas, _ meter: OperationMeter) {
        canvas.write("per second", row: 2, .label)
        let width = min(60, max(0, canvas.size.columns - 35))
        let shown = Array(meter.seconds.suffix(width))
        let counts = shown.map { Double($0.count) }
        canvas.sparkline(counts.map { $0 }, row: 2, column: 11 + width - shown.count, Style(.value))
        for (place, second) in shown.enumerated() where second.failed > 0 {
            let cell = Rect(row: 2, column: 11 + width - shown.count + place, rows: 1, columns: 1)
            canvas.restyle(cell, .error)
        }
        guard let peak = shown.map(\.count).max() else { return }
        let failed = shown.reduce(0) { $0 + $1.failed }
        let words = "  peak \(Format.short(peak))/s" + (failed > 0 ? ", \(failed) failed" : "")
        canvas.write(words, row: 2, column: 11 + width, .dim)
    }

    // MARK: By operation

    private func drawKinds(on canvas: inout Canvas, _ meter: OperationMeter) {
        let columns = Columns(
            [
                .init(.fixed(6)), .init(.fixed(6), align: .trailing),
                .init(.fixed(6), align: .trailing), .init(.fixed(8), align: .trailing),
                .init(.fixed(6), align: .trailing), .init(.fixed(6), align: .trailing),
                .init(.fixed(6), align: .trailing),
            ],
            width: canvas.size.columns
        )
        let names = ["Op", "Count", "Failed", "Bytes", "p50", "p90", "p99"]
        canvas.write(names, in: columns, row: 0, Style(.heading))
        guard !meter.kinds.isEmpty else {
            canvas.write("nothing was asked", row: 1, .dim)
            return
        }
        for (row, kind) in meter.kinds.enumerated() {
            let times = [kind.p50, kind.p90, kind.p99].map { Format.latency(microseconds: $0) }
            canvas.write(
                [kind.operation, Format.short(kind.count), "", Format.bytes(kind.bytes)] + times,
                in: columns,
                row: row + 1,
                Style(.value)
            )
            let place = columns.places[2]
            canvas.write(
                Format.short(kind.failed),
                row: row + 1,
                column: place.lowerBound,
                kind.failed > 0 ? .error : .dim,
                width: place.count,
                align: .trailing
            )
        }
    }

    // MARK: List

    private func columns(_ width: Int) -> Columns {
        let isWide = width >= 92
        return Columns(
            [
                .init(.fixed(isWide ? 12 : 8)), .init(.fixed(6)),
                .init(.share(1, minimum: 8), cut: .start), .init(.fixed(isWide ? 14 : 0)),
                .init(.fixed(11), align: .trailing), .init(.fixed(7), align: .trailing),
                .init(.fixed(13)), .init(.fixed(isWide ? 7 : 5), align: .trailing),
            ],
            width: width
        )
    }

    private func drawList(on canvas: inout Canvas, _ context: Context) {
        let columns = columns(canvas.size.columns)
        let isWide = columns.places[3].count > 0
        let latency = isSlowestFirst ? "Slowest" : "Latency"
        canvas.write(
            [
                isWide ? "Time (UTC)" : "Time UTC", "Op", "Key", "Range", "Size", latency,
                "Outcome",
                isWide ? "Retries" : "Retry",
            ],
            in: columns,
            row: 0,
            Style(.heading)
        )
        let entries = entries(context)
        guard !rows.isEmpty else {
            canvas.write(
                entries.isEmpty
                    ? "nothing yet: what the screens read from the storage comes here"
                    : filter.isEmpty
                        ? "documents alone were read so far: no chunk, and nothing was listed"
                        : "no operation matches '\(filter.text)' (Esc shows all again)",
                row: 1,
                .dim
            )
            return
        }
        for (row, at) in list.visible.enumerated() where rows.indices.contains(at) {
            let place = rows[at]
            guard entries.indices.contains(place) else { continue }
            draw(
                entries[place],
                on: &canvas,
                row: row + 1,
                columns,
                isSelected: at == list.selected
            )
        }
    }

    private func draw(
        _ entry: OperationEntry,
        on canvas: inout Canvas,
        row: Int,
        _ columns: Columns,
        isSelected: Bool
    ) {
        let isWide = columns.places[3].count > 0
        canvas.write(
            [
                Format.timeOfDay(entry.moment, hasMilliseconds: isWide), entry.operation,
                entry.key.isEmpty ? "/" : entry.key, entry.range.isEmpty ? "all" : entry.range,
                Self.size(entry), Format.latency(microseconds: entry.microseconds), "",
                entry.retries > 0 ? String(entry.retries) : "",
            ],
            in: columns,
            row: row,
            Style(isSelected ? .selected : entry.isBookkeeping ? .dim : .text)
        )
        let (word, role) = Self.outcome(entry)
        let place = columns.places[6]
        canvas.write(
            word,
            row: row,
            column: place.lowerBound,
            isSelected ? .selected : role,
            width: place.count
        )
        guard isSelected else { return }
        let line = Rect(row: row, column: 0, rows: 1, columns: canvas.size.columns)
        canvas.restyle(line, .selected)
    }

    /// How an operation ended: a glyph and a word.
    static func outcome(_ entry: OperationEntry) -> (String, Role) {
        switch entry.outcome {
        case .done: ("✔ done", .dim)
        case .absent: ("o absent", .notice)
        case .failed: ("✖ \(entry.code)", .error)
        case .stopped where entry.isUnknown: ("? stopped", .warning)
        case .stopped: ("· stopped", .dim)
        }
    }

    /// The role of what is told of its end besides the outcome.
    private static func messageRole(_ entry: OperationEntry) -> Role {
        guard !entry.message.isEmpty, entry.outcome != .stopped else {
            return entry.isUnknown ? .warning : .dim
        }
        return .error
    }

    private static func size(_ entry: OperationEntry) -> String {
        if let bytes = entry.bytes { return Format.bytes(bytes) }
        return entry.names.map { Format.short($0) + " names" } ?? "–"
    }

    // MARK: Details

    private func drawDetails(on canvas: inout Canvas, _ context: Context, isWide: Bool) {
        guard canvas.size.rows > 0 else { return }
        let row = isWide ? 0 : 1
        if let typing {
            let name = typing == .filter ? "filter " : "write to "
            let column = canvas.write(name, row: row, .accent)
            let width = max(0, canvas.size.columns - column)
            field.draw(on: &canvas, row: row, column: column, width: width, isActive: true)
            let help =
                typing == .filter
                ? "words: text  error  absent  retried  >100ms  <5ms"
                : "what the list shows; .csv for a table, else a line of JSON each"
            canvas.write(help, row: row + 1, .dim, width: canvas.size.columns)
            return
        }
        drawState(on: &canvas, row: row, context)
        guard let entry = selectedEntry(context) else { return }
        if isWide {
            drawAll(of: entry, on: &canvas, row: row + 2)
        } else {
            drawShort(of: entry, on: &canvas, row: row + 1)
        }
    }

    /// Which part of the operations the list shows.
    private func drawState(on canvas: inout Canvas, row: Int, _ context: Context) {
        let all = entries(context)
        var text = "\(Format.count(rows.count)) shown"
        if filter.isEmpty, rows.count < all.count {
            let keymap = context.configuration.keymap
            let key = keymap.label(for: .bookkeeping, isUnicode: true).map { "; \($0) shows them" }
            text += ", not \(Format.count(all.count - rows.count)) about documents\(key ?? "")"
        }
        if !filter.isEmpty { text += " of \(Format.count(all.count)), filter '\(filter.text)'" }
        if let first = all.first?.number, first > 0 {
            text += "; \(Format.count(first)) older ones dropped"
        }
        let state: (String, Role) =
            paused != nil
            ? ("= paused", .warning) : isFollowing ? ("▾ following", .good) : ("· standing", .dim)
        canvas.write([state, ("  " + text, .dim)], row: row)
    }

    private func drawShort(of entry: OperationEntry, on canvas: inout Canvas, row: Int) {
        canvas.write(entry.key, row: row, .value, width: canvas.size.columns, cut: .start)
        var text = "#\(Format.count(entry.number))  \(Format.timeOfDay(entry.moment))"
        text += "  \(entry.range.isEmpty ? "all bytes" : "bytes " + entry.range)"
        if entry.retries > 0 { text += "  \(Self.retries(entry.retries))" }
        if !entry.message.isEmpty { text = entry.message }
        canvas.write(text, row: row + 1, Self.messageRole(entry), width: canvas.size.columns)
    }

    private func drawAll(of entry: OperationEntry, on canvas: inout Canvas, row: Int) {
        var facts = FactList(width: canvas.size.columns)
        facts.head("Operation \(Format.count(entry.number))")
        facts.addText("key", entry.key.isEmpty ? "–" : entry.key)
        facts.add("asked", entry.operation + (entry.range.isEmpty ? "" : ", bytes \(entry.range)"))
        facts.add("began", Format.moment(entry.moment))
        facts.add("took", Format.latency(microseconds: entry.microseconds))
        let (word, role) = Self.outcome(entry)
        facts.add("outcome", word, role == .dim ? .good : role)
        facts.add("size", Self.size(entry))
        facts.add("retries", entry.retries == 0 ? "none" : Format.count(entry.retries))
        if !entry.message.isEmpty {
            let name = entry.outcome == .stopped ? "means" : "error"
            facts.addText(name, entry.message, Self.messageRole(entry))
        }
        facts.draw(on: &canvas, row: row)
    }
}
