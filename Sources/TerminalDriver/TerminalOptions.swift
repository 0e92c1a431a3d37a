public import Canvas

/// How to open the terminal.
public struct TerminalOptions: Sendable {
    /// The kind of terminal, as in `TERM`.
    public var term = ""
    /// Where keys come from.
    public var input: Int32 = 0
    /// Where the screen is.
    public var output: Int32 = 1
    /// Rows and columns; `nil` asks the terminal, and one that does not say has 24 by 80.
    public var size: Size?
    /// Whether input and output must be a terminal. Tests use pipes and files.
    public var requiresTerminal = true
    /// The most colours to use. More than 256 are used only if this says so.
    public var colors: TerminalTraits.Colors = .indexed
    /// How it looks.
    public var theme = ThemeName.dark
    /// Only ASCII, whatever the locale allows.
    public var isASCII = false
    /// The locale of characters; empty is that of the environment.
    public var locale = ""
    /// Whether the mouse is reported, and no longer selects text by itself.
    public var usesMouse = true
    /// How long an ESC waits for the rest of a key.
    public var escapeDelay = Duration.milliseconds(25)
    /// Whether the terminal is shown by tmux, which wants some sequences in an envelope.
    public var isInsideTmux = false

    /// Makes options for a plain terminal.
    public init() {}

    /// Makes options from environment variables: `TERM`, `COLORTERM`, `NO_COLOR`, `SSH_CONNECTION`,
    /// `TMUX`.
    public init(environment: [String: String]) {
        term = environment["TERM"] ?? ""
        if ["truecolor", "24bit"].contains(environment["COLORTERM"]) { colors = .direct }
        if environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false { colors = .mono }
        if environment["SSH_CONNECTION"] != nil || environment["SSH_TTY"] != nil {
            escapeDelay = .milliseconds(50)
        }
        isInsideTmux = environment["TMUX"].map { !$0.isEmpty } ?? false
    }
}
