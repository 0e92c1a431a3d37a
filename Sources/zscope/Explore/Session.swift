import Canvas
import Explorer
import TerminalDriver

/// The explorer at a terminal: keys and events in, one paint for all of them, effects out.
///
/// Runs on one thread, which owns the terminal and sleeps while there is nothing to do. The screen
/// stands before any work begins.
struct Session {
    private let terminal: any TerminalInterface
    private let mailbox: Mailbox<Event>
    private let runner: EffectRunner
    private var explorer: Explorer
    private var isEnded = false

    /// Takes over `terminal`, which must be open.
    init(
        _ terminal: any TerminalInterface,
        mailbox: Mailbox<Event>,
        _ configuration: ExplorerConfiguration
    ) {
        self.terminal = terminal
        self.mailbox = mailbox
        runner = EffectRunner(isWritable: configuration.isWritable) { mailbox.post($0) }
        explorer = Explorer(configuration, size: terminal.size)
    }

    /// Runs until the person ends it, or the terminal is gone.
    mutating func run() {
        paint()
        perform(explorer.start())
        while !isEnded, !explorer.isEnded {
            let isIdle = !explorer.isBusy && mailbox.isEmpty
            for input in terminal.waitForInput(timeout: nil, isIdle: isIdle) {
                react(to: input)
            }
            for event in mailbox.drain() {
                perform(explorer.receive(event))
            }
            if !isEnded, !explorer.isEnded { paint() }
        }
        runner.stop()
        terminal.close()
    }

    private mutating func react(to input: Input) {
        switch input {
        case .key(let key): perform(explorer.handle(key))
        case .resized(let size): perform(explorer.resize(size))
        case .posted, .resumed: break
        case .ended: isEnded = true
        }
    }

    private mutating func paint() {
        var canvas = Canvas(explorer.size, isUnicode: explorer.configuration.traits.isUnicode)
        explorer.draw(on: &canvas)
        terminal.paint(canvas, cursor: nil)
    }

    /// Copies with a program of this machine where one fits, else through the terminal.
    private mutating func copy(_ text: String, _ effect: Effect) {
        let setting = explorer.configuration.settings[.clipboard]
        if let program = HostClipboard.fitting(setting: setting) {
            runner.copy(text, with: program, effect.number)
            return
        }
        let isDone = setting != "program" && terminal.copy(text)
        let how =
            isDone
            ? "by the terminal, OSC 52"
            : setting == "program"
                ? "no wl-copy, xclip, xsel or pbcopy here"
                : "more than a terminal takes; w exports it"
        perform(explorer.receive(Event(effect.number, .copied(how, isDone: isDone))))
    }

    /// What concerns the terminal is done here; everything else elsewhere.
    private mutating func perform(_ effects: [Effect]) {
        for effect in effects {
            switch effect.work {
            case .copy(let text): copy(text, effect)
            case .repaint: terminal.repaint()
            case .suspend: terminal.suspend()
            case .mouse(let isOn): terminal.reportMouse(isOn)
            case .apply: terminal.use(explorer.configuration.theme)
            case .remember(let memory): StoreMemories().remember(memory)
            case .discardInput: terminal.discardInput()
            case .quit: isEnded = true
            default: runner.perform(effect)
            }
        }
    }
}
