public import JSONValue

/// What an element reads as where no chunk was written.
public struct FillValue: Hashable, Sendable {
    /// Whether the document leaves it open (v2 `null`): elements read as zeros, and are shown as
    /// undefined.
    public var isUndefined: Bool
    /// One element in canonical form; of a type without a fixed length, the element's own bytes.
    public var bytes: [UInt8]
    /// As the document has it.
    public var json: JSONValue

    /// Makes a fill value from its parts.
    public init(isUndefined: Bool = false, bytes: [UInt8], json: JSONValue) {
        self.isUndefined = isUndefined
        self.bytes = bytes
        self.json = json
    }

    /// Zeros, or the empty element, and nothing said about it.
    public static func undefined(for type: DataType) -> FillValue {
        FillValue(isUndefined: true, bytes: type.zero, json: .null)
    }
}

extension DataType {
    /// The element that is nothing: zeros, no text and no bytes, the object `null`, no value.
    var zero: [UInt8] {
        switch self {
        case .object: Array("null".utf8)
        case .optional: [UInt8](repeating: 0, count: byteCount ?? 1)
        default: [UInt8](repeating: 0, count: byteCount ?? 0)
        }
    }
}
