import Arena
import JSONValue
import ZarrModel

/// **What**: many inner chunks in one stored object, each encoded by itself, with an index of where
/// each one lies. An inner chunk that holds nothing but fill is left out.
///
/// **Specification**: Zarr v3 codec `sharding_indexed` (ZEP 2).
///
/// **Names**: v3 `sharding_indexed`; v2 has none.
///
/// **Configuration**: `{"name": "sharding_indexed", "configuration": {"chunk_shape": [32, 32], "codecs": [...],
/// "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "crc32c"}],
/// "index_location": "end"}}`. Shards may hold shards; the index may have any codecs that keep its size
/// fixed.
///
/// **Interoperability**: offsets count from the start of the shard wherever the index lies; inner chunks
/// may lie in any order, with gaps, and share bytes; an absent one reads as fill, not as zero.
struct ShardingCodec: ArrayToBytesCodec {
    static let descriptor = CodecDescriptor(
        v3: ["sharding_indexed"],
        .arrayToBytes,
        "inner chunks in one object, with an index; nested, at either end, any chain inside"
    ) { spec, place throws(CodecError) in
        .serializer(try ShardingCodec(SpecReader(spec), place))
    }

    let name: String
    let form: ArrayForm
    let layout: ShardLayout

    private init(_ reader: SpecReader, _ place: CodecPlace) throws(CodecError) {
        name = reader.spec.name
        form = place.form
        let shape = try Self.innerShape(reader, outer: place.form.shape)
        let counts = zip(place.form.shape, shape).map { $0 / $1 }
        guard let grid = GridShape(counts: counts) else {
            throw reader.wrong("there are too many inner chunks")
        }
        let inner = try place.chain(
            reader,
            try place.specs(reader, "codecs"),
            try ArrayForm(
                shape: shape,
                type: place.form.type,
                fill: place.form.fill,
                codec: name
            )
        )
        let index = try place.chain(
            reader,
            try place.specs(reader, "index_codecs"),
            try ArrayForm(
                shape: counts + [2],
                type: .integer(.uint64),
                fill: [UInt8](repeating: 255, count: 8),
                codec: name
            )
        )
        guard let indexByteCount = index.encodedByteCount else {
            throw reader.wrong("index_codecs must keep the size of the index fixed")
        }
        layout = ShardLayout(
            innerChain: inner,
            grid: grid,
            indexChain: index,
            indexLocation: try Self.location(reader),
            indexByteCount: indexByteCount,
            order: Array(shape.indices)
        )
    }

    private static func innerShape(
        _ reader: SpecReader,
        outer: [Int]
    ) throws(CodecError) -> [Int] {
        let list = try reader.list("chunk_shape") ?? []
        let shape = list.compactMap(\.intValue)
        guard shape.count == list.count, shape.count == outer.count else {
            throw reader.wrong(
                "chunk_shape must have a length for each of \(outer.count) dimensions"
            )
        }
        for (inner, length) in zip(shape, outer) where inner < 1 || length % inner != 0 {
            throw reader.wrong(
                "chunk_shape must divide the shard: \(inner) does not divide \(length)"
            )
        }
        return shape
    }

    private static func location(
        _ reader: SpecReader
    ) throws(CodecError) -> ShardLayout.IndexLocation {
        let text = try reader.string("index_location") ?? "end"
        guard let location = ShardLayout.IndexLocation(rawValue: text) else {
            throw reader.wrong("index_location must be start or end")
        }
        return location
    }

    /// Gaps are legal, so there is no firm limit.
    var encodedSize: SizeBound {
        let each = layout.innerChain.encodedSize.limit
        return SizeBound.exact(
            each.multipliedCapped(by: layout.grid.total).addingCapped(layout.indexByteCount)
        ).compressed
    }

    var isCanonical: Bool {
        false
    }

    func makeDecoding(_ limits: CodecLimits) -> any ArrayDecoding {
        ShardDecoding(self)
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        _ = try ShardEncoding(layout).encode(
            decoded,
            ChunkPart(whole: form.shape),
            over: nil,
            .keepObject,
            into: output
        )
    }

    func encodeVariable(
        _ elements: [[UInt8]],
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        _ = try ShardEncoding(layout).encodeVariable(
            elements,
            ChunkPart(whole: form.shape),
            over: nil,
            .keepObject,
            into: output
        )
    }
}
