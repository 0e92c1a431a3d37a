/// What a person did at the terminal.
public enum Key: Hashable, Sendable {
    /// A printable character, or one with Control held (`.control("c")`).
    case character(Character)
    case control(Character)
    case alt(Character)
    case enter, escape, backspace, tab, backTab, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
    /// Mouse: where, and what.
    case mouse(MouseAction, Point)
    /// Text that arrived by bracketed paste. Never a confirmation.
    case paste(String)
}

/// What the mouse did.
public enum MouseAction: Hashable, Sendable {
    case press, drag, release, wheelUp, wheelDown, secondary
}
