/// What the terminal can show, so that a screen is drawn with glyphs and colours it has.
public struct TerminalTraits: Hashable, Sendable {
    /// How many colours there are.
    public enum Colors: Int, Hashable, Sendable, Comparable {
        case mono, eight, sixteen, indexed, direct

        /// By number of colours.
        public static func < (left: Colors, right: Colors) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// Whether characters beyond ASCII can be shown.
    public var isUnicode: Bool
    /// How many colours there are.
    public var colors: Colors

    /// Makes traits.
    public init(isUnicode: Bool = true, colors: Colors = .indexed) {
        self.isUnicode = isUnicode
        self.colors = colors
    }
}
