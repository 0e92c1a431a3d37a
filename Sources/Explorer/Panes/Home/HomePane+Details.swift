import Canvas

extension HomePane {
    /// What is known of the selected store or backend.
    func drawDetails(on canvas: inout Canvas, _ context: Context) {
        guard canvas.size.rows > 1 else { return }
        if let problem {
            drawProblem(problem, on: &canvas)
        } else if part == .recents, let store = selectedStore(context) {
            drawStore(store, on: &canvas, context)
        } else if let home = context.home, home.backends.indices.contains(backends.selected) {
            drawBackend(home.backends[backends.selected], on: &canvas, context)
        }
    }

    private func drawProblem(_ problem: Problem, on canvas: inout Canvas) {
        canvas.write("✖ Could not open", row: 0, .error)
        canvas.write(opening, row: 1, .value, width: canvas.size.columns, cut: .middle)
        let lines = Wrapping.lines([problem.message] + problem.details, width: canvas.size.columns)
        for (row, line) in lines.enumerated() {
            canvas.write(line, row: row + 2, .text)
        }
    }

    // MARK: A store

    /// The lines that the details of a store take at most, so that the lists above stay where they are
    /// as the cursor moves.
    func detailRows(_ home: HomeContents?, width: Int) -> Int {
        home?.stores.map { store in
            var facts = Self.facts(of: store, width: width)
            Self.addCensuses(store, to: &facts)
            return facts.lines.count
        }.max() ?? 0
    }

    private static func facts(of store: RecentStore, width: Int) -> FactList {
        var facts = FactList(width: width)
        facts.addText("store", store.locator)
        let opened = store.opened.isEmpty ? "" : "opened " + store.opened
        let marked = store.isBookmarked ? "◆ bookmark " + store.marked : ""
        facts.addParts("is", [store.summary, store.backend, opened, marked])
        return facts
    }

    private func drawStore(
        _ store: RecentStore,
        on canvas: inout Canvas,
        _ context: Context
    ) {
        var facts = Self.facts(of: store, width: canvas.size.columns)
        // Only of the store that is open is it known.
        if store.locator == context.store?.locator {
            Self.addBreakers(context.operations.meter.breakers, to: &facts)
        }
        if let report = reports[store.locator] {
            Self.add(report, isRunning: isTesting(store.locator), to: &facts)
        }
        Self.addCensuses(store, to: &facts)
        facts.draw(on: &canvas, row: 0)
        drawLatencies(reports[store.locator], facts, on: &canvas)
    }

    /// The arrays that were counted: those with findings first.
    private static func addCensuses(_ store: RecentStore, to facts: inout FactList) {
        guard let sum = store.census else {
            facts.add("census", "nothing was counted yet", .dim)
            return
        }
        let found = store.censuses.filter(\.counts.hasFindings)
        let arrays = Format.plural(store.censuses.count, "array")
        let when = store.censuses.map(\.counted).last ?? ""
        let bytes = sum.storedBytes.map { ", " + Format.bytes($0) } ?? ""
        // The same figures as in the browser: what is broken is not among those that are present.
        let lost = [(sum.missing, "missing"), (sum.broken, "broken")].filter { $0.0 > 0 }
            .map { ", \(Format.short($0.0)) \($0.1)" }.joined()
        let chunks = "\(Format.short(sum.whole)) of \(Format.short(sum.total)) chunks\(lost)"
        facts.addParts("census", ["\(arrays), \(chunks)\(bytes)", when])
        let older = store.censuses.count(where: \.isOutdated)
        if older > 0 {
            let text = "▲ \(Format.plural(older, "array")) changed since: the counts are of before"
            facts.addText("", text, .warning)
        }
        for census in found.prefix(8) {
            let (text, role) = census.counts.text(isWide: true)
            facts.add("", TextWidth.padded(text, columns: 13) + census.path, role, cut: .middle)
        }
    }

    /// How the breakers around a storage stand, each with its sign and word; what is not closed first.
    private static func addBreakers(_ breakers: [BreakerStanding], to facts: inout FactList) {
        guard let worst = breakers.worst else {
            facts.add("breaker", "– none", .dim)
            return
        }
        let opened = breakers.opened
        let refused = Format.plural(breakers.reduce(0) { $0 + $1.refused }, "call")
        let history = opened > 0 ? "opened \(opened)×, \(refused) refused" : ""
        guard worst.phase != .closed else {
            facts.addParts("breaker", ["✔ closed, reads and writes", history])
            return
        }
        let sides =
            breakers.filter { $0.phase != .closed } + breakers.filter { $0.phase == .closed }
        for (place, side) in sides.enumerated() {
            let role: Role = side.phase == .closed ? .value : side.phase.role
            facts.addText(place == 0 ? "breaker" : "", Self.text(side), role)
        }
        facts.addText("", history, .dim)
    }

    /// `reads ✖ open until 12:40:10 UTC (10 of 20 calls failed)`.
    private static func text(_ breaker: BreakerStanding) -> String {
        let time = Format.timeOfDay(breaker.until, hasMilliseconds: false)
        let until = breaker.phase == .open ? " until \(time) UTC" : ""
        let reason = breaker.phase == .closed ? "" : " (\(breaker.reason))"
        return "\(breaker.side) \(breaker.phase.text)\(until)\(reason)"
    }

    private static let latencyName = "p50/p99"

    /// What a connect test found.
    private static func add(
        _ report: ConnectReport,
        isRunning: Bool,
        to facts: inout FactList
    ) {
        for step in report.steps {
            let (sign, role): (String, Role) =
                switch step.outcome {
                case .passed: ("✔ ", .good)
                case .noticed: ("▲ ", .warning)
                case .failed: ("✖ ", .error)
                }
            facts.addText(step.name, sign + step.text, role)
        }
        if !report.latencies.isEmpty || report.failures > 0 {
            let all = report.latencies.count + report.failures
            let failed = "\(report.failures) of \(all) failed"
            let text = [report.latencyText, failed].filter { !$0.isEmpty }.joined(separator: "   ")
            facts.add(latencyName, text, report.failures > 0 ? .warning : .value)
            facts.add("", "")
        }
        if isRunning { facts.add("", "… testing; Esc stops", .dim) }
    }

    /// The requests of a test, one column each.
    private func drawLatencies(
        _ report: ConnectReport?,
        _ facts: FactList,
        on canvas: inout Canvas
    ) {
        guard let report, let row = facts.lines.firstIndex(where: { $0.name == Self.latencyName }),
            row + 1 < canvas.size.rows
        else { return }
        canvas.sparkline(
            report.latencies.map { Double($0) },
            row: row + 1,
            column: 10,
            width: max(0, canvas.size.columns - 10)
        )
    }

    /// The operations of this session, one column for each second.
    private func drawSeconds(
        _ meter: OperationMeter?,
        _ facts: FactList,
        on canvas: inout Canvas
    ) {
        guard let meter, let row = facts.lines.firstIndex(where: { $0.name == "session" }) else {
            return
        }
        let below = facts.lines[(row + 1)...].firstIndex { $0.text.isEmpty } ?? row + 1
        guard below < canvas.size.rows else { return }
        let width = max(0, canvas.size.columns - 10)
        let counts = meter.seconds.suffix(width).map { Double($0.count) }
        canvas.sparkline(counts, row: below, column: 10, width: width)
    }

    // MARK: A backend

    private func drawBackend(
        _ card: BackendCard,
        on canvas: inout Canvas,
        _ context: Context
    ) {
        canvas.write(
            [(card.id, .heading), ("  " + Self.stateText(card), Self.stateRole(card))],
            row: 0
        )
        var facts = FactList(width: canvas.size.columns)
        if !card.stateDetail.isEmpty { facts.addText("because", card.stateDetail, .warning) }
        facts.addText("is", card.summary, .text)
        facts.addText("can", card.capabilities.joined(separator: " "))
        facts.addText("e.g.", card.example)
        if let meter = meters[card.id] {
            let text = "\(Format.plural(meter.total.count, "operation"))   \(meter.latencyText)"
            let failed = "   \(Format.count(meter.total.failed)) failed"
            facts.addText("session", text + failed, meter.total.failed > 0 ? .warning : .value)
            facts.add("", "")
            Self.addBreakers(meter.breakers, to: &facts)
        }
        let report = self.report(context)
        if let report {
            facts.addText("tested", report.locator)
            Self.add(report, isRunning: isTesting(report.locator), to: &facts)
        }
        canvas.region(
            Rect(row: 1, column: 0, rows: canvas.size.rows - 1, columns: canvas.size.columns)
        ) {
            facts.draw(on: &$0, row: 0)
            drawSeconds(meters[card.id], facts, on: &$0)
            drawLatencies(report, facts, on: &$0)
        }
        drawOptions(card, row: facts.lines.count + 2, on: &canvas)
    }

    /// What can be set in a locator; what it does stands below where it does not fit beside.
    private func drawOptions(_ card: BackendCard, row: Int, on canvas: inout Canvas) {
        let names = card.options.map { TextWidth.of($0.name) }.max() ?? 0
        let kinds = card.options.map { TextWidth.of(Self.kind($0)) }.max() ?? 0
        let beside = names + kinds + 4
        let longest = card.options.map { TextWidth.of($0.help) }.max() ?? 0
        let isBelow =
            beside + longest > canvas.size.columns
            && row + card.options.count * 2 <= canvas.size.rows
        for (place, option) in card.options.enumerated() {
            let row = row + place * (isBelow ? 2 : 1)
            guard row < canvas.size.rows else { return }
            canvas.write(option.name, row: row, .label)
            canvas.write(Self.kind(option), row: row, column: names + 2, .value)
            canvas.write(
                option.help,
                row: isBelow ? row + 1 : row,
                column: isBelow ? 2 : beside,
                .dim,
                width: max(0, canvas.size.columns - (isBelow ? 2 : beside))
            )
        }
    }

    /// What an option can be, and what holds without it: `size = 4GiB`.
    private static func kind(_ option: OptionCard) -> String {
        if option.isSecret { return "secret" }
        if option.isRequired { return "\(option.type), required" }
        return option.type + (option.defaultValue.map { " = \($0)" } ?? "")
    }
}
