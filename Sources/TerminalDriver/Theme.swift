import CCurses
package import Canvas

/// How a cell looks on a terminal: ncurses' attributes, and colours as it numbers them.
package struct Look: Hashable {
    /// `NCX_BOLD` and its like, together.
    package var attributes: Int32 = 0
    /// 0 to 255, 0x1000000 + RGB, or -1 for the terminal's own.
    package var foreground: Int32 = -1
    package var background: Int32 = -1
}

extension Look {
    /// The same to the eye: two colours that change places need no attribute, which saves its bytes.
    fileprivate var withoutReverse: Look {
        guard attributes & Int32(NCX_REVERSE) != 0, foreground >= 0, background >= 0 else {
            return self
        }
        return Look(
            attributes: attributes & ~Int32(NCX_REVERSE),
            foreground: background,
            background: foreground
        )
    }
}

/// What roles look like.
///
/// The terminal's own background and the eight colours that people choose themselves are used, so that
/// light and dark terminals both work. Where you are is always reversed, which no theme hides.
package struct Theme {
    /// How many colours there are.
    package var colors: TerminalTraits.Colors

    /// Makes the theme of a terminal.
    package init(colors: TerminalTraits.Colors) {
        self.colors = colors
    }

    /// The look of a style: its role's, with its own colours in place of the role's.
    package func look(_ style: Style) -> Look {
        var look = role(style.role)
        guard colors > .mono else {
            if style.isReversed { look.attributes ^= Int32(NCX_REVERSE) }
            return look
        }
        if style.isReversed { look.attributes ^= Int32(NCX_REVERSE) }
        if let tint = style.foreground { look.foreground = ColorMatch.color(tint, colors) }
        if let tint = style.background { look.background = ColorMatch.color(tint, colors) }
        return look.withoutReverse
    }

    private func role(_ role: Role) -> Look {
        var look = colors == .mono ? mono(role) : colored(role)
        if colors >= .indexed, let grey = grey(role) { look = grey }
        return look
    }

    private func mono(_ role: Role) -> Look {
        let attributes =
            switch role {
            case .text, .value, .label, .border, .hint, .notice, .good: 0
            case .dim: NCX_DIM
            case .title, .heading, .accent, .hintKey, .warning: NCX_BOLD
            case .selected, .badge: NCX_REVERSE
            case .cursor, .danger: NCX_REVERSE | NCX_BOLD
            case .marked, .error: NCX_BOLD | NCX_UNDERLINE
            case .input: NCX_UNDERLINE
            }
        return Look(attributes: Int32(attributes))
    }

    private func colored(_ role: Role) -> Look {
        var look = mono(role)
        look.foreground =
            switch role {
            case .accent, .label, .hintKey, .notice: Color.cyan
            case .good: Color.green
            case .warning, .marked: Color.yellow
            case .error, .danger: Color.red
            case .title: Color.blue
            default: -1
            }
        if role == .marked || role == .error { look.attributes = Int32(NCX_BOLD) }
        return look
    }

    /// Quiet parts, where there is a grey that is seen on black and on white.
    private func grey(_ role: Role) -> Look? {
        switch role {
        case .dim, .border, .hint: Look(foreground: 244)
        case .title: Look(attributes: Int32(NCX_BOLD))
        default: nil
        }
    }

    private enum Color {
        static let red: Int32 = 1
        static let green: Int32 = 2
        static let yellow: Int32 = 3
        static let blue: Int32 = 4
        static let cyan: Int32 = 6
    }
}
