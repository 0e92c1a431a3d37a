/// An option: how it is written, what it takes, and what help, manual and completions say of it.
///
/// One name means the same number of words in every command, so options may stand before the command.
struct OptionDeclaration: Hashable, Sendable {
    /// What follows the name.
    enum Value: Hashable, Sendable {
        /// Nothing: it is there or not.
        case flag
        /// Any text.
        case text(String)
        /// A whole number in a range.
        case integer(String, ClosedRange<Int>)
        /// One of some words.
        case choice(String, [String])
        /// Words of some, with commas between them.
        case list(String, [String])
        /// A path of a file.
        case file(String)
        /// A store, node or array.
        case locator(String)
    }

    /// The long name, without dashes.
    let name: String
    /// The one-letter name, without its dash.
    let short: Character?
    /// What follows the name.
    let value: Value
    /// Whether it may stand more than once; otherwise the last one wins.
    let isRepeatable: Bool
    /// One line of help.
    let help: String

    init(
        _ name: String,
        short: Character? = nil,
        takes value: Value = .flag,
        isRepeatable: Bool = false,
        help: String
    ) {
        self.name = name
        self.short = short
        self.value = value
        self.isRepeatable = isRepeatable
        self.help = help
    }

    /// The word that stands for the value in help, or `nil` for a flag.
    var placeholder: String? {
        switch value {
        case .flag: nil
        case .text(let name), .file(let name), .locator(let name): name
        case .integer(let name, _), .list(let name, _): name
        case .choice(let name, let words): name.isEmpty ? words.joined(separator: "|") : name
        }
    }

    /// The words a value is chosen from, empty where it is free.
    var words: [String] {
        switch value {
        case .choice(_, let words), .list(_, let words): words
        default: []
        }
    }

    /// As help writes it: `-o, --output FILE`.
    var spelling: String {
        let long = "--" + name + (placeholder.map { " " + $0 } ?? "")
        return short.map { "-\($0), \(long)" } ?? long
    }
}

extension OptionDeclaration {
    /// What is wrong with `text` as the value, or `nil`.
    func problem(with text: String) -> String? {
        switch value {
        case .flag, .text, .file, .locator:
            return nil
        case .integer(_, let range):
            guard let number = Int(text) else { return "takes a whole number, not '\(text)'" }
            guard !range.contains(number) else { return nil }
            if range.upperBound == .max { return "takes a number from \(range.lowerBound) up" }
            return "takes a number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(_, let words):
            return words.contains(text) ? nil : "takes \(Self.alternatives(words)), not '\(text)'"
        case .list(_, let words):
            let unknown = text.split(separator: ",", omittingEmptySubsequences: false)
                .first { !words.contains(String($0)) }
            return unknown.map { "takes \(Self.alternatives(words)), not '\($0)'" }
        }
    }

    private static func alternatives(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}
