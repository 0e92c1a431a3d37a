public import Canvas

/// The explorer as a value: keys and events in, effects and a screen out.
///
/// It performs nothing and waits for nothing: no clock, no threads, no terminal, no storage.
/// The caller carries out the effects and brings the events, in any order.
public struct Explorer: Sendable {
    /// Rows and columns of the screen.
    public private(set) var size: Size
    /// Whether the program is to end.
    public internal(set) var isEnded = false
    var context: Context
    var panes: [any Pane]
    var overlay: Overlay?
    /// Whether a screen that is too small is drawn all the same.
    var ignoresSize = false
    /// Whether the key before asked to stop or quit, so that a second one does.
    var wantsEnd = false

    /// Makes an explorer that has not begun.
    public init(_ configuration: ExplorerConfiguration, size: Size) {
        context = Context(configuration)
        panes = [HomePane(locator: configuration.locator ?? "")]
        self.size = size
        measure()
    }

    /// Whether any effect still waits for its final answer, and not for a person's.
    public var isBusy: Bool {
        context.isBusy
    }

    /// Whether the mouse should be listened to.
    public var isMouseOn: Bool {
        context.isMouseOn
    }

    /// What to do first. Call it once, after the first draw.
    public mutating func start() -> [Effect] {
        sayProblems()
        var effects = [context.request(.loadHome)]
        if let locator = context.configuration.locator {
            effects += HomePane.open(locator, &context)
        }
        return effects
    }

    /// Reacts to a key or the mouse.
    public mutating func handle(_ key: Key) -> [Effect] {
        context.message = nil
        let wantedEnd = wantsEnd
        wantsEnd = false
        var effects: [Effect]
        if case .mouse(let action, let point) = key {
            effects = handleMouse(action, point)
        } else if let command = urgent(key) {
            effects = perform(command, wantedEnd: wantedEnd)
        } else if isTooSmall {
            effects = handleTooSmall(key)
        } else if overlay != nil {
            effects = handleOverlay(key)
        } else if panes[top].isTyping {
            effects = panes[top].take(.key(key), &context)
        } else {
            effects = handleCommand(key, wantedEnd: wantedEnd)
        }
        navigate(&effects)
        return effects + remember()
    }

    /// Reacts to an event.
    public mutating func receive(_ event: Event) -> [Effect] {
        if event.news.isFinal {
            context.finish(event.number)
        }
        context.noteTime(event)
        if case .deleteQuestion = event.news { context.ask(event.number) }
        var effects: [Effect] = []
        context.mock.receive(event)
        context.array?.receive(event)
        effects += context.keepRead(event)
        context.operations.receive(event)
        context.drills.receive(event)
        context.hear(event)
        context.receiveWatch(event)
        context.receiveNotes(event)
        if case .described(let details) = event.news {
            effects += context.outgrow(details)
            context.details[details.path] = details
        }
        if case .coordinates(let path, let found) = event.news {
            context.take(found, of: path)
        }
        if case .levels(let path, let found) = event.news {
            context.take(found, of: path)
        }
        receiveMock(event, &effects)
        receiveSettings(event)
        measure()
        if !panes.contains(where: { ($0 as? FindingsPane)?.exportRequest == event.number }) {
            FindingsPane.sayExported(event.news, &context)
        }
        for index in panes.indices where index < panes.count {
            effects += panes[index].receive(event, &context)
            navigate(&effects)
        }
        if case .drillFinished = event.news { effects += context.runNextDrill() }
        return effects
    }

    /// What the mock changes for all panes.
    private mutating func receiveMock(_ event: Event, _ effects: inout [Effect]) {
        switch event.news {
        case .armed: effects += context.seeThroughMock()
        case .disarmed:
            context.array?.endShadow()
            context.say("Disarmed: the storage itself is seen again", .good)
        case .mockReport(let report) where event.number == context.mock.number:
            context.array?.receive(report.log)
        default: break
        }
    }

    /// Takes a new size of the terminal.
    @discardableResult
    public mutating func resize(_ size: Size) -> [Effect] {
        self.size = size
        measure()
        var effects = panes[top].take(.resized, &context)
        navigate(&effects)
        return effects
    }

    /// Tells the panes how much room they have.
    private mutating func measure() {
        context.size = Frame(size: size, hasBanner: context.mock.isArmed).pane.size
    }

    /// Takes what the terminal can show, when that changed.
    public mutating func adapt(to traits: TerminalTraits) {
        context.configuration.adapt(to: traits)
    }

    // MARK: Inside

    /// The pane that is shown.
    var top: Int {
        panes.count - 1
    }

    /// The commands of the pane that is shown, and those of every pane.
    var liveCommands: [Command] {
        let own = panes[top].commands(context)
        let isExtra = context.mock.isArmed && !own.contains(.disarm) && !panes[top].isTyping
        let live = Command.live(own + (isExtra ? [.disarm] : []))
        // Nothing lies behind the first screen.
        return panes.count > 1 ? live : live.filter { $0 != .parent || own.contains($0) }
    }

    /// Commands whose keys work even while text is typed.
    private func urgent(_ key: Key) -> Command? {
        context.configuration.keymap.command(for: key, among: [.repaint, .suspend, .stop])
    }

    private mutating func handleCommand(_ key: Key, wantedEnd: Bool) -> [Effect] {
        let live = liveCommands
        guard let command = context.configuration.keymap.command(for: key, among: live) else {
            if case .paste(let text) = key {
                return panes[top].take(.key(.paste(text)), &context)
            }
            let absent = panes[top].absent(context)
            if let command = context.configuration.keymap.command(for: key, among: absent) {
                return perform(command)
            }
            return []
        }
        return perform(command, wantedEnd: wantedEnd)
    }

    /// Why a live command cannot be used just now; `nil` when it can.
    func reasonDisabled(_ command: Command) -> String? {
        context.reasonRecorded(command) ?? panes[top].reasonDisabled(command, context)
    }

    /// Does what a command says, unless it is disabled.
    mutating func perform(_ command: Command, wantedEnd: Bool = false) -> [Effect] {
        if let reason = reasonDisabled(command) {
            context.say(reason, .notice)
            return []
        }
        switch command {
        case .help:
            overlay = .help(HelpOverlay(signs: panes[top].signs(context)))
        case .palette:
            overlay = .palette(PaletteOverlay())
        case .repaint:
            return [context.request(.repaint)]
        case .suspend:
            return [context.request(.suspend)]
        case .settings:
            overlay = .settings(SettingsOverlay())
        case .bookmark where !isOwn(command): return bookmark()
        case .export where !isOwn(command): beginExport()
        case .disarm where !isOwn(command): return [context.request(.disarm)]
        case .toggleMouse:
            context.isMouseOn.toggle()
            context.say(
                context.isMouseOn
                    ? "Mouse on; Shift-drag selects text" : "Mouse off: the terminal selects text"
            )
            return [context.request(.mouse(isOn: context.isMouseOn))]
        case .parent where !isOwn(command): return perform(.back, wantedEnd: wantedEnd)
        case .operations:
            guard context.store != nil else {
                context.say("Open a store first: its operations come here", .notice)
                return []
            }
            if !(panes[top] is OperationsPane) { context.navigation = .push(OperationsPane()) }
        case .plan:
            context.showPlan(over: panes[top])
        case .stop:
            return stop(wantedEnd)
        case .quit:
            return end(wantedEnd)
        default:
            return panes[top].take(.command(command), &context)
                + (command == .back && panes.count == 1 && context.navigation == nil
                    ? end(wantedEnd) : [])
        }
        return []
    }

    private mutating func stop(_ wantedEnd: Bool) -> [Effect] {
        let running = context.pending.filter { $0.value.isLong }.keys.sorted()
        guard running.isEmpty else {
            context.say("Stopping; what has come so far stays")
            return running.map { context.request(.cancel($0)) }
        }
        guard wantedEnd else {
            wantsEnd = true
            context.say("Nothing is running. Press it again to quit")
            return []
        }
        return end(true)
    }

    private mutating func end(_ wantedEnd: Bool) -> [Effect] {
        if context.pending.values.contains(where: \.isDelete), !wantedEnd {
            wantsEnd = true
            context.say("A delete is running. Once more to quit after what is in flight", .warning)
            return []
        }
        let staged = context.stagedPlans.values.reduce(0) { $0 + $1.count }
        if staged > 0, !wantedEnd {
            wantsEnd = true
            let words = staged == 1 ? "1 entry is" : "\(Format.count(staged)) entries are"
            context.say(
                "\(words) staged (P shows them) and would be forgotten. Once more to quit",
                .warning
            )
            return []
        }
        if let work = context.workAtStake, !wantedEnd {
            wantsEnd = true
            context.say("\(work) and would be stopped. Once more to quit", .warning)
            return []
        }
        isEnded = true
        return [context.request(.quit)]
    }

    /// Goes where the pane wants to.
    mutating func navigate(_ effects: inout [Effect]) {
        while let navigation = context.navigation {
            context.navigation = nil
            switch navigation {
            case .push(let pane): panes.append(pane)
            case .replace(let pane): panes[top] = pane
            case .pop:
                guard panes.count > 1 else {
                    effects += end(false)
                    return
                }
                panes.removeLast()
            case .map(let path):
                if let map = panes.lastIndex(where: { ($0 as? MapPane)?.path == path }) {
                    panes.removeSubrange((map + 1)...)
                } else {
                    panes.append(MapPane(path: path))
                }
            case .fromHome(let above):
                panes.removeSubrange(1...)
                panes += above
            }
            effects += panes[top].take(.shown, &context)
        }
    }
}

extension Work {
    /// Whether it may take long, so that stopping it makes sense.
    var isLong: Bool {
        switch self {
        case .census, .count, .verify, .resumeVerify, .exportFindings, .delete, .restore,
            .readPlane, .open, .connect, .drill, .compare,
            .compareValues, .planDelete:
            true
        case .lookInside, .readFigures: true
        default: false
        }
    }

    /// Whether it only lets time pass.
    var isWaiting: Bool {
        if case .tick = self { true } else { false }
    }

    /// What is said to be lost where it is stopped; `nil` for what is not worth asking.
    var stakeWord: String? {
        switch self {
        case .census: "The census"
        case .verify, .resumeVerify: "The verification"
        case .readFigures: "Reading values"
        case .compare, .compareValues: "The comparison"
        default: nil
        }
    }

    /// Whether it changes the storage.
    var isDelete: Bool {
        switch self {
        case .delete, .restore: true
        default: false
        }
    }
}
