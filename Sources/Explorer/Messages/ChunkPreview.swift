public import ZarrModel

/// A window of a chunk's decoded values, as text.
public struct ChunkPreview: Hashable, Sendable {
    /// Rows and columns of a plane that are told at once.
    public static let planeLimit = 64
    /// Values of a plain list that are told at once.
    public static let listLimit = 1024

    /// Which chunk.
    public var chunk: ChunkIndex
    /// The first row of the plane, or the first value of a plain list.
    public var row: Int
    /// The first column.
    public var column: Int
    /// How many values make a row; 0 where they are a plain list.
    public var width: Int
    /// The values, row by row.
    public var texts: [String]

    /// Makes a window.
    public init(chunk: ChunkIndex, row: Int, column: Int, width: Int, texts: [String]) {
        self.chunk = chunk
        self.row = row
        self.column = column
        self.width = width
        self.texts = texts
    }
}
