public import JSONValue

/// Everything that a metadata document says of an array, v2 and v3 alike.
///
/// v2 is brought into the form of v3: `order` becomes a `transpose`, the byte order of the dtype a
/// `bytes` codec (or the object codec of `|O` takes its place), filters and compressor follow.
public struct ArrayMetadata: Hashable, Sendable {
    /// The version of the format.
    public var version: FormatVersion
    /// The length of each dimension, outermost first.
    public var shape: [Int]
    /// How it is cut into stored chunks (shards, where it is sharded).
    public var grid: ChunkGrid
    /// What an element is.
    public var dataType: DataType
    /// What absent elements read as.
    public var fillValue: FillValue
    /// The codecs in the order in which writing applies them.
    public var codecs: [CodecSpec]
    /// How chunks are named in the store.
    public var keyEncoding: ChunkKeyEncoding
    /// Whether the document says how chunks are named. A v2 document without
    /// `dimension_separator` does not: the listing can show that `/` is meant.
    public var isKeyEncodingDeclared: Bool
    /// A name, or none, for each dimension; `nil` where the document has no names at all.
    public var dimensionNames: [String?]?
    /// What people wrote about the array.
    public var attributes: JSONObject
    /// The document as it was read.
    public var document: JSONValue
    /// What is odd about it.
    public var diagnostics: [Diagnostic]
    /// How the chunks lie along each dimension.
    public var axes: [ChunkAxis]
    /// How many stored chunks there are along each dimension and in all.
    public var gridShape: GridShape
    /// The inner chunk shapes of nested shards, outermost first; empty without sharding.
    public var shardLevels: [[Int]]

    /// How many dimensions there are.
    public var rank: Int {
        shape.count
    }

    /// Elements in all, or `nil` when that does not fit.
    public var elementCount: Int? {
        shape.checkedProduct()
    }

    /// The shape of a stored chunk (a shard, where the array is sharded); where chunks differ, the
    /// greatest length along each dimension.
    public var chunkShape: [Int] {
        axes.map(\.chunkLength)
    }

    /// Whether all stored chunks have the one shape `chunkShape`.
    public var hasUniformChunks: Bool {
        axes.allSatisfy(\.isUniform)
    }

    /// The shape of the stored chunk `index`, past the array's edge included. Requires a chunk of
    /// the grid.
    public func chunkShape(at index: ChunkIndex) -> [Int] {
        zip(axes, index.coordinates).map { $0.storedLength(of: $1) }
    }

    /// The stored chunk that holds the element at `coordinates`. Requires an element of the array.
    public func chunk(containing coordinates: [Int]) -> ChunkIndex {
        ChunkIndex(zip(axes, coordinates).map { $0.chunk(containing: $1) })
    }

    /// The shape of the chunks inside a shard, or `nil` without sharding.
    public var innerChunkShape: [Int]? {
        shardLevels.first
    }

    /// The grid of inner chunks that whole shards make, past the array's edge included, or `nil`
    /// without sharding or when that does not fit.
    public var innerGridShape: GridShape? {
        guard let inner = innerChunkShape else { return nil }
        return ChunkGrid.regular(chunkShape: inner).gridShape(for: shape)
    }

    /// Bytes of one stored chunk decoded, or `nil` where elements have no fixed length; where chunks
    /// differ, no chunk has more.
    public var chunkByteCount: Int? {
        guard let one = dataType.byteCount, let count = chunkShape.checkedProduct() else {
            return nil
        }
        let (total, overflowed) = count.multipliedReportingOverflow(by: one)
        return overflowed ? nil : total
    }

    /// The part of the array that the stored chunk `index` holds, clipped to the array.
    public func chunkRegion(_ index: ChunkIndex) -> Region {
        Region(zip(axes, index.coordinates).map { $0.range(of: $1) })
    }

    /// The key of the stored chunk `index`, relative to the array.
    public func key(for index: ChunkIndex) -> String {
        keyEncoding.key(for: index)
    }
}

extension ArrayMetadata {
    /// Checks what both versions have in common and works the grid out.
    static func layout(
        of grid: ChunkGrid,
        shape: [Int],
        dataType: DataType,
        at location: String
    ) throws(MetadataError) -> (axes: [ChunkAxis], gridShape: GridShape) {
        guard grid.rank == shape.count else {
            throw MetadataError(
                at: location,
                "chunks have \(dimensions(grid.rank)) and the array has \(shape.count)"
            )
        }
        guard let axes = grid.axes(for: shape) else {
            throw MetadataError(at: location, "the chunks do not cover the array")
        }
        guard let gridShape = GridShape(counts: axes.map(\.count)) else {
            throw MetadataError(at: location, "the grid has more than 2^63 - 1 chunks")
        }
        guard let count = axes.map(\.chunkLength).checkedProduct(),
            !count.multipliedReportingOverflow(by: max(1, dataType.byteCount ?? 1)).overflow
        else { throw MetadataError(at: location, "a chunk has more than 2^63 - 1 bytes") }
        return (axes, gridShape)
    }
}

/// `1 dimension`, `2 dimensions`.
func dimensions(_ count: Int) -> String {
    count == 1 ? "1 dimension" : "\(count) dimensions"
}
