public import JSONValue

/// What an array shall be: everything that its metadata documents say, for either version.
///
/// A description may be anything; ``documents()`` checks it by every rule of the specification
/// before a word is written.
public struct ArrayDescription: Hashable, Sendable {
    /// How the stored chunks hold inner ones (Zarr v3, codec `sharding_indexed`).
    public struct Sharding: Hashable, Sendable {
        /// The shape of a chunk inside; divides every stored chunk.
        public var innerShape: [Int]
        /// The codecs of the index, in the order of encoding. `bytes` and `crc32c` unless told.
        public var indexCodecs: [CodecSpec]
        /// Whether the index lies before the chunks instead of behind them.
        public var isIndexAtStart: Bool

        /// Shards of chunks of `innerShape`.
        public init(
            innerShape: [Int],
            indexCodecs: [CodecSpec] = Sharding.usualIndexCodecs,
            isIndexAtStart: Bool = false
        ) {
            self.innerShape = innerShape
            self.indexCodecs = indexCodecs
            self.isIndexAtStart = isIndexAtStart
        }

        /// `bytes`, little-endian, then `crc32c`.
        public static let usualIndexCodecs = [
            CodecSpec(name: "bytes", configuration: ["endian": "little"]),
            CodecSpec(name: "crc32c"),
        ]
    }

    /// The version of the format.
    public var version: FormatVersion
    /// The length of each dimension, outermost first.
    public var shape: [Int]
    /// How it is cut into stored objects: chunks, or shards where `sharding` says so.
    public var grid: ChunkGrid
    /// What an element is.
    public var dataType: DataType
    /// What absent elements read as.
    public var fillValue: FillValue
    /// The codecs of a chunk (of an inner chunk, with `sharding`) in the order of encoding, the one
    /// that makes bytes of the array among them: the chain that ``ArrayMetadata/codecs`` has.
    ///
    /// In v2: `transpose` (all dimensions reversed) for order F, `bytes` or an object codec, then
    /// numcodecs' filters and compressor in the dialect of v2.
    public var codecs: [CodecSpec]
    /// Shards; `nil` where stored objects are chunks themselves.
    public var sharding: Sharding?
    /// How chunks are named in the store.
    public var keyEncoding: ChunkKeyEncoding
    /// A name, or none, for each dimension; `nil` for no names. In v2 they are written as
    /// `_ARRAY_DIMENSIONS`, as xarray does.
    public var dimensionNames: [String?]?
    /// What people write about the array, in their order.
    public var attributes: JSONObject

    /// Describes an array. Without `codecs`, elements are stored as they are, little-endian;
    /// without `fillValue`, absent ones are zeros or empty; without `keyEncoding`, keys are `c/0/1`
    /// in v3 and `0.1` in v2.
    public init(
        _ version: FormatVersion = .v3,
        shape: [Int],
        grid: ChunkGrid,
        dataType: DataType,
        fillValue: FillValue? = nil,
        codecs: [CodecSpec]? = nil,
        sharding: Sharding? = nil,
        keyEncoding: ChunkKeyEncoding? = nil,
        dimensionNames: [String?]? = nil,
        attributes: JSONObject = [:]
    ) {
        self.version = version
        self.shape = shape
        self.grid = grid
        self.dataType = dataType
        self.fillValue = fillValue ?? .zero(of: dataType)
        self.codecs = codecs ?? [.serializer(of: dataType, in: version)]
        self.sharding = sharding
        self.keyEncoding =
            keyEncoding
            ?? (version == .v3 ? ChunkKeyEncoding() : ChunkKeyEncoding(.v2, separator: .dot))
        self.dimensionNames = dimensionNames
        self.attributes = attributes
    }

    /// Describes an array that is there, as it is: what was read leniently is put right.
    ///
    /// Bare `NaN` and `Infinity` in attributes, which are no JSON, become strings. Shards that are
    /// the whole chain become ``sharding``; others stay in `codecs` as they are.
    public init(_ metadata: ArrayMetadata) {
        self.init(
            metadata.version,
            shape: metadata.shape,
            grid: metadata.grid,
            dataType: metadata.dataType,
            fillValue: metadata.fillValue,
            codecs: metadata.codecs,
            keyEncoding: metadata.keyEncoding,
            dimensionNames: metadata.dimensionNames,
            attributes: metadata.attributes.standard
        )
        unwrapShards()
    }

    private mutating func unwrapShards() {
        guard codecs.count == 1, let spec = codecs.first, spec.name == "sharding_indexed",
            let shape = try? spec.nestedChunkShape(),
            let inner = try? spec.nestedCodecs(),
            let index = try? spec.nestedCodecs("index_codecs")
        else { return }
        sharding = Sharding(
            innerShape: shape,
            indexCodecs: index,
            isIndexAtStart: spec.configuration["index_location"]?.stringValue == "start"
        )
        codecs = inner
    }
}

extension CodecSpec {
    /// The codec that makes bytes of elements of `type` without changing them: little-endian numbers,
    /// or what numcodecs has for elements of any length.
    public static func serializer(
        of type: DataType,
        in version: FormatVersion = .v3
    ) -> CodecSpec {
        let dialect: Dialect = version == .v3 ? .v3 : .v2
        switch type {
        case .string: return CodecSpec(name: "vlen-utf8", dialect: dialect)
        case .bytes: return CodecSpec(name: "vlen-bytes", dialect: dialect)
        case .object: return CodecSpec(name: "json2", dialect: dialect)
        case .optional(let value):
            return CodecSpec(
                name: "zarrs.optional",
                configuration: [
                    "mask_codecs": [CodecSpec(name: "packbits").json],
                    "data_codecs": [serializer(of: value).json],
                ]
            )
        default:
            let isOrdered = type.swapUnit != 1
            return CodecSpec(name: "bytes", configuration: isOrdered ? ["endian": "little"] : [:])
        }
    }
}

extension FillValue {
    /// Zeros, or the empty element (for an object: `null`; for a value that may be absent: none).
    public static func zero(of type: DataType) -> FillValue {
        let bytes = type.zero
        return FillValue(bytes: bytes, json: ElementText.json(bytes[...], type))
    }
}
