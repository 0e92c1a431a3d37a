/// Help for a person at a terminal, made from the command table.
struct HelpText {
    let table: CommandTable
    let ink: Ink

    /// Help for the whole program.
    var overview: String {
        let names = table.shown.map { command in
            (command.usage.dropFirst("zscope ".count).description, command.summary)
        }
        return [
            ink(.heading, "zscope")
                + " - see, check, repair and try out chunked arrays (Zarr v2 and v3)",
            section(
                "Usage",
                ["zscope [LOCATOR]          the explorer", "zscope COMMAND LOCATOR …"]
            ),
            section("Commands", Self.columns(names, ink)),
            section("Options of the explorer", rows(table.unnamed.options)),
            section("Options of every command", rows(OptionDeclaration.common)),
            section("Locators", Self.locators),
            section("Exit status", Self.statuses),
            "More: zscope COMMAND --help, zscope backends, man zscope",
        ].joined(separator: "\n\n") + "\n"
    }

    /// Help for one command.
    func help(for command: CommandDeclaration) -> String {
        var parts = [
            ink(.heading, command.usage) + (command.options.isEmpty ? "" : " [options]"),
            command.summary + (command.discussion.isEmpty ? "" : "\n\n" + command.discussion),
        ]
        if !command.options.isEmpty { parts.append(section("Options", rows(command.options))) }
        parts.append(section("Options of every command", rows(OptionDeclaration.common)))
        if !command.examples.isEmpty {
            let examples = command.examples.map { ($0.line, $0.effect) }
            parts.append(section("Examples", Self.columns(examples, ink)))
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func section(_ title: String, _ lines: [String]) -> String {
        ([ink(.heading, title)] + lines.map { "  " + $0 }).joined(separator: "\n")
    }

    private func rows(_ options: [OptionDeclaration]) -> [String] {
        let spelled = options.map { option in
            (option.short == nil ? "    " + option.spelling : option.spelling, option.help)
        }
        return Self.columns(spelled, ink)
    }

    /// Two columns; a left side that is too wide pushes its right side to the next line.
    static func columns(_ rows: [(String, String)], _ ink: Ink) -> [String] {
        let width = min(34, rows.map(\.0.count).max() ?? 0)
        return rows.map { left, right in
            let gap =
                left.count > width
                ? "\n" + String(repeating: " ", count: width + 4)
                : String(repeating: " ", count: width - left.count + 2)
            return ink(.accent, left) + gap + right
        }
    }

    static let locators = [
        "data.zarr, data.zarr/group/array, data.zarr.zip, memory:NAME, mock:?error_rate=0.1",
        "LOCATOR#/group/array names a node; LOCATOR|retry:attempts=5 adds a layer.",
        "'zscope backends' lists the backends and their options.",
    ]

    static let statuses = [
        "0  done, clean           1  findings (missing, corrupt, a failed drill or law)",
        "2  could not be done   130  interrupted       141  the reader of a pipe went away",
    ]
}
