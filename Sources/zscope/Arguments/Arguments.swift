/// A command line, taken apart and checked against the table.
struct Arguments: Sendable {
    /// What the words ask for.
    enum Request: Sendable {
        case run(CommandDeclaration, Arguments)
        /// Help for a command, or for the whole program.
        case help(CommandDeclaration?)
        case version
    }

    /// The words that are not options, without the command's name.
    let operands: [String]
    private let values: [String: [String]]

    init(operands: [String], values: [String: [String]]) {
        self.operands = operands
        self.values = values
    }

    /// The same options with `operand` as the only operand, or none.
    func naming(_ operand: String?) -> Arguments {
        Arguments(operands: operand.map { [$0] } ?? [], values: values)
    }

    /// No words at all.
    static let none = Arguments(operands: [], values: [:])

    /// Whether the flag stands on the line.
    func has(_ option: OptionDeclaration) -> Bool {
        values[option.name] != nil
    }

    /// The value of the option, the last one where it stands more than once.
    func value(_ option: OptionDeclaration) -> String? {
        values[option.name]?.last
    }

    /// Every value of the option, in order.
    func values(_ option: OptionDeclaration) -> [String] {
        values[option.name] ?? []
    }

    /// The option's value as a number; the parser has checked that it is one.
    func integer(_ option: OptionDeclaration) -> Int? {
        value(option).flatMap { Int($0) }
    }

    /// The operand at `position`, or `nil`.
    func operand(_ position: Int) -> String? {
        operands.indices.contains(position) ? operands[position] : nil
    }
}

extension Arguments {
    /// Takes `words` (without the program's name) apart. Throws when they mean nothing.
    static func parse(
        _ words: [String],
        table: CommandTable
    ) throws(UsageError) -> Request {
        let line: WordScanner.Line
        do throws(UsageError) {
            line = try WordScanner(table: table).scan(words)
        } catch {
            let name = words.first.flatMap { table[$0]?.name } ?? error.command
            throw UsageError(error.message, command: name)
        }
        var operands = line.operands
        let command: CommandDeclaration
        if let first = operands.first, !line.isFirstOperandLiteral, let named = table[first] {
            command = named
            operands.removeFirst()
        } else {
            command = table.unnamed
        }
        if line.has("help"), command.name.isEmpty, !line.isFirstOperandLiteral,
            let first = operands.first, first.utf8.allSatisfy({ (0x61...0x7a).contains($0) })
        {
            throw table.unknownCommand(first)
        }
        if line.has("help") { return .help(command.name.isEmpty ? nil : command) }
        if line.has("version") { return .version }
        if command.name.isEmpty, operands.count > 1, let first = operands.first {
            throw table.unknownCommand(first)
        }
        let known = command.options + OptionDeclaration.common
        for option in line.options where !known.contains(where: { $0.name == option.name }) {
            throw table.misplaced(option.name, in: command)
        }
        let values = try values(line, known, command)
        operands = try Arguments.operands(operands, values)
        try checkCount(of: operands, for: command)
        return .run(command, Arguments(operands: operands, values: values))
    }

    private static func values(
        _ line: WordScanner.Line,
        _ known: [OptionDeclaration],
        _ command: CommandDeclaration
    ) throws(UsageError) -> [String: [String]] {
        var values: [String: [String]] = [:]
        for option in line.options {
            guard let declared = known.first(where: { $0.name == option.name }) else { continue }
            if let text = option.value, let problem = declared.problem(with: text) {
                throw UsageError("--\(option.name) \(problem)", command: command.name)
            }
            values[option.name, default: []].append(option.value ?? "")
        }
        return values
    }

    private static func checkCount(
        of operands: [String],
        for command: CommandDeclaration
    ) throws(UsageError) {
        if let missing = command.operands.dropFirst(operands.count).first(where: { !$0.isOptional })
        {
            throw UsageError("'\(command.name)' needs \(missing.name)", command: command.name)
        }
        if let extra = operands.dropFirst(command.operands.count).first,
            command.operands.last?.isRepeatable != true
        {
            throw UsageError(
                "'\(command.name)' does not know what to do with '\(extra)'",
                command: command.name
            )
        }
        for (text, operand) in zip(operands, command.operands)
        where !operand.words.isEmpty && !operand.words.contains(text) {
            throw UsageError(
                "\(operand.name) is one of \(operand.words.joined(separator: ", ")), not '\(text)'",
                command: command.name
            )
        }
    }
}
