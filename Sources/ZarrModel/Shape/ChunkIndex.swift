/// Where a chunk lies in the grid: one coordinate per dimension, counted in chunks from 0.
///
/// A 0-dimensional array has one chunk, whose index has no coordinates.
public struct ChunkIndex: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// One coordinate per dimension, outermost first.
    public var coordinates: [Int]

    /// Makes an index from its coordinates.
    public init(_ coordinates: [Int]) {
        self.coordinates = coordinates
    }

    /// C order: the last dimension varies fastest.
    public static func < (left: ChunkIndex, right: ChunkIndex) -> Bool {
        left.coordinates.lexicographicallyPrecedes(right.coordinates)
    }

    /// The coordinates with commas, as on the command line: `0,1`. Empty for a 0-dimensional array.
    public var description: String {
        coordinates.map(String.init).joined(separator: ",")
    }
}
