import CCurses
import Canvas
import TerminalDriver
import Testing

@Suite struct ThemeTests {
    static let depths: [TerminalTraits.Colors] = [.mono, .eight, .sixteen, .indexed, .direct]

    @Test(arguments: depths)
    func `what is selected is reversed in every theme`(colors: TerminalTraits.Colors) {
        let theme = Theme(colors: colors)
        for role in [Role.selected, .cursor] {
            #expect(theme.look(Style(role)).attributes & Int32(NCX_REVERSE) != 0)
            let tinted = Style(role, foreground: Tint(0, 0, 0), background: Tint(255, 255, 255))
            let look = theme.look(tinted)
            let plain = theme.look(
                Style(.text, foreground: tinted.foreground, background: tinted.background)
            )
            let isSwapped =
                look.foreground == plain.background && look.background == plain.foreground
            #expect(look.attributes & Int32(NCX_REVERSE) != 0 || colors > .mono && isSwapped)
        }
        #expect(theme.look(Style(.text, isReversed: true)).attributes == Int32(NCX_REVERSE))
    }

    @Test func `without colours none is asked for, and what matters is still seen`() {
        let theme = Theme(colors: .mono)
        for role in Role.allCases {
            let look = theme.look(Style(role, foreground: Tint(9, 9, 9), background: Tint(9, 9, 9)))
            #expect(look.foreground == -1 && look.background == -1)
        }
        for role in [Role.error, .danger, .warning, .marked, .title, .input] {
            #expect(theme.look(Style(role)) != theme.look(Style(.text)))
        }
    }

    @Test(arguments: [TerminalTraits.Colors.eight, .sixteen])
    func `few colours are those that every terminal has`(colors: TerminalTraits.Colors) {
        let theme = Theme(colors: colors)
        for role in Role.allCases {
            let look = theme.look(Style(role, background: Tint(200, 10, 100)))
            #expect((-1..<8).contains(look.foreground))
            #expect((0..<8).contains(look.background))
        }
    }

    @Test(arguments: 16...255)
    func `a fixed color of the terminal is found exactly`(index: Int) {
        let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
        let grey = UInt8(clamping: 8 + 10 * (index - 232))
        let place = index - 16
        let tint =
            index >= 232
            ? Tint(grey, grey, grey)
            : Tint(steps[place / 36], steps[place / 6 % 6], steps[place % 6])
        #expect(ColorMatch.indexed(tint) == Int32(index))
    }

    @Test func `no tint becomes a color that a person's theme changes`() {
        var random = SplitMix(state: 1)
        for _ in 0..<10_000 {
            let bits = random.next()
            let tint = Tint(
                UInt8(truncatingIfNeeded: bits),
                UInt8(truncatingIfNeeded: bits >> 8),
                UInt8(truncatingIfNeeded: bits >> 16)
            )
            #expect((16...255).contains(ColorMatch.indexed(tint)))
        }
    }

    @Test(
        arguments: [
            (Tint(0, 0, 0), 0), (Tint(250, 10, 10), 1), (Tint(240, 240, 20), 3),
            (Tint(255, 255, 255), 7),
            (Tint(20, 20, 200), 4),
        ] as [(Tint, Int32)]
    )
    func `eight colours are told apart`(tint: Tint, index: Int32) {
        #expect(ColorMatch.basic(tint) == index)
    }
}
