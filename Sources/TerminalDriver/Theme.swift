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
/// the dark theme works on most terminals; the others are for grounds where it does not. Where you are is
/// always reversed, which no theme hides.
package struct Theme {
    /// Which theme.
    package let name: ThemeName
    /// How many colours there are to use.
    package let colors: TerminalTraits.Colors

    /// Makes a theme for a terminal of so many colours.
    package init(_ name: ThemeName = .dark, colors: TerminalTraits.Colors) {
        self.name = name
        self.colors = name == .mono ? .mono : colors
    }

    /// The look of a style: its role's, with its own colours in place of the role's.
    package func look(_ style: Style) -> Look {
        var look = role(style.role)
        if style.isReversed { look.attributes ^= Int32(NCX_REVERSE) }
        guard colors > .mono else { return look }
        if let tint = style.foreground { look.foreground = ColorMatch.color(tint, colors) }
        if let tint = style.background { look.background = ColorMatch.color(tint, colors) }
        return look.withoutReverse
    }

    private func role(_ role: Role) -> Look {
        guard colors > .mono else { return Self.mono(role) }
        let hasMany = colors >= .indexed
        switch name {
        case .dark, .mono:
            return hasMany ? Self.grey(role) ?? Self.dark(role) : Self.dark(role)
        case .light:
            return hasMany ? Self.light(role) : Self.lightOfEight(role)
        case .highContrast:
            return Self.highContrast(role, hasMany: hasMany)
        }
    }

    private static func mono(_ role: Role) -> Look {
        let attributes =
            switch role {
            case .text, .value, .label, .border, .hint, .notice, .good: 0
            case .dim: NCX_DIM
            case .title, .heading, .accent, .hintKey, .warning: NCX_BOLD
            case .selected, .badge: NCX_REVERSE
            case .danger: NCX_REVERSE | NCX_BOLD
            // Underlined, so that it shows where it is turned round among what is in reverse.
            case .cursor: NCX_REVERSE | NCX_BOLD | NCX_UNDERLINE
            case .marked, .error: NCX_BOLD | NCX_UNDERLINE
            case .input: NCX_UNDERLINE
            }
        return Look(attributes: Int32(attributes))
    }

    /// As without colours, where colour alone does not have to say it.
    private static func plain(_ role: Role) -> Look {
        var look = mono(role)
        if role == .marked || role == .error { look.attributes = Int32(NCX_BOLD) }
        if role == .cursor { look.attributes = Int32(NCX_REVERSE | NCX_BOLD) }
        return look
    }

    private static func dark(_ role: Role) -> Look {
        var look = plain(role)
        look.foreground =
            switch role {
            case .accent, .label, .hintKey, .notice: Color.cyan
            case .good: Color.green
            case .warning, .marked: Color.yellow
            case .error, .danger: Color.red
            case .title: Color.blue
            default: -1
            }
        return look
    }

    /// Quiet parts, where there is a grey that is seen on black and on white.
    private static func grey(_ role: Role) -> Look? {
        switch role {
        case .dim, .border, .hint: Look(foreground: 244)
        case .title: Look(attributes: Int32(NCX_BOLD))
        default: nil
        }
    }

    /// Fixed colours that are dark enough for a light ground: yellow and cyan are not.
    private static func light(_ role: Role) -> Look {
        var look = plain(role)
        look.foreground =
            switch role {
            case .accent, .hintKey, .notice: 25
            case .label: 24
            case .good: 22
            case .warning: 130
            case .marked: 90
            case .error, .danger: 124
            case .dim, .hint: 241
            case .border: 246
            default: -1
            }
        if role == .dim { look.attributes = 0 }
        return look
    }

    private static func lightOfEight(_ role: Role) -> Look {
        var look = plain(role)
        look.foreground =
            switch role {
            case .accent, .label, .hintKey, .notice: Color.blue
            case .good: Color.green
            case .warning, .marked: Color.magenta
            case .error, .danger: Color.red
            default: -1
            }
        return look
    }

    /// White, yellow and cyan on black; nothing is pale, and what is wrong is reversed.
    private static func highContrast(_ role: Role, hasMany: Bool) -> Look {
        var look = mono(role)
        look.foreground = hasMany ? 231 : Color.white
        look.background = hasMany ? 16 : Color.black
        switch role {
        case .dim: look.attributes = 0
        case .accent, .label, .notice: look.foreground = hasMany ? 51 : Color.cyan
        case .hintKey, .warning, .marked: look.foreground = hasMany ? 226 : Color.yellow
        case .good: look.foreground = hasMany ? 46 : Color.green
        case .error: look.attributes = Int32(NCX_BOLD | NCX_REVERSE)
        default: break
        }
        return look.withoutReverse
    }

    private enum Color {
        static let black: Int32 = 0
        static let red: Int32 = 1
        static let green: Int32 = 2
        static let yellow: Int32 = 3
        static let blue: Int32 = 4
        static let magenta: Int32 = 5
        static let cyan: Int32 = 6
        static let white: Int32 = 7
    }
}
