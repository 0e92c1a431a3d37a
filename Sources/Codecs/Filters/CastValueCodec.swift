import JSONValue
import ZarrModel

/// **What**: each number as the number of another type that is nearest in value.
///
/// **Specification**: Zarr v3 extension `cast_value`.
///
/// **Names**: v3 `cast_value`; v2 has none.
///
/// **Configuration**: `{"name": "cast_value", "configuration": {"data_type": "uint8", "rounding": "nearest-even",
/// "out_of_range": "clamp", "scalar_map": {"encode": [["NaN", 0]], "decode": [[0, "NaN"]]}}}`. Without `out_of_range` a
/// value beyond the range is an error, both ways.
///
/// **Interoperability**: a key of `scalar_map` matches by value, so one NaN stands for all of them. A value
/// that has no place in the target fails the chunk, it is never changed in silence.
struct CastValueCodec: ArrayToArrayCodec {
    static let descriptor = CodecDescriptor(
        v3: ["cast_value"],
        .arrayToArray,
        "each number as one of another type, nearest in value"
    ) {
        spec,
        place throws(CodecError) in
        .array(try CastValueCodec(SpecReader(spec), place.form))
    }

    let name: String
    let encodedForm: ArrayForm
    private let encoding: RealCast
    private let decoding: RealCast

    private init(_ reader: SpecReader, _ form: ArrayForm) throws(CodecError) {
        name = reader.spec.name
        try reader.refuseOthers(than: ["data_type", "rounding", "out_of_range", "scalar_map"])
        guard let own = RealType(form.type) else {
            throw reader.wrong("it does not work on elements of type \(form.type.name)")
        }
        let other = try Self.target(reader)
        let rule = try Self.rule(reader)
        let outOfRange = try Self.outOfRange(reader)
        let map = try reader.object("scalar_map") ?? [:]
        encoding = RealCast(
            source: own,
            target: other,
            rule: rule,
            outOfRange: outOfRange.flatMap { Self.applies($0, other) },
            map: try Self.pairs(reader, map, "encode", own, other)
        )
        decoding = RealCast(
            source: other,
            target: own,
            rule: rule,
            outOfRange: outOfRange.flatMap { Self.applies($0, own) },
            map: try Self.pairs(reader, map, "decode", other, own)
        )
        if outOfRange == .wrap, case .float = other.form {
            throw reader.wrong("wrap is for integers, data_type is \(other.dataType.name)")
        }
        let encoding = encoding
        var fill = [UInt8](repeating: 0, count: other.byteCount)
        try form.fill.withRawBytes { (bytes: RawSpan) throws(CodecError) in
            guard let cast = encoding.cast(own.pattern(bytes, at: 0)) else {
                throw reader.wrong("the fill value has no value of type \(other.dataType.name)")
            }
            fill.withMutableRawBytes { other.store(cast, into: &$0, at: 0) }
        }
        encodedForm = try ArrayForm(
            shape: form.shape,
            type: other.dataType,
            fill: fill,
            codec: name
        )
    }

    /// Floats do not wrap: on the way back to them the rule says nothing.
    private static func applies(
        _ rule: RealCast.OutOfRange,
        _ type: RealType
    ) -> RealCast.OutOfRange? {
        if case .float = type.form, rule == .wrap { return nil }
        return rule
    }

    private static func target(_ reader: SpecReader) throws(CodecError) -> RealType {
        guard let value = reader.spec.configuration["data_type"] else {
            throw reader.wrong("it needs data_type")
        }
        do throws(MetadataError) {
            let type = try DataType(v3: value, at: reader.spec.location)
            guard let real = RealType(type) else {
                throw MetadataError(at: "", "data_type \(type.name) is no type of real numbers")
            }
            return real
        } catch {
            throw reader.wrong(error.message)
        }
    }

    private static func rule(
        _ reader: SpecReader
    ) throws(CodecError) -> FloatingPointRoundingRule {
        switch try reader.string("rounding") ?? "nearest-even" {
        case "nearest-even": return .toNearestOrEven
        case "nearest-away": return .toNearestOrAwayFromZero
        case "towards-zero": return .towardZero
        case "towards-positive": return .up
        case "towards-negative": return .down
        default:
            throw reader.wrong(
                "rounding must be nearest-even, nearest-away, towards-zero, towards-positive or "
                    + "towards-negative"
            )
        }
    }

    private static func outOfRange(
        _ reader: SpecReader
    ) throws(CodecError) -> RealCast.OutOfRange? {
        guard let text = try reader.string("out_of_range") else { return nil }
        guard let rule = RealCast.OutOfRange(rawValue: text) else {
            throw reader.wrong("out_of_range must be clamp or wrap")
        }
        return rule
    }

    private static func pairs(
        _ reader: SpecReader,
        _ map: JSONObject,
        _ key: String,
        _ from: RealType,
        _ to: RealType
    ) throws(CodecError) -> [(from: UInt64, to: UInt64)] {
        guard let value = map[key], !value.isNull else { return [] }
        guard let list = value.arrayValue else {
            throw reader.wrong("\(key) in scalar_map must be a list of pairs")
        }
        var pairs: [(from: UInt64, to: UInt64)] = []
        for pair in list {
            guard let ends = pair.arrayValue, ends.count == 2 else {
                throw reader.wrong("\(key) in scalar_map must be a list of pairs")
            }
            pairs.append(
                (try reader.pattern(ends[0], from, key), try reader.pattern(ends[1], to, key))
            )
        }
        return pairs
    }

    var order: [Int]? {
        nil
    }

    func decode(_ encoded: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        try decoding.cast(encoded, into: &output, codec: name)
    }

    func encode(_ decoded: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        try encoding.cast(decoded, into: &output, codec: name)
    }
}

extension SpecReader {
    /// A number as a fill value is written, as a pattern of `type`.
    func pattern(
        _ value: JSONValue,
        _ type: RealType,
        _ key: String
    ) throws(CodecError) -> UInt64 {
        do throws(MetadataError) {
            var diagnostics: [Diagnostic] = []
            let fill = try FillValue(
                v3: value,
                type: type.dataType,
                at: key,
                diagnostics: &diagnostics
            )
            return fill.bytes.withRawBytes { type.pattern($0, at: 0) }
        } catch {
            throw wrong("\(key): \(error.message)")
        }
    }
}
