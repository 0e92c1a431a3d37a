/// Every command, and what can be asked of all of them together.
struct CommandTable: Sendable {
    /// The commands that have a name, in the order of the help.
    let named: [CommandDeclaration]
    /// What a line without a command's name does.
    let unnamed: CommandDeclaration

    /// The command with that name.
    subscript(name: String) -> CommandDeclaration? {
        named.first { $0.name == name }
    }

    /// The commands that help and completions show.
    var shown: [CommandDeclaration] {
        named.filter { !$0.isHidden }
    }

    /// Every option of every command.
    var options: [OptionDeclaration] {
        OptionDeclaration.common + unnamed.options + named.flatMap(\.options)
    }

    /// Some command's option with that name.
    func option(named name: String) -> OptionDeclaration? {
        options.first { $0.name == name }
    }

    /// Some command's option with that letter.
    func option(letter: Character) -> OptionDeclaration? {
        letter == "?" ? OptionDeclaration.showHelp : options.first { $0.short == letter }
    }

    /// The error for a word that is no command.
    func unknownCommand(_ word: String) -> UsageError {
        let near = nearest(to: word, among: shown.map(\.name))
        return UsageError("no command '\(word)'" + Self.question(near))
    }

    /// The error for an option that no command has.
    func unknownOption(_ spelling: String) -> UsageError {
        let names = Set(options.map { "--" + $0.name }).sorted()
        return UsageError(
            "no option '\(spelling)'" + Self.question(nearest(to: spelling, among: names))
        )
    }

    /// The error for an option of another command.
    func misplaced(_ name: String, in command: CommandDeclaration) -> UsageError {
        let owners = shown.filter { $0.options.contains { $0.name == name } }.map { "'\($0.name)'" }
        let subject = command.name.isEmpty ? "the explorer" : "'\(command.name)'"
        let others = owners.dropLast().joined(separator: ", ")
        let hint =
            owners.last.map { last in
                others.isEmpty ? " (\(last) has it)" : " (\(others) and \(last) have it)"
            } ?? ""
        return UsageError("\(subject) has no option --\(name)\(hint)", command: command.name)
    }

    private static func question(_ word: String?) -> String {
        word.map { "; did you mean '\($0)'?" } ?? ""
    }
}
