/// A box of elements or of chunks: one range per dimension.
public struct Region: Hashable, Sendable {
    /// The range of each dimension, outermost first.
    public var ranges: [Range<Int>]

    /// Makes a box from its ranges.
    public init(_ ranges: [Range<Int>]) {
        self.ranges = ranges
    }

    /// The box that starts at the origin. Negative lengths count as 0.
    public init(shape: [Int]) {
        ranges = shape.map { 0..<Swift.max(0, $0) }
    }

    /// The first coordinate of each dimension.
    public var origin: [Int] {
        ranges.map(\.lowerBound)
    }

    /// The length of each dimension.
    public var shape: [Int] {
        ranges.map(\.count)
    }

    /// How many elements the box holds (1 for 0 dimensions), or `nil` when that does not fit.
    public var elementCount: Int? {
        shape.checkedProduct()
    }

    /// Whether a dimension is empty.
    public var isEmpty: Bool {
        ranges.contains(where: \.isEmpty)
    }

    /// Whether `coordinates` lie inside. `false` when their number differs.
    public func contains(_ coordinates: [Int]) -> Bool {
        coordinates.count == ranges.count && zip(ranges, coordinates).allSatisfy { $0.contains($1) }
    }

    /// The coordinates of everything in the box, in C order; `nil` where that is more than `limit`.
    public func places(atMost limit: Int) -> [[Int]]? {
        guard let count = elementCount, count <= limit else { return nil }
        return ranges.reduce([[]]) { places, range in
            places.flatMap { head in range.map { head + [$0] } }
        }
    }

    /// What lies in both. Requires the same number of dimensions.
    public func intersection(_ other: Region) -> Region {
        Region(zip(ranges, other.ranges).map { $0.clamped(to: $1) })
    }
}
