extension Key {
    /// The key that scripts, the configuration and the screen call `name`: `n`, `Enter`, `^L`, `ctrl-l`,
    /// `Alt-x`, `PgDn`, `↑`, `F5`; `nil` if there is none.
    public init?(name: some StringProtocol) {
        let lower = name.lowercased()
        if name.count == 1, let character = name.first, Key.names[lower] == nil {
            self = .character(character)
        } else if let known = Key.names[lower] {
            self = known
        } else if let last = lower.last, lower == "ctrl-\(last)" || lower == "^\(last)" {
            self = .control(last)
        } else if let last = name.last, lower == "alt-\(last.lowercased())" {
            self = .alt(last)
        } else if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...63) ~= number {
            self = .function(number)
        } else {
            return nil
        }
    }

    private static let names: [String: Key] = [
        "enter": .enter, "esc": .escape, "escape": .escape, "tab": .tab, "backtab": .backTab,
        "s-tab": .backTab, "space": .character(" "), "backspace": .backspace, "bksp": .backspace,
        "delete": .delete, "del": .delete, "insert": .insert, "ins": .insert,
        "up": .up, "down": .down, "left": .left, "right": .right, "↑": .up, "↓": .down,
        "←": .left, "→": .right, "home": .home, "end": .end, "pgup": .pageUp, "pgdn": .pageDown,
        "pageup": .pageUp, "pagedown": .pageDown,
    ]
}
