import Canvas
import Explorer
import TerminalDriver
import ZarrModel

/// The explorer as lines of text, for screen readers and for terminals that can do nothing else: what a
/// person types is read a line at a time, and what changed is told in words.
struct PlainSession {
    private let terminal: LineTerminal
    private let mailbox: Mailbox<Event>
    private let runner: EffectRunner
    private let output: Output
    private var explorer: Explorer
    private var told: [String] = []
    private var isEnded = false
    /// Whether the keys were listed last: an empty line ends that, and is no Enter.
    private var hasListed = false

    /// Takes what the session begins with.
    init(
        _ configuration: ExplorerConfiguration,
        mailbox: Mailbox<Event>,
        output: Output
    ) {
        self.mailbox = mailbox
        self.output = output
        terminal = LineTerminal(doorbell: mailbox.doorbell)
        runner = EffectRunner(isWritable: configuration.isWritable) { mailbox.post($0) }
        explorer = Explorer(configuration, size: Size(rows: 60, columns: 100))
    }

    /// Runs until the person ends it, or there are no more lines.
    mutating func run() throws {
        try output.line(
            "zscope. Type a key or a command's word and Enter; ? lists them, . says all again, Q ends."
        )
        try output.flush()
        perform(explorer.start())
        try settle()
        while !isEnded, !explorer.isEnded {
            switch terminal.next(timeout: nil, takesLines: true) {
            case .line(let line): try take(line)
            case .posted: receive()
            case .nothing: break
            case .ended: isEnded = true
            }
            try settle()
        }
        runner.stop()
    }

    private mutating func receive() {
        for event in mailbox.drain() {
            explorer.preparePlain()
            perform(explorer.receive(event))
        }
    }

    /// Waits until work is done, says how it stands when that takes long, and then what changed.
    private mutating func settle() throws {
        var rounds = 0
        while explorer.isBusy, !isEnded, !explorer.isEnded {
            guard case .nothing = terminal.next(timeout: .seconds(3), takesLines: false) else {
                receive()
                continue
            }
            rounds += 1
            try tell()
            if rounds == 3 { break }
        }
        receive()
        try tell()
    }

    private mutating func tell() throws {
        let lines = explorer.plainLines()
        for line in lines where !told.contains(line) { try output.line(visible(line)) }
        told = lines
        try output.flush()
    }

    private mutating func take(_ line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let ends = hasListed && words.isEmpty
        hasListed = false
        switch words {
        case ["."] where !explorer.isTyping: told = []
        case ["?"] where !explorer.isTyping, ["help"] where !explorer.isTyping,
            ["F1"] where !explorer.isTyping:
            for line in explorer.plainKeys() { try output.line(line) }
            hasListed = true
        case [] where ends: told = []
        case []: perform(explorer.handle(.enter))
        default:
            if explorer.isTyping, Key(name: line).map({ key in key == .escape }) != true {
                for character in line { perform(explorer.handle(.character(character))) }
                perform(explorer.handle(.enter))
                return
            }
            try press(words)
        }
    }

    /// Keys and words, one after another; `3 down` is down three times.
    private mutating func press(_ words: [String]) throws {
        var count = 1
        for word in words {
            if words.count == 2, word == words[0], let number = Int(word), (2...1000) ~= number {
                count = number
                continue
            }
            for _ in 0..<count {
                guard let effects = explorer.handle(word: word) else {
                    try output.line("no key and no command here: \(visible(word)); ? lists them")
                    return
                }
                perform(effects)
            }
        }
    }

    private func copy(_ text: String, _ number: Int) {
        let setting = explorer.configuration.settings[.clipboard]
        if let program = HostClipboard.fitting(setting: setting) {
            runner.copy(text, with: program, number)
        } else {
            mailbox.post(Event(number, .copied("no program for it here", isDone: false)))
        }
    }

    private mutating func perform(_ effects: [Effect]) {
        for effect in effects {
            switch effect.work {
            case .repaint: told = []
            case .suspend, .mouse, .apply: break
            case .remember(let memory): StoreMemories().remember(memory)
            case .copy(let text): copy(text, effect.number)
            case .quit: isEnded = true
            default: runner.perform(effect)
            }
        }
    }
}
