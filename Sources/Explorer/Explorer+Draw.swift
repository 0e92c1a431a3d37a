public import Canvas
import ZarrModel

extension Explorer {
    /// Draws the whole screen. The canvas should have the explorer's size.
    public mutating func draw(on canvas: inout Canvas) {
        guard !isTooSmall else {
            drawTooSmall(on: &canvas)
            return
        }
        let frame = Frame(size: canvas.size, hasBanner: context.mock.isArmed)
        drawTitle(on: &canvas, frame.title)
        drawBanner(on: &canvas, frame.banner)
        panes[top].prepare(frame.pane.size, context)
        canvas.region(frame.pane) { panes[top].draw(on: &$0, context) }
        drawMessage(on: &canvas, frame)
        drawHints(on: &canvas, frame.hints)
        if case .help(var help) = overlay {
            help.fit(
                paletteEntries(liveCommands),
                context.configuration.keymap,
                in: frame.pane
            )
            overlay = .help(help)
        }
        if case .palette(var palette) = overlay {
            palette.fit(paletteEntries(liveCommands), in: frame.pane)
            overlay = .palette(palette)
        }
        drawOverlay(on: &canvas, frame.pane)
    }

    /// The message; one that waits for a key is whole, over the last lines of the pane.
    private func drawMessage(on canvas: inout Canvas, _ frame: Frame) {
        guard let message = context.message else { return }
        let width = frame.message.columns
        var lines = [Self.fitting(message.text, columns: width - 1)]
        if message.isKept {
            let most = max(1, min(4, frame.pane.rows / 2))
            lines = Array(Wrapping.lines([message.text], width: max(1, width - 2)).prefix(most))
        }
        for (place, line) in lines.enumerated() {
            let row = frame.message.row - (lines.count - 1) + place
            canvas.write(" " + line, row: row, message.role, width: width)
        }
    }

    /// A message without the clauses at its end that do not fit.
    private static func fitting(_ text: String, columns: Int) -> String {
        var text = Substring(text)
        while TextWidth.of(text) > columns, let mark = text.lastIndex(of: ";") {
            text = text[..<mark]
        }
        return String(text)
    }

    private func drawTooSmall(on canvas: inout Canvas) {
        let least = Frame.leastSize
        let lines = [
            "zscope",
            "too small: \(size.columns)×\(size.rows)",
            "needs \(least.columns)×\(least.rows)",
            "i ignore  q quit",
        ]
        let top = max(0, (canvas.size.rows - lines.count) / 2)
        for (row, line) in lines.enumerated() {
            let column = max(0, (canvas.size.columns - TextWidth.of(line)) / 2)
            canvas.write(line, row: top + row, column: column, row == 0 ? .title : .text)
        }
    }

    // MARK: Title

    private func drawTitle(on canvas: inout Canvas, _ rect: Rect) {
        let titleStyle = titleStyle
        canvas.fill(rect, " ", titleStyle)
        let right = titleRight
        let width = right.reduce(0) { $0 + TextWidth.of($1.0) }
        var column = max(0, canvas.size.columns - width)
        let room = max(0, column - 3)
        canvas.write(crumbs, row: rect.row, column: 1, titleStyle, width: room, cut: .middle)
        for (text, role) in right {
            let style = role == .title ? titleStyle : Style(role)
            column = canvas.write(text, row: rect.row, column: column, style)
        }
    }

    /// A bar of its own colours, that every theme shows.
    private var titleStyle: Style {
        switch context.configuration.theme {
        case .dark, .mono:
            Style(.title, foreground: Tint(226, 232, 240), background: Tint(38, 52, 78))
        case .light:
            Style(.title, foreground: Tint(0, 0, 0), background: Tint(198, 208, 222))
        case .highContrast: Style(.title, isReversed: true)
        }
    }

    var crumbs: String {
        var parts = ["zscope"]
        if panes.count > 1, let store = context.store {
            // A node that was opened by its own path lies in a store.
            parts += store.name.split(separator: "/").map(String.init)
        }
        let names = panes.dropFirst().map(\.name).filter { !$0.isEmpty }
        parts += names.suffix(1)
        return parts.joined(separator: " › ")
    }

    private var titleRight: [(String, Role)] {
        var pieces: [(String, Role)] = []
        if let progress { pieces.append((progress + "  ", .title)) }
        let staged = context.stagedCounts.reduce(0) { $0 + $1.count }
        if staged > 0 { pieces.append((" \(Format.count(staged)) staged ", .marked)) }
        // What is seen is of then, not of now.
        if panes.count > 1, let listing = context.store?.listing {
            pieces.append((" \(listing.words) ", .marked))
        }
        pieces.append(
            context.configuration.isWritable ? (" WRITE ", .danger) : (" RO ", .badge)
        )
        return pieces
    }

    /// What runs, in a few words.
    var progress: String? {
        if let status = panes[top].status(context) { return status }
        if let run = context.array?.run, run.isUnderWay { return "⟳ " + run.title }
        if let census = context.array?.shown, census.isRunning,
            context.array?.censusRequest != nil || context.array?.shadowRequest != nil
        {
            return "⟳ " + census.title
        }
        if let watch = context.watch, panes[top] is MapPane || panes[top] is BrowserPane {
            return watch.title(missing: context.array?.census?.count(.missing) ?? 0)
        }
        if let census = context.array?.shown, panes[top] is MapPane, census.summary != nil {
            if let words = census.unknownWords { return words }
            let bad = census.anomalyCount
            let took = Format.duration(milliseconds: census.elapsedMilliseconds)
            let isListed = context.store?.listing != nil
            let counted = Format.short(census.total) + (isListed ? "" : " in \(took)")
            if let words = shardWords(census) { return words }
            let word = bad == census.count(.missing) ? "missing" : bad == 1 ? "finding" : "findings"
            guard bad == 0 else { return "\(Format.short(bad)) \(word) of \(counted)" }
            let path = context.array?.path ?? ""
            let isDecodable = context.arrayDetails(path)?.reasonNoValues == nil
            return (isDecodable ? "✔ complete  " : "▲ all there, undecodable  ") + counted
        }
        let busy = context.pending.values.compactMap(\.progressWord).min()
        return busy.map { "⟳ \($0)" }
    }

    /// What is missing of a sharded array, in shards and, once that is known, in chunks; `nil` where nothing
    /// is, or worse is known.
    private func shardWords(_ census: Census) -> String? {
        let path = context.array?.path ?? ""
        guard let details = context.arrayDetails(path), details.innerChunkShape != nil else {
            return nil
        }
        let missing = census.count(.missing)
        guard missing == census.anomalyCount else { return nil }
        let shards = "\(Format.short(missing)) of \(Format.plural(census.total, "shard"))"
        guard let words = CensusCounts(census, details).innerWords else {
            return missing > 0 ? shards + " missing" : nil
        }
        return missing > 0 ? "\(shards), \(words) missing" : words + " missing inside"
    }

    // MARK: Banner

    private func drawBanner(on canvas: inout Canvas, _ rect: Rect) {
        guard !rect.isEmpty, let settings = context.mock.settings else { return }
        let report = context.mock.report
        let keymap = context.configuration.keymap
        let key = keymap.label(for: .disarm, isUnicode: canvas.isUnicode)
        let way = key.map { " \($0) disarms " } ?? ""
        let told = "\(Format.count(report.failed)) failed  \(Format.count(report.slow)) slow"
        var parts = [
            " ◆ MOCK ARMED  errors \(Format.value(settings.errorRate * 100)) %",
            "  delay \(settings.latencyMilliseconds) ms", "  seed \(settings.seed)",
            settings.rules.isEmpty ? "" : "  + rules",
            "  ·  \(told)  \(Format.count(report.wrong)) wrong",
        ]
        canvas.fill(rect, " ", Style(.danger))
        // How to get out is told before what was set.
        for least in [2, 1, 3, 4] {
            let length = parts.reduce(0) { $0 + TextWidth.of($1) }
            if length + TextWidth.of(way) <= rect.columns { break }
            parts[least] = ""
        }
        let text = parts.joined()
        canvas.write(text, row: rect.row, Style(.danger), width: rect.columns)
        let whole = " store untouched " + way
        let room = rect.columns - TextWidth.of(text)
        let note = TextWidth.of(whole) < room ? whole : way
        guard TextWidth.of(note) <= room else { return }
        let column = rect.columns - TextWidth.of(note)
        canvas.write(note, row: rect.row, column: column, Style(.danger))
    }

    // MARK: Hints

    private func drawHints(on canvas: inout Canvas, _ rect: Rect) {
        canvas.fill(rect, " ", Style(.hint))
        // What lies over the pane takes the keys, and shows its own.
        guard overlay == nil else { return }
        for hint in hints(width: rect.columns) {
            let column = canvas.write(
                hint.key,
                row: rect.row,
                column: hint.columns.lowerBound,
                hint.isEnabled ? .hintKey : .dim
            )
            canvas.write(
                " " + hint.title,
                row: rect.row,
                column: column,
                hint.isEnabled ? .hint : .dim
            )
        }
    }

    /// The hints that fit: the pane's most useful ones, and always help and back.
    func hints(width: Int) -> [Hint] {
        let pane = panes[top]
        // What an armed mock shows is not the storage: the way out is always in view.
        let ends: [Command] =
            pane.isTyping ? [] : context.mock.isArmed ? [.disarm, .help, .back] : [.help, .back]
        let endWidth = ends.reduce(0) { sum, command in
            sum + (hint(command, at: 0).map { $0.columns.count + 2 } ?? 0)
        }
        var result: [Hint] = []
        var column = 1
        let own = pane.commands(context).filter {
            !ends.contains($0) && !Self.unhinted.contains($0)
        }
        for command in own {
            guard let next = hint(command, at: column) else { continue }
            guard next.columns.upperBound + 2 + endWidth <= width else { break }
            result.append(next)
            column = next.columns.upperBound + 2
        }
        for command in ends {
            guard let next = hint(command, at: column), next.columns.upperBound <= width else {
                continue
            }
            result.append(next)
            column = next.columns.upperBound + 2
        }
        return result
    }

    /// A command as a hint, together with the second one of its pair; `nil` without a key.
    private func hint(_ command: Command, at column: Int) -> Hint? {
        let pane = panes[top]
        let keymap = context.configuration.keymap
        let isUnicode = context.configuration.traits.isUnicode
        guard var key = keymap.label(for: command, isUnicode: isUnicode) else { return nil }
        if let other = Self.pairs[command], pane.commands(context).contains(other),
            let second = keymap.label(for: other, isUnicode: isUnicode)
        {
            key += " " + second
        }
        let title = pane.hint(command)
        let end = column + TextWidth.of(key) + 1 + TextWidth.of(title)
        return Hint(
            command: command,
            key: key,
            title: title,
            isEnabled: reasonDisabled(command) == nil,
            columns: column..<end
        )
    }

    /// Commands that are shown as one with another.
    private static let pairs: [Command: Command] = [
        .next: .previous, .stepBack: .stepOn, .zoomIn: .zoomOut, .rowAxis: .columnAxis,
        .left: .right, .sort: .reverseOrder, .faster: .slower,
    ]

    /// Commands that everybody knows, and the second ones of pairs.
    private static let unhinted: Set<Command> = Set(
        Command.moving + [
            .previous, .stepOn, .zoomOut, .columnAxis, .previousPart, .right, .reverseOrder,
            .slower,
        ]
    )

    private func drawOverlay(on canvas: inout Canvas, _ rect: Rect) {
        switch overlay {
        case .help(let help):
            help.draw(
                on: &canvas,
                in: rect,
                entries: paletteEntries(liveCommands),
                context.configuration.keymap
            )
        case .palette(let palette):
            palette.draw(on: &canvas, in: rect, entries: paletteEntries(liveCommands))
        case .settings(let settings): settings.draw(on: &canvas, in: rect, context)
        case .export(let export): export.draw(on: &canvas, in: rect)
        case nil: break
        }
    }
}

extension Work {
    /// What to say while it runs; `nil` for what is quick.
    fileprivate var progressWord: String? {
        switch self {
        case .open: "opening"
        case .connect: "testing the connection"
        case .listChildren, .describe: "reading metadata"
        case .census: "census"
        case .verify, .resumeVerify: "verify"
        case .exportFindings: "writing"
        case .inspect: "looking"
        case .sampleCodecs: "measuring"
        case .openShard, .lookInside: "shard indexes"
        case .readFigures: "reading values"
        case .readPlane: "reading values"
        case .planDelete: "planning"
        case .delete: "changing"
        case .listTrash: "looking in the trash"
        case .restore: "restoring"
        case .compare, .compareValues, .compareChunk: "comparing"
        case .save: "writing"
        case .arm: "arming"
        case .disarm: "disarming"
        case .drill: "drill"
        default: nil
        }
    }
}
