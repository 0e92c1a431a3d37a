public import Canvas

/// What a person does at the terminal, written down: one step a line.
///
///     key j              a key: a character, or enter esc tab backtab space backspace delete insert up
///     keys 3 down        down left right home end pgup pgdn f1…f12 ctrl-c alt-x; several, or one n times
///     type some text     every character of the rest of the line, as keys
///     paste some text    the same as one bracketed paste
///     mouse press 3 10   press, drag, release, secondary, wheelup or wheeldown at a row and column, from 0
///     resize 80x24       columns by rows
///     wait idle          go on when no work is under way
///     screen [name]      what is shown, as text; `styles [name]` with a line of style letters per row
///     now key q          without waiting until work is done, as every other step does
///
/// Empty lines and lines that begin with `#` say nothing.
public struct Script: Hashable, Sendable {
    /// One line of a script.
    struct Step: Hashable {
        var action: Action
        var waitsForIdle = true
    }

    enum Action: Hashable {
        case input([Input])
        case wait
        case screen(name: String, hasStyles: Bool)
    }

    var steps: [Step] = []

    /// Reads a script. Throws `.badScript` with the number of the line that says nothing known.
    public init(_ text: String) throws(TerminalError) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = line.hasSuffix("\r") ? line.dropLast() : line
            guard let step = try Script.step(line, number: index + 1) else { continue }
            steps.append(step)
        }
    }

    private static func step(_ line: Substring, number: Int) throws(TerminalError) -> Step? {
        let words = line.split(separator: " ")
        guard let verb = words.first, !verb.hasPrefix("#") else { return nil }
        if verb == "now" {
            let rest = line.drop { $0 == " " }.dropFirst(4)
            if var step = try step(rest, number: number) {
                step.waitsForIdle = false
                return step
            }
        }
        guard let action = action(verb, words.dropFirst(), rest: rest(of: line, after: verb)) else {
            throw TerminalError(
                .badScript,
                "line \(number) of the script is not a step: \(TextWidth.fitted(line, columns: 60))"
                    + " (steps: \(steps))"
            )
        }
        return Step(action: action)
    }

    /// What a step looks like, in one line.
    private static let steps =
        "key j, keys 3 down, type TEXT, paste TEXT, mouse press 3 10, resize 80x24, wait idle, screen"

    /// What follows the verb and one blank, as it stands.
    private static func rest(of line: Substring, after verb: Substring) -> String {
        String(line[verb.endIndex...].dropFirst())
    }

    private static func action(
        _ verb: Substring,
        _ words: ArraySlice<Substring>,
        rest: String
    ) -> Action? {
        switch verb {
        case "key", "keys":
            return keys(words).map { .input($0.map { .key($0) }) }
        case "type":
            return rest.isEmpty ? nil : .input(rest.map { .key(.character($0)) })
        case "paste":
            return .input([.key(.paste(rest))])
        case "mouse":
            return mouse(Array(words)).map { .input([.key($0)]) }
        case "resize":
            return words.first.flatMap { Size(text: $0) }.map { .input([.resized($0)]) }
        case "wait":
            return words == ["idle"] ? .wait : nil
        case "screen", "styles":
            return .screen(name: rest, hasStyles: verb == "styles")
        default:
            return nil
        }
    }

    /// `3 down` is down three times; else every word is a key.
    private static func keys(_ words: ArraySlice<Substring>) -> [Key]? {
        if words.count == 2, let count = words.first.flatMap({ Int($0) }), (1...10_000) ~= count,
            let key = words.last.flatMap({ Key(name: $0) })
        {
            return Array(repeating: key, count: count)
        }
        let keys = words.map { Key(name: $0) }
        return keys.isEmpty || keys.contains(nil) ? nil : keys.compactMap { $0 }
    }

    private static func mouse(_ words: [Substring]) -> Key? {
        guard words.count == 3, let row = Int(words[1]), let column = Int(words[2]) else {
            return nil
        }
        let actions: [Substring: MouseAction] = [
            "press": .press, "drag": .drag, "release": .release, "secondary": .secondary,
            "wheelup": .wheelUp, "wheeldown": .wheelDown,
        ]
        return actions[words[0]].map { .mouse($0, Point(row: row, column: column)) }
    }
}

extension Size {
    /// Columns by rows, as in `80x24`; `nil` if it is not that, or more than 10,000.
    public init?(text: some StringProtocol) {
        let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let columns = parts[0], let rows = parts[1],
            (1...10_000) ~= columns, (1...10_000) ~= rows
        else { return nil }
        self.init(rows: rows, columns: columns)
    }
}
