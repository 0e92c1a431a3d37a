/// The manual page `zscope(1)`, made from the command table.
struct ManualPage {
    let table: CommandTable
    let version: String

    /// The page in the language of `man(7)`.
    var text: String {
        var lines = [
            ".TH ZSCOPE 1 \"\" \"zscope \(version)\" \"User Commands\"",
            ".SH NAME", "zscope \\- see, check, repair and try out chunked arrays (Zarr v2 and v3)",
            ".SH SYNOPSIS", ".B zscope", ".RI [ LOCATOR ]", ".br", ".B zscope",
            ".I COMMAND LOCATOR", "[options]",
            ".SH DESCRIPTION",
            "Without a command, zscope opens the explorer on LOCATOR, or its home screen. The answer of a",
            "command goes to standard output; messages go to standard error.",
            ".SH COMMANDS",
        ]
        for command in table.shown { lines += entry(command) }
        lines.append(".SH OPTIONS OF THE EXPLORER")
        lines += table.unnamed.options.flatMap(entry)
        lines.append(".SH OPTIONS OF EVERY COMMAND")
        lines += OptionDeclaration.common.flatMap(entry)
        lines += [".SH LOCATORS"] + HelpText.locators.flatMap { [escaped($0), ".br"] }
        lines += [".SH EXIT STATUS"] + Self.statuses.flatMap { [".TP", ".B \($0.0)", $0.1] }
        lines += [".SH ENVIRONMENT"] + Self.variables.flatMap { [".TP", ".B \($0.0)", $0.1] }
        return lines.joined(separator: "\n") + "\n"
    }

    private func entry(_ command: CommandDeclaration) -> [String] {
        var lines = [".SS \(escaped(command.usage))", escaped(command.summary) + "."]
        if !command.discussion.isEmpty {
            lines += [".PP"] + command.discussion.split(separator: "\n").map { escaped(String($0)) }
        }
        lines += command.options.flatMap(entry)
        for example in command.examples {
            lines += [
                ".PP", escaped(example.effect) + ":", ".RS", ".nf", escaped(example.line), ".fi",
            ]
            lines.append(".RE")
        }
        return lines
    }

    private func entry(_ option: OptionDeclaration) -> [String] {
        [".TP", ".B \(escaped(option.spelling))", escaped(option.help)]
    }

    /// Text that the formatter does not take for a request or an escape.
    private func escaped(_ text: String) -> String {
        let safe = text.map { character in
            switch character {
            case "\\": "\\e"
            case "-": "\\-"
            case "'": "\\(aq"
            case "…": "..."
            default: String(character)
            }
        }.joined()
        return safe.hasPrefix(".") ? "\\&" + safe : safe
    }

    static let statuses = [
        ("0", "done, and nothing found"),
        ("1", "findings: something missing, corrupt, a drill or law that failed"),
        ("2", "could not be done: bad usage, unreadable, refused"),
        ("130", "interrupted"),
        ("141", "the reader of a pipe went away"),
    ]

    static let variables = [
        ("NO_COLOR", "no colours, when it is set to anything"),
        ("TERM", "what the terminal understands; an unknown one is taken for xterm\\-256color"),
        ("LC_ALL, LC_CTYPE, LANG", "glyphs are ASCII unless the locale is UTF\\-8"),
        ("XDG_STATE_HOME", "where recent stores are kept (else ~/.local/state)"),
    ]
}
