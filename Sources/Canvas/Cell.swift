/// What a piece of text means. A theme decides how it looks; golden screens stay readable.
public enum Role: UInt8, Hashable, Sendable, CaseIterable {
    case text, dim, title, heading, label, value, accent
    case selected, cursor, marked
    case good, notice, warning, error, danger
    case border, hint, hintKey, badge, input
}

/// A 24-bit colour, for maps and images only. A driver renders it as well as its terminal can.
public struct Tint: Hashable, Sendable {
    /// Red, 0 to 255.
    public var red: UInt8
    /// Green, 0 to 255.
    public var green: UInt8
    /// Blue, 0 to 255.
    public var blue: UInt8

    /// Makes a colour.
    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }
}

/// How a cell is drawn: a role, and colours of its own where it shows data.
public struct Style: Hashable, Sendable {
    /// What the text means.
    public var role: Role
    /// Colour of the glyph, in place of the role's.
    public var foreground: Tint?
    /// Colour behind the glyph, in place of the role's.
    public var background: Tint?
    /// Foreground and background change places.
    public var isReversed: Bool

    /// Makes a style.
    public init(
        _ role: Role = .text,
        foreground: Tint? = nil,
        background: Tint? = nil,
        isReversed: Bool = false
    ) {
        self.role = role
        self.foreground = foreground
        self.background = background
        self.isReversed = isReversed
    }
}

/// One place of the screen.
public struct Cell: Hashable, Sendable {
    /// What is shown: printable, never a control character. The second cell of a wide character holds `nil`.
    public var character: Character?
    /// How it is drawn.
    public var style: Style

    /// Makes a cell.
    public init(_ character: Character? = " ", _ style: Style = Style()) {
        self.character = character
        self.style = style
    }
}
