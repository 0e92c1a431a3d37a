/// An option that a backend or layer takes, in its locator or from the environment.
public struct OptionDescriptor: Hashable, Sendable {
    /// What an option's text must look like.
    public enum Kind: Hashable, Sendable {
        /// Any text.
        case text
        /// A whole number, at least 0.
        case integer
        /// A finite decimal number, at least 0.
        case number
        /// `true` or `false`; the bare name means `true`.
        case flag
        /// A time such as `250us`, `20ms`, `1.5s`, `2m`, `1h`; a bare number means milliseconds.
        case duration
        /// A number of bytes such as `4096`, `64KiB`, `1GiB`, `500MB`.
        case size
        /// One of these words.
        case choice([String])
        /// Another locator.
        case locator
        /// A text that is never printed and never taken from a locator.
        case secret

        /// The word that listings print.
        public var word: String {
            switch self {
            case .text: "text"
            case .integer: "integer"
            case .number: "number"
            case .flag: "flag"
            case .duration: "duration"
            case .size: "size"
            case .choice(let words): words.joined(separator: "|")
            case .locator: "locator"
            case .secret: "secret"
            }
        }
    }

    /// How a locator names it.
    public var name: String
    /// What its text must look like.
    public var kind: Kind
    /// Whether opening fails without it.
    public var isRequired: Bool
    /// The text that stands when nothing is given.
    public var defaultText: String?
    /// Environment variables that give it when the locator does not, first match wins.
    public var environment: [String]
    /// One line for a person.
    public var help: String

    /// Makes an option.
    public init(
        _ name: String,
        _ kind: Kind,
        isRequired: Bool = false,
        default defaultText: String? = nil,
        environment: [String] = [],
        help: String
    ) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
        self.defaultText = defaultText
        self.environment = environment
        self.help = help
    }

    /// Whether its value is never printed.
    public var isSecret: Bool {
        kind == .secret
    }
}
