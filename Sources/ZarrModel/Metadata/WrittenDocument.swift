public import JSONValue

/// A metadata document that is ready to be written.
public struct WrittenDocument: Hashable, Sendable {
    /// What it is called in its node's folder: `zarr.json`, `.zarray`, `.zgroup`, `.zattrs`,
    /// `.zmetadata`.
    public let name: String
    /// What it says.
    public let value: JSONValue

    /// Makes a document.
    public init(name: String, value: JSONValue) {
        self.name = name
        self.value = value
    }

    /// The bytes to store: UTF-8, indented by two spaces. O(bytes).
    public var bytes: [UInt8] {
        Array((value.text(.pretty) + "\n").utf8)
    }
}
