/// The reference of the commands in Markdown, made from the command table.
struct Reference {
    let table: CommandTable

    /// A table of the commands, then each with its options and examples.
    var text: String {
        var lines = ["| command | does |", "|---|---|"]
        lines += ([table.unnamed] + table.shown).map { command in
            "| `\(cell(command.usage))` | \(cell(command.summary)) |"
        }
        lines += [
            "", "Every command: \(OptionDeclaration.common.map(spelled).joined(separator: ", ")).",
        ]
        for command in [table.unnamed] + table.shown {
            lines += ["", "### `\(command.usage)`", "", capitalized(command.summary) + "."]
            if !command.discussion.isEmpty { lines += ["", command.discussion] }
            if !command.options.isEmpty {
                lines += ["", "| option | does |", "|---|---|"]
                lines += command.options.map { "| \(cell(spelled($0))) | \(cell($0.help)) |" }
            }
            if !command.examples.isEmpty {
                lines += ["", "```sh"]
                lines += command.examples.map { "\($0.line)   # \($0.effect)" }
                lines.append("```")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func spelled(_ option: OptionDeclaration) -> String {
        "`\(option.spelling)`"
    }

    private func cell(_ text: String) -> String {
        text.map { $0 == "|" ? "\\|" : String($0) }.joined()
    }

    private func capitalized(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}
