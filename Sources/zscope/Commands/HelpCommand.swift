extension CommandDeclaration {
    static let help = CommandDeclaration(
        "help",
        "what the program or a command does, as --help prints it",
        operands: [Operand("COMMAND", isOptional: true)],
        examples: [.init("zscope help read", "the options of 'read'")],
        action: .batch { context in
            let help = HelpText(table: .zscope, ink: context.ink)
            guard let name = context.arguments.operand(0) else {
                try context.output.write(help.overview)
                return .done
            }
            guard let command = CommandTable.zscope[name] else {
                let error = CommandTable.zscope.unknownCommand(name)
                throw ToolError(error.message, remedy: error.lines[1])
            }
            try context.output.write(help.help(for: command))
            return .done
        }
    )
}
