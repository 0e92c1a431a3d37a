import Arena
import JSONValue
import ZarrModel

/// **What**: the elements one behind the other in C order, the bytes of each number in a given order.
///
/// **Specification**: Zarr v3 core codec `bytes`.
///
/// **Names**: v3 `bytes` (`endian` in early drafts); v2 has it in the `dtype`.
///
/// **Configuration**: `{"name": "bytes", "configuration": {"endian": "little"}}`. Without `endian` only for
/// types without an order of bytes, and for structured types, where it means little.
///
/// **Interoperability**: the order applies to each part of a complex number, each UTF-32 unit and each
/// field. A boolean that is stored as anything but 0 reads as true. `field_endian`, a list with one order for each innermost field, is our own: a v2 dtype can mix them.
struct BytesCodec: FixedLengthCodec {
    static let descriptor = CodecDescriptor(
        v3: ["bytes", "endian"],
        .arrayToBytes,
        "elements one behind the other, each number's bytes in a given order"
    ) { spec, place throws(CodecError) in
        .serializer(try BytesCodec(SpecReader(spec), place.form))
    }

    let name: String
    let form: ArrayForm
    let byteCount: Int
    let elementSize: Int
    let swap: SwapPlan

    private init(_ reader: SpecReader, _ form: ArrayForm) throws(CodecError) {
        guard let byteCount = form.byteCount, let elementSize = form.elementSize else {
            throw reader.wrong("elements of type \(form.type.name) have no fixed length")
        }
        guard form.type.kind != .optional else {
            throw reader.wrong("elements that may be absent need the codec zarrs.optional")
        }
        name = reader.spec.name
        self.form = form
        self.byteCount = byteCount
        self.elementSize = elementSize
        swap = SwapPlan(form.type, try Self.orders(reader, form.type))
    }

    private static func orders(
        _ reader: SpecReader,
        _ type: DataType
    ) throws(CodecError) -> [Endianness] {
        if let list = try reader.list("field_endian") {
            let orders = list.compactMap { Endianness(rawValue: $0.stringValue ?? "") }
            guard orders.count == list.count, orders.count == type.leaves.count else {
                throw reader.wrong("field_endian must have little or big for every field")
            }
            return orders
        }
        guard let endian = try reader.string("endian") else {
            let isOrdered = type.kind != .structure && type.swapUnit != 1
            guard !isOrdered else { throw reader.wrong("\(type.name) needs endian, little or big") }
            return [.little]
        }
        guard let order = Endianness(rawValue: endian) else {
            throw reader.wrong("endian must be little or big")
        }
        return [order]
    }

    var encodedSize: SizeBound {
        .exact(byteCount)
    }

    /// What the encoded bytes are, where they are numbers all of one type.
    var numbers: NumberType? {
        guard let scalar = Scalar(form.type) else { return nil }
        if case .uniform = swap { return NumberType(scalar, isBig: true) }
        return NumberType(scalar)
    }

    /// Whether the bytes of each number are reversed, or there is nothing to reverse.
    var isBigEndian: Bool {
        if case .uniform = swap { return true }
        return form.type.swapUnit == 1
    }

    /// A boolean may be stored as any byte, so booleans are looked at.
    var isCanonical: Bool {
        swap == .none && form.type != .bool
    }

    func makeDecoding(_ limits: CodecLimits) -> any ArrayDecoding {
        BytesDecoding(self)
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        if swap == .none {
            output.append(decoded)
            return
        }
        var copy = ElementCopy(shape: form.shape, elementSize: elementSize, swap: swap)
        let whole = Scatter(whole: form.shape)
        try output.append(upTo: byteCount) { (bytes: inout MutableRawSpan) throws(CodecError) in
            try copy.copy(decoded, whole, into: &bytes)
            return byteCount
        }
    }
}

/// Copies, swapping where needed, without a buffer between.
private final class BytesDecoding: FixedLengthDecoding {
    let codec: BytesCodec
    private var copy: ElementCopy
    private let booleans = Arena(capacity: 1)

    init(_ codec: BytesCodec) {
        self.codec = codec
        copy = ElementCopy(
            shape: codec.form.shape,
            elementSize: codec.elementSize,
            swap: codec.swap
        )
    }

    func decode(
        _ encoded: RawSpan,
        _ scatter: Scatter,
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        let count = encoded.byteCount
        guard count == codec.byteCount else {
            throw CodecError(
                count < codec.byteCount ? .short : .long,
                codec: codec.name,
                "there are \(count) bytes where the chunk has \(codec.byteCount)"
            )
        }
        if codec.form.type == .bool, !Numbers.areBooleans(encoded) {
            try decodeBooleans(encoded, scatter, into: &output)
        } else {
            try copy.copy(encoded, scatter, into: &output)
        }
    }

    /// Whatever is not 0 becomes 1.
    private func decodeBooleans(
        _ encoded: RawSpan,
        _ scatter: Scatter,
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        booleans.reset(to: encoded.byteCount)
        booleans.withMutableBytes { bytes in
            Numbers.convert(encoded, NumberType(.bool), into: &bytes, NumberType(.bool))
        }
        try booleans.withBytes { (bytes: RawSpan) throws(CodecError) in
            try copy.copy(bytes, scatter, into: &output)
        }
    }
}
