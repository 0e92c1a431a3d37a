import Arena
import JSONValue
import ZarrModel

/// **What**: numbers of few bits one behind the other without gaps, the lowest bit first; of wider ones any
/// run of bits.
///
/// **Specification**: Zarr v3 extension `packbits`.
///
/// **Names**: v3 `packbits`. numcodecs' filter of that name is another codec.
///
/// **Configuration**: `{"name": "packbits", "configuration": {"padding_encoding": "none", "first_bit": null,
/// "last_bit": null}}`. The number of bits that pad the last byte stands in a byte before (`first_byte`) or
/// behind (`last_byte`).
///
/// **Interoperability**: zarrs leaves that byte out for numbers of whole bytes: both are read. The bits of
/// the padding must be 0.
struct PackBitsCodec: FixedLengthCodec {
    static let descriptor = CodecDescriptor(
        v3: ["packbits"],
        .arrayToBytes,
        "numbers of few bits without gaps, the lowest bit first"
    ) {
        spec,
        place throws(CodecError) in
        .serializer(try PackBitsCodec(SpecReader(spec), place.form))
    }

    /// Where the number of bits of padding stands.
    enum PaddingEncoding: String, Sendable {
        case none
        case firstByte = "first_byte"
        case lastByte = "last_byte"
    }

    let name: String
    let form: ArrayForm
    let numbers: PackedNumbers
    let paddingEncoding: PaddingEncoding
    /// Whether every number keeps all its bits, and they are whole bytes.
    let isWhole: Bool

    private init(_ reader: SpecReader, _ form: ArrayForm) throws(CodecError) {
        name = reader.spec.name
        self.form = form
        let text = try reader.string("padding_encoding") ?? "none"
        guard let encoding = PaddingEncoding(rawValue: text) else {
            throw reader.wrong("padding_encoding must be none, first_byte or last_byte")
        }
        paddingEncoding = encoding
        guard let part = Part(form.type) else {
            throw reader.wrong("it does not work on elements of type \(form.type.name)")
        }
        let range = 0...(part.bitCount - 1)
        let first = try reader.int("first_bit", in: range, otherwise: 0)
        let last = try reader.int("last_bit", in: range, otherwise: part.bitCount - 1)
        guard first <= last else { throw reader.wrong("last_bit is below first_bit") }
        numbers = PackedNumbers(
            count: form.count.multipliedCapped(by: part.count),
            byteCount: part.byteCount,
            firstBit: first,
            bitCount: last - first + 1,
            isSigned: part.isSigned
        )
        isWhole = numbers.bitCount == part.bitCount && part.bitCount % 8 == 0
        guard numbers.packedByteCount < .max - 1 else {
            throw reader.wrong("the chunk has too many bits")
        }
    }

    /// What the numbers of an element are.
    private struct Part {
        var bitCount: Int
        var byteCount: Int
        var count = 1
        var isSigned = false

        init?(_ type: DataType) {
            switch type {
            case .bool: (bitCount, byteCount) = (1, 1)
            case .integer(let type):
                (bitCount, byteCount) = (type.bitCount, type.byteCount)
                isSigned = type.isSigned
            case .float(let type): (bitCount, byteCount) = (type.bitCount, type.byteCount)
            case .complex(let type):
                (bitCount, byteCount) = (type.bitCount, type.byteCount)
                count = 2
            case .datetime, .timedelta:
                (bitCount, byteCount) = (64, 8)
                isSigned = true
            default: return nil
            }
        }
    }

    var encodedSize: SizeBound {
        let size = numbers.packedByteCount
        if paddingEncoding == .none { return .exact(size) }
        return isWhole ? .atMost(size + 1) : .exact(size + 1)
    }

    var isCanonical: Bool {
        false
    }

    func makeDecoding(_ limits: CodecLimits) -> any ArrayDecoding {
        PackBitsDecoding(self, limits)
    }

    /// Where the numbers lie among the encoded bytes. Throws where there are too few or too many, or the
    /// byte about padding contradicts the chunk.
    func payload(of encoded: RawSpan) throws(CodecError) -> Range<Int> {
        let size = numbers.packedByteCount
        let count = encoded.byteCount
        if paddingEncoding == .none || (isWhole && count == size) {
            try check(count, is: size)
            return 0..<size
        }
        try check(count, is: size + 1)
        let isFirst = paddingEncoding == .firstByte
        let claimed = Bytes.load(encoded, at: isFirst ? 0 : size, as: UInt8.self)
        guard claimed == numbers.paddingBitCount else {
            throw CodecError(.corrupt, codec: name, "it claims \(claimed) bits of padding")
        }
        return isFirst ? 1..<(size + 1) : 0..<size
    }

    private func check(_ count: Int, is wanted: Int) throws(CodecError) {
        guard count == wanted else {
            throw CodecError(
                count < wanted ? .short : .long,
                codec: name,
                "there are \(count) bytes where the chunk has \(wanted)"
            )
        }
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        let padding = UInt8(numbers.paddingBitCount)
        if paddingEncoding == .firstByte { output.append(littleEndian: padding) }
        output.append(upTo: numbers.packedByteCount) { bytes in
            numbers.pack(decoded, into: &bytes)
            return numbers.packedByteCount
        }
        if paddingEncoding == .lastByte { output.append(littleEndian: padding) }
    }
}

/// Unpacks into a buffer, and copies what is selected from there.
private final class PackBitsDecoding: FixedLengthDecoding {
    let codec: PackBitsCodec
    private let limits: CodecLimits
    private var copy: ElementCopy
    private let elements = Arena(capacity: 1)

    init(_ codec: PackBitsCodec, _ limits: CodecLimits) {
        self.codec = codec
        self.limits = limits
        copy = ElementCopy(shape: codec.form.shape, elementSize: codec.form.elementSize ?? 0)
    }

    func decode(
        _ encoded: RawSpan,
        _ scatter: Scatter,
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        let packed = encoded.extracting(try codec.payload(of: encoded))
        guard codec.numbers.isPaddingClear(packed) else {
            throw CodecError(.corrupt, codec: codec.name, "the padding of the last byte is not 0")
        }
        let size = codec.form.elementSize ?? 0
        let byteCount = codec.form.byteCount ?? 0
        if scatter.isWhole(codec.form.shape) {
            let start = scatter.outputOffset * size
            var target = output._mutatingExtracting(start..<(start + byteCount))
            codec.numbers.unpack(packed, into: &target)
            return
        }
        try limits.check(byteCount, codec: codec.name)
        elements.reset(to: byteCount)
        elements.withMutableBytes { codec.numbers.unpack(packed, into: &$0) }
        try elements.withBytes { (bytes: RawSpan) throws(CodecError) in
            try copy.copy(bytes, scatter, into: &output)
        }
    }
}
