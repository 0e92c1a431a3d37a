extension StringProtocol {
    /// Whether `text` stands in this one, byte for byte. O(length × length of `text`).
    ///
    /// The standard library's own `contains` would bring the whole of its regular expressions along.
    func mentions(_ text: some StringProtocol) -> Bool {
        var rest = utf8[...]
        while rest.count >= text.utf8.count {
            if rest.starts(with: text.utf8) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
