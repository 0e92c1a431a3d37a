import Canvas
import Testing

@Suite struct TextWidthTests {
    @Test(arguments: [
        ("abc", 3), ("", 0), ("日本", 4), ("e\u{301}", 1), ("😀", 2), ("한글", 4), ("ﬁ", 1),
        ("a\u{200b}b", 10), ("\u{1b}[2J", 9), ("\u{202e}", 8), ("🇨🇭", 2), ("👨‍👩‍👧", 2 + 8 + 2 + 8 + 2),
    ])
    func `text takes the cells that a terminal gives it`(text: String, width: Int) {
        #expect(TextWidth.of(text) == width)
    }

    @Test func `what needs no look at the tables is what they say`() {
        let hidden: [Unicode.GeneralCategory] = [
            .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
        ]
        for value in (0xA0...0x2FF).map(UInt32.init) + (0x2500...0x259F) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let category = scalar.properties.generalCategory
            let isDrawn = !hidden.contains(category) && category != .nonspacingMark
            #expect((TextWidth.of(scalar) == 1) == isDrawn, "\(value)")
            let text = "a" + String(scalar)
            #expect(TextWidth.of(text) == TextWidth.glyphs(text).reduce(0) { $0 + $1.width })
        }
    }

    @Test func `text that is too long is cut where asked and never wider than its space`() {
        #expect(TextWidth.fitted("abcdef", columns: 4) == "abc…")
        #expect(TextWidth.fitted("abcdef", columns: 4, cut: .start) == "…def")
        #expect(TextWidth.fitted("abcdef", columns: 4, cut: .middle) == "ab…f")
        #expect(TextWidth.fitted("abcdef", columns: 4, cut: .clip) == "abcd")
        #expect(TextWidth.fitted("日本語", columns: 4) == "日…")
        #expect(TextWidth.fitted("abc", columns: 0) == "")
        for columns in 0...9 {
            for cut in [TextWidth.Cut.start, .middle, .end, .clip] {
                let text = TextWidth.fitted("a日b本c語", columns: columns, cut: cut)
                #expect(TextWidth.of(text) <= columns)
            }
        }
    }

    @Test func `padded text fills its space exactly`() {
        #expect(TextWidth.padded("ab", columns: 5) == "ab   ")
        #expect(TextWidth.padded("ab", columns: 5, align: .trailing) == "   ab")
        #expect(TextWidth.padded("ab", columns: 5, align: .center) == " ab  ")
        #expect(TextWidth.padded("日本", columns: 3) == "日…")
    }

    @Test func `a cell keeps four marks, and shows the others`() {
        let marks = String(repeating: "\u{301}", count: 6)
        let glyphs = TextWidth.glyphs("a" + marks)
        #expect(glyphs[0].character.unicodeScalars.count == 5)
        #expect(String(glyphs.dropFirst().map(\.character)) == "\\u{301}\\u{301}")
    }

    @Test func `a mark without a letter before it is shown in its visible form`() {
        #expect(String(TextWidth.glyphs("\u{301}a").map(\.character)) == "\\u{301}a")
    }
}
