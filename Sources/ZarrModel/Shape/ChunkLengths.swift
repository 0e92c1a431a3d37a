/// Chunk lengths that somebody asks for, before it is known of which array: one length for each
/// dimension, or lengths one by one.
public struct ChunkLengths: Hashable, Sendable {
    /// The lengths along each dimension.
    public var edges: [ChunkEdges]
    /// Whether chunks at the far edges end where the array ends.
    public var isBounded: Bool

    /// Asks for `edges`.
    public init(_ edges: [ChunkEdges], isBounded: Bool = false) {
        self.edges = edges
        self.isBounded = isBounded
    }

    /// Asks for chunks of one shape.
    public init(_ shape: [Int]) {
        self.init(shape.map(ChunkEdges.every))
    }

    /// The shape that all chunks have; `nil` where they differ along a dimension.
    public var shape: [Int]? {
        let lengths = edges.compactMap { edges in
            if case .every(let length) = edges { length } else { nil }
        }
        return lengths.count == edges.count ? lengths : nil
    }

    /// The grid that cuts an array of `shape` so.
    ///
    /// Throws, with `what` as the place, where there are more or fewer dimensions, where lengths that are
    /// told one by one are not the array's in all, or where they are to be bounded.
    public func grid(
        for arrayShape: [Int],
        _ what: String
    ) throws(MetadataError) -> ChunkGrid {
        guard edges.count == arrayShape.count else {
            let lengths = edges.count == 1 ? "1 length" : "\(edges.count) lengths"
            throw MetadataError(
                at: what,
                "\(lengths) for an array of \(dimensions(arrayShape.count))"
            )
        }
        for (dimension, length) in arrayShape.enumerated() {
            switch edges[dimension] {
            case .every(let each):
                guard each > 0 else {
                    throw MetadataError(at: what, "a chunk length is above zero")
                }
            case .listed(let runs):
                guard runs.total == length else {
                    throw MetadataError(
                        at: what,
                        "along dimension \(dimension) the chunks have \(runs.total) elements in all,"
                            + " the array \(length)"
                    )
                }
            }
        }
        guard let shape else {
            guard !isBounded else {
                throw MetadataError(
                    at: what,
                    "chunks of lengths of their own have no bounds to keep"
                )
            }
            return .rectilinear(edges)
        }
        return isBounded ? .regularBounded(chunkShape: shape) : .regular(chunkShape: shape)
    }
}
