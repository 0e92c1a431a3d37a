import Arena
import JSONValue
import ZarrModel

/// **What**: a block of N5: a header with its own shape, then numbers in column-major order, big-endian,
/// compressed or not.
///
/// **Specification**: Zarr v3 extension `n5_default`; N5's block format in mode "default".
///
/// **Names**: v3 `n5_default`; v2 has none.
///
/// **Configuration**: `{"name": "n5_default", "configuration": {"codecs": [{"name": "transpose", "configuration":
/// {"order": [1, 0]}}, {"name": "bytes", "configuration": {"endian": "big"}}, {"name": "zstd"}]}}`: the
/// transpose that reverses the dimensions, big-endian bytes, and at most one compressor.
///
/// **Interoperability**: a block at the edge of the array may be cut to it or be whole; what it lacks is
/// fill. Whole ones are written. The modes "varlength" and "object" are refused.
struct N5Codec: FixedLengthCodec {
    static let descriptor = CodecDescriptor(
        v3: ["n5_default"],
        .arrayToBytes,
        "a block of N5 with its header; one cut at the array's edge is filled up"
    ) {
        spec,
        place throws(CodecError) in
        .serializer(try N5Codec(SpecReader(spec), place))
    }

    let name: String
    let form: ArrayForm
    /// For blocks of the chunk's shape.
    let whole: CodecChain
    let headerSize: Int

    private init(_ reader: SpecReader, _ place: CodecPlace) throws(CodecError) {
        name = reader.spec.name
        form = place.form
        headerSize = 4 + 4 * form.shape.count
        whole = try place.chain(reader, try place.specs(reader, "codecs"), form)
        let reversed = Array(form.shape.indices.reversed())
        let names = whole.specs.map(\.name)
        let isOrdered = (whole.serializer as? BytesCodec)?.isBigEndian == true
        guard names.first == "transpose", names.dropFirst().first == "bytes", names.count <= 3,
            whole.arrays.first?.order == reversed, isOrdered
        else {
            throw reader.wrong(
                "codecs must be a transpose of all dimensions, big-endian bytes and at most one more"
            )
        }
        guard form.shape.allSatisfy({ UInt32(exactly: $0) != nil }), form.elementSize ?? 9 <= 8
        else {
            throw reader.wrong("N5 has no blocks of such a shape or type")
        }
    }

    /// The chain of a block of `shape`.
    func chain(_ shape: [Int]) throws(CodecError) -> CodecChain {
        try CodecChain(
            specs: whole.specs,
            form: try ArrayForm(shape: shape, type: form.type, fill: form.fill, codec: name),
            limits: whole.limits,
            depth: whole.depth
        )
    }

    var encodedSize: SizeBound {
        .atMost(whole.encodedSize.limit.addingCapped(headerSize))
    }

    var isCanonical: Bool {
        false
    }

    func makeDecoding(_ limits: CodecLimits) -> any ArrayDecoding {
        N5Decoding(self)
    }

    /// The shape that the header tells.
    func shape(of encoded: RawSpan) throws(CodecError) -> [Int] {
        guard encoded.byteCount >= headerSize else {
            throw CodecError(.short, codec: name, "the bytes end within the header")
        }
        let mode = UInt16(bigEndian: Bytes.load(encoded, at: 0, as: UInt16.self).littleEndian)
        guard mode == 0 else {
            throw CodecError(.unsupported, codec: name, "blocks of mode \(mode) are not read")
        }
        let rank = UInt16(bigEndian: Bytes.load(encoded, at: 2, as: UInt16.self).littleEndian)
        guard Int(rank) == form.shape.count else {
            throw CodecError(
                .corrupt,
                codec: name,
                "the block has \(rank) dimensions, the chunk \(form.shape.count)"
            )
        }
        let shape = form.shape.indices.map { dimension in
            let length = Bytes.load(encoded, at: 4 + 4 * dimension, as: UInt32.self)
            return Int(length.byteSwapped)
        }
        guard shape.allSatisfy({ $0 > 0 }) else {
            throw CodecError(.corrupt, codec: name, "a dimension of the block has length 0")
        }
        return shape
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        output.append(littleEndian: UInt16(0))
        output.append(littleEndian: UInt16(form.shape.count).byteSwapped)
        for length in form.shape { output.append(littleEndian: UInt32(length).byteSwapped) }
        try ChunkEncoder(whole).encode(decoded, into: output)
    }
}

/// Decodes blocks of any shape; those of the chunk's shape straight into the output.
private final class N5Decoding: FixedLengthDecoding {
    let codec: N5Codec
    private let whole: ChunkDecoder
    private var copy: ElementCopy
    private let block = Arena(capacity: 1)
    private let elements = Arena(capacity: 1)

    init(_ codec: N5Codec) {
        self.codec = codec
        whole = ChunkDecoder(codec.whole)
        copy = ElementCopy(shape: codec.form.shape, elementSize: codec.form.elementSize ?? 0)
    }

    func decode(
        _ encoded: RawSpan,
        _ scatter: Scatter,
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        let shape = try codec.shape(of: encoded)
        let payload = encoded.extracting(codec.headerSize..<encoded.byteCount)
        if shape == codec.form.shape {
            try whole.decode(payload, scatter: scatter, into: &output)
            return
        }
        try decodeBlock(payload, shape)
        try elements.withBytes { (bytes: RawSpan) throws(CodecError) in
            try copy.copy(bytes, scatter, into: &output)
        }
    }

    /// Decodes a block of another shape, and puts what the chunk has of it among fill.
    private func decodeBlock(_ payload: RawSpan, _ shape: [Int]) throws(CodecError) {
        let form = codec.form
        let chain = try codec.chain(shape)
        let sizes = (chain.byteCount ?? 0, form.byteCount ?? 0)
        try chain.limits.check(max(sizes.0, sizes.1), codec: codec.name)
        block.reset(to: sizes.0)
        try block.withMutableBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
            try ChunkDecoder(chain).decode(payload, into: &bytes)
        }
        elements.reset(to: sizes.1)
        var part = Scatter(whole: form.shape)
        for dimension in shape.indices {
            part.axes[dimension].count = min(shape[dimension], form.shape[dimension])
        }
        var place = ElementCopy(shape: shape, elementSize: form.elementSize ?? 0)
        try elements.withMutableBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
            try copy.fill(Scatter(whole: form.shape), with: form.fill, into: &bytes)
            try block.withBytes { (block: RawSpan) throws(CodecError) in
                try place.copy(block, part, into: &bytes)
            }
        }
    }
}
