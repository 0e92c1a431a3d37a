import Storage
import Testing

@Suite struct StoreKeyTests {
    @Test(arguments: [
        "", "/", "a/", "/a", "a//b", ".", "..", "a/../b", "./a", "a/.", "a\u{0}", "a\nb", "\u{7f}",
        String(repeating: "a", count: 256), String(repeating: "a/", count: 512) + "bb",
    ])
    func `a hostile key is refused`(text: String) {
        do throws(StorageError) {
            _ = try StoreKey(text)
            Issue.record("it was taken")
        } catch {
            #expect(error.code == .invalidKey)
        }
    }

    @Test(arguments: ["a", ".hid", "...", "a b", "%2e%2e", "a\\..\\b", "漢/字", "-rf", "~"])
    func `an unusual key is taken as it stands`(text: String) throws {
        #expect(try StoreKey(text).text == text)
    }

    @Test func `no generated key leaves the root`() throws {
        let pieces = ["..", ".", "/", "a", "\u{0}", "\\", "%2e", "~", "c", "\u{301}"]
        let draw = KeyedDraw(seed: 3)
        for number in 0..<20_000 {
            var bits = draw.bits(.read, key: "", count: number)
            var text = ""
            while bits > 0 {
                text += pieces[Int(bits % 10)]
                bits /= 60
            }
            guard let key = try? StoreKey(text) else { continue }
            var depth = 0
            for segment in key.text.utf8.split(separator: 0x2f, omittingEmptySubsequences: false) {
                #expect(!segment.isEmpty && !segment.elementsEqual(".".utf8))
                depth += segment.elementsEqual("..".utf8) ? -1 : 1
                #expect(depth > 0)
            }
            #expect(!key.text.utf8.contains(0))
        }
    }

    @Test func `keys are compared by bytes`() throws {
        let composed = try StoreKey("\u{e9}")
        let decomposed = try StoreKey("e\u{301}")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(try StorePrefix("a").relative(StoreKey("a/\u{301}")).map { $0.count } == 2)
        #expect(try StorePrefix("\u{e9}").relative(StoreKey("e\u{301}/a")) == nil)
        #expect(try StorePrefix("a").relative(StoreKey("ab")) == nil)
    }
}

@Suite struct ByteRangeTests {
    @Test func `no range overflows or leaves the object`() {
        let numbers = [Int.min, -1, 0, 1, 5, 9, 10, 11, .max]
        for length in [Int.min, 0, 10, .max] {
            for first in numbers {
                for second in numbers {
                    let ranges: [ByteRange] = [
                        .bounded(offset: first, count: second), .from(offset: first),
                        .suffix(first), .all,
                    ]
                    for range in ranges {
                        let resolved = range.resolved(in: length)
                        #expect(resolved.lowerBound >= 0)
                        #expect(resolved.upperBound <= max(0, length))
                    }
                }
            }
        }
    }
}
