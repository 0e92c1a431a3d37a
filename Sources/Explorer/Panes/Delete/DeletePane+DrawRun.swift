import Canvas
import ZarrModel

extension DeletePane {
    func drawRunning(on canvas: inout Canvas) {
        let title = isRestoring ? "Bringing back from the trash" : "Changing, into the trash"
        canvas.write(title, row: 1, column: 2, .heading)
        let width = max(0, min(60, canvas.size.columns - 4))
        let share = progress.total > 0 ? Double(progress.done) / Double(progress.total) : 0
        canvas.bar(share, row: 3, column: 2, width: width, Style(.accent))
        var counts = "\(Format.count(progress.done)) of \(Format.count(progress.total))"
        let failed = failures.count { !$0.isSkipped && !$0.isUnknown }
        counts += "   \(Format.count(failed)) failed   \(Format.count(progress.skipped)) skipped"
        if progress.elapsedMilliseconds > 0 {
            let rate = progress.done * 1000 / progress.elapsedMilliseconds
            counts += "   \(Format.short(rate))/s"
            if rate > 0 {
                let left = (progress.total - progress.done) * 1000 / rate
                counts += "   \(Format.duration(milliseconds: max(0, left))) left"
            }
        }
        canvas.write(counts, row: 4, column: 2, .value)
        canvas.write("Esc stops after what is in flight", row: 5, column: 2, .dim)
        drawFailures(on: &canvas, row: 7)
    }

    func drawOutcome(on canvas: inout Canvas) {
        guard let outcome else { return }
        let isGood = outcome.failed + outcome.unknown == 0 && !outcome.isPartial
        let title = isRestoring ? "Brought back" : "Done"
        canvas.write(
            isGood
                ? "✔ \(title)"
                : outcome.isPartial ? "! Stopped before the end" : "! \(title), not all",
            row: 1,
            column: 2,
            isGood ? .good : .warning
        )
        var facts = FactList(width: canvas.size.columns - 2)
        facts.add(isRestoring ? "restored" : "changed", Format.count(outcome.done))
        facts.add("skipped", Format.count(outcome.skipped), outcome.skipped > 0 ? .notice : .dim)
        let unknown = outcome.unknown
        let stopped = "   ? \(Format.count(unknown)) stopped on the way: outcome unknown"
        facts.add(
            "failed",
            Format.count(outcome.failed) + (unknown > 0 ? stopped : ""),
            outcome.failed > 0 ? .error : unknown > 0 ? .warning : .dim
        )
        if !isRestoring {
            let ids = outcome.trashes.joined(separator: ", ")
            facts.add(
                "trash",
                ids.isEmpty ? "none" : "\(ids)   z brings everything back",
                ids.isEmpty ? .warning : .text
            )
        }
        facts.add("journal", outcome.journal ?? "none could be written", .dim, cut: .middle)
        canvas.region(
            Rect(row: 2, column: 2, rows: 6, columns: max(0, canvas.size.columns - 3))
        ) { facts.draw(on: &$0, row: 1) }
        drawFailures(on: &canvas, row: 9)
    }

    private func drawFailures(on canvas: inout Canvas, row: Int) {
        guard !failures.isEmpty else { return }
        canvas.write("Left alone, failed or stopped", row: row, column: 2, .label)
        for (at, line) in list.visible.enumerated() where failures.indices.contains(line) {
            let failure = failures[line]
            let (word, role) = Self.look(failure)
            canvas.write(
                [(word + "  ", role), (failure.key, .value), ("  \(failure.reason)", .text)],
                row: row + 1 + at,
                column: 2
            )
        }
    }

    /// The sign and word of what did not go as planned.
    private static func look(_ failure: ItemFailure) -> (String, Role) {
        if failure.isUnknown { return ("? stopped", .warning) }
        return failure.isSkipped ? ("· skipped", .notice) : ("✖ failed ", .error)
    }

    func draw(_ question: ItemFailure, on canvas: inout Canvas) {
        canvas.lowerBox(rows: 7, title: "This one failed") { canvas in
            canvas.write(question.key, row: 0, .value, width: canvas.size.columns, cut: .middle)
            canvas.write(question.reason, row: 1, .error, width: canvas.size.columns)
            canvas.write(
                [
                    ("s", .hintKey), (" skip it   ", .text), ("a", .hintKey),
                    (" skip all that fail   ", .text),
                ],
                row: 3
            )
            canvas.write([("Enter", .hintKey), (" stop after what is in flight", .text)], row: 4)
        }
    }

    // MARK: The trash

    func drawTrashes(on canvas: inout Canvas, _ context: Context) {
        canvas.write(
            [("Trash", .heading), ("  what was deleted or replaced here and can come back", .dim)],
            row: 0,
            column: 1
        )
        guard let trashes else {
            canvas.write("Looking…", row: 2, column: 2, .dim)
            return
        }
        guard !trashes.isEmpty else {
            canvas.write("There is nothing in the trash of this array.", row: 2, column: 2, .text)
            return
        }
        let columns = Columns(
            [
                .init(.fixed(22)), .init(.fixed(10), align: .trailing),
                .init(.share(1, minimum: 23)),
            ],
            from: 2,
            width: max(0, canvas.size.columns - 3),
            gap: 2
        )
        canvas.write(["When (UTC)", "Chunks", "Name"], in: columns, row: 2, Style(.heading))
        for (row, at) in list.visible.enumerated() where trashes.indices.contains(at) {
            let card = trashes[trashes.count - 1 - at]
            let texts = [card.made, card.count.map(Format.count) ?? "–", card.id]
            canvas.write(
                texts,
                in: columns,
                row: 3 + row,
                Style(at == list.selected ? .selected : .text)
            )
        }
        let tail = "A chunk that was written since stays as it is."
        canvas.write(tail, row: canvas.size.rows - 1, column: 2, .dim)
    }
}
