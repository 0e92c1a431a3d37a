import Testing
import ZarrModel

@Suite struct TextSearchTests {
    @Test(arguments: [
        ("temperature", "per", true), ("temperature", "temperature", true),
        ("temperature", "", true),
        ("temperature", "ures", false), ("temp", "temperature", false), ("", "a", false),
        ("aab", "ab", true), ("naïve", "ï", true),
    ])
    func `a text mentions what stands anywhere in it`(text: String, part: String, isThere: Bool) {
        #expect(text.mentions(part) == isThere)
    }
}
