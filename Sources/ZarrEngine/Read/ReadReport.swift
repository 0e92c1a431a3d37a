/// What a read into a buffer met.
public struct ReadReport: Hashable, Sendable {
    /// Bytes of the result.
    public let byteCount: Int
    /// The chunks that could not be read or decoded. Empty unless problems are reported.
    public let problems: [ChunkProblem]
    /// The stored chunks that are absent, numbered in C order and sorted: they read as the fill value.
    public let absentChunks: [Int]
}
