public import Canvas

/// What the explorer is told when it starts. Nothing here changes while it runs, except the traits.
public struct ExplorerConfiguration: Sendable {
    /// What the terminal can show.
    public var traits: TerminalTraits
    /// Whether chunks may be deleted (`--write`).
    public var isWritable: Bool
    /// The program's version, for the home screen.
    public var version: String
    /// What to open first; `nil` shows the home screen.
    public var locator: String?
    /// Keys that differ from the default.
    public var keymap: Keymap

    /// Makes a configuration.
    public init(
        traits: TerminalTraits = TerminalTraits(),
        isWritable: Bool = false,
        version: String = "",
        locator: String? = nil,
        keymap: Keymap = .standard
    ) {
        self.traits = traits
        self.isWritable = isWritable
        self.version = version
        self.locator = locator
        self.keymap = keymap
    }
}
