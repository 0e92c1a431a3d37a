/// Names of files that are being written: hidden, never listed, and no key of any Zarr store.
enum TemporaryName {
    private static let head = ".zscope-"
    private static let tail = ".partial"

    /// A new name.
    static func make() -> String {
        head + String(UInt64.random(in: .min ... .max), radix: 16) + tail
    }

    /// Whether the last segment of `key` is such a name.
    static func ends(_ key: String) -> Bool {
        guard key.utf8.suffix(tail.utf8.count).elementsEqual(tail.utf8) else { return false }
        let start = key.utf8.lastIndex(of: UInt8(ascii: "/")).map { key.utf8.index(after: $0) }
        return key.utf8[(start ?? key.startIndex)...].starts(with: head.utf8)
    }

    /// Whether `name` is such a name.
    static func matches(_ name: Span<UInt8>) -> Bool {
        guard name.count > head.utf8.count + tail.utf8.count, name[0] == UInt8(ascii: "."),
            name[1] == UInt8(ascii: "z")
        else { return false }
        let start = name.count - tail.utf8.count
        return head.utf8.enumerated().allSatisfy { name[$0.offset] == $0.element }
            && tail.utf8.enumerated().allSatisfy { name[start + $0.offset] == $0.element }
    }
}
