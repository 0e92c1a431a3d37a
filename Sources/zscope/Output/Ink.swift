/// Colours for text on a terminal: none where there is no terminal or the person wants none.
struct Ink: Sendable {
    /// Whether anything is coloured.
    let isColored: Bool
    /// Whether glyphs beyond ASCII are used.
    let isUnicode: Bool

    /// Plain text for files and pipes.
    static let plain = Ink(isColored: false, isUnicode: true)

    /// Headings.
    func heading(_ text: String) -> String { paint(text, "1") }
    /// What stands back.
    func dim(_ text: String) -> String { paint(text, "2") }
    /// Names of groups.
    func group(_ text: String) -> String { paint(text, "1;34") }
    /// Names of arrays, and what one may type.
    func accent(_ text: String) -> String { paint(text, "36") }
    /// All is well.
    func good(_ text: String) -> String { paint(text, "32") }
    /// Worth a look.
    func warning(_ text: String) -> String { paint(text, "33") }
    /// Not readable, missing, corrupt.
    func error(_ text: String) -> String { paint(text, "1;31") }

    /// `unicode` where it can be shown, else `ascii`.
    func glyph(_ unicode: String, _ ascii: String) -> String { isUnicode ? unicode : ascii }

    private func paint(_ text: String, _ code: String) -> String {
        isColored && !text.isEmpty ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}
