import Canvas
import Glibc
import Synchronization
import Testing

/// Golden screens: a file for each scene beside these sources, with what it looks like at every size and on
/// every kind of terminal.
///
/// A part of a file begins with `= SIZE-CHARACTERS-COLOURS`. Blanks and dots at the ends of lines are left
/// out. The part of a terminal without colours has `=N` for N lines that are as in the part with them.
enum Screens {
    /// Where they lie.
    static let folder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false)
        .dropLast(2).joined(separator: "/") + "/Screens"

    /// The parts of the scenes that were read, by scene and part. Tests run beside each other.
    private static let known = Mutex<[String: [String: [String]]]>([:])

    /// Compares a screen with the part of the file that its name tells: `SCENE-SIZE-CHARACTERS-COLOURS`;
    /// writes that part instead where `UPDATE_SCREENS=1`.
    static func check(
        _ canvas: Canvas,
        _ name: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let words = name.split(separator: "-")
        let size = "\(canvas.size.columns)x\(canvas.size.rows)"
        let start = words.firstIndex { $0 == size } ?? words.count
        let scene = words[..<start].joined(separator: "-")
        let part = words[start...].joined(separator: "-")
        let lines = compact(canvas)
        let isUpdate = unsafe getenv("UPDATE_SCREENS") != nil
        let golden = known.withLock { known -> [String]? in
            if known[scene] == nil { known[scene] = read(scene) }
            guard isUpdate else { return known[scene]?[part] }
            known[scene]?[part] = lines
            write(known[scene] ?? [:], scene)
            return lines
        }
        #expect(
            golden == lines,
            "\(name) differs; look at it and renew it with UPDATE_SCREENS=1\n\(canvas.plainText)",
            sourceLocation: sourceLocation
        )
    }

    private static func compact(_ canvas: Canvas) -> [String] {
        var lines: [String] = []
        for line in canvas.styledText.split(separator: "\n") {
            let blank: Character = line.hasPrefix(":") ? "." : " "
            var text = line
            while text.count > 1, text.last == blank { text.removeLast() }
            if text != ":" { lines.append(String(text)) }
        }
        return lines
    }

    // MARK: Files

    /// The part with colours that one without is like.
    private static func twin(_ part: String) -> String? {
        part.hasSuffix("-mono") ? part.dropLast(4) + "color" : nil
    }

    private static func write(_ parts: [String: [String]], _ scene: String) {
        var text = ""
        for (part, lines) in parts.sorted(by: { $0.key < $1.key }) {
            text += "= \(part)\n"
            let other = twin(part).flatMap { parts[$0] } ?? []
            var same = 0
            for (place, line) in lines.enumerated() {
                if place < other.count, other[place] == line {
                    same += 1
                    continue
                }
                if same > 0 { text += "=\(same)\n" }
                same = 0
                text += line + "\n"
            }
            if same > 0 { text += "=\(same)\n" }
        }
        guard let file = unsafe fopen("\(folder)/\(scene).txt", "w") else {
            Issue.record("cannot write \(scene)")
            return
        }
        unsafe fputs(text, file)
        unsafe fclose(file)
    }

    private static func read(_ scene: String) -> [String: [String]] {
        guard let file = unsafe fopen("\(folder)/\(scene).txt", "r") else { return [:] }
        defer { unsafe fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = unsafe fread(&bytes, 1, bytes.count, file)
        var parts: [String: [String]] = [:]
        var part = ""
        for line in bytes[..<count].split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line, as: UTF8.self)
            if text.hasPrefix("= ") {
                part = String(text.dropFirst(2))
                parts[part] = []
            } else if text.hasPrefix("="), let same = Int(text.dropFirst()) {
                let start = parts[part]?.count ?? 0
                let other = twin(part).flatMap { parts[$0] } ?? []
                parts[part]? += other.dropFirst(start).prefix(same)
            } else {
                parts[part]?.append(text)
            }
        }
        return parts
    }
}

/// A size and what the terminal has.
struct Screen: Sendable, CustomTestStringConvertible {
    var size: Size
    var traits: TerminalTraits

    /// As in the names of the files.
    var testDescription: String {
        let characters = traits.isUnicode ? "utf8" : "ascii"
        let colors = traits.colors == .mono ? "mono" : "color"
        return "\(size.columns)x\(size.rows)-\(characters)-\(colors)"
    }

    /// Four sizes, and two that are too small to be of use, in both character sets, with and without
    /// colours.
    static let all: [Screen] = [
        Size(rows: 45, columns: 160), Size(rows: 36, columns: 120), Size(rows: 24, columns: 80),
        Size(rows: 16, columns: 60), Size(rows: 5, columns: 20), Size(rows: 1, columns: 1),
    ].flatMap { size in
        [
            Screen(size, isUnicode: true, .indexed), Screen(size, isUnicode: true, .mono),
            Screen(size, isUnicode: false, .indexed), Screen(size, isUnicode: false, .mono),
        ]
    }

    private init(_ size: Size, isUnicode: Bool, _ colors: TerminalTraits.Colors) {
        self.size = size
        traits = TerminalTraits(isUnicode: isUnicode, colors: colors)
    }
}
