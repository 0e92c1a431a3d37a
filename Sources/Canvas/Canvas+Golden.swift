extension Canvas {
    /// What is shown, as lines of text without the blanks at their ends.
    public var plainText: String {
        (0..<size.rows).map { trimmed(rowText($0)) }.joined(separator: "\n")
    }

    /// What is shown and how: under each row of text (after `|`) a row with one letter per cell for its
    /// style (after `:`), left out where all is plain text; under all, what the digits stand for.
    ///
    /// A letter is a role (`Role.letter`); a digit or capital is a style with colours of its own or
    /// reversed, in the order in which they appear.
    public var styledText: String {
        var lines: [String] = []
        var special: [Style] = []
        for row in 0..<size.rows {
            lines.append("|" + trimmed(rowText(row)))
            let styles = (0..<size.columns).map { letter(self[row, $0].style, &special) }
            guard styles.contains(where: { $0 != Role.text.letter }) else { continue }
            lines.append(":" + String(styles))
        }
        lines += special.enumerated().map { "\(Canvas.sign($0.offset)) = \($0.element)" }
        return lines.joined(separator: "\n")
    }

    /// The text of one row, in full: one character per cell, none for the second half of a wide one.
    public func rowText(_ row: Int) -> String {
        String((0..<size.columns).compactMap { self[row, $0].character })
    }

    private func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }

    private func letter(_ style: Style, _ special: inout [Style]) -> Character {
        if style == Style(style.role) { return style.role.letter }
        if let known = special.firstIndex(of: style) { return Canvas.sign(known) }
        special.append(style)
        return Canvas.sign(special.count - 1)
    }

    private static func sign(_ index: Int) -> Character {
        let signs = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return index < signs.count ? signs[index] : "*"
    }
}

extension Role {
    /// The letter that stands for this role in golden screens.
    public var letter: Character {
        switch self {
        case .text: "."
        case .dim: "d"
        case .title: "t"
        case .heading: "h"
        case .label: "l"
        case .value: "v"
        case .accent: "a"
        case .selected: "s"
        case .cursor: "c"
        case .marked: "m"
        case .good: "g"
        case .notice: "n"
        case .warning: "w"
        case .error: "e"
        case .danger: "x"
        case .border: "b"
        case .hint: "i"
        case .hintKey: "k"
        case .badge: "p"
        case .input: "u"
        }
    }
}

extension Style: CustomStringConvertible {
    /// The role, the colours and the order of both.
    public var description: String {
        var words = ["\(role)"]
        if let foreground { words.append("on-top \(foreground)") }
        if let background { words.append("behind \(background)") }
        if isReversed { words.append("reversed") }
        return words.joined(separator: " ")
    }
}

extension Tint: CustomStringConvertible {
    /// `#rrggbb`.
    public var description: String {
        let value = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
        let digits = String(value, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}
