/// Colours for text on a terminal: none where there is no terminal or the person wants none.
struct Ink: Sendable {
    /// What a piece of text means.
    enum Meaning: Hashable, Sendable {
        case plain
        /// A heading.
        case heading
        /// What stands back.
        case dim
        /// The name of a group.
        case group
        /// The name of an array, and what one may type.
        case accent
        /// All is well.
        case good
        /// Worth a look.
        case warning
        /// Not readable, missing, corrupt.
        case error
    }

    /// Whether anything is coloured.
    let isColored: Bool
    /// Whether glyphs beyond ASCII are used.
    let isUnicode: Bool

    /// `text` in the colour of what it means. Requires text that is visible already.
    func callAsFunction(_ meaning: Meaning, _ text: String) -> String {
        guard isColored, !text.isEmpty, let code = Self.code(meaning) else { return text }
        return "\u{1b}[\(code)m\(text)\u{1b}[0m"
    }

    /// `unicode` where it can be shown, else `ascii`.
    func glyph(_ unicode: String, _ ascii: String) -> String { isUnicode ? unicode : ascii }

    /// The parameters of the terminal's "select graphic rendition".
    private static func code(_ meaning: Meaning) -> String? {
        switch meaning {
        case .plain: nil
        case .heading: "1"
        case .dim: "2"
        case .group: "1;34"
        case .accent: "36"
        case .good: "32"
        case .warning: "33"
        case .error: "1;31"
        }
    }
}
