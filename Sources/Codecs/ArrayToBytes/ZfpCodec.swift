import Arena
import JSONValue
import ZarrModel

/// **What**: numbers in blocks of four along each of at most four dimensions, compressed with a loss that
/// the mode bounds, or without.
///
/// **Specification**: Zarr v3 extension `zfp`; numcodecs `zfpy`; zfp's own documentation of modes and header.
///
/// **Names**: v3 `zfp` (`zarrs.zfp`) and `numcodecs.zfpy`; v2 `zfpy`.
///
/// **Configuration**: `{"name": "zfp", "configuration": {"mode": "fixed_accuracy", "tolerance": 0.05}}`; other
/// modes are `fixed_rate` (`rate`), `fixed_precision` (`precision`), `reversible` and `expert` (`minbits`,
/// `maxbits`, `maxprec`, `minexp`). `zfpy` has numbers for modes: 2 rate, 3 precision, 4 tolerance, and -1
/// for what is not given; without any it is lossless. Reading needs none of it.
///
/// **Interoperability**: `zfpy` has a header, `zfp` has none. Integers of fewer than 32 bits and floats of
/// fewer go through int32 and float32; unsigned ones of 32 and 64 bits keep the signed half of their
/// range. zarrs reckons a rate for three dimensions whatever the array has: both are read.
struct ZfpCodec: FixedLengthCodec {
    static let zfp = CodecDescriptor(
        v3: ["zfp", "zarrs.zfp", "https://codec.zarrs.dev/array_to_bytes/zfp"],
        .arrayToBytes,
        "numbers in up to 4 dimensions, with a bounded loss or none",
        library: "libzfp"
    ) { spec, place throws(CodecError) in
        let reader = SpecReader(spec)
        let mode = try ZfpMode(reader)
        return .serializer(try ZfpCodec(reader, place.form, mode, hasHeader: false))
    }

    static let zfpy = CodecDescriptor(
        v3: ["numcodecs.zfpy", "https://codec.zarrs.dev/array_to_bytes/zfpy"],
        v2: ["zfpy"],
        .arrayToBytes,
        "the same behind a header that says type, shape and mode",
        library: "libzfp"
    ) { spec, place throws(CodecError) in
        let reader = SpecReader(spec)
        let mode = try ZfpMode(zfpy: reader)
        let codec = try ZfpCodec(reader, place.form, mode, hasHeader: true)
        guard place.isBytes else { return .serializer(codec) }
        return .bytes(ZfpBytes(codec: codec, isEncodable: place.numbers?.isBig == false))
    }

    let name: String
    let form: ArrayForm
    let mode: ZfpMode
    let hasHeader: Bool
    let array: ZfpArray
    let conversion: ZfpConversion

    private init(
        _ reader: SpecReader,
        _ form: ArrayForm,
        _ mode: ZfpMode,
        hasHeader: Bool
    ) throws(CodecError) {
        name = reader.spec.name
        self.form = form
        self.mode = mode
        self.hasHeader = hasHeader
        guard let (number, conversion) = ZfpConversion.of(form.type) else {
            throw reader.wrong("it does not work on elements of type \(form.type.name)")
        }
        guard form.shape.count <= 4, form.count > 0 else {
            throw reader.wrong("it works on 1 to 4 dimensions, not \(form.shape.count)")
        }
        if case .accuracy = mode, !hasHeader, number == .int32 || number == .int64 {
            throw reader.wrong(
                "a tolerance is for floats, not for elements of type \(form.type.name)"
            )
        }
        self.conversion = conversion
        array = ZfpArray(number: number, shape: form.shape)
    }

    var encodedSize: SizeBound {
        .atMost(array.mostBytes(mode))
    }

    var isCanonical: Bool {
        false
    }

    func makeDecoding(_ limits: CodecLimits) -> any ArrayDecoding {
        ZfpDecoding(self, limits)
    }

    /// Decodes all values into exactly their bytes, not converted yet.
    func decode(_ encoded: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        try checkLibrary()
        let mode = hasHeader ? nil : mode
        var result = Native.zfpDecode(encoded, into: &output, array, mode)
        if result < 0, case .rate = mode {
            result = Native.zfpDecode(encoded, into: &output, array, mode, rateRank: 3)
        }
        _ = try Native.check(result, codec: name)
    }

    private func checkLibrary() throws(CodecError) {
        guard Native.hasZfp else {
            throw CodecError(
                .unsupported,
                codec: name,
                "its library is not there: libzfp.so.1 (Debian's package libzfp1)"
            )
        }
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        try checkLibrary()
        if conversion == .none {
            try compress(decoded, into: output)
            return
        }
        let numbers = Arena(capacity: form.count * array.number.byteCount)
        numbers.resize(to: form.count * array.number.byteCount)
        try numbers.withMutableBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
            try conversion.promote(decoded, form.count, into: &bytes, codec: name)
        }
        try numbers.withBytes { (bytes: RawSpan) throws(CodecError) in
            try compress(bytes, into: output)
        }
    }

    private func compress(_ numbers: RawSpan, into output: Arena) throws(CodecError) {
        let room = try Native.check(Native.zfpEncodedBound(array, mode), codec: name)
        try output.append(upTo: room) { (bytes: inout MutableRawSpan) throws(CodecError) in
            try Native.check(
                Native.zfpEncode(numbers, into: &bytes, array, mode, hasHeader: hasHeader),
                codec: name
            )
        }
    }
}

/// Decodes into the output itself where the chunk lies there as it is encoded.
private final class ZfpDecoding: FixedLengthDecoding {
    let codec: ZfpCodec
    private let limits: CodecLimits
    private var copy: ElementCopy
    private let numbers = Arena(capacity: 1)
    private let elements = Arena(capacity: 1)

    init(_ codec: ZfpCodec, _ limits: CodecLimits) {
        self.codec = codec
        self.limits = limits
        copy = ElementCopy(shape: codec.form.shape, elementSize: codec.form.elementSize ?? 0)
    }

    func decode(
        _ encoded: RawSpan,
        _ scatter: Scatter,
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        let byteCount = codec.form.byteCount ?? 0
        if codec.conversion == .none, scatter.isWhole(codec.form.shape) {
            let start = scatter.outputOffset * (codec.form.elementSize ?? 0)
            var target = output._mutatingExtracting(start..<(start + byteCount))
            try codec.decode(encoded, into: &target)
            return
        }
        let size = codec.form.count.multipliedCapped(by: codec.array.number.byteCount)
        try limits.check(size, codec: codec.name)
        numbers.reset(to: size)
        try numbers.withMutableBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
            try codec.decode(encoded, into: &bytes)
        }
        guard codec.conversion != .none else {
            try numbers.withBytes { (bytes: RawSpan) throws(CodecError) in
                try copy.copy(bytes, scatter, into: &output)
            }
            return
        }
        elements.reset(to: byteCount)
        numbers.withBytes { numbers in
            elements.withMutableBytes {
                codec.conversion.demote(numbers, codec.form.count, into: &$0)
            }
        }
        try elements.withBytes { (bytes: RawSpan) throws(CodecError) in
            try copy.copy(bytes, scatter, into: &output)
        }
    }
}

/// v2's `zfpy`, which stands behind the bytes of the array and takes its numbers from the header.
private struct ZfpBytes: BytesToBytesCodec {
    let codec: ZfpCodec
    /// Whether the bytes are those of the array's numbers, little-endian.
    let isEncodable: Bool

    func encodedSize(of decoded: SizeBound) -> SizeBound {
        codec.encodedSize
    }

    func decodedSize(of encoded: RawSpan) -> SizeBound? {
        codec.form.byteCount.map { .exact($0) }
    }

    func decode(
        _ encoded: RawSpan,
        into output: inout MutableRawSpan,
        _ contexts: CodecContexts
    ) throws(CodecError) -> Int {
        let size = codec.form.byteCount ?? 0
        guard size <= output.byteCount, codec.conversion == .none else {
            throw CodecError(.long, codec: codec.name, "it decodes to \(size) bytes")
        }
        var room = output._mutatingExtracting(0..<size)
        try codec.decode(encoded, into: &room)
        return size
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        guard isEncodable, decoded.byteCount == codec.form.byteCount else {
            throw CodecError(
                .configuration,
                codec: codec.name,
                "it encodes the numbers of the array alone, little-endian"
            )
        }
        try codec.encode(decoded, into: output, contexts)
    }
}

extension ZfpMode {
    /// Reads the configuration of `zfp`.
    fileprivate init(_ reader: SpecReader) throws(CodecError) {
        switch try reader.string("mode") {
        case "reversible": self = .reversible
        case "fixed_rate": self = .rate(try Self.value(reader, "rate", most: 64))
        case "fixed_accuracy":
            self = .accuracy(try Self.value(reader, "tolerance", most: .infinity))
        case "fixed_precision":
            guard let precision = try reader.int("precision") else {
                throw reader.wrong("it needs precision")
            }
            self = .precision(try Self.planes(reader, precision))
        case "expert":
            guard let minBits = try reader.int("minbits"), let maxBits = try reader.int("maxbits"),
                let planes = try reader.int("maxprec"), let exponent = try reader.int("minexp")
            else { throw reader.wrong("it needs minbits, maxbits, maxprec and minexp") }
            guard minBits >= 0, minBits <= maxBits, minBits <= 16_658 else {
                throw reader.wrong("minbits must be in 0...16658 and not above maxbits")
            }
            self = .expert(
                minBits: minBits,
                maxBits: maxBits,
                maxPrecision: try Self.planes(reader, planes),
                minExponent: exponent
            )
        default:
            throw reader.wrong(
                "mode must be reversible, fixed_rate, fixed_precision, fixed_accuracy or expert"
            )
        }
    }

    /// Reads the configuration of `zfpy`; what is below 0 is not given.
    fileprivate init(zfpy reader: SpecReader) throws(CodecError) {
        switch try reader.int("mode") ?? 4 {
        case 2 where try reader.double("rate") ?? -1 > 0:
            self = .rate(try Self.value(reader, "rate", most: 64))
        case 3 where try reader.int("precision") ?? -1 > 0:
            self = .precision(try Self.planes(reader, try reader.int("precision") ?? 64))
        case 4 where try reader.double("tolerance") ?? -1 >= 0:
            self = .accuracy(try Self.value(reader, "tolerance", most: .infinity))
        case 2...5: self = .reversible
        default: throw reader.wrong("mode must be 2, 3, 4 or 5")
        }
    }

    private static func value(
        _ reader: SpecReader,
        _ key: String,
        most: Double
    ) throws(CodecError) -> Double {
        guard let value = try reader.double(key) else { throw reader.wrong("it needs \(key)") }
        guard value.isFinite, value >= 0, value <= most, value > 0 || key == "tolerance" else {
            throw reader.wrong("\(key) cannot be \(value)")
        }
        return value
    }

    private static func planes(_ reader: SpecReader, _ count: Int) throws(CodecError) -> Int {
        guard (1...64).contains(count) else {
            throw reader.wrong("a precision is 1 to 64 bit planes, not \(count)")
        }
        return count
    }
}
