import Canvas
import ZarrModel

extension DeletePane {
    func draw(on canvas: inout Canvas, _ context: Context) {
        switch phase {
        case .planning: drawPlanning(on: &canvas, context)
        case .review: drawReview(on: &canvas, context)
        case .deleting: drawRunning(on: &canvas, "Deleting, into the trash")
        case .restoring: drawRunning(on: &canvas, "Bringing back from the trash")
        case .deleted, .restored: drawOutcome(on: &canvas)
        case .failed(let problem): drawFailure(problem, on: &canvas)
        }
    }

    private func drawPlanning(on canvas: inout Canvas, _ context: Context) {
        let text =
            context.reasonNotWritable
            ?? "Planning: \(Format.plural(selection.count, "chunk")), nothing is changed…"
        canvas.write(text, row: 1, column: 2, .text)
    }

    // MARK: Review

    private func drawReview(on canvas: inout Canvas, _ context: Context) {
        guard let plan else { return }
        canvas.write(
            [("Plan", .heading), ("  a dry run: nothing has been deleted yet", .dim)],
            row: 0,
            column: 1
        )
        let columns = Columns(
            [
                .init(.share(1, minimum: 18)), .init(.fixed(9), align: .trailing),
                .init(.fixed(9), align: .trailing), .init(.fixed(10), align: .trailing),
                .init(.fixed(canvas.size.columns >= 70 ? 20 : 0)),
            ],
            from: 1,
            width: max(0, min(canvas.size.columns - 2, 110)),
            gap: 2
        )
        let heads = ["Box of chunks", "Chunks", "Objects", "Bytes", "Holds"]
        canvas.write(heads, in: columns, row: 2, Style(.label))
        for (row, at) in list.visible.enumerated() {
            drawBox(plan.boxes[at], on: &canvas, columns, row: 3 + row, context)
        }
        let end = 3 + list.visible.count
        if plan.boxes.count > list.visible.count {
            let more = "\(list.selected + 1) of \(plan.boxes.count) boxes; ↑ ↓ scroll"
            canvas.write(more, row: end, column: 1, .dim)
        }
        drawConfirmation(on: &canvas, plan, context, below: end)
    }

    private func drawBox(
        _ box: PlannedBox,
        on canvas: inout Canvas,
        _ columns: Columns,
        row: Int,
        _ context: Context
    ) {
        let names = AxisNames(context.arrayDetails(path), rank: box.ranges.count)
        let grid = context.arrayDetails(path)?.gridShape ?? []
        let chunks = box.ranges.reduce(1) { $0 * $1.count }
        let texts = [
            boxText(box.ranges, names, grid), Format.count(chunks), Format.count(box.present),
            Format.bytes(box.bytes),
        ]
        canvas.write(texts, in: columns, row: row, Style(.text))
        let place = columns.places[4]
        let role: Role = box.readable + box.untried > 0 ? .error : .dim
        canvas.write(holds(box), row: row, column: place.lowerBound, role, width: place.count)
    }

    private func boxText(_ ranges: [Range<Int>], _ names: AxisNames, _ grid: [Int]) -> String {
        guard !ranges.isEmpty else { return "the only chunk" }
        return ranges.indices.map { axis in
            let count = axis < grid.count ? grid[axis] : 0
            return "\(names[axis]) \(Format.range(ranges[axis], of: count))"
        }.joined(separator: " · ")
    }

    private func holds(_ box: PlannedBox) -> String {
        if box.present == 0 { return "nothing: all missing" }
        var parts: [String] = []
        if box.readable > 0 { parts.append("\(Format.count(box.readable)) readable") }
        if box.broken > 0 { parts.append("\(Format.count(box.broken)) broken") }
        if box.untried > 0 { parts.append("\(Format.count(box.untried)) untried") }
        return parts.joined(separator: ", ")
    }

    private func drawConfirmation(
        on canvas: inout Canvas,
        _ plan: DeletePlan,
        _ context: Context,
        below row: Int
    ) {
        let rows = min(11, canvas.size.rows)
        let box = Rect(
            row: max(0, min(row + 1, canvas.size.rows - rows)),
            column: 1,
            rows: rows,
            columns: min(canvas.size.columns - 2, 92)
        )
        canvas.fill(box)
        canvas.box(box, title: count > 0 ? "Confirm" : "Nothing to do", Style(.error))
        canvas.region(box.inset(rows: 1, columns: 2)) { canvas in
            for (at, line) in confirmationLines(plan, context).enumerated() {
                canvas.write(line.0, row: at, line.1, width: canvas.size.columns)
            }
            if count > 0 {
                let prompt = "Type the number of chunks to confirm: "
                let column = canvas.write(prompt, row: 6, .text)
                field.draw(on: &canvas, row: 6, column: column, width: 12, isActive: true)
                if isConfirmed { canvas.write(" ✔", row: 6, column: column + 12, .good) }
            }
            drawButtons(on: &canvas, row: 8)
        }
    }

    private func confirmationLines(_ plan: DeletePlan, _ context: Context) -> [(String, Role)] {
        let bytes = plan.boxes.reduce(0) { $0 + $1.bytes }
        let readable = plan.boxes.reduce(0) { $0 + $1.readable }
        let untried = plan.boxes.reduce(0) { $0 + $1.untried }
        let store = context.store?.name ?? ""
        guard count > 0 else {
            return [("Every marked chunk is missing already.", .text)]
        }
        var lines: [(String, Role)] = [
            (
                "\(Format.plural(count, "object")), \(Format.bytes(bytes)), of \(store)\(path == "/" ? "" : path)",
                .text
            )
        ]
        lines.append(
            readable > 0
                ? (
                    "\(Format.count(readable)) \(readable == 1 ? "holds" : "hold") data that can be read: DATA LOSS",
                    .danger
                )
                : ("None of them holds data that can be read.", .good)
        )
        if untried > 0 {
            lines.append(("\(Format.count(untried)) were not tried: they may hold data", .warning))
        }
        let fill = context.arrayDetails(path)?.fillValue ?? ""
        lines.append(
            ("Afterwards they read as fill \(fill), silently, in every Zarr library.", .text)
        )
        if let trash = plan.trash {
            lines.append(("Undo: z brings them back from \(trash).", .text))
        } else {
            lines.append(("There is no trash here: they will be gone for good.", .danger))
        }
        return lines
    }

    private func drawButtons(on canvas: inout Canvas, row: Int) {
        var column = canvas.write(
            button == .cancel ? "▶ Cancel ◀" : "  Cancel  ",
            row: row,
            column: 2,
            button == .cancel ? .selected : .text
        )
        if count > 0 {
            let title = "Delete \(Format.count(count))"
            let isChosen = button == .delete
            let role: Role = !isConfirmed ? .dim : isChosen ? .danger : .error
            column = canvas.write(
                isChosen ? "▶ \(title) ◀" : "  \(title)  ",
                row: row,
                column: column + 2,
                Style(role, isReversed: isChosen && !isConfirmed)
            )
        }
        canvas.write("Tab chooses, Enter does, Esc leaves", row: row, column: column + 3, .dim)
    }

    // MARK: Running and after

    private func drawRunning(on canvas: inout Canvas, _ title: String) {
        canvas.write(title, row: 1, column: 2, .heading)
        let width = max(0, min(60, canvas.size.columns - 4))
        let share = progress.total > 0 ? Double(progress.done) / Double(progress.total) : 0
        canvas.bar(share, row: 3, column: 2, width: width, Style(.accent))
        let counts =
            "\(Format.count(progress.done)) of \(Format.count(progress.total))"
            + "   \(Format.count(failures.count)) failed"
        canvas.write(counts, row: 4, column: 2, .value)
        canvas.write("Esc stops after what is in flight", row: 5, column: 2, .dim)
        drawFailures(on: &canvas, row: 7)
    }

    private func drawOutcome(on canvas: inout Canvas) {
        guard let outcome else { return }
        let isBack = phase == .restored
        canvas.write(
            isBack ? "✔ Brought back" : "✔ Deleted",
            row: 1,
            column: 2,
            outcome.failed > 0 ? .warning : .good
        )
        let rows = [
            (isBack ? "restored" : "deleted", outcome.done, Role.value),
            ("skipped", outcome.skipped, outcome.skipped > 0 ? .notice : .dim),
            ("failed", outcome.failed, outcome.failed > 0 ? .error : .dim),
        ]
        for (at, line) in rows.enumerated() {
            canvas.write(line.0, row: 3 + at, column: 2, .label, width: 10)
            canvas.write(Format.count(line.1), row: 3 + at, column: 12, line.2)
        }
        if !isBack {
            canvas.write("trash", row: 6, column: 2, .label, width: 10)
            let text = outcome.trash.map { "\($0)   z brings everything back" }
            canvas.write(
                text ?? "none: they are gone",
                row: 6,
                column: 12,
                outcome.trash == nil ? .warning : .text
            )
        }
        if outcome.isPartial {
            canvas.write("stopped before the end", row: 7, column: 2, .warning)
        }
        drawFailures(on: &canvas, row: 8)
    }

    private func drawFailures(on canvas: inout Canvas, row: Int) {
        guard !failures.isEmpty else { return }
        canvas.write("Failed", row: row, column: 2, .error)
        for (at, line) in list.visible.enumerated() {
            let failure = failures[line]
            let column = canvas.write(failure.key, row: row + 1 + at, column: 2, .value)
            canvas.write("  \(failure.reason)", row: row + 1 + at, column: column, .text)
        }
    }

    private func drawFailure(_ problem: Problem, on canvas: inout Canvas) {
        canvas.write("✖ \(problem.message)", row: 1, column: 2, .error)
        let lines = Wrapping.lines(problem.details, width: max(1, canvas.size.columns - 4))
        for (row, line) in lines.enumerated() {
            canvas.write(line, row: 3 + row, column: 2, .text)
        }
        drawFailures(on: &canvas, row: 4 + lines.count)
    }
}
