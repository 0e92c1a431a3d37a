import Canvas

extension Explorer {
    /// What is shown, in lines that make sense one after the other: no columns beside each other, no
    /// drawing, nothing that only a colour or a place says.
    public mutating func plainLines() -> [String] {
        preparePlain()
        var lines = [crumbs]
        if context.mock.isArmed { lines.append("a mock is armed: the store is only read") }
        lines += panes[top].plain(context) ?? drawnLines()
        switch overlay {
        case .help?, .palette?: lines += plainKeys()
        case .settings?:
            lines += Setting.allCases.map {
                "\($0.rawValue): \(context.configuration.settings[$0])"
            }
        default: break
        }
        if let progress { lines.append(progress) }
        if let message = context.message { lines.append(message.text) }
        return lines.map(Self.linear).filter { !$0.isEmpty }
    }

    /// Gives the pane its room. Do so before each event, since a pane asks only for what has room.
    public mutating func preparePlain() {
        context.size = Size(rows: 200, columns: 60)
        panes[top].prepare(context.size, context)
    }

    /// The keys that are live now, one to a line, with the reason where one is disabled.
    public func plainKeys() -> [String] {
        paletteEntries(liveCommands).map { entry in
            let key = context.configuration.keymap.label(for: entry.command, isUnicode: false)
            let keys = key.map { "\($0), " } ?? ""
            let reason = entry.reason.map { ": not now. \($0)" } ?? ""
            return "\(keys)\(entry.command.word): \(entry.title)\(reason)"
        }
    }

    /// Whether keys are text just now.
    public var isTyping: Bool {
        if overlay != nil { return true }
        return panes[top].isTyping
    }

    /// Does what a command's word or key says; `nil` where it is neither.
    public mutating func handle(word: String) -> [Effect]? {
        if let key = Key(name: word) { return handle(key) }
        guard let command = liveCommands.first(where: { $0.word == word }) else { return nil }
        context.message = nil
        var effects = perform(command)
        navigate(&effects)
        return effects + remember()
    }

    /// The pane as it would be drawn on a narrow screen.
    private mutating func drawnLines() -> [String] {
        var canvas = Canvas(context.size)
        panes[top].draw(on: &canvas, context)
        return canvas.plainText.split(separator: "\n").map(String.init)
    }

    /// A line without the signs that draw lines, bars and frames; blanks only between words.
    private static func linear(_ line: String) -> String {
        let drawn = line.unicodeScalars.map { scalar in
            (0x2500...0x25FF).contains(scalar.value) || (0x2800...0x28FF).contains(scalar.value)
                ? " " : Character(scalar)
        }
        var words: [[Character]] = [[]]
        for character in drawn {
            if character != " " {
                words[words.count - 1].append(character)
            } else if !words[words.count - 1].isEmpty {
                words.append([])
            }
        }
        let text = words.filter { !$0.isEmpty }.map { String($0) }.joined(separator: " ")
        return text.contains(where: { $0.isLetter || $0.isNumber }) ? text : ""
    }
}
