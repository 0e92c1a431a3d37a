import CCurses
package import Canvas

extension Theme {
    /// How a style looks where colours are numbers and not a terminal's: `nil` for the ground's own.
    package struct Tints: Hashable {
        /// Of the glyph.
        package var foreground: Tint?
        /// Behind the glyph.
        package var background: Tint?
        /// Whether the two change places.
        package var isReversed: Bool
        /// Whether the glyph is bold.
        package var isBold: Bool
    }

    /// The colours of a style, with those of a common palette for the eight that a terminal chooses.
    package func tints(_ style: Style) -> Tints {
        let look = look(style)
        return Tints(
            foreground: Self.tint(look.foreground),
            background: Self.tint(look.background),
            isReversed: look.attributes & Int32(NCX_REVERSE) != 0,
            isBold: look.attributes & Int32(NCX_BOLD) != 0
        )
    }

    private static func tint(_ color: Int32) -> Tint? {
        switch color {
        case ..<0: return nil
        case 0..<8: return common[Int(color)]
        case 8..<16: return common[Int(color) - 8]
        case 16..<232:
            let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
            let place = Int(color) - 16
            return Tint(steps[place / 36], steps[place / 6 % 6], steps[place % 6])
        case 232..<256:
            let grey = UInt8(8 + 10 * (color - 232))
            return Tint(grey, grey, grey)
        default:
            return Tint(
                UInt8(truncatingIfNeeded: color >> 16),
                UInt8(truncatingIfNeeded: color >> 8),
                UInt8(truncatingIfNeeded: color)
            )
        }
    }

    private static let common = [
        Tint(0, 0, 0), Tint(204, 102, 102), Tint(152, 190, 101), Tint(240, 198, 116),
        Tint(129, 162, 190), Tint(178, 148, 187), Tint(138, 190, 183), Tint(234, 234, 234),
    ]
}
