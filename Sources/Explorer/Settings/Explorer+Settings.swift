import Canvas

extension Explorer {
    /// What the terminal is to look like, and to show it with.
    public var configuration: ExplorerConfiguration {
        context.configuration
    }

    /// Whether the pane that is shown does something of its own for a command.
    func isOwn(_ command: Command) -> Bool {
        panes[top].commands(context).contains(command)
    }

    /// Does what follows from a key pressed on the settings.
    mutating func followed(_ outcome: SettingsOverlay.Outcome) -> [Effect] {
        let settings = context.configuration.settings
        switch outcome {
        case .open, .closed: return []
        case .changed:
            context.isMouseOn = settings.isOn(.mouse)
            return [
                context.request(.apply(settings)),
                context.request(.mouse(isOn: context.isMouseOn)),
            ]
        case .save: return [context.request(.saveSettings(settings))]
        }
    }

    /// Tells the first mistake of the configuration file, and how many more there are.
    mutating func sayProblems() {
        let problems = context.configuration.configurationProblems
        guard let first = problems.first else { return }
        let key = context.configuration.keymap.label(
            for: .settings,
            isUnicode: context.configuration.traits.isUnicode
        )
        let more = problems.count > 1 ? "; \(problems.count - 1) more" : ""
        let hint = key.map { "  (\($0) shows them)" } ?? ""
        context.say("Configuration, \(first)\(more)\(hint)", .warning)
        context.message?.isKept = true
    }

    // MARK: Bookmarks

    /// Marks the node that is looked at, or takes its mark away.
    mutating func bookmark() -> [Effect] {
        guard let store = context.store, panes.count > 1 else {
            context.say("Open a store first: a bookmark is for a store or a node in it", .notice)
            return []
        }
        let path = panes[top].memory(context)?.array ?? (panes[top] as? BrowserPane)?.selected?.path
        let node = path ?? "/"
        let locator = node == "/" || node == store.path ? store.locator : store.locator + "#" + node
        let isOn = !(context.home?.bookmarks.contains { $0.locator == locator } ?? false)
        let kind = context.details[node]?.kind.rawValue ?? store.kind.rawValue
        let format = context.details[node]?.zarrFormat.map { "v\($0) " } ?? ""
        context.say(isOn ? "Bookmarked \(locator)" : "No longer a bookmark: \(locator)")
        return [
            context.request(
                .bookmark(Bookmark(locator: locator, summary: format + kind), isOn: isOn)
            )
        ]
    }

    // MARK: Sessions

    /// Remembers what is looked at, once, and again when that has changed.
    mutating func remember() -> [Effect] {
        let memories = panes.compactMap { $0.memory(context) }
        guard context.configuration.settings.isOn(.session), let memory = memories.last,
            memory != context.remembered
        else { return [] }
        context.remembered = memory
        return [context.request(.remember(memory))]
    }

    // MARK: Export

    /// Asks for the name of a file.
    mutating func beginExport() {
        let hasPicture = panes[top].picture(context) != nil
        let name = panes[top].name.isEmpty ? context.store?.name ?? "" : panes[top].name
        let hasValues = panes[top].plane(context) != nil
        overlay = .export(
            ExportOverlay(pane: name, hasPicture: hasPicture, hasValues: hasValues)
        )
    }

    /// Asks for what is shown to be put into a file. What lies over it stays away.
    mutating func export(to path: String, replaces: Bool) -> [Effect] {
        guard case .export(var form)? = overlay else { return [] }
        overlay = nil
        context.message = nil
        var canvas = Canvas(size, isUnicode: context.configuration.traits.isUnicode)
        draw(on: &canvas)
        let content: ExportOrder.Content
        switch ExportOverlay.format(of: path) {
        case .drawing?: content = .drawing(canvas, context.configuration.theme)
        case .picture?:
            content = panes[top].picture(context).map { .picture($0) } ?? .text(canvas.plainText)
        case .table?, .array?:
            let isTable = ExportOverlay.format(of: path) == .table
            content =
                panes[top].plane(context).map { .values($0, isTable: isTable) }
                ?? .text(canvas.plainText)
        default: content = .text(canvas.plainText)
        }
        let order = ExportOrder(path: path, content: content, replaces: replaces)
        let effect = context.request(.export(order))
        form.request = effect.number
        overlay = .export(form)
        return [effect]
    }

    // MARK: Answers

    /// Takes what came of settings, bookmarks, copies and exports.
    mutating func receiveSettings(_ event: Event) {
        if case .export(var form)? = overlay, form.request == event.number {
            overlay = form.receive(event.news) ? nil : .export(form)
        }
        switch event.news {
        case .copied(let how, let isDone): sayCopied(how, isDone)
        case .settingsSaved(let path): context.say("Written to \(path)", .good)
        case .screenExported(.written(let path, let bytes)):
            let isPicture = ExportOverlay.format(of: path) == .picture
            let legend = isPicture ? panes[top].pictureLegend(context) : nil
            let squares = legend.map { "; squares below: \($0)" } ?? ""
            context.say("Written to \(path), \(Format.bytes(bytes))\(squares)", .good)
        case .screenExported(.writtenValues(let path, let count, let missing)):
            let holes = Format.plural(missing, "missing chunk")
            let note = missing > 0 ? "; \(holes) as the fill value" : ""
            context.say(
                "Written to \(path): \(Format.plural(count, "value")) as stored\(note)",
                missing > 0 ? .warning : .good
            )
        default: break
        }
    }

    private mutating func sayCopied(_ how: String, _ isDone: Bool) {
        guard isDone else {
            context.say("Not copied: \(how)", .warning)
            return
        }
        context.say((context.message?.text ?? "Copied") + "  (\(how))")
    }
}
