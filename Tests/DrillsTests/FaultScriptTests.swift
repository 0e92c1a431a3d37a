import Drills
import Testing

private func rule(_ text: String) throws -> FaultRule {
    let rules = try FaultScript(parsing: text).rules
    return try #require(rules.first)
}

struct FaultScriptTests {
    @Test func `a script has directives, rules and remarks`() throws {
        let script = try FaultScript(
            parsing: """
                seed 0x7f3a                       # decides every draw
                clock virtual
                workload mixed 10000              # operations against the model

                [slow]   reads  c/**  : always           -> delay p50=20ms p99=800ms max=3s
                [flaky]  *      **    : 2%               -> error 503 retry-after=2s
                [lost]   write  c/**  : 1%               -> dropack
                [torn]   write  c/**  : nth 37           -> torn 60% + crash
                [rot]    read   c/2/7 : always           -> flip 1bit
                [page]   list   **    : 10%              -> page 50%
                [cable]  *      **    : 20s..25s         -> error reset
                [full]   writes **    : always           -> quota 64MiB
                [pipe]   *      **    : always           -> rate 1MiB/s
                [storm]  *      **    : burst 30 of 200  -> error 500
                """
        )
        #expect(script.seed == 0x7f3a)
        #expect(script.operationCount == 10_000)
        #expect(script.rules.count == 10)
        #expect(script.rules[0].name == "slow")
        #expect(script.rules[0].operations == [.read, .readMetadata, .list, .exists, .open])
        #expect(script.rules[2].effects == [.dropAcknowledgement])
        #expect(script.rules[3].conditions == [.nth(37...37)])
        #expect(script.rules[3].effects == [.torn(.share(0.6)), .crash])
        #expect(script.rules[6].conditions == [.window(.seconds(20)..<(.seconds(25)))])
        #expect(script.rules[7].effects == [.quota(64 << 20)])
        #expect(script.rules[9].conditions == [.burst(count: 30, period: 200)])
        #expect(script.rules[9].text == "[storm] * ** : burst 30 of 200 -> error 500")
    }

    @Test func `a rule may stick its colon to the key and need no name`() throws {
        let rule = try rule("write **: 5% -> dropack")
        #expect(rule.name == nil)
        #expect(rule.label == "write ** : 5% -> dropack")
        #expect(rule.conditions == [.share(0.05)])
    }

    @Test(arguments: [
        ("once", [FaultCondition.nth(1...1)]), ("nth 3..9", [.nth(3...9)]),
        ("every 4", [.every(4)]),
        ("0.5%", [.share(0.005)]),
        ("10ms..1.5s", [.window(.milliseconds(10)..<(.milliseconds(1500)))]),
        ("always and every 2", [.always, .every(2)]),
    ])
    func `conditions are read`(text: String, expected: [FaultCondition]) throws {
        #expect(try rule("* ** : \(text) -> hang").conditions == expected)
    }

    @Test(arguments: [
        ("delay 20ms", FaultEffect.delay(.fixed(.milliseconds(20)))),
        ("delay 10ms..50ms", .delay(.uniform(.milliseconds(10)..<(.milliseconds(50))))),
        ("cut 60%", .cut(.share(0.6))), ("cut 1KiB", .cut(.bytes(1024))),
        ("reset 0", .reset(.bytes(0))),
        ("flip 3", .flip(3)), ("flip 2bytes", .flip(16)), ("zero 0..4KiB", .zero(0..<4096)),
        ("pad 7", .pad(7)), ("swap c/0/1", .swap("c/0/1")), ("bomb 1GiB", .bomb(1 << 30)),
        ("dup 2", .duplicate(2)), ("hide", .hide), ("ghost c/9", .ghost("c/9")),
        ("drip 1KiB", .rate(1024)),
    ])
    func `effects are read`(text: String, expected: FaultEffect) throws {
        #expect(try rule("* ** : always -> \(text)").effects == [expected])
    }

    @Test(arguments: [
        ("read", 1, 5), ("read **", 1, 8), ("read ** always -> hang", 1, 9),
        ("fly ** : always -> hang", 1, 1),
        ("[x read ** : always -> hang", 1, 1), ("[] read ** : always -> hang", 1, 1),
        ("read ** : sometimes -> hang", 1, 11), ("read ** : 5 -> hang", 1, 11),
        ("read ** : 101% -> hang", 1, 11), ("read ** : -1% -> hang", 1, 11),
        ("read ** : nth 0 -> hang", 1, 15), ("read ** : nth 9..3 -> hang", 1, 15),
        ("read ** : burst 3 of 2 -> hang", 1, 22), ("read ** : always hang", 1, 18),
        ("read ** : always -> explode", 1, 21), ("read ** : always -> error 999", 1, 27),
        ("read ** : always -> delay soon", 1, 27), ("read ** : always -> hang hang", 1, 26),
        ("read ** : always -> error 503 retry-after=x", 1, 31), ("read ** : always ->", 1, 20),
        ("read ** : always and -> hang", 1, 22), ("# fine\nseed x", 2, 6),
        ("workload heavy 3", 1, 10),
        ("read ** : always -> zero 9..3", 1, 26), ("read,fly ** : always -> hang", 1, 1),
        ("read ** : 5s..2s -> hang", 1, 11), ("read ** : always -> flip 0", 1, 26),
    ])
    func `a wrong line is named with its column`(text: String, line: Int, column: Int) throws {
        let error = #expect(throws: FaultScriptError.self) { try FaultScript(parsing: text) }
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test func `two rules of one name are an error`() {
        #expect(throws: FaultScriptError.self) {
            try FaultScript(parsing: "[a] read ** : once -> hang\n[a] read ** : once -> hide")
        }
    }

    @Test func `no text traps the reader`() {
        var state: UInt64 = 1
        let letters = Array("[]ab* /:->+%.0123456789#\\\"\té\u{301}kmsneth".unicodeScalars)
        for _ in 0..<20_000 {
            var text = "[a] read c/** : 5% -> error 503"
            for _ in 0..<3 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                var scalars = Array(text.unicodeScalars)
                let place = Int(state >> 33) % (scalars.count + 1)
                scalars.insert(letters[Int(state >> 20) % letters.count], at: place)
                if state & 7 == 0 { scalars.removeLast(scalars.count - place) }
                text = String(String.UnicodeScalarView(scalars))
            }
            _ = try? FaultScript(parsing: text)
        }
    }
}

struct KeyPatternTests {
    @Test(arguments: [
        ("**", "", true), ("**", "a/b/c", true), ("c/**", "c/1/2", true), ("c/**", "c", true),
        ("c/**", "d/1", false), ("**/zarr.json", "zarr.json", true),
        ("**/zarr.json", "a/b/zarr.json", true), ("**/zarr.json", "a/zarr.jsonx", false),
        ("*", "a", true), ("*", "a/b", false), ("c/*/7", "c/12/7", true),
        ("c/*/7", "c/1/2/7", false),
        ("c/1?/*", "c/12/0", true), ("c/1?/*", "c/1/0", false), ("a*z", "abcz", true),
        ("a*b*c", "aXbYbZc", true), ("a/**/z", "a/z", true), ("a/**/z", "a/b/c/z", true),
        ("\\*", "*", true), ("\\*", "x", false), ("a\\?", "a?", true), ("a\\?", "ab", false),
        ("", "", false), ("c/2/7", "c/2/7", true), ("c/2/7", "c/2/70", false),
        ("é", "e\u{301}", false),
    ])
    func `a pattern means whole keys`(pattern: String, key: String, expected: Bool) {
        #expect(KeyPattern(pattern).matches(key) == expected)
    }

    @Test func `a pattern of many stars takes no longer than its length times the key's`() {
        let pattern = KeyPattern(String(repeating: "*a", count: 200) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 2000)))
    }
}
