import Explorer

extension CommandDeclaration {
    /// What `make install` puts beside the program, made from the table that the program obeys.
    static let generate: CommandDeclaration = CommandDeclaration(
        "generate",
        "print the manual page, a shell's completions, the reference or the standard configuration",
        operands: [
            Operand("WHAT", words: ["man", "bash", "zsh", "fish", "markdown", "config", "keys"])
        ],
        isHidden: true,
        action: .batch { context in
            let completions = Completions(table: .zscope)
            switch context.arguments.operand(0) {
            case "bash": try context.output.write(completions.bash)
            case "zsh": try context.output.write(completions.zsh)
            case "fish": try context.output.write(completions.fish)
            case "config": try context.output.write(ConfigurationText.standard)
            case "keys": try context.output.write(ConfigurationText.markdown)
            case "markdown": try context.output.write(Reference(table: .zscope).text)
            default:
                try context.output.write(
                    ManualPage(table: .zscope, version: Zscope.version).text
                )
            }
            return .done
        }
    )
}
