import Canvas

extension Explorer {
    /// Whether the screen is too small to be worth drawing.
    var isTooSmall: Bool {
        !ignoresSize && (size.rows < Frame.leastSize.rows || size.columns < Frame.leastSize.columns)
    }

    mutating func handleTooSmall(_ key: Key) -> [Effect] {
        switch key {
        case .character("i"):
            ignoresSize = true
            return []
        case .character("q"), .character("Q"): return perform(.quit)
        default: return []
        }
    }

    mutating func handleOverlay(_ key: Key) -> [Effect] {
        let live = liveCommands
        switch overlay {
        case .help(var help):
            let isDone = help.take(key, context.configuration.keymap)
            overlay = isDone ? nil : .help(help)
        case .palette(var palette):
            let entries = paletteEntries(live)
            let outcome = palette.take(key, entries)
            switch outcome {
            case .typing: overlay = .palette(palette)
            case .closed: overlay = nil
            case .chosen(let command):
                overlay = nil
                return perform(command)
            }
        case .settings(var settings):
            let chosen = settings.take(
                key,
                context.configuration.keymap,
                &context.configuration.settings
            )
            overlay = chosen == .closed ? nil : .settings(settings)
            return followed(chosen)
        case .export(var export):
            let outcome = export.take(key)
            overlay = outcome == .closed ? nil : .export(export)
            if outcome == .closed, let running = export.request {
                return [context.request(.cancel(running))]
            }
            if case .export(let path, let replaces) = outcome {
                return self.export(to: path, replaces: replaces)
            }
        case nil: break
        }
        return []
    }

    /// What the palette offers.
    func paletteEntries(_ live: [Command]) -> [PaletteOverlay.Entry] {
        live.map { command in
            PaletteOverlay.Entry(
                command: command,
                title: command.isPartOfPair ? command.title : panes[top].hint(command),
                key: context.configuration.keymap.label(
                    for: command,
                    isUnicode: context.configuration.traits.isUnicode
                ) ?? "",
                reason: reasonDisabled(command)
            )
        }
    }

    mutating func handleMouse(_ action: MouseAction, _ point: Point) -> [Effect] {
        guard context.isMouseOn, !isTooSmall else { return [] }
        let frame = Frame(size: size, hasBanner: context.mock.isArmed)
        if case .help(var help)? = overlay {
            switch action {
            case .wheelUp: help.move(by: -3)
            case .wheelDown: help.move(by: 3)
            case .press:
                overlay = nil
                return []
            default: break
            }
            overlay = .help(help)
            return []
        }
        if overlay != nil {
            if action == .press { overlay = nil }
            return []
        }
        if action == .press, point.row == frame.hints.row {
            let hint = hints(width: size.columns).first { $0.columns.contains(point.column) }
            return hint.map { perform($0.command) } ?? []
        }
        guard frame.pane.contains(point) || action == .drag || action == .release else { return [] }
        let inside = Point(
            row: point.row - frame.pane.row,
            column: point.column - frame.pane.column
        )
        return panes[top].take(.mouse(action, inside), &context)
    }
}
