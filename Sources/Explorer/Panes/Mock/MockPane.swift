import Canvas
import ZarrModel

/// Faults of one's own: an overlay that misbehaves on purpose is armed over what is open, and what it did is
/// seen here and on the map. The storage underneath is never changed.
struct MockPane: Pane {
    /// A line of the form.
    enum Field: Int, Hashable, Sendable, CaseIterable {
        case errorRate, latency, seed, rules

        /// Its name.
        var title: String {
            switch self {
            case .errorRate: "error rate"
            case .latency: "delay"
            case .seed: "seed"
            case .rules: "rules"
            }
        }

        /// What it is measured in, or how it is written.
        var unit: String {
            switch self {
            case .errorRate: "% fail"
            case .latency: "ms late"
            case .seed: "decides all"
            case .rules: "OPS KEY: WHEN -> EFFECT ; …"
            }
        }
    }

    /// The array.
    let path: String
    private(set) var texts: [TextField] = ["10", "0", "42", ""].map { TextField($0) }
    private(set) var field = Field.errorRate
    private(set) var isEditing = false
    private(set) var problem: Problem?
    /// What is wrong with the rules as they are typed.
    private(set) var mistake: Problem?
    private(set) var log = ListCursor()
    private var request: Int?
    private var checking: Int?
    private var isFollowing = true

    /// Makes a form for the array at `path`.
    init(path: String) {
        self.path = path
    }

    var name: String {
        crumb("faults of your own", of: path)
    }

    var isTyping: Bool {
        isEditing
    }

    func commands(_ context: Context) -> [Command] {
        let own: [Command] =
            context.mock.isArmed
            ? [.disarm, .map, .verify, .open, .change, .left, .right]
            : [.arm, .open, .change, .nextPart, .left, .right]
        return isEditing ? [.open, .nextPart, .close] : own + Command.moving
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        let changes: [Command] = [.open, .change, .left, .right]
        guard context.mock.isArmed, changes.contains(command) else { return nil }
        return "The mock is armed: disarm it first (X), then change it"
    }

    func hint(_ command: Command) -> String {
        switch command {
        case .open where isEditing: "done"
        case .close where isEditing: "done"
        case .open, .change: "change"
        case .arm: "arm the mock"
        case .verify: "read all again"
        case .map: "see the map"
        case .left: "less, more"
        case .right: "more"
        case .nextPart: "next field"
        default: command.title
        }
    }

    mutating func prepare(_ size: Size, _ context: Context) {
        let layout = layout(size, context)
        log.fit(count: context.mock.log.count, height: max(1, layout.log.rows - 2))
        if isFollowing { log.selected = max(0, context.mock.log.count - 1) }
        log.fit(count: context.mock.log.count, height: max(1, layout.log.rows - 2))
    }

    /// What is wrong with the form, as it was typed or armed.
    func wrong(_ context: Context) -> Problem? {
        problem ?? (context.mock.isArmed ? nil : mistake)
    }

    /// Where things lie: what is wrong has more room than what helps.
    func layout(_ size: Size, _ context: Context) -> MockLayout {
        let isWrong = wrong(context) != nil
        return MockLayout(size: size, isWrong: isWrong, isArmed: context.mock.isArmed)
    }

    // MARK: Input

    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        switch input {
        case .shown:
            if let settings = context.mock.settings { show(settings) }
            return context.look(at: path)
        case .key(let key):
            return edit(key, &context)
        case .command(let command): return handle(command, &context)
        case .mouse(let action, _):
            if action == .wheelUp || action == .wheelDown {
                isFollowing = false
                log.move(by: action == .wheelUp ? -3 : 3)
            }
            return []
        case .resized: return []
        }
    }

    private mutating func edit(_ key: Key, _ context: inout Context) -> [Effect] {
        switch key {
        case .enter, .escape: isEditing = false
        case .tab, .down: pick(by: 1)
        case .backTab, .up: pick(by: -1)
        default:
            guard texts[field.rawValue].take(key) else { return [] }
            problem = nil
            guard field == .rules else { return [] }
            let effect = context.request(.checkRules(texts[field.rawValue].string))
            if let checking { context.finish(checking) }
            checking = effect.number
            return [effect]
        }
        return []
    }

    private mutating func pick(by step: Int) {
        let count = Field.allCases.count
        field = Field(rawValue: (field.rawValue + step + count) % count) ?? .errorRate
        if isEditing { renew() }
    }

    /// A number that is typed takes the place of the one that stands there.
    private mutating func renew() {
        let text = texts[field.rawValue].string
        texts[field.rawValue] = TextField(text, isFresh: field != .rules)
    }

    private mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        let isArmed = context.mock.isArmed
        switch command {
        case .open where isEditing, .close where isEditing: isEditing = false
        case .back, .close: context.navigation = .pop
        case .open, .change:
            isEditing = !isArmed
            if isEditing { renew() }
        case .map: context.navigation = .replace(MapPane(path: path))
        case .arm: return arm(&context)
        case .disarm:
            guard isArmed else { return [] }
            let effect = context.request(.disarm)
            request = effect.number
            return [effect]
        case .verify:
            guard isArmed, context.array?.shadowRequest == nil else { return [] }
            return context.seeThroughMock()
        case .nextPart: pick(by: 1)
        case .left: adjust(by: -1)
        case .right: adjust(by: 1)
        case .up where !isArmed: pick(by: -1)
        case .down where !isArmed: pick(by: 1)
        default:
            isFollowing = command == .bottom
            _ = log.take(command)
        }
        return []
    }

    /// Makes a number of the form a step smaller or larger.
    private mutating func adjust(by step: Int) {
        let at = field.rawValue
        switch field {
        case .errorRate:
            let now = Double(texts[at].string) ?? 0
            texts[at] = TextField(Format.value(max(0, min(100, now + Double(step) * 5))))
        case .latency:
            let now = Int(texts[at].string) ?? 0
            texts[at] = TextField(String(max(0, min(60_000, now + step * 10))))
        case .seed:
            let now = Int(texts[at].string) ?? 0
            texts[at] = TextField(String(max(0, now &+ step)))
        case .rules: break
        }
    }

    private mutating func show(_ settings: MockSettings) {
        texts = [
            Format.value(settings.errorRate * 100), String(settings.latencyMilliseconds),
            String(settings.seed), settings.rules.split(separator: "\n").joined(separator: " ; "),
        ].map { TextField($0) }
    }

    private mutating func arm(_ context: inout Context) -> [Effect] {
        guard !context.mock.isArmed, request == nil else { return [] }
        // What is known to be wrong need not be tried.
        if let mistake {
            context.say(mistake.message, .error)
            return []
        }
        guard let settings = settings(&context) else { return [] }
        problem = nil
        let effect = context.request(.arm(settings))
        request = effect.number
        return [effect]
    }

    /// What the form says; a message where it is wrong.
    private func settings(_ context: inout Context) -> MockSettings? {
        guard let rate = Double(texts[0].string), (0...100).contains(rate) else {
            context.say("The error rate is a number from 0 to 100", .error)
            return nil
        }
        guard let latency = Int(texts[1].string), (0...600_000).contains(latency) else {
            context.say("The delay is a number of milliseconds from 0 to 600000", .error)
            return nil
        }
        guard let seed = UInt64(texts[2].string) else {
            context.say("The seed is a whole number from 0 on", .error)
            return nil
        }
        let rules = texts[3].string.split(separator: ";").map { String($0).trimmingBlanks }
            .filter { !$0.isEmpty }
        return MockSettings(
            errorRate: rate / 100,
            latencyMilliseconds: latency,
            seed: seed,
            rules: rules.joined(separator: "\n")
        )
    }

    // MARK: Events

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        if event.number == checking, case .rulesChecked(let found) = event.news {
            mistake = found
            checking = nil
        }
        guard event.number == request else { return [] }
        switch event.news {
        case .armed:
            context.say("Armed: every chunk is read through the mock now", .warning)
            isFollowing = true
        case .failed(let failure):
            problem = failure
            context.say(failure.message, .error)
        default: break
        }
        if event.news.isFinal { request = nil }
        return []
    }
}

extension String {
    /// Without blanks at both ends.
    fileprivate var trimmingBlanks: String {
        let start = drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}
