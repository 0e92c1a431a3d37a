import Canvas
import ZarrModel

extension DeletePane {
    // MARK: The number

    func drawConfirmation(on canvas: inout Canvas, _ context: Context) {
        guard let plan else { return }
        let width = min(canvas.size.columns - 2, 92) - 4
        let lines = confirmationLines(plan, context).flatMap { text, role in
            Wrapping.lines([text], width: width).map { ($0, role) }
        }
        canvas.lowerBox(rows: lines.count + 6, title: "Confirm") { canvas in
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
        let store = context.store?.name ?? ""
        var lines: [(String, Role)] = [
            (
                "\(Format.plural(count, "object")), \(Format.bytes(sums.bytes)), of \(store)\(path == "/" ? "" : path)",
                .text
            )
        ]
        if sums.entries > 1 {
            let entries = Format.plural(sums.entries, "entry", "entries")
            lines.append(("They were staged as \(entries).", .text))
        }
        if let parts = partWords { lines.append((parts, .text)) }
        let (readable, untried) = (sums.readable, sums.untried)
        if readable > 0 {
            let verb = readable == 1 ? "holds" : "hold"
            lines.append(
                ("\(Format.count(readable)) \(verb) data that can be read: DATA LOSS", .danger)
            )
        } else if sums.loses, untried == 0 {
            lines.append(("No readable data is deleted.", .good))
        }
        if untried > 0 {
            lines.append(("\(Format.count(untried)) were not tried: they may hold data", .warning))
        }
        if sums.losesObjects {
            let fill = context.arrayDetails(path)?.fillValue ?? ""
            lines.append(
                ("Deleted, they read as fill \(fill), silently, in every Zarr library.", .text)
            )
        }
        if sums.changed > 0 {
            lines.append(
                ("\(Format.count(sums.changed)) changed since the census: left alone", .warning)
            )
        }
        lines.append(
            plan.trash.map { ("Undo: z brings them back from \($0).", .text) }
                ?? ("There is no trash here: they will be gone for good.", .danger)
        )
        if sums.hasVacuum {
            lines.append(("Left-over temporaries go for good; orphans go into the trash.", .notice))
        }
        return lines
    }

    /// How many objects each action changes, where there are several: `3 delete, 2 repair from`.
    private var partWords: String? {
        guard sums.parts.count > 1 else {
            let title = sums.parts.first?.title ?? ""
            return ["", "delete"].contains(title) ? nil : "What is done to each: \(title)"
        }
        return "of which "
            + sums.parts.map { "\(Format.count($0.count)) \($0.title)" }.joined(separator: ", ")
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
        if sums.onlyDeletes { return "Delete" }
        if planned.allSatisfy({ $0.action == .vacuum }) { return "Vacuum" }
        return sums.loses || sums.hasVacuum
            ? "Change" : "Repair"
    }

    // MARK: Questions

    func draw(_ prompt: PlanPrompt, on canvas: inout Canvas, _ context: Context) {
        switch prompt {
        case .action(let target, let selected):
            let choices = PlanPrompt.actions.map(\.choice)
            ChoiceList.draw(
                choices,
                selected,
                "What is to be done with " + words(target),
                notes: notes(target, context),
                on: &canvas
            )
        case .states(let selected):
            let choices = PlanPrompt.states(context.array?.shown).map(\.choice)
            ChoiceList.draw(
                choices,
                selected,
                "Stage every chunk of the array that is",
                on: &canvas
            )
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

    /// What an action is chosen for.
    private func words(_ target: PlanTarget) -> String {
        switch target {
        case .entries(let places) where places.count == 1: "entry \((places.first ?? 0) + 1)"
        case .entries(let places): "\(Format.count(places.count)) entries"
        case .boxes(let boxes, _):
            Format.plural(ChunkSelection(boxes: boxes).count, "chunk")
                + (boxes.count > 1 ? " in \(Format.count(boxes.count)) boxes" : "")
        }
    }

    /// What else can be chosen, and how.
    private func notes(_ target: PlanTarget, _ context: Context) -> [String] {
        let leave = "Enter takes it, Esc leaves"
        guard case .entries(let places) = target else {
            return [leave + "; it is staged, nothing is changed yet"]
        }
        let all = changeable(context).count
        guard all > 1 else { return [leave] }
        return [
            leave + (places.count == 1 ? "; a: all \(Format.count(all)) entries" : "; a: this one")
        ]
    }

    private func drawField(_ title: String, _ hint: String, on canvas: inout Canvas) {
        canvas.lowerBox(rows: 5, title: title, .accent) { canvas in
            field.draw(on: &canvas, row: 0, column: 0, width: canvas.size.columns, isActive: true)
            canvas.write(hint, row: 2, .dim)
        }
    }

    private func drawLocator(on canvas: inout Canvas) {
        canvas.lowerBox(rows: 11, title: "Take the values from this store or array", .accent) {
            canvas in
            field.draw(on: &canvas, row: 0, column: 0, width: canvas.size.columns, isActive: true)
            if checking != nil { canvas.write("… looking there", row: 1, .dim) }
            canvas.write(sourceProblem, row: 1, .error, width: canvas.size.columns)
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
            let hint = "Tab completes, Enter takes it, ^U empties it, Esc leaves"
            canvas.write(hint, row: 8, .dim)
        }
    }
}
