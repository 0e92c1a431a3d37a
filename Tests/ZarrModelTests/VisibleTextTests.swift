import Testing
import ZarrModel

struct VisibleTextTests {
    @Test(arguments: ["", "plain", "näive café", "数据", "😀", "a b", "tab-free", "e\u{301}"])
    func `ordinary text stays as it is`(text: String) {
        #expect(visible(text) == text)
    }

    @Test(arguments: [
        ("\u{1b}[2J", "\\u{1b}[2J"), ("a\nb", "a\\u{a}b"), ("\u{7f}", "\\u{7f}"),
        ("\u{9b}0m", "\\u{9b}0m"), ("\u{202e}x", "\\u{202e}x"), ("\u{2066}", "\\u{2066}"),
        ("\u{200b}", "\\u{200b}"), ("\u{feff}", "\\u{feff}"), ("\u{e0041}", "\\u{e0041}"),
        ("\u{2028}", "\\u{2028}"), ("\u{2029}", "\\u{2029}"), ("\u{fffd}", "\\u{fffd}"),
        ("\u{ad}", "\\u{ad}"), ("\r\n", "\\u{d}\\u{a}"), ("\u{a0}", "\\u{a0}"),
        ("\u{e000}", "\\u{e000}"), ("\u{3164}", "\\u{3164}"), ("\u{0}", "\\u{0}"),
    ])
    func `what steers or misleads is written out`(text: String, expected: String) {
        #expect(visible(text) == expected)
    }

    @Test func `combining marks after the fourth are written out`() {
        let four = "a" + String(repeating: "\u{301}", count: 4)
        #expect(visible(four).unicodeScalars.count == 5)
        #expect(visible(four + "\u{301}") == four + "\\u{301}")
    }

    @Test func `no scalar of a steering category survives`() {
        // Planes 2 to 13 hold ideographs and nothing, 15 and 16 private use.
        for value in Array(UInt32(0)...0x1ffff) + Array(0xe0000...0xe01ff) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                let text = visible(String(scalar))
                if !text.hasPrefix("\\u{") {
                    Issue.record("U+\(String(value, radix: 16)) survives")
                }
            default: break
            }
        }
    }
}
