/// Where a node lies in a hierarchy: `/` is the root, `/group/array` a node below it.
///
/// Paths are compared byte for byte. Names come from stores and are untrusted text.
public struct NodePath: Sendable {
    /// The names from the root down; empty for the root.
    public let segments: [String]

    /// The root.
    public static let root = NodePath(segments: [])

    /// Makes a path from names. Empty names are dropped.
    public init(segments: [String]) {
        self.segments = segments.filter { !$0.isEmpty }
    }

    /// Reads `/group/array`, with or without the slashes at either end. `nil` where a segment is
    /// empty, `.` or `..`.
    public init?(_ text: String) {
        var bytes = text.utf8[...]
        if bytes.first == UInt8(ascii: "/") { bytes.removeFirst() }
        if bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        guard !bytes.isEmpty else {
            segments = []
            return
        }
        let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let names = parts.map { String(decoding: $0, as: UTF8.self) }
        guard names.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else { return nil }
        segments = names
    }

    /// The last name, or `nil` for the root.
    public var name: String? {
        segments.last
    }

    /// The node above, or `nil` for the root.
    public var parent: NodePath? {
        segments.isEmpty ? nil : NodePath(segments: segments.dropLast())
    }

    /// The node `name` below this one.
    public func appending(_ name: String) -> NodePath {
        NodePath(segments: segments + [name])
    }

    /// The node at `path` below this one.
    public func appending(_ path: NodePath) -> NodePath {
        NodePath(segments: segments + path.segments)
    }

    /// The path without the leading slash: how keys in a store start. Empty for the root.
    public var keyPrefix: String {
        segments.joined(separator: "/")
    }

    /// What is wrong with `name` as the name of a node (Zarr v3, "Node names"), or `nil`. Stores
    /// with such names are read all the same.
    public static func problem(inName name: String) -> String? {
        if name.isEmpty { return "a name is not empty" }
        if name.utf8.contains(UInt8(ascii: "/")) { return "a name has no '/'" }
        if name.utf8.allSatisfy({ $0 == UInt8(ascii: ".") }) { return "a name is not only dots" }
        if name.hasPrefix("__") { return "a name does not start with '__'" }
        if name == "zarr.json" { return "a name is not 'zarr.json'" }
        return nil
    }
}

extension NodePath: Hashable {
    /// Byte for byte.
    public static func == (left: NodePath, right: NodePath) -> Bool {
        left.segments.count == right.segments.count
            && zip(left.segments, right.segments).allSatisfy {
                $0 == $1 && $0.utf8.elementsEqual($1.utf8)
            }
    }

    /// Feeds the names.
    public func hash(into hasher: inout Hasher) {
        for segment in segments {
            // Equal bytes have equal hashes; the reverse is for `==` to say.
            hasher.combine(segment)
        }
    }
}

extension NodePath: CustomStringConvertible, Comparable {
    /// The path with its leading slash; `/` for the root. Untrusted text.
    public var description: String {
        "/" + keyPrefix
    }

    /// Name by name, by bytes.
    public static func < (left: NodePath, right: NodePath) -> Bool {
        left.segments.lexicographicallyPrecedes(right.segments) {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
    }
}
