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
        isWritable: Bool,
        locator: String?
    ) {
        self.terminal = terminal
        self.mailbox = mailbox
        runner = EffectRunner(isWritable: isWritable) { mailbox.post($0) }
        let configuration = ExplorerConfiguration(
            traits: terminal.traits,
            isWritable: isWritable,
            version: Zscope.version,
            locator: locator
        )
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
        var canvas = Canvas(explorer.size, isUnicode: terminal.traits.isUnicode)
        explorer.draw(on: &canvas)
        terminal.paint(canvas, cursor: nil)
    }

    /// What concerns the terminal is done here; everything else elsewhere.
    private mutating func perform(_ effects: [Effect]) {
        for effect in effects {
            switch effect.work {
            case .copy(let text): _ = terminal.copy(text)
            case .repaint: terminal.repaint()
            case .suspend: terminal.suspend()
            case .mouse(let isOn): terminal.reportMouse(isOn)
            case .discardInput: terminal.discardInput()
            case .quit: isEnded = true
            default: runner.perform(effect)
            }
        }
    }
}
