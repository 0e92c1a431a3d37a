// The standard library's `contains`, `firstRange` and `replacing` for texts bring the whole of its regular expressions
// along: more than a megabyte of program.
extension StringProtocol {
    /// Where `text` stands first in this one, byte for byte. O(length × length of `text`).
    public func place(of text: some StringProtocol) -> Range<Index>? {
        var rest = utf8[...]
        while rest.count >= text.utf8.count {
            if rest.starts(with: text.utf8) {
                return rest.startIndex..<rest.index(rest.startIndex, offsetBy: text.utf8.count)
            }
            rest = rest.dropFirst()
        }
        return nil
    }

    /// Whether `text` stands in this one, byte for byte. O(length × length of `text`).
    public func mentions(_ text: some StringProtocol) -> Bool {
        place(of: text) != nil
    }
}
