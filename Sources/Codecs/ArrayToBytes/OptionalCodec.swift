import Arena
import JSONValue
import ZarrModel

/// **What**: which elements have a value, as booleans, and behind them the values that are there; each with
/// a chain of its own.
///
/// **Specification**: zarrs's codec for its data type `optional`: the lengths of both parts, 8 bytes each,
/// little-endian, then the parts. The values are a list without gaps; where there are none, no bytes.
///
/// **Names**: v3 `zarrs.optional` (`optional`); v2 has none.
///
/// **Configuration**: `{"name": "zarrs.optional", "configuration": {"mask_codecs": [{"name": "packbits"}],
/// "data_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}]}}`.
///
/// **Interoperability**: zarrs alone has it. In memory a value has a byte behind it, 1 where it is there.
struct OptionalCodec: ArrayToBytesCodec {
    static let descriptor = CodecDescriptor(
        v3: ["zarrs.optional", "optional", "https://codec.zarrs.dev/array_to_bytes/optional"],
        .arrayToBytes,
        "which elements have a value, and those values, with chains of their own"
    ) { spec, place throws(CodecError) in
        .serializer(try OptionalCodec(SpecReader(spec), place))
    }

    static let headerSize = 16

    let name: String
    let form: ArrayForm
    let valueType: DataType
    let mask: CodecChain
    /// For as many values as there are elements.
    let values: CodecChain

    private init(_ reader: SpecReader, _ place: CodecPlace) throws(CodecError) {
        name = reader.spec.name
        form = place.form
        guard case .optional(let type) = form.type else {
            throw reader.wrong("elements of type \(form.type.name) always have a value")
        }
        valueType = type
        mask = try place.chain(
            reader,
            try place.specs(reader, "mask_codecs"),
            try ArrayForm(shape: form.shape, type: .bool, fill: [0], codec: name)
        )
        values = try place.chain(
            reader,
            try place.specs(reader, "data_codecs"),
            try ArrayForm(shape: [form.count], type: type, fill: [], codec: name)
        )
    }

    /// The chain for `count` values.
    func values(_ count: Int) throws(CodecError) -> CodecChain {
        try CodecChain(
            specs: values.specs,
            form: try ArrayForm(shape: [count], type: valueType, fill: [], codec: name),
            limits: values.limits,
            depth: values.depth
        )
    }

    var encodedSize: SizeBound {
        .atMost(
            mask.encodedSize.limit.addingCapped(values.encodedSize.limit)
                .addingCapped(Self.headerSize)
        )
    }

    var isCanonical: Bool {
        false
    }

    func makeDecoding(_ limits: CodecLimits) -> any ArrayDecoding {
        OptionalDecoding(self)
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        let size = (form.elementSize ?? 1) - 1
        var mask: [UInt8] = []
        var present: [UInt8] = []
        mask.reserveCapacity(form.count)
        for position in 0..<form.count {
            let start = position * (size + 1)
            let isThere = Bytes.load(decoded, at: start + size, as: UInt8.self) != 0
            mask.append(isThere ? 1 : 0)
            if isThere { present += Bytes.array(decoded.extracting(start..<(start + size))) }
        }
        let count = mask.count { $0 == 1 }
        try write(mask, count, into: output) { (encoder: ChunkEncoder) throws(CodecError) in
            try present.withRawBytes { (bytes: RawSpan) throws(CodecError) in
                try encoder.encode(bytes, into: output)
            }
        }
    }

    func encodeVariable(
        _ elements: [[UInt8]],
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        let mask: [UInt8] = elements.map { $0.last == 1 ? 1 : 0 }
        let present = elements.filter { $0.last == 1 }.map { Array($0.dropLast()) }
        try write(mask, present.count, into: output) { (encoder: ChunkEncoder) throws(CodecError) in
            output.append(try encoder.encodeVariable(present))
        }
    }

    /// Appends both parts behind their lengths; `body` appends the values.
    private func write(
        _ mask: [UInt8],
        _ count: Int,
        into output: Arena,
        _ body: (ChunkEncoder) throws(CodecError) -> Void
    ) throws(CodecError) {
        let start = output.count
        output.resize(to: start + Self.headerSize)
        try mask.withRawBytes { (bytes: RawSpan) throws(CodecError) in
            try ChunkEncoder(self.mask).encode(bytes, into: output)
        }
        let maskEnd = output.count
        if count > 0 { try body(ChunkEncoder(try values(count))) }
        let lengths = [maskEnd - start - Self.headerSize, output.count - maskEnd]
        output.withMutableBytes { bytes in
            for (place, length) in lengths.enumerated() {
                bytes.storeBytes(
                    of: UInt64(length).littleEndian,
                    toByteOffset: start + 8 * place,
                    as: UInt64.self
                )
            }
        }
    }
}

/// Decodes the mask, then as many values as it counts.
private final class OptionalDecoding: ArrayDecoding {
    private let codec: OptionalCodec
    private let maskDecoder: ChunkDecoder
    private var copy: ElementCopy
    private let mask = Arena(capacity: 1)
    private let present = Arena(capacity: 1)
    private let elements = Arena(capacity: 1)

    init(_ codec: OptionalCodec) {
        self.codec = codec
        maskDecoder = ChunkDecoder(codec.mask)
        copy = ElementCopy(shape: codec.form.shape, elementSize: codec.form.elementSize ?? 0)
    }

    /// Decodes the mask; answers how many values there are, and where they lie.
    private func decodeMask(
        _ encoded: RawSpan
    ) throws(CodecError) -> (count: Int, values: Range<Int>) {
        let header = OptionalCodec.headerSize
        guard encoded.byteCount >= header else {
            throw CodecError(.short, codec: codec.name, "the bytes end within the header")
        }
        let lengths = (0..<2).map { Bytes.load(encoded, at: 8 * $0, as: UInt64.self) }
        let (sum, overflowed) = lengths[0].addingReportingOverflow(lengths[1])
        let rest = UInt64(encoded.byteCount - header)
        guard !overflowed, sum == rest, let maskLength = Int(exactly: lengths[0]) else {
            throw CodecError(
                sum < rest && !overflowed ? .long : .short,
                codec: codec.name,
                "the parts have \(lengths[0]) and \(lengths[1]) bytes, there are \(rest)"
            )
        }
        try codec.mask.limits.check(codec.form.count, codec: codec.name)
        mask.reset(to: codec.form.count)
        let part = encoded.extracting(header..<(header + maskLength))
        try mask.withMutableBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
            try maskDecoder.decode(part, into: &bytes)
        }
        let count = mask.withBytes { bytes in
            (0..<bytes.byteCount).count { Bytes.load(bytes, at: $0, as: UInt8.self) != 0 }
        }
        let values = (header + maskLength)..<encoded.byteCount
        guard count > 0 || values.isEmpty else {
            throw CodecError(.long, codec: codec.name, "there are bytes of values and no value")
        }
        return (count, values)
    }

    func decode(
        _ encoded: RawSpan,
        _ scatter: Scatter,
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        let byteCount = codec.form.byteCount ?? 0
        try codec.mask.limits.check(byteCount, codec: codec.name)
        let (count, place) = try decodeMask(encoded)
        let size = (codec.form.elementSize ?? 1) - 1
        present.reset(to: count * size)
        if count > 0 {
            let decoder = ChunkDecoder(try codec.values(count))
            try present.withMutableBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
                try decoder.decode(encoded.extracting(place), into: &bytes)
            }
        }
        elements.reset(to: byteCount)
        spread(size)
        try elements.withBytes { (bytes: RawSpan) throws(CodecError) in
            try copy.copy(bytes, scatter, into: &output)
        }
    }

    /// Puts each value that is there into its place, the mark behind it.
    private func spread(_ size: Int) {
        mask.withBytes { mask in
            present.withBytes { present in
                elements.withMutableBytes { elements in
                    Bytes.clear(&elements)
                    var next = 0
                    for position in 0..<mask.byteCount
                    where Bytes.load(mask, at: position, as: UInt8.self) != 0 {
                        let start = position * (size + 1)
                        let value = present.extracting(next..<(next + size))
                        Bytes.copy(value, into: &elements, at: start)
                        elements.storeBytes(of: 1, toByteOffset: start + size, as: UInt8.self)
                        next += size
                    }
                }
            }
        }
    }

    func decodeVariable(_ encoded: RawSpan) throws(CodecError) -> [[UInt8]] {
        let (count, place) = try decodeMask(encoded)
        var present: [[UInt8]] = []
        if count > 0 {
            let decoder = ChunkDecoder(try codec.values(count))
            present = try decoder.decodeVariable(encoded.extracting(place))
        }
        var next = 0
        return mask.withBytes { mask in
            (0..<mask.byteCount).map { position in
                guard Bytes.load(mask, at: position, as: UInt8.self) != 0 else { return [0] }
                defer { next += 1 }
                return present[next] + [1]
            }
        }
    }
}
