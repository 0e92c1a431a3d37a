public import JSONValue

/// Why a metadata document cannot be used, and where it says so.
public struct MetadataError: Error, Sendable, Hashable {
    /// The document and the JSON pointer: `zarr.json#/codecs/1`.
    public var location: String
    /// What is wrong, in one sentence. May hold untrusted text.
    public var message: String
    /// Whether the document ends before it is complete: nothing in it is wrong, the rest is lacking.
    public var isCutOff = false

    /// Makes an error.
    public init(at location: String, _ message: String) {
        self.location = location
        self.message = message
    }

    /// The error of the document at `location` that is no JSON.
    public init(at location: String, _ error: JSONError) {
        guard let cut = error.cut else {
            self.init(at: location, "not readable as JSON: \(error)")
            return
        }
        guard cut.byteCount > 0 else {
            self.init(at: location, "the document is empty")
            isCutOff = true
            return
        }
        let bytes = cut.byteCount == 1 ? "1 byte" : "\(cut.byteCount) bytes"
        let inside = cut.pointer.isEmpty ? "" : ", inside \(cut.pointer)"
        self.init(
            at: location,
            "the document ends early: cut off after \(bytes), on line \(error.line)\(inside)"
        )
        isCutOff = true
    }
}

extension MetadataError: CustomStringConvertible {
    /// The place, then the message.
    public var description: String {
        "\(location): \(message)"
    }
}
