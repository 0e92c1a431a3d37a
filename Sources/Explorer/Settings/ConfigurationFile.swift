import Canvas

/// What a person's configuration file says. Whatever is wrong with it is told, and what it would have
/// set stays as it is.
///
///     # A line that begins with # says nothing.
///     [look]
///     theme = light
///     [keys]
///     next = n F3
public struct ConfigurationFile: Hashable, Sendable {
    /// Something in the file that says nothing known.
    public struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// The line, from 1.
        public var line: Int
        /// The character of the line, from 1.
        public var column: Int
        /// What is wrong, and what helps.
        public var message: String

        /// `line 3, column 9: …`
        public var description: String {
            "line \(line), column \(column): \(message)"
        }
    }

    /// What it sets.
    public private(set) var settings = Settings()
    /// Its keys, and the standard ones for the rest.
    public private(set) var keymap = Keymap.standard
    /// What is wrong, in the order of the lines; no more than `mostProblems`.
    public private(set) var problems: [Problem] = []
    /// Where each command got its keys.
    private var lines: [Command: Int] = [:]
    private var seen: [String: Int] = [:]

    /// More mistakes than these are not told one by one.
    static let mostProblems = 100

    /// Reads a file's text.
    public init(_ text: String) {
        var section: Substring?
        for (place, text) in ConfigurationText.lines(text).enumerated() {
            let line = Line(number: place + 1, text: text)
            guard let first = line.words.first, !first.text.hasPrefix("#") else { continue }
            if first.text.hasPrefix("[") {
                section = heading(line, first)
            } else if let section {
                take(line, in: section)
            }
        }
        for conflict in lines.isEmpty ? [] : KeyConflict.all(keymap) {
            guard let line = conflict.commands.compactMap({ lines[$0] }).max() else { continue }
            add(line, 1, conflict.description)
        }
        problems.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// A section that is open from here on; empty for one that is not known.
    private mutating func heading(_ line: Line, _ first: Word) -> Substring {
        let name = line.trimmed.dropFirst()
        let known = Setting.sections + ["keys"]
        guard name.last == "]", known.contains(String(name.dropLast())) else {
            let names = known.map { "[\($0)]" }.joined(separator: " ")
            add(line.number, first.column, "no section \(line.trimmed); there are \(names)")
            return ""
        }
        return name.dropLast()
    }

    private mutating func take(_ line: Line, in section: Substring) {
        guard !section.isEmpty else { return }
        guard let sign = line.text.firstIndex(of: "=") else {
            add(line.number, line.text.count + 1, "here '= VALUE' is missing")
            return
        }
        let name = line.words[0]
        let value = line.words(from: line.text.index(after: sign))
        let word = String(name.text.prefix { $0 != "=" })
        if let before = seen["\(section) \(word)"] {
            add(line.number, name.column, "'\(word)' stands in line \(before) too; this one counts")
        }
        seen["\(section) \(word)"] = line.number
        if section == "keys" {
            setKeys(word, name, value, line)
        } else {
            set(word, name, value, line, in: section)
        }
    }

    private mutating func set(
        _ word: String,
        _ name: Word,
        _ value: [Word],
        _ line: Line,
        in section: Substring
    ) {
        guard let setting = Setting(rawValue: word), setting.section == section else {
            let known = Setting.allCases.filter { $0.section == section }.map(\.rawValue)
            let names = known.joined(separator: ", ")
            add(line.number, name.column, "no '\(word)' in [\(section)]; there are \(names)")
            return
        }
        guard value.count == 1, setting.values.contains(String(value[0].text)) else {
            let column = value.first?.column ?? line.text.count + 1
            let values = setting.values.joined(separator: ", ")
            add(line.number, column, "\(word) can be \(values)")
            return
        }
        settings[setting] = String(value[0].text)
    }

    private mutating func setKeys(_ word: String, _ name: Word, _ value: [Word], _ line: Line) {
        guard let command = Command(rawValue: word) else {
            add(line.number, name.column, "no command '\(word)'; the command palette lists them")
            return
        }
        guard !value.isEmpty else {
            add(line.number, line.text.count + 1, "a key is missing; 'none' takes the keys away")
            return
        }
        var keys: [Key] = []
        for label in value where label.text != "none" {
            guard let key = Key(name: label.text) else {
                add(line.number, label.column, "no key '\(label.text)'; as in: n ^L Alt-x F5 PgDn")
                continue
            }
            keys.append(key)
        }
        guard !keys.isEmpty || value.contains(where: { $0.text == "none" }) else { return }
        keymap.keys[command] = keys
        lines[command] = line.number
    }

    private mutating func add(_ line: Int, _ column: Int, _ message: String) {
        guard problems.count < Self.mostProblems else { return }
        problems.append(Problem(line: line, column: column, message: message))
    }
}

/// A word of a line, and where it stands.
private struct Word {
    var text: Substring
    var column: Int
}

private struct Line {
    var number: Int
    var text: Substring

    var words: [Word] {
        words(from: text.startIndex)
    }

    /// The line without the blanks around it.
    var trimmed: Substring {
        let rest = text.drop { $0 == " " || $0 == "\t" }
        guard let last = rest.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return rest[...last]
    }

    /// The words from a place of the line on.
    func words(from start: Substring.Index) -> [Word] {
        text[start...].split { $0 == " " || $0 == "\t" }.map { word in
            Word(text: word, column: text.distance(from: text.startIndex, to: word.startIndex) + 1)
        }
    }
}

extension Setting {
    /// The parts of the configuration file, in order.
    public static var sections: [String] {
        allCases.reduce(into: []) { names, setting in
            if !names.contains(setting.section) { names.append(setting.section) }
        }
    }
}
