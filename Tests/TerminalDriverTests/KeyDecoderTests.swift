import CCurses
import Canvas
import TerminalDriver
import Testing

@Suite struct KeyDecoderTests {
    @Test(
        arguments: [
            ("a", [.character("a")]), ("é", [.character("é")]), ("日", [.character("日")]),
            ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{7f}", [.backspace]),
            ("\u{8}", [.backspace]), ("\u{3}", [.control("c")]), ("\u{1a}", [.control("z")]),
            ("\u{0}", [.control(" ")]), ("\u{9b}", []), ("\u{1b}", [.escape]),
            ("\u{1b}\u{1b}", [.escape, .escape]), ("\u{1b}x", [.alt("x")]),
            ("\u{1b}[", [.alt("[")]), ("\u{1b}O", [.alt("O")]), ("\u{1b}\r", [.escape, .enter]),
            ("\u{1b}[A", [.up]), ("\u{1b}OB", [.down]), ("\u{1b}[1;5C", [.right]),
            ("\u{1b}[3~", [.delete]), ("\u{1b}[15;2~", [.function(5)]), ("\u{1b}[Z", [.backTab]),
            ("\u{1b}[97;5u", [.control("a")]), ("\u{1b}[97;3u", [.alt("a")]),
            ("\u{1b}[27u", [.escape]),
        ] as [(String, [Key])]
    )
    func `characters become keys`(text: String, keys: [Key]) {
        #expect(decoded(text) == keys)
    }

    @Test(arguments: [
        "\u{1b}[?62;4c", "\u{1b}[12;40R", "\u{1b}[99~", "\u{1b}[<1;2M", "\u{1b}[<;;M",
        "\u{1b}[I", "\u{1b}[O", "\u{1b}[999999999999999999;9u",
    ])
    func `what is not known is dropped whole`(text: String) {
        #expect(decoded(text + "j").suffix(1) == [.character("j")])
        #expect(decoded(text + "j").count <= 2)
    }

    @Test(arguments: [
        ("\u{1b}[<0;5;3M", MouseAction.press), ("\u{1b}[<0;5;3m", .release),
        ("\u{1b}[<32;5;3M", .drag), ("\u{1b}[<64;5;3M", .wheelUp), ("\u{1b}[<65;5;3M", .wheelDown),
        ("\u{1b}[<2;5;3M", .secondary), ("\u{1b}[<16;5;3M", .press), ("\u{1b}[M %#", .press),
        ("\u{1b}[M#%#", .release), ("\u{1b}[M`%#", .wheelUp),
    ])
    func `reports of the mouse count from 0`(text: String, action: MouseAction) {
        #expect(decoded(text) == [.mouse(action, Point(row: 2, column: 4))])
    }

    @Test func `columns beyond 223 are reported`() {
        #expect(decoded("\u{1b}[<0;400;60M") == [.mouse(.press, Point(row: 59, column: 399))])
    }

    @Test func `pasted text is one key, whatever is in it`() {
        let keys = decoded("\u{1b}[200~y\ryes\u{3}")
        #expect(keys == [])
        var decoder = KeyDecoder()
        var all: [Key] = []
        all += decoder.decode(.named(Int(NCX_PASTE_BEGIN)))
        for scalar in "y\ryes".unicodeScalars { all += decoder.decode(.character(scalar.value)) }
        all += decoder.decode(.named(Int(NCX_UP)))
        all += decoder.flush()
        #expect(all == [])
        all += decoder.decode(.named(Int(NCX_PASTE_END)))
        all += decoder.decode(.character(0x6A))
        #expect(all == [.paste("y\nyes"), .character("j")])
    }

    @Test func `a paste without an end does not fill the memory`() {
        var decoder = KeyDecoder()
        _ = decoder.decode(.named(Int(NCX_PASTE_BEGIN)))
        for _ in 0..<KeyDecoder.longestPaste + 1000 { _ = decoder.decode(.character(0x61)) }
        let keys = decoder.decode(.named(Int(NCX_PASTE_END)))
        #expect(keys == [.paste(String(repeating: "a", count: KeyDecoder.longestPaste))])
    }

    @Test func `a report that arrives in pieces is one report`() {
        var decoder = KeyDecoder()
        var keys: [Key] = []
        for raw in [.named(Int(NCX_MOUSE_SGR))] + "0;7".unicodeScalars.map({ .character($0.value) })
            as [KeyDecoder.Raw]
        {
            keys += decoder.decode(raw)
        }
        keys += decoder.flush()
        for scalar in "0;20Mk".unicodeScalars { keys += decoder.decode(.character(scalar.value)) }
        #expect(keys == [.mouse(.press, Point(row: 19, column: 69)), .character("k")])
    }

    @Test func `no sequence of input traps or is kept for ever`() {
        var random = SplitMix(state: 3)
        var decoder = KeyDecoder()
        let letters: [UInt32] = [27, 0x5B, 0x3C, 0x4D, 0x6D, 0x3B, 0x30, 0x39, 0x7E, 0x4F, 0x61]
        for _ in 0..<50_000 {
            switch random.next() % 20 {
            case 0: _ = decoder.decode(.named(Int(random.next() % 200)))
            case 1: _ = decoder.decode(.character(UInt32(truncatingIfNeeded: random.next())))
            case 2: _ = decoder.flush()
            default: _ = decoder.decode(.character(letters[Int(random.next() % 11)]))
            }
        }
        _ = decoder.decode(.named(Int(NCX_PASTE_END)))
        _ = decoder.decode(.named(Int(NCX_FOCUS)))
        #expect(decoder.decode(.character(0x6A)) == [.character("j")])
    }

    @Test(
        arguments: [
            (NCX_UP, Key.up), (NCX_PAGE_DOWN, .pageDown), (NCX_BACK_TAB, .backTab),
            (NCX_DELETE, .delete), (NCX_ENTER, .enter),
        ].map { (Int($0.0), $0.1) }
    )
    func `keys that ncurses names are those keys`(name: Int, key: Key) {
        var decoder = KeyDecoder()
        #expect(decoder.decode(.named(name)) == [key])
        #expect(decoder.decode(.named(Int(NCX_FUNCTION) + 12)) == [.function(12)])
        #expect(decoder.decode(.named(Int(NCX_FOCUS))) == [])
    }

    private func decoded(_ text: String) -> [Key] {
        var decoder = KeyDecoder()
        let keys = text.unicodeScalars.flatMap { decoder.decode(.character($0.value)) }
        return keys + decoder.flush()
    }
}

/// Random numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
