public import Storage
internal import ZarrModel

/// Something that a program left in a store and that nobody needs any more: the unfinished file of a
/// writer that was killed, or objects that were meant for a while.
public struct Leftover: Hashable, Sendable {
    /// Its key in the store. Untrusted text.
    public var key: String
    /// The program that leaves such things.
    public var maker: String
    /// Size and time, where the storage says.
    public var info: ObjectInfo
    /// Whether no listing shows it: it is removed by ``LeftoverStore``.
    public var isHidden: Bool
}

/// The names that other programs write under before they rename.
enum UnfinishedName {
    /// The program that writes under `name`, one segment or more below a node, before it renames it to
    /// an object's own name; `nil` for a name that is none of these. `isObject` tells the node's
    /// documents and chunk keys: a file is not taken for unfinished only because it ends like one.
    static func maker(of name: String, isObject: (Substring) -> Bool) -> String? {
        if isZarrPython(name) { return "zarr-python" }
        if let base = cut(".__lock", from: name), isObject(base) { return "TensorStore" }
        if let base = cut(".tmp", from: name), isObject(base) { return "zarrs" }
        let digits = name.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
        if digits > 0, let base = cut("#", from: name.dropLast(digits)), isObject(base) {
            return "object_store"
        }
        return nil
    }

    /// `0.0.<32 hexadecimal digits>.partial`, the digits of a UUID.
    private static func isZarrPython(_ name: String) -> Bool {
        guard let base = cut(".partial", from: name), base.utf8.count > 33 else { return false }
        let digits = base.utf8.suffix(32)
        let isHexadecimal = digits.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
        }
        return isHexadecimal && base.utf8.dropLast(32).last == UInt8(ascii: ".")
    }

    /// `name` without `end`; `nil` where it does not end so, or is nothing else.
    private static func cut(_ end: String, from name: some StringProtocol) -> Substring? {
        guard name.utf8.count > end.utf8.count,
            name.utf8.suffix(end.utf8.count).elementsEqual(end.utf8)
        else { return nil }
        return Substring(Substring(name).utf8.dropLast(end.utf8.count))
    }
}
