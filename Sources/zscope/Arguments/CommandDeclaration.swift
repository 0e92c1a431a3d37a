/// A command: its words, its help and what it does.
struct CommandDeclaration: Sendable {
    /// An operand: a word that is not an option.
    struct Operand: Sendable {
        /// As help writes it: `LOCATOR`.
        let name: String
        /// Whether the command can do without.
        let isOptional: Bool
        /// Whether it may stand more than once; only the last operand may.
        let isRepeatable: Bool
        /// The words it is chosen from; empty where it is free.
        let words: [String]
        /// How a usage line writes it where that says more than the rest.
        private let shownAs: String?

        init(
            _ name: String,
            isOptional: Bool = false,
            isRepeatable: Bool = false,
            words: [String] = [],
            shownAs: String? = nil
        ) {
            self.name = name
            self.isOptional = isOptional
            self.isRepeatable = isRepeatable
            self.words = words
            self.shownAs = shownAs
        }

        /// As a usage line writes it: `LOCATOR`, `[SELECTION]`, `[REPORT…]`.
        var spelling: String {
            if let shownAs { return shownAs }
            let word = isRepeatable ? name + "…" : name
            return isOptional ? "[\(word)]" : word
        }
    }

    /// How a command is carried out.
    enum Action: Sendable {
        /// Away from the main thread, which watches for signals meanwhile.
        case batch(@Sendable (CommandContext) async throws -> ExitStatus)
        /// On the main thread, which owns the terminal.
        case explorer(@Sendable (CommandContext) -> ExitStatus)
    }

    /// The word on the command line; empty for the explorer, which needs none.
    let name: String
    /// One line.
    let summary: String
    /// What stands after the name.
    let operands: [Operand]
    /// The options of its own, besides `OptionDeclaration.common`.
    let options: [OptionDeclaration]
    /// More than a line, for its own help and the manual.
    let discussion: String
    /// Commands that a person can try, each with what it does.
    let examples: [Example]
    /// Whether help and completions leave it out.
    let isHidden: Bool
    /// What it does.
    let action: Action

    /// A command line and what it does.
    struct Example: Sendable {
        let line: String
        let effect: String

        init(_ line: String, _ effect: String) {
            self.line = line
            self.effect = effect
        }
    }

    init(
        _ name: String,
        _ summary: String,
        operands: [Operand] = [],
        options: [OptionDeclaration] = [],
        discussion: String = "",
        examples: [Example] = [],
        isHidden: Bool = false,
        action: Action
    ) {
        self.name = name
        self.summary = summary
        self.operands = operands
        self.options = options
        self.discussion = discussion
        self.examples = examples
        self.isHidden = isHidden
        self.action = action
    }

    /// The line under `usage`, without the options.
    var usage: String {
        (["zscope", name] + operands.map(\.spelling)).filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension CommandDeclaration.Operand {
    /// A store, or a node in one.
    static let locator = Self("LOCATOR")
    /// Part of an array, as numpy's basic indexing or by dimension name.
    static let selection = Self("SELECTION", isOptional: true)
}
