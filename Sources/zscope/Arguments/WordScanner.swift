/// Sorts the words of a command line into operands and options, whatever the command.
///
/// `--name value`, `--name=value`, `-x value`, `-xvalue`; `--` ends the options. A word like `-1`,
/// `-5:` or `-.5` is an operand: no option is a digit, and selections begin that way.
struct WordScanner {
    /// An option as it stood on the line.
    struct Option {
        let name: String
        let value: String?
    }

    /// The sorted words.
    struct Line {
        var operands: [String] = []
        var options: [Option] = []
        /// Whether the first operand stood after `--`, so that it names no command.
        var isFirstOperandLiteral = false

        func has(_ name: String) -> Bool {
            options.contains { $0.name == name }
        }
    }

    let table: CommandTable

    /// Sorts `words`. Throws for an option that no command has, or one without its value.
    func scan(_ words: [String]) throws(UsageError) -> Line {
        var line = Line()
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                line.isFirstOperandLiteral = line.operands.isEmpty
                line.operands += rest
                return line
            }
            if word.hasPrefix("--") {
                line.options.append(try long(word.dropFirst(2), &rest))
            } else if isShortOption(word) {
                line.options += try short(word.dropFirst(), &rest)
            } else {
                line.operands.append(word)
            }
        }
        return line
    }

    private func isShortOption(_ word: String) -> Bool {
        guard word.hasPrefix("-"), let next = word.dropFirst().first else { return false }
        return next.isLetter || next == "?"
    }

    private func long(
        _ text: Substring,
        _ rest: inout ArraySlice<String>
    ) throws(UsageError) -> Option {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard let option = table.option(named: name) else { throw table.unknownOption("--" + name) }
        if parts.count == 2 {
            guard option.value != .flag else { throw UsageError("--\(name) takes no value") }
            return Option(name: option.name, value: String(parts[1]))
        }
        guard option.value != .flag else { return Option(name: option.name, value: nil) }
        return Option(name: option.name, value: try value(of: option, &rest))
    }

    /// `-xyz` is `-x -y -z` as far as they are flags; the first that takes a value takes what is left.
    private func short(
        _ text: Substring,
        _ rest: inout ArraySlice<String>
    ) throws(UsageError) -> [Option] {
        var options: [Option] = []
        var letters = text
        while let letter = letters.popFirst() {
            guard let option = table.option(letter: letter) else {
                throw table.unknownOption("-\(letter)")
            }
            guard option.value != .flag else {
                options.append(Option(name: option.name, value: nil))
                continue
            }
            let attached = letters.hasPrefix("=") ? letters.dropFirst() : letters
            let value = attached.isEmpty ? try value(of: option, &rest) : String(attached)
            return options + [Option(name: option.name, value: value)]
        }
        return options
    }

    private func value(
        of option: OptionDeclaration,
        _ rest: inout ArraySlice<String>
    ) throws(UsageError) -> String {
        guard let next = rest.first, !next.hasPrefix("--") else {
            throw UsageError("--\(option.name) needs \(option.placeholder ?? "a value") after it")
        }
        rest.removeFirst()
        return next
    }
}
