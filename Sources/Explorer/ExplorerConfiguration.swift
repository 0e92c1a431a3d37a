public import Canvas

/// What the explorer is told when it starts. While it runs only the settings change, and
/// the traits with them.
public struct ExplorerConfiguration: Sendable {
    /// What the terminal can show.
    public var traits: TerminalTraits
    /// Whether chunks may be deleted (`--write`).
    public var isWritable: Bool
    /// The program's version, for the home screen.
    public var version: String
    /// What to open first; `nil` shows the home screen.
    public var locator: String?
    /// The keys, as a person wants them.
    public var keymap: Keymap
    /// What a person set.
    public var settings: Settings {
        didSet { adapt() }
    }
    /// What the configuration file says that nobody understands.
    public var configurationProblems: [ConfigurationFile.Problem] = []
    /// Where the configuration file is; `nil` where there is no folder for it.
    public var configurationPath: String?
    /// The theme that suits the terminal, where a person leaves that open.
    public var ground = ThemeName.dark
    /// What the terminal itself can show, whatever is set.
    private var terminal: TerminalTraits

    /// Makes a configuration.
    public init(
        traits: TerminalTraits = TerminalTraits(),
        isWritable: Bool = false,
        version: String = "",
        locator: String? = nil,
        keymap: Keymap = .standard,
        settings: Settings = Settings()
    ) {
        self.traits = traits
        terminal = traits
        self.settings = settings
        self.isWritable = isWritable
        self.version = version
        self.locator = locator
        self.keymap = keymap
        adapt()
    }

    /// How the screen looks.
    public var theme: ThemeName {
        settings.theme(ground: ground)
    }

    /// Takes what the terminal can show, as far as the settings want it.
    mutating func adapt(to terminal: TerminalTraits) {
        self.terminal = terminal
        adapt()
    }

    private mutating func adapt() {
        traits = terminal
        if theme == .mono { traits.colors = .mono }
        if settings[.glyphs] == "ascii" { traits.isUnicode = false }
    }
}
