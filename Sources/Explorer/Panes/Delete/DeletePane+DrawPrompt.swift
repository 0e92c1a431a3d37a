import Canvas
import ZarrModel

extension DeletePane {
    /// Draws in a box in the lower part of the pane.
    func inBox(
        on canvas: inout Canvas,
        rows: Int,
        title: String,
        _ role: Role = .error,
        _ body: (inout Canvas) -> Void
    ) {
        let rows = min(rows, canvas.size.rows)
        let box = Rect(
            row: max(0, canvas.size.rows - rows),
            column: 1,
            rows: rows,
            columns: max(0, min(canvas.size.columns - 2, 92))
        )
        canvas.fill(box)
        canvas.box(box, title: title, Style(role))
        canvas.region(box.inset(rows: 1, columns: 2), body)
    }

    // MARK: The number

    func drawConfirmation(on canvas: inout Canvas, _ context: Context) {
        guard let plan else { return }
        let width = min(canvas.size.columns - 2, 92) - 4
        let lines = confirmationLines(plan, context).flatMap { text, role in
            Wrapping.lines([text], width: width).map { ($0, role) }
        }
        inBox(on: &canvas, rows: lines.count + 6, title: "Confirm") { canvas in
            for (at, line) in lines.enumerated() {
                canvas.write(line.0, row: at, line.1, width: canvas.size.columns)
            }
            let prompt = "Type the number of objects to confirm: "
            let row = lines.count + 1
            let column = canvas.write(prompt, row: row, .text)
            field.draw(on: &canvas, row: row, column: column, width: 12, isActive: true)
            if isConfirmed { canvas.write(" ✔", row: row, column: column + 12, .good) }
            drawButtons(on: &canvas, row: row + 2)
        }
    }

    private func confirmationLines(_ plan: DeletePlan, _ context: Context) -> [(String, Role)] {
        let pairs = Array(zip(planned, plan.boxes))
        let bytes = pairs.reduce(0) { $0 + $1.1.bytes }
        let store = context.store?.name ?? ""
        var lines: [(String, Role)] = [
            (
                "\(Format.plural(count, "object")), \(Format.bytes(bytes)), of \(store)\(path == "/" ? "" : path)",
                .text
            )
        ]
        if let parts = Self.parts(pairs) { lines.append((parts, .text)) }
        let losing = pairs.filter { $0.0.action.losesData }
        let readable = losing.reduce(0) { $0 + $1.1.readable }
        let untried = losing.reduce(0) { $0 + $1.1.untried }
        if readable > 0 {
            let verb = readable == 1 ? "holds" : "hold"
            lines.append(
                ("\(Format.count(readable)) \(verb) data that can be read: DATA LOSS", .danger)
            )
        } else if !losing.isEmpty, untried == 0 {
            lines.append(("No readable data is deleted.", .good))
        }
        if untried > 0 {
            lines.append(("\(Format.count(untried)) were not tried: they may hold data", .warning))
        }
        if losing.contains(where: { $0.1.present > 0 }) {
            let fill = context.arrayDetails(path)?.fillValue ?? ""
            lines.append(
                ("Deleted, they read as fill \(fill), silently, in every Zarr library.", .text)
            )
        }
        let changed = plan.boxes.reduce(0) { $0 + $1.changed }
        if changed > 0 {
            lines.append(
                ("\(Format.count(changed)) changed since the census: left alone", .warning)
            )
        }
        lines.append(
            plan.trash.map { ("Undo: z brings them back from \($0).", .text) }
                ?? ("There is no trash here: they will be gone for good.", .danger)
        )
        if planned.contains(where: { $0.action == .vacuum }) {
            lines.append(("Left-over temporaries go for good; orphans go into the trash.", .notice))
        }
        return lines
    }

    /// How many objects each action changes, where there are several: `3 delete, 2 repair from`.
    private static func parts(_ pairs: [(StagedEntry, PlannedBox)]) -> String? {
        var titles: [String] = []
        var counts: [String: Int] = [:]
        for (entry, box) in pairs where box.present > 0 {
            if counts[entry.action.title] == nil { titles.append(entry.action.title) }
            counts[entry.action.title, default: 0] += box.present
        }
        guard titles.count > 1 else { return nil }
        return "of which "
            + titles.map { "\(Format.count(counts[$0] ?? 0)) \($0)" }
            .joined(separator: ", ")
    }

    private func drawButtons(on canvas: inout Canvas, row: Int) {
        var column = canvas.write(
            button == .cancel ? "▶ Cancel ◀" : "  Cancel  ",
            row: row,
            column: 2,
            button == .cancel ? .selected : .text
        )
        let title = "\(verb) \(Format.count(count))"
        let isChosen = button == .delete
        let role: Role = !isConfirmed ? .dim : isChosen ? .danger : .error
        column = canvas.write(
            isChosen ? "▶ \(title) ◀" : "  \(title)  ",
            row: row,
            column: column + 2,
            Style(role, isReversed: isChosen && !isConfirmed)
        )
        let help =
            isChosen && isConfirmed
            ? "Enter does it, Esc leaves" : "Enter cancels until the number is right"
        if column + 3 + help.count <= canvas.size.columns {
            canvas.write(help, row: row, column: column + 3, .dim)
        }
    }

    /// The word on the button that goes ahead.
    private var verb: String {
        if planned.allSatisfy({ $0.action == .delete }) { return "Delete" }
        if planned.allSatisfy({ $0.action == .vacuum }) { return "Vacuum" }
        return planned.contains { $0.action.losesData || $0.action == .vacuum }
            ? "Change" : "Repair"
    }

    // MARK: Questions

    func draw(_ prompt: PlanPrompt, on canvas: inout Canvas, _ context: Context) {
        switch prompt {
        case .action(let entry, let selected):
            let choices = PlanPrompt.actions.map(\.choice)
            draw(choices, selected, "What is to be done with entry \(entry + 1)", on: &canvas)
        case .states(let selected):
            let choices = PlanPrompt.states(context.array?.shown).map(\.choice)
            draw(choices, selected, "Stage every chunk of the array that is", on: &canvas)
        case .locator: drawLocator(on: &canvas)
        case .file:
            drawField(
                "Write the key list to",
                "one file for each action; Enter writes",
                on: &canvas
            )
        case .filter:
            drawField("Show entries that mention", "Enter keeps it, Esc clears it", on: &canvas)
        }
    }

    private func draw(
        _ choices: [PlanChoice],
        _ selected: Int,
        _ title: String,
        on canvas: inout Canvas
    ) {
        inBox(on: &canvas, rows: choices.count + 4, title: title, .accent) { canvas in
            for (row, choice) in choices.enumerated() {
                let role: Role = row == selected ? .selected : .text
                let mark = row == selected ? "▸" : " "
                canvas.write("\(mark) \(row + 1) \(choice.title)", row: row, role, width: 24)
                canvas.write(choice.text, row: row, column: 26, .dim)
            }
            canvas.write("Enter takes it, Esc leaves", row: choices.count + 1, .dim)
        }
    }

    private func drawField(_ title: String, _ hint: String, on canvas: inout Canvas) {
        inBox(on: &canvas, rows: 5, title: title, .accent) { canvas in
            field.draw(on: &canvas, row: 0, column: 0, width: canvas.size.columns, isActive: true)
            canvas.write(hint, row: 2, .dim)
        }
    }

    private func drawLocator(on canvas: inout Canvas) {
        inBox(on: &canvas, rows: 11, title: "Take the values from this store or array", .accent) {
            canvas in
            field.draw(on: &canvas, row: 0, column: 0, width: canvas.size.columns, isActive: true)
            for (row, completion) in completions.prefix(6).enumerated() {
                let role: Role = row == chosen ? .selected : .text
                canvas.write(
                    completion.label,
                    row: 2 + row,
                    column: 1,
                    role,
                    width: 40,
                    cut: .middle
                )
                canvas.write(completion.kind, row: 2 + row, column: 43, .dim)
            }
            let hint = "Tab completes, Enter takes it; same shape and type are checked; Esc leaves"
            canvas.write(hint, row: 8, .dim)
        }
    }
}
