import Canvas

/// A key that means two commands in one pane, so that one of them cannot be reached by it.
struct KeyConflict: Hashable, Sendable, CustomStringConvertible {
    /// The key.
    var key: Key
    /// The commands; the first one gets the key.
    var commands: [Command]
    /// The pane, as it is called in messages.
    var pane: String

    /// What to tell a person.
    var description: String {
        let label = KeyLabel.text(key, isUnicode: false)
        let words = commands.map { "'\($0.word)'" }.joined(separator: " and ")
        return "the key \(label) means \(words) in the \(pane); the first one counts"
    }

    /// All conflicts of a keymap, each told once for each pair of commands.
    static func all(_ keymap: Keymap) -> [KeyConflict] {
        let context = Context(ExplorerConfiguration(keymap: keymap))
        var found: [KeyConflict] = []
        for pane in Panes.all {
            let live = Command.live(pane.make("/").commands(context))
            for conflict in all(keymap, among: live, in: pane.name)
            where !found.contains(where: {
                $0.key == conflict.key && $0.commands == conflict.commands
            }) {
                found.append(conflict)
            }
        }
        return found
    }

    /// The conflicts among the commands that are live at one time.
    static func all(_ keymap: Keymap, among live: [Command], in pane: String) -> [KeyConflict] {
        var meanings: [Key: [Command]] = [:]
        var order: [Key] = []
        for command in live {
            for key in keymap.keys[command] ?? [] where meanings[key]?.contains(command) != true {
                if meanings[key] == nil { order.append(key) }
                meanings[key, default: []].append(command)
            }
        }
        return order.compactMap { key in
            guard let commands = meanings[key], commands.count > 1 else { return nil }
            return KeyConflict(key: key, commands: commands, pane: pane)
        }
    }
}
