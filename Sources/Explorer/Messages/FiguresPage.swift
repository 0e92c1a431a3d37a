public import ZarrModel

/// Chunks whose values are wanted.
public struct FiguresRequest: Hashable, Sendable {
    /// The array.
    public var path: String
    /// The shard in which they lie; `nil` where they are stored objects of their own.
    public var shard: ShardPlace?
    /// Linear indexes in C order of the grid (of the shard's, where there is one), ascending.
    public var chunks: [Int]

    /// Makes a request.
    public init(path: String, shard: ShardPlace?, chunks: [Int]) {
        self.path = path
        self.shard = shard
        self.chunks = chunks
    }
}

/// What was found of the values of some chunks: columns of the same length.
public struct FiguresPage: Hashable, Sendable {
    /// Linear indexes, as in the request.
    public var indexes: [Int] = []
    /// What reading them showed.
    public var states: [ChunkState] = []
    /// The figures; `nil` where there are none, as for a chunk that does not decode.
    public var figures: [ChunkFigures?] = []
    /// Milliseconds since the reading began.
    public var elapsedMilliseconds = 0

    /// Makes an empty page.
    public init() {}

    /// Adds a chunk.
    public mutating func append(_ index: Int, _ state: ChunkState, _ found: ChunkFigures?) {
        indexes.append(index)
        states.append(state)
        figures.append(found)
    }
}
