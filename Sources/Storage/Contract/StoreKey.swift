/// The name of an object in a store: checked wherever it comes from.
///
/// Segments joined by `/`. No segment is empty, `.`, `..`, longer than 255 bytes, or holds NUL or
/// another control character; the whole is at most 1,024 bytes. So a key never leaves the root.
public struct StoreKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The key.
    public let text: String

    /// Checks `text`. Throws `.invalidKey`.
    public init(_ text: String) throws(StorageError) {
        if let problem = StoreKey.problem(in: text) {
            throw StorageError(.invalidKey, .open, key: text, problem)
        }
        self.text = text
    }

    /// The key.
    public var description: String { text }

    /// By bytes: Swift's own equality takes composed and decomposed letters for the same.
    public static func == (left: StoreKey, right: StoreKey) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Equal bytes give equal hashes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }

    /// By bytes, as listings are sorted.
    public static func < (left: StoreKey, right: StoreKey) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// What is wrong with `text` as a key, or `nil`. O(bytes).
    static func problem(in text: String) -> String? {
        guard !text.isEmpty else { return "a key cannot be empty" }
        guard text.utf8.count <= 1024 else { return "a key is at most 1,024 bytes" }
        // Every key of every chunk passes through here: one pass, and nothing is allocated.
        var length = 0
        var dots = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "/") {
                if let problem = problem(length, dots) { return problem }
                (length, dots) = (0, 0)
                continue
            }
            if byte < 0x20 || byte == 0x7f { return "a key has no control character" }
            length += 1
            if byte == UInt8(ascii: ".") { dots += 1 }
        }
        return problem(length, dots)
    }

    /// What is wrong with a segment of `length` bytes, `dots` of which are dots, or `nil`.
    private static func problem(_ length: Int, _ dots: Int) -> String? {
        if length == 0 { return "a key has no empty segment" }
        if length > 255 { return "a segment of a key is at most 255 bytes" }
        return length == dots && length <= 2 ? "a key has no segment '.' or '..'" : nil
    }
}

/// A place in a store under which keys lie: the root, or a key followed by `/`.
public struct StorePrefix: Hashable, Sendable, CustomStringConvertible {
    /// The key without the closing slash; `nil` is the root.
    public let key: StoreKey?

    /// The root.
    public static let root = StorePrefix(nil)

    /// The place under `key`, or the root.
    public init(_ key: StoreKey?) {
        self.key = key
    }

    /// Checks `text`, with or without a closing slash; empty is the root. Throws `.invalidKey`.
    public init(_ text: String) throws(StorageError) {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        self.key = trimmed.isEmpty ? nil : try StoreKey(trimmed)
    }

    /// The prefix with its closing slash; empty for the root.
    public var description: String {
        key.map { $0.text + "/" } ?? ""
    }

    /// What of `key` follows this place, or `nil` when it lies elsewhere. By bytes. O(bytes).
    public func relative(_ key: StoreKey) -> Substring.UTF8View? {
        let start = description.utf8
        guard key.text.utf8.starts(with: start) else { return nil }
        return key.text.utf8.dropFirst(start.count)
    }

    /// The key `name` (one or more segments) under this place. Throws `.invalidKey`.
    public func key(_ name: String) throws(StorageError) -> StoreKey {
        try StoreKey(description + name)
    }

    /// The place `name` (one or more segments) under this one. Throws `.invalidKey`.
    public func appending(_ name: String) throws(StorageError) -> StorePrefix {
        StorePrefix(try key(name))
    }
}
