extension OptionDeclaration {
    static let showHelp = Self("help", short: "h", help: "show help and exit")
    static let showVersion = Self("version", help: "show the version and exit")
    static let noColor = Self("no-color", help: "no colours (also: NO_COLOR is set)")
    static let ascii = Self("ascii", help: "ASCII glyphs only (also: the locale is not UTF-8)")

    /// The options that every command has.
    static let common = [noColor, ascii, showHelp, showVersion]

    static let json = Self("json", help: "print one JSON document")
    static let ndjson = Self("ndjson", help: "print one JSON object a line")
    static let csv = Self(
        "csv",
        help: "print comma-separated values: a list with a heading, values without"
    )
    static let output = Self(
        "output",
        short: "o",
        takes: .file("FILE"),
        help: "write to FILE, which appears whole or not at all"
    )

    /// `--format`, with the words that a command offers.
    static func format(_ words: [String]) -> Self {
        Self("format", takes: .choice("", words), help: "how to print the answer")
    }
}
