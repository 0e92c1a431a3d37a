/// What one codec made of one chunk.
public struct StageReport: Hashable, Sendable {
    /// The codec by its name in metadata.
    public var codec: String
    /// Bytes that it was given.
    public var bytesIn: Int
    /// Bytes that it gave; `nil` where it failed. For elements without a fixed length, their bytes alone.
    public var bytesOut: Int?
    /// Why it failed.
    public var error: CodecError?

    /// Makes a report.
    public init(codec: String, bytesIn: Int, bytesOut: Int? = nil, error: CodecError? = nil) {
        self.codec = codec
        self.bytesIn = bytesIn
        self.bytesOut = bytesOut
        self.error = error
    }
}
