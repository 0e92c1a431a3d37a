/// Why a metadata document cannot be used, and where it says so.
public struct MetadataError: Error, Sendable, Hashable {
    /// The document and the JSON pointer: `zarr.json#/codecs/1`.
    public var location: String
    /// What is wrong, in one sentence. May hold untrusted text.
    public var message: String

    /// Makes an error.
    public init(at location: String, _ message: String) {
        self.location = location
        self.message = message
    }
}

extension MetadataError: CustomStringConvertible {
    /// The place, then the message.
    public var description: String {
        "\(location): \(message)"
    }
}
