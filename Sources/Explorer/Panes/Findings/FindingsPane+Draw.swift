import Canvas
import ZarrModel

extension FindingsPane {
    func draw(on canvas: inout Canvas, _ context: Context) {
        guard let array = context.array, array.path == path, let census = array.shown else {
            canvas.write("Looking at the array…", row: 1, column: 1, .dim)
            return
        }
        canvas.region(layout.head) { drawHead(on: &$0, census, context) }
        let columns = columns(census)
        canvas.region(layout.titles) { drawTitles(on: &$0, columns, census) }
        canvas.region(layout.list) { drawList(on: &$0, columns, census, context) }
        guard !layout.detail.isEmpty else {
            if entry != nil {
                let rows = min(3, canvas.size.rows)
                let rect = Rect(
                    row: canvas.size.rows - rows,
                    column: 0,
                    rows: rows,
                    columns: canvas.size.columns
                )
                canvas.fill(rect)
                canvas.region(rect) { drawEntry(on: &$0, row: 0) }
            }
            return
        }
        canvas.region(layout.detail) { canvas in
            canvas.horizontalLine(row: 0)
            guard entry == nil else {
                drawEntry(on: &canvas, row: 1)
                return
            }
            canvas.region(canvas.bounds.inset(rows: 1, columns: 1)) {
                drawDetail(on: &$0, census, context)
            }
        }
    }

    // MARK: Head

    private func drawHead(on canvas: inout Canvas, _ census: Census, _ context: Context) {
        var pieces: [(String, Role)] = [(" ", .text)]
        for state in ChunkState.allCases.reversed()
        where (state.isAnomaly || state == .expectedEmpty) && state != .orphan {
            let count = census.count(state)
            guard count > 0 else { continue }
            pieces.append((Format.count(count), .value))
            pieces.append((" \(StateLook.word(state))   ", StateLook.role(state)))
        }
        let orphans = list.boxes.count { $0.orphan != nil }
        if orphans > 0 {
            pieces.append((Format.count(orphans), .value))
            pieces.append((" orphan   ", StateLook.role(.orphan)))
        }
        if let words = census.unknownWords {
            pieces.append((words + "   ", .warning))
        } else if pieces.count == 1 {
            let isWhole = census.summary?.isComplete ?? false
            pieces.append(
                isWhole
                    ? ("\(canvas.glyphs.check) nothing stands out", .good)
                    : ("nothing stands out so far", .dim)
            )
        }
        canvas.write(pieces, row: 0)
        var right = "\(Format.plural(findings.count, "finding"))  by \(order.rawValue) "
        if !filter.string.isEmpty { right = "/\(filter.string)  " + right }
        let width = TextWidth.of(right)
        let used = pieces.reduce(0) { $0 + TextWidth.of($1.0) }
        if used + width < canvas.size.columns {
            canvas.write(right, row: 0, column: canvas.size.columns - width, .dim)
        }
        drawRun(on: &canvas, census, context)
    }

    /// How far the verification is; what it would do where there was none.
    private func drawRun(on canvas: inout Canvas, _ census: Census, _ context: Context) {
        let run = context.array?.run
        guard let run, run.phase != .done else {
            // An index that was read says nothing of the values.
            let isOfIndexes = census.grounds == .indexes
            guard run == nil, list.read == 0 || isOfIndexes else {
                drawVerified(on: &canvas, census, run, context)
                return
            }
            drawListed(on: &canvas, census, context)
            return
        }
        let progress = run.progress
        let (word, role): (String, Role) =
            switch run.phase {
            case .running: (progress.stored == 0 ? "listing" : "verify", .accent)
            case .pausing: ("pausing", .notice)
            case .paused: ("paused", .notice)
            case .done: ("", .dim)
            case .failed: ("failed", .error)
            }
        var column = canvas.write(" \(word) ", row: 1, column: 0, role)
        if case .failed(let problem) = run.phase {
            let text = ([problem.message] + problem.details).joined(separator: "; ")
            canvas.write(text, row: 1, column: column, .error)
            return
        }
        guard progress.stored > 0 else {
            guard progress.listed > 0 else { return }
            canvas.write(Format.count(progress.listed), row: 1, column: column, .value)
            return
        }
        var facts = facts(of: run)
        var width = facts.reduce(0) { $0 + TextWidth.of($1.0) }
        if let reach = context.arrayDetails(path)?.reasonUnguarded {
            let note = "  ▲ no checksum here: \(reach)"
            let isLong = column + width + note.count + 12 > canvas.size.columns
            facts.append((isLong ? "  ▲ no checksum" : note, .notice))
            width += TextWidth.of(facts[facts.count - 1].0)
        }
        let bar = min(30, canvas.size.columns - column - width - 3)
        if bar >= 6 {
            let share = Double(progress.checked) / Double(progress.stored)
            canvas.write("▕", row: 1, column: column, .border)
            canvas.bar(share, row: 1, column: column + 1, width: bar, Style(role))
            canvas.write("▏", row: 1, column: column + 1 + bar, .border)
            column += bar + 3
        }
        canvas.write(facts, row: 1, column: column)
        if run.isUnderWay { drawLatest(on: &canvas, progress) }
    }

    /// That nothing was decoded, and what is known all the same.
    private func drawListed(on canvas: inout Canvas, _ census: Census, _ context: Context) {
        let reason = census.isRunning ? nil : context.arrayDetails(path)?.reasonNoValues
        let known =
            census.grounds == .indexes
            ? " listed, shard indexes read; V decodes every shard"
            : " listed: presence and sizes only; V decodes every chunk"
        let text =
            reason.map { " listed alone, no chunk can be decoded: \($0)" }
            ?? (census.isRunning
                ? " the chunks are being listed…"
                : known
                    + (context.arrayDetails(path)?.reasonUnguarded == nil
                        ? "" : ", no checksum here"))
        canvas.write(text, row: 1, reason == nil ? .dim : .warning, width: canvas.size.columns)
    }

    /// How many of the stored chunks were read and decoded, and when; the others are known by listing.
    private func drawVerified(
        on canvas: inout Canvas,
        _ census: Census,
        _ run: VerifyRun?,
        _ context: Context
    ) {
        let isWhole = list.read >= list.stored
        var facts: [(String, Role)] = [
            (" verified ", isWhole ? .good : .notice),
            ("\(Format.short(list.read))", .value), (" of \(Format.short(list.stored))", .dim),
        ]
        if isWhole, let progress = run?.progress, progress.checked == list.stored {
            if progress.bytes > 0 { facts.append(("  \(Format.bytes(progress.bytes))", .value)) }
            let took = Format.duration(milliseconds: progress.elapsedMilliseconds)
            facts.append(("  in \(took)", .dim))
        } else if let moment = census.decodedAt {
            facts.append(("  at \(Format.moment(seconds: moment))", .dim))
        }
        facts.append(("  found \(Format.short(list.found)) ", list.found > 0 ? .warning : .dim))
        if !isWhole { facts.append((" V decodes all", .dim)) }
        if let reach = context.arrayDetails(path)?.reasonUnguarded {
            let width = facts.reduce(0) { $0 + TextWidth.of($1.0) }
            let note = "  ▲ no checksum here: \(reach)"
            let isLong = width + note.count + 3 > canvas.size.columns
            facts.append((isLong ? "  ▲ no checksum" : note, .notice))
        }
        canvas.write(facts, row: 1)
    }

    /// What does not decode so far, and the key that was looked at last.
    private func drawLatest(on canvas: inout Canvas, _ progress: VerifyProgress) {
        let column = canvas.write(
            [
                (" \(Format.plural(progress.errors, "error")) so far", .value), ("   at ", .dim),
            ],
            row: 2
        )
        let room = max(0, canvas.size.columns - column - 1)
        canvas.write(progress.key, row: 2, column: column, .dim, width: room, cut: .middle)
    }

    private func facts(of run: VerifyRun) -> [(String, Role)] {
        let progress = run.progress
        var facts: [(String, Role)] = [
            ("\(Format.short(progress.checked))", .value),
            (" of \(Format.short(progress.stored))", .dim),
        ]
        if progress.bytes > 0 { facts.append(("  \(Format.bytes(progress.bytes))", .value)) }
        switch run.phase {
        case .running:
            if let rate = run.rate { facts.append(("  \(Format.short(rate))/s", .value)) }
            if let left = run.remaining {
                facts.append(("  \(Format.duration(milliseconds: left)) left", .dim))
            }
        case .paused where run.isResumable: facts.append(("  p goes on here", .notice))
        default: break
        }
        facts.append(("  found \(Format.short(list.found)) ", list.found > 0 ? .warning : .dim))
        return facts
    }

    // MARK: List

    private func columns(_ census: Census) -> Columns {
        let width = layout.list.columns
        let isWide = width >= 110
        let names = text?.names
        var axes = census.grid.indices.map { axis in
            max(
                list.widths.indices.contains(axis) ? list.widths[axis] : 1,
                min(8, (names?[axis] ?? "").count)
            )
        }
        if axes.reduce(0, { $0 + $1 + 1 }) > width * 2 / 5 { axes = [max(8, width / 4)] }
        var all: [Columns.Column] = [
            .init(.fixed(3)), .init(.fixed(isWide ? 16 : width >= 60 ? 12 : 2)),
            .init(.fixed(width >= 60 ? 8 : 6), align: .trailing),
        ]
        all += axes.map { Columns.Column(.fixed($0), align: .trailing) }
        all.append(.init(.fixed(0)))
        all.append(.init(.share(3)))
        all.append(.init(isWide ? .share(1, minimum: 16) : .fixed(0), cut: .middle))
        return Columns(all, from: 1, width: max(0, width - 1), gap: 1)
    }

    /// Whether each axis has a column of its own.
    private func isSplit(_ columns: Columns, _ census: Census) -> Bool {
        columns.columns.count - 6 == census.grid.count
    }

    private func drawTitles(on canvas: inout Canvas, _ columns: Columns, _ census: Census) {
        let axes =
            isSplit(columns, census)
            ? census.grid.indices.map { text?.names[$0] ?? "" } : ["place"]
        let texts = ["", "Kind", "Count"] + axes + ["", "Why it stands out", "First key"]
        canvas.write(texts, in: columns, row: 0, Style(.heading))
    }

    private func drawList(
        on canvas: inout Canvas,
        _ columns: Columns,
        _ census: Census,
        _ context: Context
    ) {
        guard !shown.isEmpty else {
            let note =
                !list.boxes.isEmpty
                ? "No finding fits the filter; Esc shows all."
                : list.unlisted > 0
                    ? "\(Format.count(list.unlisted)) chunks: too many to be put into boxes."
                    : "Nothing is missing, short, corrupt or outside the grid, as far as is known."
            canvas.write(note, row: 1, column: 4, .dim)
            return
        }
        for line in cursor.visible {
            let box = list.boxes[shown[line]]
            let row = line - cursor.first
            let isSelected = line == cursor.selected
            drawLine(on: &canvas, row, box, columns, census, context)
            if isSelected {
                canvas.restyle(
                    Rect(row: row, column: 0, rows: 1, columns: canvas.size.columns),
                    .selected
                )
            }
        }
        if list.unlisted > 0, cursor.visible.upperBound == shown.count,
            shown.count < canvas.size.rows
        {
            canvas.write(
                "and \(Format.count(list.unlisted)) more, in no list",
                row: shown.count,
                column: 4,
                .dim
            )
        }
    }

    private func drawLine(
        on canvas: inout Canvas,
        _ row: Int,
        _ box: FindingBox,
        _ columns: Columns,
        _ census: Census,
        _ context: Context
    ) {
        guard let text else { return }
        let axes = placeTexts(box, census, isSplit: isSplit(columns, census))
        let isMarked = isMarked(box, census)
        let glyph = StateLook.glyph(box.state)
        let count = Format.count(box.count)
        let isWide = columns.places[1].count >= 16
        let texts =
            [
                isMarked ? "[x]" : "[ ]",
                "\(glyph) " + StateLook.word(box.state).prefix { isWide || $0 != "-" },
                count.count <= columns.places[2].count ? count : Format.short(box.count),
            ] + axes + ["", text.why(box), key(of: box, context) + (box.count > 1 ? " …" : "")]
        canvas.write(texts, in: columns, row: row)
        let kind = columns.places[1]
        canvas.restyle(
            Rect(row: row, column: kind.lowerBound, rows: 1, columns: kind.count),
            StateLook.role(box.state)
        )
        canvas.restyle(
            Rect(row: row, column: 1, rows: 1, columns: 3),
            isMarked ? .marked : .dim
        )
    }

    /// Where a finding lies, a text for each column.
    private func placeTexts(_ box: FindingBox, _ census: Census, isSplit: Bool) -> [String] {
        let ranges = zip(box.ranges, census.grid).map { Format.range($0, of: $1) }
        let texts = box.orphan.map { $0.chunk.coordinates.map(String.init) } ?? ranges
        guard isSplit else { return [texts.joined(separator: " ")] }
        return census.grid.indices.map { texts.indices.contains($0) ? texts[$0] : "" }
    }

    // MARK: Detail

    private func drawDetail(on canvas: inout Canvas, _ census: Census, _ context: Context) {
        guard let box = selected, let text else { return }
        var facts = FactList(width: canvas.size.columns)
        facts.addParts(
            "box",
            text.places(box) + ["(\(Format.plural(box.count, text.unit)))"],
            gap: 2
        )
        facts.addText("why", text.why(box), StateLook.role(box.state))
        facts.addParts("elements", elements(box, context), gap: 2)
        facts.addParts("at", coordinates(box, context))
        facts.addParts("key", [key(of: box, context), box.count > 1 ? "and others" : ""], gap: 2)
        if box.state == .missing || box.state == .expectedEmpty,
            let details = context.arrayDetails(path)
        {
            facts.add("reads", "as the fill value \(details.fillValue)")
        }
        if let bytes = box.bytes {
            let usual =
                list.median.map { median in
                    let share = median > 0 ? "\(Format.ratio(bytes, to: median)) of the " : ""
                    return "  (\(box.count > 1 ? "" : share)median \(Format.bytes(median)))"
                } ?? ""
            facts.add("size", Format.bytes(bytes) + usual)
        }
        if let around = box.around, around.total > 0, canvas.size.rows > facts.lines.count {
            facts.add(
                "around",
                "\(Format.count(around.present)) of \(Format.count(around.total)) present"
            )
        }
        facts.draw(on: &canvas, row: 0)
    }

    /// The coordinates of a box of chunks, where arrays of the store say.
    private func coordinates(_ box: FindingBox, _ context: Context) -> [String] {
        elementRanges(box, context).enumerated().compactMap { axis, range in
            context.coordinates(of: path, axis: axis)?.span(range).map {
                "\(text?.names[axis] ?? "") \($0.dropFirst(2))"
            }
        }
    }

    /// The elements that a box of chunks holds.
    private func elements(_ box: FindingBox, _ context: Context) -> [String] {
        elementRanges(box, context).enumerated().map { axis, range in
            "\(text?.names[axis] ?? "")[\(range.lowerBound):\(range.upperBound)]"
        }
    }

    /// The elements along each axis; none where the box lies outside the array.
    private func elementRanges(_ box: FindingBox, _ context: Context) -> [Range<Int>] {
        guard let details = context.arrayDetails(path), box.ranges.count == details.axes.count
        else { return [] }
        let ranges = zip(details.axes, box.ranges).compactMap { cut, range -> Range<Int>? in
            guard range.lowerBound >= 0, range.upperBound <= cut.count, !range.isEmpty else {
                return nil
            }
            return cut.range(of: range.lowerBound)
                .lowerBound..<cut.range(
                    of: range.upperBound - 1
                ).upperBound
        }
        return ranges.count == box.ranges.count ? ranges : []
    }

    // MARK: What is typed

    private func drawEntry(
        _ field: TextField,
        _ name: String,
        on canvas: inout Canvas,
        row: Int
    ) {
        canvas.write(name, row: row, column: 1, .label)
        let width = max(1, canvas.size.columns - 10)
        field.draw(on: &canvas, row: row, column: 9, width: width, isActive: true)
    }

    private func drawEntry(on canvas: inout Canvas, row: Int) {
        let findings = findings
        let count = findings.reduce(0) { $0 + list.boxes[$1].count }
        switch entry {
        case .filter:
            drawEntry(filter, "filter", on: &canvas, row: row)
            canvas.write(
                "kind, pattern, reason or axis=3..5 · Enter keeps it · Esc shows all",
                row: row + 1,
                column: 9,
                .dim
            )
        case .export(let format):
            canvas.write(
                "Write \(Format.plural(findings.count, "finding")) (\(Format.plural(count, "chunk")))"
                    + " as \(format.title)",
                row: row,
                column: 1,
                .heading
            )
            drawEntry(field, "to file", on: &canvas, row: row + 1)
            canvas.write(
                [
                    ("Enter", .hintKey), (" write  ", .hint), ("Tab", .hintKey),
                    (" NDJSON, CSV, list of keys  ", .hint), ("Esc", .hintKey), (" close", .hint),
                ],
                row: row + 2,
                column: 9
            )
        case .overwrite:
            canvas.write("There is a file \(field.string)", row: row, column: 1, .warning)
            canvas.write(
                "y replaces it · any other key goes back and leaves it as it is",
                row: row + 1,
                column: 1,
                .text
            )
        case .expected:
            canvas.write("Chunks expected to be empty, from a file", row: row, column: 1, .heading)
            drawEntry(field, "file", on: &canvas, row: row + 1)
            canvas.write(
                "an index such as 0,1 a line, or JSON as 'chunks' and 'verify' print it",
                row: row + 2,
                column: 9,
                .dim
            )
        case nil: break
        }
    }
}
