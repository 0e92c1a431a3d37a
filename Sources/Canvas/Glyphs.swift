/// The signs that screens are made of, in the two sets that terminals have.
public struct Glyphs: Hashable, Sendable {
    public var horizontal, vertical: Character
    public var topLeft, topRight, bottomLeft, bottomRight: Character
    public var teeLeft, teeRight, teeTop, teeBottom, cross: Character
    /// In place of what was cut off.
    public var ellipsis: Character
    /// A closed and an open branch of a tree.
    public var closed, open: Character
    /// Between the parts of a path, and between items on a line.
    public var separator, bullet: Character
    public var up, down, left, right: Character
    public var check, fail, warning: Character
    /// The sign of dimensions, as in `64×64`.
    public var times: Character
    /// From low to high, a blank first: sparklines and vertical bars.
    public var heights: [Character]
    /// From short to full, a blank first: horizontal bars.
    public var widths: [Character]
    /// From light to dark, a blank first.
    public var shades: [Character]

    /// Unicode box drawing and block elements.
    public static let unicode = Glyphs(
        horizontal: "─",
        vertical: "│",
        topLeft: "┌",
        topRight: "┐",
        bottomLeft: "└",
        bottomRight: "┘",
        teeLeft: "├",
        teeRight: "┤",
        teeTop: "┬",
        teeBottom: "┴",
        cross: "┼",
        ellipsis: "…",
        closed: "▸",
        open: "▾",
        separator: "›",
        bullet: "·",
        up: "↑",
        down: "↓",
        left: "←",
        right: "→",
        check: "✔",
        fail: "✖",
        warning: "▲",
        times: "×",
        heights: Array(" ▁▂▃▄▅▆▇█"),
        widths: Array(" ▏▎▍▌▋▊▉█"),
        shades: Array(" ░▒▓█")
    )

    /// Plain ASCII.
    public static let ascii = Glyphs(
        horizontal: "-",
        vertical: "|",
        topLeft: "+",
        topRight: "+",
        bottomLeft: "+",
        bottomRight: "+",
        teeLeft: "+",
        teeRight: "+",
        teeTop: "+",
        teeBottom: "+",
        cross: "+",
        ellipsis: "~",
        closed: ">",
        open: "v",
        separator: ">",
        bullet: ".",
        up: "^",
        down: "v",
        left: "<",
        right: ">",
        check: "+",
        fail: "x",
        warning: "!",
        times: "x",
        heights: Array(" .:-=+*#"),
        widths: Array(" #"),
        shades: Array(" .:#@")
    )

    /// The set for a terminal.
    public static func set(isUnicode: Bool) -> Glyphs {
        isUnicode ? .unicode : .ascii
    }

    /// The ASCII sign nearest to `character`; `?` where there is none.
    ///
    /// A name keeps its length, so that columns stay aligned, but not its letters: what must be exact
    /// is shown with escapes by whoever draws it.
    public static func asciiForm(of character: Character) -> Character {
        if let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7f {
            return Character(Unicode.Scalar(ascii))
        }
        if let known = asciiForms[character] { return known }
        guard let scalar = character.unicodeScalars.first else { return " " }
        switch scalar.value {
        case 0xA0, 0x2000...0x200A, 0x3000: return " "
        case 0x2500...0x257F: return "+"
        case 0x2580...0x259F: return "#"
        case 0x2800...0x28FF: return "."
        default: return "?"
        }
    }

    private static let asciiForms: [Character: Character] = [
        "─": "-", "━": "-", "╌": "-", "╴": "-", "╶": "-", "═": "=",
        "│": "|", "┃": "|", "╎": "|", "╵": "|", "╷": "|", "║": "|",
        "▪": "#", "■": "#", "▏": "|", "▕": "|", "░": ".", "▒": ":", "▓": "#", "█": "#",
        "▁": ".", "▂": ":", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▇": "#",
        "…": "~", "▸": ">", "▾": "v", "▶": ">", "▼": "v", "◀": "<", "▲": "!",
        "›": ">", "‹": "<", "·": ".", "•": "*", "●": "*", "○": "o", "◆": "*", "◐": "o", "◧": "p",
        "↑": "^", "↓": "v", "←": "<", "→": ">", "⟳": "@", "✔": "+", "✓": "+", "✖": "x", "✘": "x",
        "×": "x", "÷": "/", "−": "-", "–": "-", "—": "-", "±": "~", "≤": "<", "≥": ">",
        "‘": "'", "’": "'", "“": "\"", "”": "\"", "°": "o", "µ": "u", "μ": "u", "▣": "#", "✎": "*",
    ]
}
