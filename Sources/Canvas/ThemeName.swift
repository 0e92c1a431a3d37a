/// How the whole screen looks. Data keeps its own colours in every theme that has colours.
public enum ThemeName: String, Hashable, Sendable, CaseIterable {
    /// For light text on a dark ground.
    case dark
    /// For dark text on a light ground.
    case light
    /// Without colours: bold, underlined, reversed.
    case mono
    /// White on black, whatever the terminal has; nothing is pale.
    case highContrast = "high-contrast"
}
