import Canvas

/// The first screen: backends, stores opened before, and a line to type a locator.
struct HomePane: Pane {
    /// What keys go to.
    enum Part: Hashable, Sendable {
        case locator, recents, backends
    }

    private(set) var part: Part = .backends
    private(set) var field: TextField
    private(set) var completions: [Completion] = []
    /// The completion that is chosen; `nil` while only text is.
    private(set) var chosen: Int?
    private(set) var recents = ListCursor()
    private(set) var backends = ListCursor()
    private(set) var problem: Problem?
    private(set) var layout = HomeLayout(size: Size(rows: 0, columns: 0), nil)
    /// The locator that is being opened, or could not be.
    private(set) var opening = ""
    /// The store that was left last, to be selected in the list.
    private var left: String?
    private var completing: Int?
    /// The connect test that runs.
    private var testing: Int?
    /// What the last connect test of each locator found.
    private(set) var reports: [String: ConnectReport] = [:]
    /// How the storage of each backend answered last in this session, in figures.
    private(set) var meters: [String: OperationMeter] = [:]
    /// The locator of the last test of each backend.
    private(set) var tested: [String: String] = [:]

    /// Begins with a locator that is being opened, or none.
    init(locator: String = "") {
        field = TextField(locator)
        opening = locator
    }

    /// Asks for a store to be opened.
    static func open(_ locator: String, _ context: inout Context) -> [Effect] {
        let effect = context.request(.open(locator: locator))
        context.openRequest = effect.number
        return [effect]
    }

    let name = ""

    var isTyping: Bool {
        part == .locator
    }

    func commands(_ context: Context) -> [Command] {
        guard !isTyping else { return [.open, .nextPart, .close, .halfUp] }
        return [.open, .locate, .nextPart, .connect, .bookmark, .forget, .refresh, .copy]
            + [.previousPart] + Command.moving
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        switch command {
        case .bookmark: return selectedStore(context) == nil ? "Select a store first" : nil
        case .forget:
            guard let store = selectedStore(context) else { return "Select a recent store first" }
            return store.isBookmarked ? "It is a bookmark: B takes the mark away first" : nil
        case .connect:
            guard testedLocator(context) == nil else { return nil }
            return "No store of this backend was opened yet: type a locator with o"
        default: return nil
        }
    }

    /// The recent store that is selected.
    func selectedStore(_ context: Context) -> RecentStore? {
        guard part == .recents, let stores = context.home?.stores,
            stores.indices.contains(recents.selected)
        else { return nil }
        return stores[recents.selected]
    }

    /// What a connect test would open: the store that is selected, or the last one of a backend.
    private func testedLocator(_ context: Context) -> String? {
        if part == .recents { return selectedStore(context)?.locator }
        guard let home = context.home, home.backends.indices.contains(backends.selected) else {
            return nil
        }
        let id = home.backends[backends.selected].id
        return home.recents.first { $0.backend == id }?.locator
    }

    /// What was found by testing the store or backend that is selected.
    func report(_ context: Context) -> ConnectReport? {
        testedLocator(context).flatMap { reports[$0] }
    }

    func hint(_ command: Command) -> String {
        switch command {
        case .open where isTyping: chosen == nil ? "opens what is typed" : "opens the chosen one"
        case .nextPart where isTyping: "completes"
        case .close where isTyping: "leaves the line"
        case .halfUp where isTyping: "empties it"
        case .open: part == .recents ? "open" : "use example"
        case .back: "quit"
        case .copy: "copy locator"
        case .connect: part == .backends ? "test" : "test connection"
        case .nextPart: part == .recents ? "backends" : "locator"
        case .bookmark: "bookmark"
        case .close where testing != nil: "stop the test"
        default: command.title
        }
    }

    /// Whether anything was measured of a backend: by its operations or by a connect test.
    func hasFigures(_ home: HomeContents) -> Bool {
        home.backends.contains {
            meters[$0.id]?.latencyText != nil || tested[$0.id].flatMap { reports[$0] } != nil
        }
    }

    /// Whether a breaker stands around one of the storages that were asked something.
    func hasBreakers(_ home: HomeContents) -> Bool {
        home.backends.contains { meters[$0.id]?.breakers.isEmpty == false }
    }

    mutating func prepare(_ size: Size, _ context: Context) {
        let isTested = context.home.map(hasFigures) ?? false
        let breakers = context.home.map(hasBreakers) ?? false
        let least = breakers ? 9 : isTested || problem != nil ? 7 : 5
        let ofStore = context.store == nil ? 0 : breakers ? 3 : 1
        let needed = ofStore + detailRows(context.home, width: HomeLayout.width(size))
        layout = HomeLayout(size: size, context.home, detailRows: min(9, max(least, needed)))
        recents.fit(count: context.home?.stores.count ?? 0, height: layout.recents.rows)
        backends.fit(count: context.home?.backends.count ?? 0, height: layout.backends.rows)
    }

    // MARK: Input

    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        switch input {
        case .shown: shown(&context)
        case .resized: []
        case .key(let key): type(key, &context)
        case .command(let command): handle(command, &context)
        case .mouse(let action, let point): click(action, point, &context)
        }
    }

    /// Comes back to it: what was remembered may have changed, and how the open store answers too.
    private mutating func shown(_ context: inout Context) -> [Effect] {
        left = context.store?.locator ?? left
        guard context.home != nil else { return [] }
        let fresh = context.store == nil ? [] : [context.request(.freshenOperations)]
        return fresh + [context.request(.loadHome)]
    }

    private mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        guard !isTyping else {
            let keys: [Command: Key] = [
                .open: .enter, .nextPart: .tab, .close: .escape, .halfUp: .control("u"),
            ]
            return keys[command].map { type($0, &context) } ?? []
        }
        switch command {
        case .locate:
            part = .locator
            field = TextField(field.string, isFresh: true)
        case .nextPart: part = after(part, context)
        case .previousPart: part = after(after(part, context), context)
        case .close:
            problem = nil
            if let testing { return [context.request(.cancel(testing))] }
        case .connect: return test(&context)
        case .refresh: return [context.request(.loadHome)]
        case .bookmark: return bookmark(&context)
        case .forget:
            guard let store = selectedStore(context) else { return [] }
            context.say("Forgot \(store.locator); the store itself is untouched")
            return [context.request(.forget(locator: store.locator))]
        case .copy:
            guard let text = selectedLocator(context) else { return [] }
            context.say("Copied \(text)")
            return [context.request(.copy(text))]
        case .open:
            guard let text = selectedLocator(context) else { return [] }
            guard part == .backends else { return open(text, &context) }
            field = TextField(text, isFresh: true)
            part = .locator
        // The lists stand below each other, and are walked through as one.
        case .down where part == .recents && recents.selected + 1 >= recents.count:
            guard backends.count > 0 else { break }
            part = .backends
            backends.selected = 0
        case .up where part == .backends && backends.selected == 0 && recents.count > 0:
            part = .recents
            recents.selected = recents.count - 1
        default:
            if part == .recents {
                _ = recents.take(command)
            } else {
                _ = backends.take(command)
            }
        }
        return part == .locator ? complete(&context) : []
    }

    private func after(_ part: Part, _ context: Context) -> Part {
        switch part {
        case .locator: context.home?.stores.isEmpty ?? true ? .backends : .recents
        case .recents: .backends
        case .backends: .locator
        }
    }

    private func selectedLocator(_ context: Context) -> String? {
        guard let home = context.home else { return nil }
        if part == .recents { return selectedStore(context)?.locator }
        return home.backends.indices.contains(backends.selected)
            ? home.backends[backends.selected].example : nil
    }

    /// Marks the selected store, or takes its mark away.
    private func bookmark(_ context: inout Context) -> [Effect] {
        guard let store = selectedStore(context) else { return [] }
        let isOn = !store.isBookmarked
        context.say(
            isOn ? "Bookmarked: it stays on top" : "No longer a bookmark: \(store.locator)"
        )
        let bookmark = Bookmark(locator: store.locator, summary: store.summary)
        return [context.request(.bookmark(bookmark, isOn: isOn))]
    }

    private mutating func test(_ context: inout Context) -> [Effect] {
        guard let locator = testedLocator(context) else { return [] }
        var effects: [Effect] = []
        if let testing { effects.append(context.request(.cancel(testing))) }
        problem = nil
        reports[locator] = ConnectReport(locator: locator)
        let effect = context.request(.connect(locator: locator))
        testing = effect.number
        return effects + [effect]
    }

    private mutating func take(_ report: ConnectReport, isFinal: Bool) {
        reports[report.locator] = report
        if !report.backend.isEmpty { tested[report.backend] = report.locator }
        if isFinal { testing = nil }
    }

    /// Whether the test of this locator still runs.
    func isTesting(_ locator: String) -> Bool {
        testing != nil && reports[locator] != nil
    }

    private mutating func open(_ locator: String, _ context: inout Context) -> [Effect] {
        problem = nil
        field = TextField(locator)
        opening = locator
        return Self.open(locator, &context)
    }

    private mutating func type(_ key: Key, _ context: inout Context) -> [Effect] {
        switch key {
        case .escape:
            leaveField(context)
        case .down where !completions.isEmpty:
            chosen = min(completions.count - 1, (chosen ?? -1) + 1)
        case .up, .backTab:
            chosen = chosen.flatMap { $0 > 0 ? $0 - 1 : nil }
        case .tab:
            let taken = chosen ?? 0
            guard completions.indices.contains(taken) else {
                context.say("Nothing goes on from here; Enter opens what is typed")
                return []
            }
            field = TextField(completions[taken].text)
            return complete(&context)
        case .enter:
            return enter(&context)
        default:
            return field.take(key) ? complete(&context) : []
        }
        return []
    }

    private mutating func enter(_ context: inout Context) -> [Effect] {
        if let chosen, completions.indices.contains(chosen) {
            field = TextField(completions[chosen].text)
        }
        var text = field.string
        // A completed folder ends in a slash, and is the same store as without.
        if text.count > 1, text.last == "/", !text.hasSuffix("//"), !text.hasSuffix(":/") {
            text.removeLast()
        }
        completions = []
        chosen = nil
        return text.isEmpty ? [] : open(text, &context)
    }

    private mutating func leaveField(_ context: Context) {
        part = context.home?.stores.isEmpty ?? true ? .backends : .recents
        completions = []
        chosen = nil
    }

    private mutating func complete(_ context: inout Context) -> [Effect] {
        chosen = nil
        let effect = context.request(.complete(field.string))
        if let completing { context.finish(completing) }
        completing = effect.number
        return [effect]
    }

    private mutating func click(
        _ action: MouseAction,
        _ point: Point,
        _ context: inout Context
    ) -> [Effect] {
        if action == .wheelUp || action == .wheelDown {
            let lines = action == .wheelUp ? -3 : 3
            if part == .recents { recents.move(by: lines) } else { backends.move(by: lines) }
            return []
        }
        guard action == .press else { return [] }
        if layout.field.contains(point) { return handle(.locate, &context) }
        if layout.recents.contains(point) {
            let line = recents.first + point.row - layout.recents.row
            guard line < recents.count else { return [] }
            let isAgain = part == .recents && recents.selected == line
            recents.selected = line
            part = .recents
            return isAgain ? handle(.open, &context) : []
        }
        if layout.backends.contains(point) {
            let line = backends.first + point.row - layout.backends.row
            guard line < backends.count else { return [] }
            let isAgain = part == .backends && backends.selected == line
            backends.selected = line
            part = .backends
            return isAgain ? handle(.open, &context) : []
        }
        return []
    }

    /// Takes the figures of the open store for those of its backend; not what a mock made of them.
    private mutating func meter(_ context: Context) {
        guard let store = context.store, !store.backend.isEmpty, !context.mock.isArmed,
            context.operations.meter.total.count > 0
        else { return }
        meters[store.backend] = context.operations.meter
    }

    // MARK: Events

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        switch event.news {
        case .home(let home):
            let isFirst = context.home == nil
            let before = selectedStore(context)?.locator
            context.home = home
            if isFirst, part == .backends, !home.stores.isEmpty { part = .recents }
            let place = (left ?? before).flatMap { name in
                home.stores.firstIndex { Self.isPart(name, of: $0.locator) }
            }
            if let place {
                recents.selected = place
                if left != nil, part == .backends { part = .recents }
            }
            left = nil
        case .operations where event.number == context.operations.number: meter(context)
        case .connecting(let report) where event.number == testing: take(report, isFinal: false)
        case .connected(let report) where event.number == testing: take(report, isFinal: true)
        case .cancelled where event.number == testing:
            testing = nil
            context.say("The test was stopped; what it found stays")
        case .failed(let failure) where event.number == testing:
            testing = nil
            context.say(failure.message, .error)
        case .completions(let found) where event.number == completing:
            completing = nil
            completions = part == .locator ? found : []
        case .opened(let store) where event.number == context.openRequest:
            return opened(store, &context)
        case .failed(let failure) where event.number == context.openRequest:
            problem = failure
            context.openRequest = nil
            // The pane tells it at length where it has room.
            let room = HomeLayout(size: context.size, context.home).details.rows
            if room < 4 { context.say(failure.message, .error) }
        default: break
        }
        return []
    }

    /// Whether the locator in the list is of the store: the store itself, or a node that it was opened at.
    private static func isPart(_ store: String, of listed: String) -> Bool {
        listed == store || listed.utf8.starts(with: (store + "#").utf8)
    }

    private mutating func opened(_ store: OpenedStore, _ context: inout Context) -> [Effect] {
        var store = store
        if !context.configuration.settings.isOn(.session) { store.memory = nil }
        problem = nil
        leaveField(context)
        context.openRequest = nil
        context.setAside()
        context.store = store
        meter(context)
        context.details = [:]
        context.forgetCoordinates()
        context.array = nil
        if context.mock.isArmed {
            context.say("The mock is disarmed: another store was opened", .notice)
        }
        context.mock = MockSession()
        context.watch = nil
        var browser = BrowserPane(store: store)
        guard store.kind == .array else {
            context.navigation = .fromHome([browser])
            return [context.request(.loadHome)]
        }
        let effects = browser.take(.shown, &context) + browser.leave(&context)
        context.navigation = .fromHome([browser, MapPane(path: store.path)])
        return effects + [context.request(.loadHome)]
    }
}
