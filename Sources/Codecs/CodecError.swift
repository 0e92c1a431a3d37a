/// Why bytes did not become elements, or a chain could not be made.
public struct CodecError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller can decide on.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The codec, or what its configuration asks for, is not known here.
        case unsupported
        /// The configuration makes no sense, or does not fit the type or shape.
        case configuration
        /// The encoded bytes are not what the codec writes.
        case corrupt
        /// A checksum does not match.
        case checksum
        /// Fewer bytes than there must be.
        case short
        /// More bytes than there may be.
        case long
        /// Decoding needs more memory than the limits allow.
        case tooLarge
    }

    /// Whether the encoded bytes are to blame, rather than what is known here or the limits.
    public var isCorruption: Bool {
        switch code {
        case .corrupt, .checksum, .short, .long: true
        case .unsupported, .configuration, .tooLarge: false
        }
    }

    /// What a caller can decide on.
    public var code: Code
    /// The codec by its name in metadata. Untrusted text where the codec is not known.
    public var codec: String
    /// What is wrong, in one sentence without the codec's name.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, codec: String, _ message: String) {
        self.code = code
        self.codec = codec
        self.message = message
    }

    /// `codec: message`.
    public var description: String {
        "\(codec): \(message)"
    }
}
