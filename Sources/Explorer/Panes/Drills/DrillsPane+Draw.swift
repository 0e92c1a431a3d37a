import Canvas
import ZarrModel

extension DrillsPane {
    func draw(on canvas: inout Canvas, _ context: Context) {
        let layout = layout(canvas.size, context)
        if !layout.line.isEmpty {
            canvas.verticalLine(column: layout.line.column, rows: layout.line.rowRange)
        }
        canvas.region(layout.scenarios) { drawScenarios(on: &$0, context) }
        canvas.region(layout.knobs) { drawKnobs(on: &$0) }
        canvas.region(layout.about) { drawAbout(on: &$0, context) }
        guard let record = record(context) else {
            canvas.region(layout.main) { drawInvitation(on: &$0, context) }
            return
        }
        canvas.region(layout.main) { drawCourse(on: &$0, record.progress, layout) }
        if !layout.invariants.isEmpty {
            canvas.region(layout.lower) { drawChunks(on: &$0, record.progress, context) }
            canvas.region(layout.invariants) { drawInvariants(on: &$0, record.progress, row: 0) }
        } else if part != .log {
            canvas.region(layout.lower) { canvas in
                let rows = drawChunks(on: &canvas, record.progress, context)
                drawInvariants(on: &canvas, record.progress, row: rows)
            }
        }
        canvas.region(layout.log(part)) { drawLog(on: &$0, record) }
        canvas.region(layout.replay) { drawReplay(on: &$0, record.progress) }
    }

    // MARK: Left

    private func heading(_ text: String, _ own: Part, on canvas: inout Canvas, row: Int = 0) {
        canvas.write(text, row: row, part == own ? .accent : .heading)
    }

    private func drawScenarios(on canvas: inout Canvas, _ context: Context) {
        heading("Scenarios", .scenarios, on: &canvas)
        let all = context.drills.scenarios
        guard !all.isEmpty else {
            canvas.write("one moment", row: 1, .dim)
            return
        }
        let queued = Set(context.drills.queue.map(\.scenario))
        for (row, at) in scenarios.visible.enumerated() {
            let isHere = at == scenarios.selected
            canvas.write(isHere ? "▸" : " ", row: row + 1, .accent)
            guard all.indices.contains(at) else {
                let text = "◆ faults of your own…"
                canvas.write(text, row: row + 1, column: 2, isHere ? .accent : .text)
                continue
            }
            let card = all[at]
            let isRunning =
                context.drills.isRunning && context.drills.order?.scenario == card.id
            let record = context.drills.records[card.id]
            let (glyph, word) = DrillText.state(
                record,
                isRunning: isRunning,
                isPaused: order.isPaused,
                isQueued: queued.contains(card.id)
            )
            canvas.write(card.id, row: row + 1, column: 2, isHere ? .accent : .text, width: 12)
            let role: Role =
                switch record?.progress.passed {
                case true?: .good
                case false?: .error
                case nil: isRunning ? .notice : .dim
                }
            let column = max(15, canvas.size.columns - 10)
            canvas.write("\(glyph) \(word)", row: row + 1, column: column, role)
        }
    }

    private func drawKnobs(on canvas: inout Canvas) {
        heading("Knobs", .knobs, on: &canvas)
        canvas.write(part == .knobs ? "← → turn" : "Tab, then ← →", row: 0, column: 7, .dim)
        let delays = Double(Self.delays.count - 1)
        let delay = Double(Self.delays.firstIndex(of: order.knobs.latencyMilliseconds) ?? 0)
        let paces = DrillPace.allCases
        let pace = Double(paces.firstIndex(of: order.pace) ?? 0) / Double(paces.count - 1)
        let lines: [(Double?, String)] = [
            (Double(order.knobs.errorPercent) / 100, "+\(order.knobs.errorPercent) %"),
            (delay / delays, "+\(order.knobs.latencyMilliseconds) ms"),
            (nil, "\(order.seed)"),
            (pace, order.pace == .full ? "full" : "\(order.pace.rawValue) op/s"),
        ]
        for (row, knob) in Knob.allCases.enumerated() {
            let isHere = part == .knobs && knob == self.knob
            canvas.write(isHere ? "▸" : " ", row: row + 1, .accent)
            let role: Role = isHere ? .accent : .label
            canvas.write(knob.title, row: row + 1, column: 2, role, width: 7)
            let (share, text) = lines[row]
            let width = max(4, canvas.size.columns - 20)
            if let share {
                canvas.write("▕", row: row + 1, column: 9, .border)
                canvas.fill(
                    Rect(row: row + 1, column: 10, rows: 1, columns: width),
                    "─",
                    Style(.border)
                )
                let filled = Int((share * Double(width)).rounded())
                canvas.fill(
                    Rect(row: row + 1, column: 10, rows: 1, columns: filled),
                    "█",
                    Style(share > 0 && knob.rawValue < 2 ? .warning : .value)
                )
                canvas.write("▏", row: row + 1, column: 10 + width, .border)
            } else {
                let what = width >= 18 ? "decides every draw" : "draws"
                canvas.write(what, row: row + 1, column: 10, .dim, width: width)
            }
            canvas.write(text, row: row + 1, column: 11 + width, .value, width: 9)
        }
    }

    private func drawAbout(on canvas: inout Canvas, _ context: Context) {
        // Before the first run the right side tells it.
        guard let card = scenario(context), let progress = record(context)?.progress else { return }
        var facts = FactList(width: canvas.size.columns, nameWidth: 2)
        if canvas.size.rows >= 10 {
            facts.head("What \(card.id) does")
            facts.addText("", card.summary, .text)
            for rule in card.rules { facts.addText("", rule, .dim) }
            facts.gap()
            facts.head("Around the storage")
        }
        guard canvas.size.rows >= 10 else {
            facts.add("", Self.retries(progress, isShort: true), .dim)
            let worst = progress.breakers?.standings.worst?.phase
            let text = worst.map { "breaker \($0.text)" } ?? "no breaker armed"
            facts.add("", text, worst?.role ?? .dim)
            facts.draw(on: &canvas, row: canvas.size.rows - 2)
            return
        }
        let layers = progress.layers.joined(separator: " | ")
        if !layers.isEmpty { facts.addText("", layers, .dim) }
        facts.add("", Self.retries(progress, isShort: false), .dim)
        let breakers = progress.breakers?.standings ?? []
        if breakers.isEmpty { facts.add("", "no breaker armed", .dim) }
        for breaker in breakers {
            let opened = breaker.opened > 0 ? ", opened \(breaker.opened)×" : ""
            let text = "breaker, \(breaker.side): \(breaker.phase.text)\(opened)"
            facts.add("", text, breaker.phase.role)
        }
        facts.draw(on: &canvas, row: 0)
    }

    /// What tries again, and what is left to pay it with.
    private static func retries(_ progress: DrillProgress, isShort: Bool) -> String {
        let sign = isShort ? "/" : " of "
        let budget = progress.budgetLeft.map { "budget \($0)\(sign)\(progress.budgetCapacity)" }
        guard progress.layers.isEmpty else {
            return budget.map { "retry \($0)" } ?? "no retry layer armed"
        }
        return (isShort ? "retry 5×" : "retry: 5 tries each") + (budget.map { ", \($0)" } ?? "")
    }

    // MARK: Right

    /// What a drill is, before the first one was run.
    private func drawInvitation(on canvas: inout Canvas, _ context: Context) {
        let width = canvas.size.columns
        guard let card = scenario(context) else {
            canvas.write("Faults of your own", row: 0, .heading)
            let text =
                "Enter: type an error rate, a delay and rules, and arm them over the open store. "
                + "From then on every screen sees the store through them, until they are disarmed."
            for (row, line) in Wrapping.lines([text], width: width).enumerated() {
                canvas.write(line, row: row + 2, .text)
            }
            return
        }
        let question = "What would your storage do to this array?"
        let heading = Wrapping.lines([question], width: width)
        for (row, line) in heading.enumerated() { canvas.write(line, row: row, .heading) }
        let text =
            "Enter runs '\(card.id)': \(Format.count(order.operations)) reads, writes, deletes and listings "
            + "while \(card.summary). It works in an overlay: the store is only read, never changed."
        var row = heading.count + 1
        for line in Wrapping.lines([text], width: min(width, 90)) {
            canvas.write(line, row: row, .text)
            row += 1
        }
        row += 1
        canvas.write("Its faults", row: row, .heading)
        for line in Wrapping.lines(card.rules, width: width - 2) {
            row += 1
            canvas.write(line, row: row, column: 2, .value)
        }
        row += 2
        let steps = [
            ("Enter", "run it"), ("a", "run all \(Format.count(context.drills.scenarios.count))"),
            ("Tab", "knobs: more errors, delay, pace"), ("o", "an outage while it runs"),
        ]
        for (key, what) in steps where row < canvas.size.rows {
            canvas.write(key, row: row, column: 2, .hintKey, width: 7)
            canvas.write(what, row: row, column: 9, .text)
            row += 1
        }
    }

    private func drawCourse(
        on canvas: inout Canvas,
        _ progress: DrillProgress,
        _ layout: DrillsLayout
    ) {
        drawVerdict(on: &canvas, progress)
        let width = max(0, canvas.size.columns - 18)
        let (shown, column) = DrillText.folded(progress, to: width)
        canvas.writeWhole(
            [("Calls to the storage  ", .heading), (DrillText.column(column), .dim)],
            row: 3
        )
        var kinds: [(String, Role, (DrillProgress.Calls) -> Int)] = [
            ("good", .good, { $0.good }), ("failed", .error, { $0.failed }),
            ("wrong", .warning, { $0.wrong }), ("retried", .notice, { $0.retried }),
        ]
        let hasBreaker = progress.breakers != nil
        if hasBreaker, layout.isTall { kinds.append(("refused", .warning, { $0.refused })) }
        for (row, kind) in kinds.enumerated() {
            let total = kind.2(progress.calls)
            canvas.write(kind.0, row: row + 4, .label, width: 8)
            let role = total > 0 ? kind.1 : .dim
            canvas.write(
                Format.short(total),
                row: row + 4,
                column: 8,
                role,
                width: 6,
                align: .trailing
            )
            let values = shown.map { Double(kind.2($0)) }
            canvas.sparkline(values, row: row + 4, column: 16, Style(kind.1))
        }
        if let breakers = progress.breakers {
            drawLane(of: shown, breakers, row: 4 + kinds.count, on: &canvas)
        }
    }

    /// How the breaker stood over the course of the drill: signs, and words where they have room.
    private func drawLane(
        of course: [DrillProgress.Calls],
        _ breakers: DrillProgress.Breakers,
        row: Int,
        on canvas: inout Canvas
    ) {
        canvas.write("breaker", row: row, .label, width: 8)
        let opened = breakers.standings.opened
        let count = "\(Format.short(opened))×"
        canvas.write(
            count,
            row: row,
            column: 8,
            opened > 0 ? .error : .dim,
            width: 6,
            align: .trailing
        )
        for run in DrillText.lane(course) {
            let text = DrillText.laneText(run.phase, run.columns.count)
            let column = 16 + run.columns.lowerBound
            canvas.write(text, row: row, column: column, run.phase.role, width: run.columns.count)
        }
    }

    private func drawVerdict(on canvas: inout Canvas, _ progress: DrillProgress) {
        let width = canvas.size.columns
        let (word, role): (String, Role) =
            switch progress.passed {
            case true?: ("✔ passed", .good)
            case false?: ("✖ FAILED", .error)
            case nil: (order.isPaused ? "= paused" : "⟳ running", .notice)
            }
        let count =
            progress.passed == nil
            ? "\(Format.count(progress.performed)) of \(Format.count(progress.operations))"
            : Format.plural(progress.performed, "operation")
        canvas.writeWhole(
            [
                (progress.scenario + "  ", .heading), (word, role), ("  \(count)", .value),
                ("  seed \(progress.seed)", .dim),
            ],
            row: 0
        )
        let clock = "clock \(DrillText.clock(progress.milliseconds))"
        guard progress.passed != nil else {
            canvas.write(clock, row: 1, .dim)
            return
        }
        let (what, advice) = DrillText.verdict(progress)
        let lines = Wrapping.lines([what], width: width)
        for (row, line) in lines.prefix(2).enumerated() {
            canvas.write(line, row: 1 + row, progress.passed == true ? .text : .error)
        }
        if lines.count < 2 { canvas.write(advice, row: 2, .dim, width: width) }
    }

    // MARK: Chunks

    /// Draws what is believed beside the truth; answers how many rows that took.
    @discardableResult
    private func drawChunks(
        on canvas: inout Canvas,
        _ progress: DrillProgress,
        _ context: Context
    ) -> Int {
        let half = canvas.size.columns / 2
        let across = max(1, min(16, half - 2))
        let rows = (progress.believed.count + across - 1) / across
        canvas.write(
            half >= 24 ? "As the explorer sees it" : "As seen",
            row: 0,
            .heading,
            width: half
        )
        let end = canvas.write("In truth", row: 0, column: half, .heading)
        let count = Format.plural(progress.truth.count, "chunk")
        canvas.write("  \(count)", row: 0, column: end, .dim)
        for (column, states) in [(0, progress.believed), (half, progress.truth)] {
            for (place, state) in states.enumerated() {
                let glyph = StateLook.mapGlyph(
                    state,
                    isUnicode: canvas.isUnicode,
                    isColor: context.isColor
                )
                canvas[1 + place / across, column + place % across] = Cell(
                    glyph,
                    Style(StateLook.role(state), isReversed: state == .corrupt)
                )
            }
        }
        return rows + 1
    }

    // MARK: Invariants

    private func drawInvariants(on canvas: inout Canvas, _ progress: DrillProgress, row: Int) {
        let isOver = progress.passed != nil
        let all = DrillText.invariants(progress)
        var row = row
        if canvas.size.rows - row > all.count {
            canvas.write("Invariants", row: row, .heading)
            row += 1
        }
        // Where there is too little room, what does not hold comes first.
        let isCut = canvas.size.rows - row < all.count
        let sorted = isCut ? all.filter { $0.breaches > 0 } + all.filter { $0.breaches == 0 } : all
        for (place, invariant) in sorted.enumerated() where row < canvas.size.rows {
            if row == canvas.size.rows - 1, place + 1 < sorted.count {
                drawRest(sorted[place...], isOver, on: &canvas, row: row)
                return
            }
            let isBroken = invariant.breaches > 0
            let isOpen = invariant.open > 0
            let glyph = isBroken ? "✖" : isOpen ? "?" : isOver ? "✔" : "·"
            let role: Role = isBroken ? .error : isOpen ? .warning : isOver ? .good : .dim
            canvas.write(glyph, row: row, role)
            let count =
                isBroken
                ? ": \(Format.count(invariant.breaches)) broke it"
                : isOpen ? ": \(Format.count(invariant.open)) unknown" : ""
            canvas.write(invariant.text + count, row: row, column: 2, isBroken ? .error : .text)
            row += 1
        }
    }

    /// How many invariants have no line of their own, and whether they hold.
    private func drawRest(
        _ rest: ArraySlice<DrillText.Invariant>,
        _ isOver: Bool,
        on canvas: inout Canvas,
        row: Int
    ) {
        let broken = rest.count { $0.breaches > 0 }
        let isOpen = rest.contains { $0.open > 0 }
        let glyph = broken > 0 ? "✖" : isOpen ? "?" : isOver ? "✔" : "·"
        let role: Role = broken > 0 ? .error : isOpen ? .warning : isOver ? .good : .dim
        canvas.write(glyph, row: row, role)
        let text = broken > 0 ? "\(broken) more do not" : "and \(rest.count) more"
        canvas.write(text, row: row, column: 2, broken > 0 ? .error : .dim)
    }

    // MARK: Log

    private func drawLog(on canvas: inout Canvas, _ record: DrillSession.Record) {
        guard canvas.size.rows > 0 else { return }
        heading("Log", .log, on: &canvas)
        let what = "what the rules did, and what failed"
        if canvas.size.columns >= what.count + 5 { canvas.write(what, row: 0, column: 5, .dim) }
        guard !record.log.isEmpty else {
            canvas.write("nothing happened yet", row: 1, .dim)
            return
        }
        let columns = Columns(
            [
                .init(.fixed(9), align: .trailing), .init(.fixed(6)),
                .init(.share(1, minimum: 8), cut: .start), .init(.share(2, minimum: 12)),
            ],
            width: canvas.size.columns
        )
        for (row, at) in log.visible.enumerated() where record.log.indices.contains(at) {
            let line = record.log[at]
            let time = Format.fixed(Double(line.milliseconds) / 1000, 3)
            canvas.write([time, line.operation, line.key], in: columns, row: row + 1, Style(.text))
            let role: Role =
                switch line.weight {
                case .fault: .notice
                case .failure: .warning
                case .finding: .error
                case .note: .accent
                }
            let place = columns.places[3]
            canvas.write(
                line.text,
                row: row + 1,
                column: place.lowerBound,
                role,
                width: place.count
            )
        }
    }

    private func drawReplay(on canvas: inout Canvas, _ progress: DrillProgress) {
        guard !progress.replay.isEmpty else { return }
        let lines = Wrapping.lines(
            ["again (Y copies):  " + progress.replay],
            width: canvas.size.columns
        )
        for (row, line) in lines.prefix(canvas.size.rows).enumerated() {
            canvas.write(line, row: row, .value)
        }
        if lines.count > canvas.size.rows, canvas.size.rows > 0 {
            canvas.write(
                "…",
                row: canvas.size.rows - 1,
                column: canvas.size.columns - 2,
                .warning,
                width: 2,
                align: .trailing
            )
        }
    }
}
