import CCurses
import Testing

/// A frame in fewer bytes shows the same.
@Suite struct SqueezeTests {
    @Test(arguments: [
        // A colour taken back before everything is, and the character set named again.
        ("a\u{1B}[39m\u{1B}(B\u{1B}[0;1;7mb", "a\u{1B}[0;1;7mb"),
        ("\u{1B}(B\u{1B}[m\u{1B}[38;5;60mx", "\u{1B}[0;38;5;60mx"),
        ("\u{1B}[1m\u{1B}[mx", "\u{1B}[mx"),
        ("\u{1B}[1m\u{1B}[0mx\u{1B}[m", "\u{1B}[mx\u{1B}[m"),
        ("\u{1B}[1m\u{1B}[33mx", "\u{1B}[1;33mx"),
        // What a colour's numbers begin with is no reset.
        ("\u{1B}[1m\u{1B}[38;5;0mx", "\u{1B}[1;38;5;0mx"),
        // Places, words and unfinished sequences stay.
        ("\u{1B}[1m\u{1B}[3;4Hx\u{1B}[K\u{1B}[1", "\u{1B}[1m\u{1B}[3;4Hx\u{1B}[K\u{1B}[1"),
        ("\u{1B}[38:2::1:2:3mx\u{1B}", "\u{1B}[38:2::1:2:3mx\u{1B}"),
        ("", ""),
    ])
    func `changes of attributes that follow each other become one`(given: String, left: String) {
        var isASCII: Int32 = 1
        #expect(squeezed(given, &isASCII) == left)
    }

    @Test func `the character set is named once, and again after another`() {
        var isASCII: Int32 = 0
        let set = "\u{1B}(B"
        #expect(squeezed("\(set)a\(set)b", &isASCII) == "\(set)ab")
        #expect(squeezed("\(set)c", &isASCII) == "c")
        #expect(squeezed("\u{1B}(0q\(set)d\(set)", &isASCII) == "\u{1B}(0q\(set)d")
        #expect(isASCII == 1)
    }

    @Test func `every letter keeps its attributes, whatever stands before it`() {
        let parts = [
            "\u{1B}[m", "\u{1B}[0m", "\u{1B}[0;1m", "\u{1B}[1m", "\u{1B}[7m", "\u{1B}[39m",
            "\u{1B}[49m",
            "\u{1B}[38;5;0m", "\u{1B}[48;5;203m", "\u{1B}[1;38;5;60;48;5;7m", "\u{1B}(B", "a", "b",
            "\u{1B}[3;4H",
            "\u{2588}", "\u{1B}[38;5;1;48;5;2;1;3;4;7;38;5;3;48;5;4;22;23;24;27m",
        ]
        var generator = SplitMix(state: 7)
        for _ in 0..<2000 {
            let frame = (0..<40).map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
            var isASCII: Int32 = 1
            let fewer = squeezed(frame, &isASCII)
            #expect(letters(fewer) == letters(frame), "\(frame.debugDescription)")
            #expect(fewer.utf8.count <= frame.utf8.count)
        }
    }

    private func squeezed(_ text: String, _ isASCII: inout Int32) -> String {
        var bytes = Array(text.utf8)
        let count = unsafe bytes.withUnsafeMutableBufferPointer {
            unsafe ncx_squeeze($0.baseAddress, $0.count, &isASCII)
        }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    /// What a terminal shows: each letter with what holds for it, and each move.
    private func letters(_ text: String) -> [String] {
        var shown: [String] = []
        var bold = false
        var others: [String: String] = [:]
        var rest = text.unicodeScalars[...]
        while let first = rest.popFirst() {
            guard first == "\u{1B}" else {
                shown.append("\(first) \(bold) \(others.sorted { $0.key < $1.key })")
                continue
            }
            guard rest.popFirst() == "[" else {
                rest = rest.dropFirst()
                continue
            }
            let words = rest.prefix { !$0.properties.isAlphabetic }
            rest = rest.dropFirst(words.count)
            guard rest.popFirst() == "m" else {
                shown.append("move \(String(words))")
                continue
            }
            var numbers = String(words).split(separator: ";", omittingEmptySubsequences: false)[...]
            while let number = numbers.popFirst() {
                switch number {
                case "", "0": (bold, others) = (false, [:])
                case "1": bold = true
                case "22": bold = false
                case "38", "48": others[String(number)] = numbers.prefix(2).joined(separator: " ")
                case "39": others["38"] = nil
                case "49": others["48"] = nil
                default: others[String(number)] = ""
                }
                if number == "38" || number == "48" { numbers = numbers.dropFirst(2) }
            }
        }
        return shown
    }
}
