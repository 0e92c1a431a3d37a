import JSONValue
import ZarrModel

/// **What**: each number less an offset, times a scale; and divided by it, plus the offset, back.
///
/// **Specification**: Zarr v3 extension `scale_offset`.
///
/// **Names**: v3 `scale_offset`; v2 has none.
///
/// **Configuration**: `{"name": "scale_offset", "configuration": {"offset": 5, "scale": 0.1}}`; what is absent
/// changes nothing.
///
/// **Interoperability**: everything is reckoned in the array's own type, each step rounded there. A result
/// beyond its range fails the chunk, as the specification demands; zarr-python lets integers wrap and
/// rounds a quotient of integers down, which is read here too.
struct ScaleOffsetCodec: ArrayToArrayCodec {
    static let descriptor = CodecDescriptor(
        v3: ["scale_offset"],
        .arrayToArray,
        "each number less an offset, times a scale, in the array's own type"
    ) {
        spec,
        place throws(CodecError) in
        .array(try ScaleOffsetCodec(SpecReader(spec), place.form))
    }

    let name: String
    let encodedForm: ArrayForm
    private let arithmetic: Arithmetic

    private init(_ reader: SpecReader, _ form: ArrayForm) throws(CodecError) {
        name = reader.spec.name
        try reader.refuseOthers(than: ["offset", "scale"])
        guard let type = RealType(form.type) else {
            throw reader.wrong("it does not work on elements of type \(form.type.name)")
        }
        let offset = try reader.spec.configuration["offset"].map { value throws(CodecError) in
            try reader.pattern(value, type, "offset")
        }
        let scale = try reader.spec.configuration["scale"].map { value throws(CodecError) in
            try reader.pattern(value, type, "scale")
        }
        arithmetic = try Arithmetic(reader, type, offset: offset, scale: scale)
        var fill = form.fill
        let arithmetic = arithmetic
        try form.fill.withRawBytes { (bytes: RawSpan) throws(CodecError) in
            guard let encoded = arithmetic.encode(type.pattern(bytes, at: 0)) else {
                throw reader.wrong("the fill value leaves the range of \(form.type.name)")
            }
            fill.withMutableRawBytes { type.store(encoded, into: &$0, at: 0) }
        }
        encodedForm = try ArrayForm(shape: form.shape, type: form.type, fill: fill, codec: name)
    }

    /// The two steps and their way back, on patterns; `nil` for what has no pattern.
    private struct Arithmetic: Sendable {
        enum Terms: Sendable {
            case integers(offset: Int128, scale: Int128, IntegerType)
            case floats(offset: Double?, scale: Double?, FloatType)
        }

        let type: RealType
        let terms: Terms

        init(
            _ reader: SpecReader,
            _ type: RealType,
            offset: UInt64?,
            scale: UInt64?
        ) throws(CodecError) {
            self.type = type
            switch type.form {
            case .integer(let integers):
                let factor = scale.map(type.integer) ?? 1
                guard factor != 0 else { throw reader.wrong("scale is 0") }
                terms = .integers(offset: offset.map(type.integer) ?? 0, scale: factor, integers)
            case .float(let floats):
                let factor = scale.map(floats.value(ofBits:))
                guard factor != 0 else { throw reader.wrong("scale is 0") }
                terms = .floats(offset: offset.map(floats.value(ofBits:)), scale: factor, floats)
            }
        }

        func encode(_ pattern: UInt64) -> UInt64? {
            switch terms {
            case .integers(let offset, let scale, let integers):
                let lowered = type.integer(pattern) - offset
                guard integers.range.contains(lowered) else { return nil }
                let (value, overflowed) = lowered.multipliedReportingOverflow(by: scale)
                guard !overflowed, integers.range.contains(value) else { return nil }
                return UInt64(truncatingIfNeeded: value)
            case .floats(let offset, let scale, let floats):
                var bits: UInt64? = pattern
                if let offset { bits = step(bits, floats) { $0 - offset } }
                if let scale { bits = step(bits, floats) { $0 * scale } }
                return bits
            }
        }

        func decode(_ pattern: UInt64) -> UInt64? {
            switch terms {
            case .integers(let offset, let scale, let integers):
                let (quotient, rest) = type.integer(pattern).quotientAndRemainder(dividingBy: scale)
                let value = quotient + offset - (rest != 0 && (rest < 0) != (scale < 0) ? 1 : 0)
                return integers.range.contains(value) ? UInt64(truncatingIfNeeded: value) : nil
            case .floats(let offset, let scale, let floats):
                var bits: UInt64? = pattern
                if let scale { bits = step(bits, floats) { $0 / scale } }
                if let offset { bits = step(bits, floats) { $0 + offset } }
                return bits
            }
        }

        /// One operation, rounded to the type. A finite number must stay one.
        private func step(
            _ pattern: UInt64?,
            _ floats: FloatType,
            _ operation: (Double) -> Double
        ) -> UInt64? {
            guard let pattern else { return nil }
            let value = floats.value(ofBits: pattern)
            guard let bits = floats.bits(of: operation(value)) else { return nil }
            return value.isFinite && !floats.value(ofBits: bits).isFinite ? nil : bits
        }
    }

    var order: [Int]? {
        nil
    }

    private func change(
        _ input: RawSpan,
        into output: inout MutableRawSpan,
        _ body: (UInt64) -> UInt64?
    ) throws(CodecError) {
        let type = arithmetic.type
        for position in 0..<(input.byteCount / type.byteCount) {
            guard let made = body(type.pattern(input, at: position)) else {
                throw CodecError(
                    .configuration,
                    codec: name,
                    "element \(position) leaves the range of \(type.dataType.name)"
                )
            }
            type.store(made, into: &output, at: position)
        }
    }

    func decode(_ encoded: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        try change(encoded, into: &output, arithmetic.decode)
    }

    func encode(_ decoded: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        try change(decoded, into: &output, arithmetic.encode)
    }
}
