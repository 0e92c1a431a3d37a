/// How an array is cut into chunks (Zarr v3, "Chunk grids").
public enum ChunkGrid: Hashable, Sendable {
    /// Every chunk has one shape; those at the far edges reach past the array.
    case regular(chunkShape: [Int])

    /// How many dimensions it cuts.
    public var rank: Int {
        switch self {
        case .regular(let chunkShape): chunkShape.count
        }
    }

    /// Its name in metadata.
    public var name: String {
        switch self {
        case .regular: "regular"
        }
    }

    /// How many chunks an array of `shape` has, or `nil` when that does not fit or the number of
    /// dimensions differs.
    public func gridShape(for shape: [Int]) -> GridShape? {
        switch self {
        case .regular(let chunkShape):
            guard chunkShape.count == shape.count, chunkShape.allSatisfy({ $0 > 0 }) else {
                return nil
            }
            return GridShape(
                counts: zip(shape, chunkShape).map { length, chunk in
                    length / chunk + (length % chunk == 0 ? 0 : 1)
                }
            )
        }
    }

    /// The shape of the stored chunk `index`, past the array's edge included.
    public func chunkShape(at index: ChunkIndex) -> [Int] {
        switch self {
        case .regular(let chunkShape): chunkShape
        }
    }

    /// The part of an array of `shape` that chunk `index` holds, clipped to the array.
    ///
    /// Empty for a chunk outside the grid. Requires as many coordinates as dimensions.
    public func region(of index: ChunkIndex, in shape: [Int]) -> Region {
        switch self {
        case .regular(let chunkShape):
            Region(
                shape.indices.map { dimension in
                    let length = shape[dimension]
                    let (start, over) = index.coordinates[dimension]
                        .multipliedReportingOverflow(by: chunkShape[dimension])
                    guard !over, start >= 0, start < length else { return length..<length }
                    return start..<(start + min(chunkShape[dimension], length - start))
                }
            )
        }
    }
}
