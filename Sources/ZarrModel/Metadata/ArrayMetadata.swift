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

    /// The shape of a stored chunk (a shard, where the array is sharded).
    public var chunkShape: [Int] {
        grid.chunkShape(at: ChunkIndex([Int](repeating: 0, count: rank)))
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

    /// Bytes of one stored chunk decoded, or `nil` where elements have no fixed length.
    public var chunkByteCount: Int? {
        guard let one = dataType.byteCount, let count = chunkShape.checkedProduct() else {
            return nil
        }
        let (total, overflowed) = count.multipliedReportingOverflow(by: one)
        return overflowed ? nil : total
    }

    /// The part of the array that the stored chunk `index` holds, clipped to the array.
    public func chunkRegion(_ index: ChunkIndex) -> Region {
        grid.region(of: index, in: shape)
    }

    /// The key of the stored chunk `index`, relative to the array.
    public func key(for index: ChunkIndex) -> String {
        keyEncoding.key(for: index)
    }
}

extension ArrayMetadata {
    /// Checks what both versions have in common and works the grid out.
    static func gridShape(
        of grid: ChunkGrid,
        shape: [Int],
        dataType: DataType,
        at location: String
    ) throws(MetadataError) -> GridShape {
        guard grid.rank == shape.count else {
            throw MetadataError(
                at: location,
                "chunks have \(dimensions(grid.rank)) and the array has \(shape.count)"
            )
        }
        guard let gridShape = grid.gridShape(for: shape) else {
            throw MetadataError(at: location, "the grid has more than 2^63 - 1 chunks")
        }
        let chunk = grid.chunkShape(at: ChunkIndex([Int](repeating: 0, count: shape.count)))
        guard let count = chunk.checkedProduct(),
            !count.multipliedReportingOverflow(by: max(1, dataType.byteCount ?? 1)).overflow
        else { throw MetadataError(at: location, "a chunk has more than 2^63 - 1 bytes") }
        return gridShape
    }

    /// Follows `sharding_indexed` inwards and checks that each level divides the one around it.
    static func shardLevels(
        of codecs: [CodecSpec],
        chunkShape: [Int]
    ) throws(MetadataError) -> [[Int]] {
        var levels: [[Int]] = []
        var outer = chunkShape
        var chain = codecs
        while let sharding = chain.first(where: {
            $0.dialect == .v3 && $0.name == "sharding_indexed"
        }) {
            let inner = try sharding.nestedChunkShape()
            let place = sharding.location + "/configuration/chunk_shape"
            guard inner.count == outer.count else {
                throw MetadataError(
                    at: place,
                    "inner chunks have \(dimensions(inner.count)), shards \(outer.count)"
                )
            }
            guard levels.count < 8 else {
                throw MetadataError(at: place, "shards are nested deeper than 8")
            }
            outer = transposed(outer, by: chain)
            guard zip(outer, inner).allSatisfy({ $0 % $1 == 0 }) else {
                throw MetadataError(
                    at: place,
                    "inner chunks \(inner) do not divide shards \(outer)"
                )
            }
            levels.append(inner)
            outer = inner
            chain = try sharding.nestedCodecs()
        }
        return levels
    }

    /// The shape that the first codecs leave to the sharding codec.
    private static func transposed(_ shape: [Int], by chain: [CodecSpec]) -> [Int] {
        var shape = shape
        for spec in chain.prefix(while: { $0.name != "sharding_indexed" })
        where spec.name == "transpose" {
            let order = spec.configuration["order"]?.arrayValue?.compactMap(\.intValue) ?? []
            guard order.sorted() == Array(shape.indices) else { continue }
            shape = order.map { shape[$0] }
        }
        return shape
    }
}

/// `1 dimension`, `2 dimensions`.
func dimensions(_ count: Int) -> String {
    count == 1 ? "1 dimension" : "\(count) dimensions"
}
