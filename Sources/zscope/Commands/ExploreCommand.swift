import CFileSystem
import Canvas
import Explorer
import Glibc
import TerminalDriver

extension OptionDeclaration {
    static let write = Self("write", help: "let chunks be deleted and restored (else read-only)")
    static let noMouse = Self("no-mouse", help: "leave the mouse to the terminal")
    static let theme = Self(
        "theme",
        takes: .choice("NAME", Setting.theme.values),
        help: "how the screen looks: " + Setting.theme.values.joined(separator: ", ")
    )
    static let noSession = Self(
        "no-session",
        help: "neither remember nor take up what was looked at last in a store"
    )
    static let plain = Self(
        "plain",
        help: "lines of text instead of a screen: for screen readers, pipes and simple terminals"
    )
    static let script = Self(
        "script",
        takes: .file("FILE"),
        help: "read keys from FILE instead of a terminal and print the screens"
    )
    static let size = Self(
        "size",
        takes: .text("COLSxROWS"),
        help: "the size of the screen with --script"
    )

    /// The options of what opens the explorer.
    static let explorer = [write, theme, plain, noMouse, noSession, script, size]
}

extension CommandDeclaration {
    /// What a line without a command's name does.
    static let explore = CommandDeclaration(
        "",
        "the explorer; without a locator its home screen, the registered backends",
        operands: [Operand("LOCATOR", isOptional: true)],
        options: OptionDeclaration.explorer + OptionDeclaration.record,
        discussion: "Without a terminal it prints the map of the chunks and the command that opens"
            + "\nthe explorer; the exit status is 1 when chunks are missing.",
        examples: [
            .init("zscope data.zarr", "look at a store"),
            .init("zscope data.zarr --write", "and delete broken chunks, with undo"),
            .init("zscope -f monday.census", "a census file, far from the data"),
        ],
        action: .explorer { context in
            ExplorerRun(context, locator: context.arguments.operand(0)).perform()
        }
    )
}

/// Opens the explorer, or what stands for it where there is no terminal.
struct ExplorerRun {
    private let context: CommandContext
    private let locator: String?
    private let user: UserConfiguration

    init(_ context: CommandContext, locator: String?) {
        self.context = context
        self.locator = locator
        user = UserConfiguration(context.arguments)
    }

    func perform() -> ExitStatus {
        let arguments = context.arguments
        // A heap for each thread costs a census of a million chunks a fifth more memory.
        zscope_share_heaps(2)
        do {
            if let script = arguments.value(.script) { return try play(script) }
            if arguments.has(.plain) { return try speak() }
            guard Environment.isInputTerminal, Environment.isOutputTerminal,
                Environment.value("TERM") != "dumb"
            else {
                let glance = CommandRun(command: .glance, arguments: arguments.naming(locator))
                return glance.perform()
            }
            let mailbox = Mailbox<Event>()
            let terminal = try Terminal.open(options, doorbell: mailbox.doorbell)
            run(terminal, mailbox)
            return .done
        } catch let error as TerminalError {
            context.messages.failure(error.message, remedy: Self.remedy(error.code))
        } catch {
            let failure = ToolError(reporting: error)
            if failure.status == .closedPipe {
                context.output.discard()
                return failure.status
            }
            context.messages.failure(failure.message, remedy: failure.remedy)
        }
        return .failed
    }

    private func run(_ terminal: any TerminalInterface, _ mailbox: Mailbox<Event>) {
        var session = Session(terminal, mailbox: mailbox, configuration(terminal.traits))
        session.run()
    }

    private func speak() throws -> ExitStatus {
        let mailbox = Mailbox<Event>()
        var traits = TerminalTraits(isUnicode: context.ink.isUnicode, colors: .mono)
        traits.colors = .mono
        var session = PlainSession(configuration(traits), mailbox: mailbox, output: context.output)
        try session.run()
        try context.output.finish()
        return .done
    }

    private func configuration(_ traits: TerminalTraits) -> ExplorerConfiguration {
        var settings = user.settings
        if context.arguments.has(.script) { settings.impose("off", on: .session) }
        var configuration = ExplorerConfiguration(
            traits: traits,
            isWritable: context.arguments.has(.write),
            version: Zscope.version,
            locator: locator,
            keymap: user.keymap,
            settings: settings
        )
        configuration.configurationProblems = user.problems
        configuration.configurationPath = UserConfiguration.file.path
        configuration.ground = UserConfiguration.ground
        return configuration
    }

    private var options: TerminalOptions {
        var options = TerminalOptions(environment: Environment.terminalVariables)
        options.theme = user.settings.theme(ground: UserConfiguration.ground)
        options.usesMouse = user.settings.isOn(.mouse)
        if context.arguments.has(.noColor) { options.colors = .mono }
        return options
    }

    private func play(_ path: String) throws -> ExitStatus {
        guard let bytes = SmallFile.read(path) else {
            throw ToolError("cannot read \(path): \(SystemError.text(errno))")
        }
        let text = context.arguments.value(.size) ?? "80x24"
        guard let size = Size(text: text) else {
            throw ToolError("--size takes columns by rows, such as 80x24, not '\(text)'")
        }
        let mailbox = Mailbox<Event>()
        let output = context.output
        let terminal = ScriptedTerminal(
            try Script(String(decoding: bytes, as: UTF8.self)),
            size: size,
            traits: TerminalTraits(
                isUnicode: context.ink.isUnicode,
                colors: context.arguments.has(.noColor) ? .mono : .indexed
            ),
            doorbell: mailbox.doorbell
        ) { screen in
            try? output.write("--- \(screen.name)\n\(screen.text)\n")
        }
        run(terminal, mailbox)
        try output.finish()
        guard !terminal.isStuck else { throw ToolError("the script waited in vain") }
        return .done
    }

    private static func remedy(_ code: TerminalError.Code) -> String? {
        code == .badScript ? nil : "'zscope tree', 'map' and 'chunks' need no terminal"
    }
}
