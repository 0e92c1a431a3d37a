import TerminalDriver
import Testing

@Suite struct ClipboardTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("é\u{1b}]52;c;x\u{7}", "w6kbXTUyO2M7eAc="),
    ])
    func `text is sent where no byte of it is a control`(text: String, coded: String) throws {
        let bytes = try #require(Clipboard.sequence(text, inTmux: false))
        #expect(bytes == Array("\u{1b}]52;c;\(coded)\u{7}".utf8))
    }

    @Test func `tmux gets it in an envelope too`() throws {
        let bytes = try #require(Clipboard.sequence("f", inTmux: true))
        let plain = "\u{1b}]52;c;Zg==\u{7}"
        #expect(bytes == Array("\(plain)\u{1b}Ptmux;\u{1b}\(plain)\u{1b}\\".utf8))
    }

    @Test func `too long a text is not sent`() {
        let text = String(repeating: "a", count: Clipboard.longest + 1)
        #expect(Clipboard.sequence(text, inTmux: false) == nil)
    }
}
