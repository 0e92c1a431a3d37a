import Glibc
import JSONValue
import ZarrModel

/// **What**: numbers as integers: `round((x - offset) * scale)`, and `x / scale + offset` back.
///
/// **Specification**: numcodecs `fixedscaleoffset`.
///
/// **Names**: v3 `numcodecs.fixedscaleoffset`; v2 `fixedscaleoffset`.
///
/// **Configuration**: `{"id": "fixedscaleoffset", "scale": 10, "offset": 1000, "dtype": "<f8", "astype": "|u1"}`.
///
/// **Interoperability**: as in NumPy, each step is rounded to the precision of the stored floats, and
/// integers are worked on as float64.
struct FixedScaleOffsetFilter: ElementFilter {
    static let descriptor = CodecDescriptor.filter(
        "fixedscaleoffset",
        "numbers as scaled integers"
    ) { reader, place throws(CodecError) in
        let types = try FilterTypes(reader, place, decoded: "dtype", encoded: "astype")
        guard let scale = try reader.double("scale"), let offset = try reader.double("offset")
        else {
            throw reader.wrong("it needs scale and offset")
        }
        return FixedScaleOffsetFilter(
            decodedType: types.decoded,
            encodedType: types.encoded,
            scale: scale,
            offset: offset
        )
    }

    let decodedType: NumberType
    let encodedType: NumberType
    let scale: Double
    let offset: Double

    func decode(_ encoded: RawSpan, into output: inout MutableRawSpan) {
        let precision = Precision(encodedType.scalar)
        let scale = precision.rounded(scale)
        let offset = precision.rounded(offset)
        Numbers.map(encoded, encodedType, into: &output, decodedType) { value in
            precision.rounded(precision.rounded(value / scale) + offset)
        }
    }

    func encode(_ decoded: RawSpan, into output: inout MutableRawSpan) {
        let precision = Precision(decodedType.scalar)
        let scale = precision.rounded(scale)
        let offset = precision.rounded(offset)
        Numbers.map(decoded, decodedType, into: &output, encodedType) { value in
            let scaled = precision.rounded(precision.rounded(value - offset) * scale)
            return scaled.rounded(.toNearestOrEven)
        }
    }
}

/// How exact the arithmetic of a filter is.
enum Precision {
    case half, single, double

    init(_ scalar: Scalar) {
        switch scalar {
        case .float16: self = .half
        case .float32: self = .single
        default: self = .double
        }
    }

    /// One operation on numbers of this precision, done in `Double`, rounds here as if done in it.
    func rounded(_ value: Double) -> Double {
        switch self {
        case .half: Double(Float16(value))
        case .single: Double(Float(value))
        case .double: value
        }
    }
}
