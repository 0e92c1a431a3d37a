/// Points of an array, one by one: NumPy's and Zarr's coordinate indexing.
public struct PointSelection: Hashable, Sendable {
    /// For every dimension the coordinate of each point, negative from the end. A list of one
    /// coordinate stands for as many as the others have.
    public var coordinates: [[Int]]
    /// The names of the dimensions that `coordinates` are for; `nil` for the array's own order.
    public var dimensions: [String]?
    /// The shape of the result, which holds as many elements as there are points; `nil` for one
    /// dimension.
    public var shape: [Int]?

    /// Makes a selection of points.
    public init(_ coordinates: [[Int]], dimensions: [String]? = nil, shape: [Int]? = nil) {
        self.coordinates = coordinates
        self.dimensions = dimensions
        self.shape = shape
    }
}

/// The elements of an array that a mask marks.
public struct MaskSelection: Hashable, Sendable {
    /// The shape of the mask, which is that of the array.
    public var shape: [Int]
    /// Whether each element is wanted, in C order.
    public var flags: [Bool]

    /// Makes a mask.
    public init(shape: [Int], flags: [Bool]) {
        self.shape = shape
        self.flags = flags
    }
}
