/// How an array is cut into chunks (Zarr v3, "Chunk grids").
public enum ChunkGrid: Hashable, Sendable {
    /// Every chunk has one shape; those at the far edges reach past the array.
    case regular(chunkShape: [Int])
    /// As `regular`, but chunks at the far edges end where the array ends
    /// (`zarrs.regular_bounded`).
    case regularBounded(chunkShape: [Int])
    /// Chunk lengths of their own along each axis (zarr-extensions, `rectilinear`).
    case rectilinear([ChunkEdges])

    /// How many dimensions it cuts.
    public var rank: Int {
        switch self {
        case .regular(let chunkShape), .regularBounded(let chunkShape): chunkShape.count
        case .rectilinear(let edges): edges.count
        }
    }

    /// Its name in metadata.
    public var name: String {
        switch self {
        case .regular: "regular"
        case .regularBounded: "zarrs.regular_bounded"
        case .rectilinear: "rectilinear"
        }
    }

    /// How axis `dimension` of an array is cut that has `length` elements there, or `nil` where the
    /// chunks do not cover them. Requires `0 <= dimension < rank`.
    public func axis(_ dimension: Int, length: Int) -> ChunkAxis? {
        switch self {
        case .regular(let chunkShape):
            guard chunkShape[dimension] > 0, length >= 0 else { return nil }
            return ChunkAxis(length: length, chunkLength: chunkShape[dimension])
        case .regularBounded(let chunkShape):
            guard chunkShape[dimension] > 0, length >= 0 else { return nil }
            return ChunkAxis(length: length, chunkLength: chunkShape[dimension], isBounded: true)
        case .rectilinear(let edges):
            return edges[dimension].axis(length: length)
        }
    }

    /// How each axis of an array of `shape` is cut, or `nil` where the number of dimensions differs
    /// or the chunks do not cover the array.
    public func axes(for shape: [Int]) -> [ChunkAxis]? {
        guard rank == shape.count else { return nil }
        var axes: [ChunkAxis] = []
        for (dimension, length) in shape.enumerated() {
            guard let axis = axis(dimension, length: length) else { return nil }
            axes.append(axis)
        }
        return axes
    }

    /// How many chunks hold a part of an array of `shape`, or `nil` when that does not fit, the
    /// number of dimensions differs or the chunks do not cover the array.
    public func gridShape(for shape: [Int]) -> GridShape? {
        axes(for: shape).flatMap { GridShape(counts: $0.map(\.count)) }
    }

    /// The shape of the stored chunk `index` of an array of `shape`, past the array's edge included;
    /// `nil` for a chunk outside the grid.
    public func chunkShape(at index: ChunkIndex, in shape: [Int]) -> [Int]? {
        guard let axes = axes(for: shape), index.coordinates.count == axes.count else { return nil }
        var lengths: [Int] = []
        for (axis, chunk) in zip(axes, index.coordinates) {
            guard chunk >= 0, chunk < axis.count else { return nil }
            lengths.append(axis.storedLength(of: chunk))
        }
        return lengths
    }

    /// The part of an array of `shape` that chunk `index` holds, clipped to the array.
    ///
    /// Empty for a chunk outside the grid. Requires as many coordinates as dimensions.
    public func region(of index: ChunkIndex, in shape: [Int]) -> Region {
        Region(
            shape.indices.map { dimension in
                let length = shape[dimension]
                return axis(dimension, length: length)?.range(of: index.coordinates[dimension])
                    ?? length..<length
            }
        )
    }
}

/// The lengths of chunks along one axis of a rectilinear grid.
public enum ChunkEdges: Hashable, Sendable {
    /// Chunks of one length, as many as it takes.
    case every(Int)
    /// Lengths that are told one by one or in runs.
    case listed(ChunkRuns)

    /// How `length` elements are cut, or `nil` where the chunks do not cover them.
    public func axis(length: Int) -> ChunkAxis? {
        switch self {
        case .every(let chunkLength):
            guard chunkLength > 0, length >= 0 else { return nil }
            return ChunkAxis(length: length, chunkLength: chunkLength)
        case .listed(let runs):
            return ChunkAxis(length: length, runs: runs)
        }
    }
}
