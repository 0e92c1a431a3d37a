import Arena
import JSONValue
import ZarrModel

/// **What**: other codecs, of which each chunk says which were applied, one bit for each in a header.
///
/// **Specification**: Zarr v3 extension `conditional`: the first codec has the lowest bit of the first byte.
///
/// **Names**: v3 `conditional`; v2 has none.
///
/// **Configuration**: `{"name": "conditional", "configuration": {"codecs": [{"name": "zstd"}], "header_bits": 8}}`.
/// The header has as many whole bytes as the codecs need where nothing is said.
///
/// **Interoperability**: writing applies all of them where that makes the chunk smaller, else none. Bits
/// that no codec has must be 0.
struct ConditionalCodec: BytesToBytesCodec {
    static let descriptor = CodecDescriptor(
        v3: ["conditional"],
        .bytesToBytes,
        "other codecs, each applied or not, as a header of each chunk says"
    ) {
        spec,
        place throws(CodecError) in
        .bytes(try ConditionalCodec(SpecReader(spec), place))
    }

    let name: String
    let codecs: [(name: String, codec: any BytesToBytesCodec)]
    let headerSize: Int
    let limits: CodecLimits
    /// What is known of the decoded bytes.
    let size: SizeBound

    private init(_ reader: SpecReader, _ place: CodecPlace) throws(CodecError) {
        name = reader.spec.name
        limits = place.limits
        size = place.size
        guard place.isBytes else { throw reader.wrong("it works on bytes") }
        guard place.depth < CodecChain.depthLimit else {
            throw reader.wrong("chains are nested more than \(CodecChain.depthLimit) deep")
        }
        var inner = place
        inner.depth += 1
        var codecs: [(name: String, codec: any BytesToBytesCodec)] = []
        for spec in try place.specs(reader, "codecs") {
            guard case .bytes(let codec) = try CodecDescriptor.make(spec, inner) else {
                throw reader.wrong("\(spec.name) does not turn bytes into bytes")
            }
            codecs.append((spec.name, codec))
            inner.size = codec.encodedSize(of: inner.size)
            inner.numbers = nil
        }
        guard codecs.count <= CodecChain.lengthLimit else {
            throw reader.wrong("there are \(codecs.count) codecs")
        }
        let least = (codecs.count + 7) / 8 * 8
        let bits = try reader.int("header_bits", in: 0...4096, otherwise: least)
        guard bits % 8 == 0, bits >= codecs.count else {
            throw reader.wrong("header_bits must be a multiple of 8, and at least \(codecs.count)")
        }
        self.codecs = codecs
        headerSize = bits / 8
    }

    func encodedSize(of decoded: SizeBound) -> SizeBound {
        .atMost(
            codecs.reduce(decoded) { $1.codec.encodedSize(of: $0) }.limit.addingCapped(headerSize)
        )
    }

    func decodedSize(of encoded: RawSpan) throws(CodecError) -> SizeBound? {
        try applied(encoded).isEmpty ? .exact(encoded.byteCount - headerSize) : nil
    }

    /// The codecs that the header says were applied, in the order of encoding, each with what is known
    /// of its decoded side.
    private func applied(_ encoded: RawSpan) throws(CodecError) -> [CodecChain.ByteStage] {
        guard encoded.byteCount >= headerSize else {
            throw CodecError(.short, codec: name, "the bytes end within the header")
        }
        var stages: [CodecChain.ByteStage] = []
        var size = self.size
        for bit in 0..<(8 * headerSize) {
            let byte = Bytes.load(encoded, at: bit / 8, as: UInt8.self)
            guard byte >> UInt8(bit % 8) & 1 == 1 else { continue }
            guard bit < codecs.count else {
                throw CodecError(.corrupt, codec: name, "codec \(bit) is not in its list")
            }
            let (name, codec) = codecs[bit]
            stages.append(CodecChain.ByteStage(name: name, codec: codec, decodedSize: size))
            size = codec.encodedSize(of: size)
        }
        return stages
    }

    func decode(
        _ encoded: RawSpan,
        into output: inout MutableRawSpan,
        _ contexts: CodecContexts
    ) throws(CodecError) -> Int {
        let stages = try applied(encoded)
        let payload = encoded.extracting(headerSize..<encoded.byteCount)
        return try undo(stages[...], payload, into: &output, contexts)
    }

    private func undo(
        _ stages: ArraySlice<CodecChain.ByteStage>,
        _ input: RawSpan,
        into output: inout MutableRawSpan,
        _ contexts: CodecContexts
    ) throws(CodecError) -> Int {
        guard let last = stages.last else {
            guard input.byteCount <= output.byteCount else {
                throw CodecError(.long, codec: name, "it decodes to \(input.byteCount) bytes")
            }
            Bytes.copy(input, into: &output, at: 0)
            return input.byteCount
        }
        if stages.count == 1 { return try last.codec.decode(input, into: &output, contexts) }
        let arena = Arena(capacity: 1)
        try ByteDecoding.decode(last, input, into: arena, limits, contexts)
        return try arena.withBytes { (bytes: RawSpan) throws(CodecError) in
            try undo(stages.dropLast(), bytes, into: &output, contexts)
        }
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        var from = Arena(capacity: 1)
        from.append(decoded)
        for (_, codec) in codecs {
            let into = Arena(capacity: 1)
            try from.withBytes { (bytes: RawSpan) throws(CodecError) in
                try codec.encode(bytes, into: into, contexts)
            }
            from = into
        }
        let isSmaller = from.count < decoded.byteCount
        output.append(
            (0..<headerSize).map { byte in
                let bits = isSmaller ? min(8, max(0, codecs.count - 8 * byte)) : 0
                return UInt8(truncatingIfNeeded: (1 << bits) - 1)
            }
        )
        if isSmaller { from.withBytes { output.append($0) } } else { output.append(decoded) }
    }
}
