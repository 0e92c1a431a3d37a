import Canvas
import ZarrModel

extension DeletePane {
    func draw(on canvas: inout Canvas, _ context: Context) {
        switch phase {
        case .list, .confirm: drawPlan(on: &canvas, context)
        case .keys: drawKeys(on: &canvas)
        case .running: drawRunning(on: &canvas)
        case .done: drawOutcome(on: &canvas)
        case .trashes: drawTrashes(on: &canvas, context)
        }
        if phase == .confirm { drawConfirmation(on: &canvas, context) }
        if let prompt { draw(prompt, on: &canvas, context) }
        if let question { draw(question, on: &canvas) }
    }

    // MARK: The plan

    private func drawPlan(on canvas: inout Canvas, _ context: Context) {
        let entries = context.staged(path)
        let shown = shown(context)
        let layout = PlanLayout(size: canvas.size)
        drawHead(on: &canvas, entries, shown, context)
        guard !entries.isEmpty else {
            drawEmpty(on: &canvas, context)
            return
        }
        let isRoomy = canvas.size.columns >= (entries.count < 100 ? 72 : 100)
        let columns = Self.columns(canvas.size.columns, count: entries.count)
        canvas.write(
            ["", "What", isRoomy ? "Chunks of the grid" : "Chunks", "Objects", "Bytes", "Holds"],
            in: columns,
            row: 2,
            Style(.heading)
        )
        for (row, at) in list.visible.enumerated() where shown.indices.contains(at) {
            let isSelected = at == list.selected
            draw(
                shown[at],
                entries,
                on: &canvas,
                columns,
                layout.entries.row + row,
                isSelected,
                context
            )
        }
        drawDetails(on: &canvas, layout.details, entries, context)
        drawTotals(on: &canvas, layout.totals, entries, context)
    }

    private static func columns(_ width: Int, count: Int) -> Columns {
        let isWide = width >= 72
        let number = max(4, String(count).count + 2)
        return Columns(
            [
                .init(.fixed(number), align: .trailing), .init(.fixed(isWide ? 13 : 10)),
                .init(.share(1, minimum: 12), cut: .middle),
                .init(.fixed(7), align: .trailing),
                .init(.fixed(isWide ? 8 : 0), align: .trailing),
                .init(.fixed(isWide ? 23 : 12)),
            ],
            from: 0,
            width: max(0, min(width - 1, 140)),
            gap: 1
        )
    }

    private func drawHead(
        on canvas: inout Canvas,
        _ entries: [StagedEntry],
        _ shown: [Int],
        _ context: Context
    ) {
        let place = context.store?.name ?? ""
        var pieces: [(String, Role)] = [
            ("Plan", .heading), ("  nothing has been changed yet", .dim),
        ]
        if !filter.isEmpty {
            let count = "\(Format.count(shown.count)) of \(Format.count(entries.count))"
            pieces = [("Plan", .heading), ("  \(count) pass the filter \(filter)", .warning)]
        }
        if list.count > list.height {
            pieces.append(
                (
                    "  ·  entry \(Format.count(list.selected + 1)) of \(Format.count(list.count))",
                    .dim
                )
            )
        }
        if filter.isEmpty { pieces.append(("  ·  \(place)\(path == "/" ? "" : path)", .dim)) }
        canvas.writeWhole(pieces, row: 0, column: 1)
    }

    private func drawEmpty(on canvas: inout Canvas, _ context: Context) {
        let lines: [(String, Role)] = [
            ("Nothing is staged.", .text), ("", .text),
            ("D  on the map, in the findings or on a chunk stages what is marked there", .dim),
            ("a  stages every chunk of the array that is in a state", .dim),
            ("v  stages what is outside the grid and what killed writers left", .dim),
            ("z  shows the trash: what was deleted and can be brought back", .dim), ("", .text),
            (context.reasonNotWritable ?? "", .warning),
        ]
        for (row, line) in lines.enumerated() {
            canvas.write(line.0, row: 2 + row, column: 2, line.1)
        }
    }

    private func draw(
        _ place: Int,
        _ entries: [StagedEntry],
        on canvas: inout Canvas,
        _ columns: Columns,
        _ row: Int,
        _ isSelected: Bool,
        _ context: Context
    ) {
        let entry = entries[place]
        let box = box(place, entries)
        let style = Style(isSelected ? .selected : .text)
        if isSelected {
            canvas.fill(
                Rect(row: row, column: 0, rows: 1, columns: canvas.size.columns),
                " ",
                style
            )
        }
        let (state, role) = PlanText.state(entry, box)
        let texts = [
            (isSelected ? "▸ " : "  ") + "\(place + 1)", entry.action.title,
            PlanText.box(entry, context, path), box.map { Format.count($0.present) } ?? "…",
            box.map { $0.present > 0 ? Format.bytes($0.bytes) : "–" } ?? "…",
        ]
        canvas.write(texts, in: columns, row: row, style)
        let last = columns.places[5]
        let width = min(last.count, max(0, canvas.size.columns - last.lowerBound))
        canvas.write(
            state,
            row: row,
            column: last.lowerBound,
            isSelected ? .selected : role,
            width: width
        )
    }

    /// What was found of an entry; `nil` while it is looked for.
    private func box(_ place: Int, _ entries: [StagedEntry]) -> PlannedBox? {
        guard let plan, entries == planned, plan.boxes.indices.contains(place) else { return nil }
        return plan.boxes[place]
    }

    private func drawDetails(
        on canvas: inout Canvas,
        _ rect: Rect,
        _ entries: [StagedEntry],
        _ context: Context
    ) {
        guard !rect.isEmpty, let place = selectedEntry(context) else { return }
        canvas.horizontalLine(row: rect.row - 1, columns: 0..<canvas.size.columns)
        let lines = PlanText.details(entries[place], box(place, entries), context, path)
        let width = max(0, canvas.size.columns - 12)
        // Why something cannot be done is told in full; the rest has a line each.
        let rows = lines.flatMap { line -> [(name: String, text: String, role: Role)] in
            guard line.role == .error else { return [line] }
            return Wrapping.lines([line.text], width: max(1, width)).enumerated().map {
                ($0 == 0 ? line.name : "", $1, line.role)
            }
        }
        for (row, line) in rows.prefix(rect.rows).enumerated() {
            canvas.write(line.name, row: rect.row + row, column: 1, .label, width: 10)
            canvas.write(line.text, row: rect.row + row, column: 12, line.role, width: width)
        }
    }

    private func drawTotals(
        on canvas: inout Canvas,
        _ rect: Rect,
        _ entries: [StagedEntry],
        _ context: Context
    ) {
        guard !rect.isEmpty else { return }
        canvas.horizontalLine(row: rect.row, columns: 0..<canvas.size.columns)
        if plan == nil, problem == nil, let standing {
            let below = Rect(
                row: rect.row + 1,
                column: 1,
                rows: rect.rows - 1,
                columns: max(0, rect.columns - 2)
            )
            canvas.region(below) { draw(standing, on: &$0, context) }
            return
        }
        for (row, pieces) in totals(entries, width: rect.columns).prefix(rect.rows - 1).enumerated()
        {
            let end = canvas.write(pieces, row: rect.row + 1 + row, column: 1)
            canvas.markCut(end, row: rect.row + 1 + row)
        }
    }

    /// How far it is that what the entries would do is known.
    private func draw(_ standing: PlanStanding, on canvas: inout Canvas, _ context: Context) {
        // What a listing will come to, the census has told.
        let listed = context.array?.path == path ? context.array?.shown?.knownCount : nil
        let total = standing.total ?? listed.flatMap { $0 >= standing.done ? $0 : nil }
        let word =
            switch standing.step {
            case .listing: "Listing the array"
            case .looking: "Looking at the staged chunks"
            case .trying: "Trying what can be read"
            }
        let of = total.map { " of \(Format.count($0))" } ?? ""
        canvas.write(
            [("⟳ \(word)  ", .accent), (Format.count(standing.done) + of, .value)],
            row: 0
        )
        if let total, total > 0 {
            let share = min(1, Double(standing.done) / Double(total))
            canvas.bar(
                share,
                row: 1,
                column: 0,
                width: min(60, canvas.size.columns),
                Style(.accent)
            )
        }
        canvas.write("Esc stops it; what is staged stays staged, nothing is changed", row: 2, .dim)
    }

    private func totals(_ entries: [StagedEntry], width: Int) -> [[(String, Role)]] {
        guard let plan, entries == planned else {
            return [
                problem.map { [("✖ \($0.message)", .error)] }
                    ?? [("Looking at the storage…", .dim)]
            ]
        }
        var first: [(String, Role)] = [
            ("would change ", .label),
            ("\(Format.plural(sums.count, "object"))  \(Format.bytes(sums.bytes))", .value),
        ]
        let lost = [(sums.readable, "readable"), (sums.untried, "untried")].filter { $0.0 > 0 }
            .map { "\(Format.count($0.0)) \($0.1)" }
        if !lost.isEmpty {
            let words = lost.joined(separator: ", ") + ": DATA LOSS"
            first.append(("  \(words)", sums.readable > 0 ? .danger : .warning))
        }
        let undo: [(String, Role)] =
            plan.trash.map { trash in
                // Where it lies is told as long as there is room.
                let room = width - 22
                let place = TextWidth.of(trash) > room ? String(trash.prefix { $0 != "(" }) : trash
                return [("undo         ", .label), ("z, from \(place)", .text)]
            }
            ?? [("undo         ", .label), ("none: this storage keeps no trash", .danger)]
        let never: [(String, Role)] = [
            ("never        ", .label),
            ("documents, other arrays, keys outside the grid", .dim),
        ]
        return [first, undo, never]
    }

    // MARK: The dry run

    /// What the files of the plan are good for: each kind of change has a command of its own.
    private static func fileWords(_ entries: [StagedEntry]) -> String {
        let chunks = entries.filter { $0.action != .vacuum }
        guard !chunks.isEmpty else { return "'zscope vacuum' does the same" }
        let deletes = chunks.count { $0.action == .delete }
        if deletes == chunks.count { return "s writes a file for 'zscope delete --from'" }
        if deletes == 0 { return "s writes a file for 'zscope repair --findings'" }
        return "s writes a file for each kind of change, with its command"
    }

    private func drawKeys(on canvas: inout Canvas) {
        guard let plan else { return }
        canvas.write(
            [
                ("Dry run", .heading),
                ("  what would happen to each object; nothing is changed", .dim),
            ],
            row: 0,
            column: 1
        )
        let all = sums.count
        let columns = Columns(
            [
                .init(.fixed(13)), .init(.fixed(10), align: .trailing),
                .init(.share(1, minimum: 10), cut: .middle),
            ],
            from: 2,
            width: max(0, canvas.size.columns - 3),
            gap: 2
        )
        canvas.write(["What", "Bytes", "Key"], in: columns, row: 2, Style(.heading))
        for (row, at) in list.visible.enumerated() where plan.keys.indices.contains(at) {
            let key = plan.keys[at]
            let role: Role = at == list.selected ? .selected : key.isSkipped ? .dim : .text
            let texts = [key.verb, key.bytes.map(Format.bytes) ?? "missing", key.key]
            canvas.write(texts, in: columns, row: 3 + row, Style(role))
        }
        let shown = plan.keys.count
        let which =
            shown < all
            ? "the first \(Format.count(shown)) of \(Format.count(all))"
            : Format.plural(all, "object")
        let tail = "\(which); \(Self.fileWords(planned))"
        canvas.write(tail, row: canvas.size.rows - 1, column: 2, .dim)
    }
}
