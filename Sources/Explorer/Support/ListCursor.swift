/// The selected line of a list, and which part of the list is in view.
struct ListCursor: Hashable, Sendable {
    /// The selected line.
    var selected = 0
    /// The first line in view.
    private(set) var first = 0
    /// Lines in view.
    private(set) var height = 1
    /// Lines in all.
    private(set) var count = 0

    /// Takes the numbers that hold now, and keeps the selected line in view.
    mutating func fit(count: Int, height: Int) {
        self.count = max(0, count)
        self.height = max(1, height)
        selected = max(0, min(selected, self.count - 1))
        if selected < first { first = selected }
        if selected >= first + self.height { first = selected - self.height + 1 }
        first = max(0, min(first, self.count - self.height))
    }

    /// The lines in view.
    var visible: Range<Int> {
        first..<max(first, min(count, first + height))
    }

    /// Reacts to a command that moves; answers whether it was one.
    mutating func take(_ command: Command) -> Bool {
        switch command {
        case .up: selected -= 1
        case .down: selected += 1
        case .pageUp: selected -= height
        case .pageDown: selected += height
        case .halfUp: selected -= max(1, height / 2)
        case .halfDown: selected += max(1, height / 2)
        case .top: selected = 0
        case .bottom: selected = count - 1
        default: return false
        }
        selected = max(0, min(selected, count - 1))
        return true
    }

    /// Moves by lines, as the mouse wheel does.
    mutating func move(by lines: Int) {
        selected = max(0, min(selected + lines, count - 1))
    }
}

/// How far a text is scrolled.
struct Scroll: Hashable, Sendable {
    /// The first line in view.
    private(set) var first = 0
    private(set) var height = 1
    private(set) var count = 0

    /// Takes the numbers that hold now.
    mutating func fit(count: Int, height: Int) {
        self.count = count
        self.height = max(1, height)
        first = max(0, min(first, count - self.height))
    }

    /// Whether there is more than fits.
    var isNeeded: Bool {
        count > height
    }

    /// Reacts to a command that moves; answers whether it was one.
    mutating func take(_ command: Command) -> Bool {
        switch command {
        case .up: move(by: -1)
        case .down: move(by: 1)
        case .pageUp: move(by: -height)
        case .pageDown: move(by: height)
        case .halfUp: move(by: -max(1, height / 2))
        case .halfDown: move(by: max(1, height / 2))
        case .top: first = 0
        case .bottom: move(by: count)
        default: return false
        }
        return true
    }

    /// Moves by lines.
    mutating func move(by lines: Int) {
        first = max(0, min(first + lines, count - height))
    }
}
