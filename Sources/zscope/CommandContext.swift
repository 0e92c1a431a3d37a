/// What a command works with.
struct CommandContext: Sendable {
    /// Its words.
    let arguments: Arguments
    /// Where its document goes.
    let output: Output
    /// Where everything else goes.
    let messages: Messages
    /// Colours and glyphs of the document.
    let ink: Ink

    /// The first operand of a command that requires one; the parser has counted.
    var locator: String {
        arguments.operand(0) ?? ""
    }

    /// How the answer is printed: by `--format` or its short forms. Throws when they disagree.
    func format(_ fallback: OutputFormat = .text) throws(UsageError) -> OutputFormat {
        var asked: Set<OutputFormat> = []
        if arguments.has(.json) { asked.insert(.json) }
        if arguments.has(.ndjson) { asked.insert(.ndjson) }
        if arguments.has(.csv) { asked.insert(.csv) }
        if let word = arguments.value(.format([])), let format = OutputFormat(rawValue: word) {
            asked.insert(format)
        }
        guard asked.count <= 1 else {
            let words = asked.map(\.rawValue).sorted().joined(separator: " and ")
            throw UsageError("an answer has one format, not \(words)")
        }
        return asked.first ?? fallback
    }
}

/// How an answer is printed.
enum OutputFormat: String, Hashable, Sendable {
    case text, json, ndjson, csv, npy, raw
}

extension Ink {
    /// For the document.
    static func forOutput(_ arguments: Arguments) -> Ink {
        Ink(
            isColored: Environment.isOutputTerminal && !arguments.has(.output)
                && wantsColor(arguments),
            isUnicode: wantsUnicode(arguments)
        )
    }

    /// For messages.
    static func forMessages(_ arguments: Arguments?) -> Ink {
        Ink(
            isColored: Environment.isErrorTerminal && wantsColor(arguments),
            isUnicode: wantsUnicode(arguments)
        )
    }

    private static func wantsColor(_ arguments: Arguments?) -> Bool {
        arguments?.has(.noColor) != true && Environment.text("NO_COLOR") == nil
            && Environment.value("TERM") != "dumb"
    }

    private static func wantsUnicode(_ arguments: Arguments?) -> Bool {
        arguments?.has(.ascii) != true && Environment.isUTF8
    }
}
