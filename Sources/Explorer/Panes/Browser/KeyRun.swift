/// Keys one after another that are one line while they are folded, or a line each.
struct KeyRun: Hashable, Sendable {
    /// Which of the keys.
    var range: Range<Int>
    /// Their bytes; `nil` where the storage does not say.
    var bytes: Int?
    /// Whether they are chunks, of which there are too many to be read one by one.
    var isFolded: Bool
    /// Whether a person opened them.
    var isOpen = false
    /// The first line.
    var line = 0

    /// How many lines it has.
    var lines: Int {
        isFolded ? (isOpen ? range.count + 1 : 1) : range.count
    }

    /// As many chunks are folded, and at most so many into one line.
    private static let least = 100
    private static let most = 1000

    /// The runs of keys from `first` on: chunks in one folder, or in several small ones; what is no chunk
    /// is never folded. O(keys).
    static func runs(of keys: [KeyCard], from first: Int) -> [KeyRun] {
        var runs: [KeyRun] = []
        var start = first
        for place in first..<keys.count {
            let next = place + 1
            if next < keys.count, keys[next].kind == keys[start].kind {
                let count = next - start
                let isSmall = count < least
                let isTogether =
                    isSmall || folder(keys[next].key).elementsEqual(folder(keys[start].key))
                if keys[start].kind != .chunk || count < most && isTogether { continue }
            }
            runs.append(run(keys, start..<next))
            start = next
        }
        return runs
    }

    private static func run(_ keys: [KeyCard], _ range: Range<Int>) -> KeyRun {
        let isFolded = keys[range.lowerBound].kind == .chunk && range.count >= least
        var bytes: Int? = 0
        if isFolded {
            for key in keys[range] {
                guard let own = key.bytes, let sum = bytes else {
                    bytes = nil
                    break
                }
                bytes = sum &+ own
            }
        }
        return KeyRun(range: range, bytes: isFolded ? bytes : nil, isFolded: isFolded)
    }

    /// The first two parts of a key that has more: `c/0` of `c/0/17`.
    private static func folder(_ key: String) -> Substring.UTF8View {
        let slash = UInt8(ascii: "/")
        var parts = 0
        let text = key[...].utf8
        for place in text.indices where text[place] == slash {
            parts += 1
            if parts == 2 { return text[..<place] }
        }
        return text[..<(text.firstIndex(of: slash) ?? text.startIndex)]
    }
}
