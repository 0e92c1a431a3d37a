import Canvas
import Glibc
import Testing

/// Golden screens: files beside these sources, compared with what is drawn now.
enum Screens {
    /// Where they lie.
    static let folder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false)
        .dropLast(2).joined(separator: "/") + "/Screens"

    /// Compares a screen with the file of that name; writes the file instead where
    /// `UPDATE_SCREENS=1`.
    static func check(
        _ canvas: Canvas,
        _ name: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let text = canvas.styledText + "\n"
        let path = "\(folder)/\(name).txt"
        if unsafe getenv("UPDATE_SCREENS") != nil {
            write(text, to: path)
            return
        }
        let golden = read(path)
        #expect(
            golden == text,
            "\(name) differs; look at it and renew it with UPDATE_SCREENS=1\n\(canvas.plainText)",
            sourceLocation: sourceLocation
        )
    }

    private static func write(_ text: String, to path: String) {
        guard let file = unsafe fopen(path, "w") else {
            Issue.record("cannot write \(path)")
            return
        }
        unsafe fputs(text, file)
        unsafe fclose(file)
    }

    private static func read(_ path: String) -> String? {
        guard let file = unsafe fopen(path, "r") else { return nil }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        while true {
            let byte = unsafe fgetc(file)
            if byte < 0 { break }
            bytes.append(UInt8(truncatingIfNeeded: byte))
        }
        return String(decoding: bytes, as: UTF8.self)
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

    /// Four sizes, in both character sets, with and without colours; and the largest and the least that
    /// is of use, each in two that differ in both.
    static let all: [Screen] =
        [
            Size(rows: 36, columns: 120), Size(rows: 24, columns: 80), Size(rows: 5, columns: 20),
            Size(rows: 1, columns: 1),
        ].flatMap { size in
            [
                Screen(size, isUnicode: true, .indexed), Screen(size, isUnicode: true, .mono),
                Screen(size, isUnicode: false, .indexed), Screen(size, isUnicode: false, .mono),
            ]
        } + [
            Screen(Size(rows: 45, columns: 160), isUnicode: true, .indexed),
            Screen(Size(rows: 45, columns: 160), isUnicode: false, .mono),
            Screen(Size(rows: 16, columns: 60), isUnicode: true, .mono),
            Screen(Size(rows: 16, columns: 60), isUnicode: false, .indexed),
        ]

    private init(_ size: Size, isUnicode: Bool, _ colors: TerminalTraits.Colors) {
        self.size = size
        traits = TerminalTraits(isUnicode: isUnicode, colors: colors)
    }
}
