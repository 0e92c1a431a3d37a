public import ZarrModel

/// A part of a stored object as it lies in the storage.
public struct ObjectBytes: Hashable, Sendable {
    /// Which object.
    public var chunk: ChunkIndex
    /// The first byte.
    public var start: Int
    /// The bytes; fewer than were asked for at the object's end.
    public var bytes: [UInt8]

    /// The bytes that one request is for.
    public static let pageLength = 4096

    /// Makes a part.
    public init(chunk: ChunkIndex, start: Int, bytes: [UInt8]) {
        self.chunk = chunk
        self.start = start
        self.bytes = bytes
    }
}
