import Glibc
import JSONValue
import ZarrModel

/// **What**: floats rounded to a number of decimal digits, in a way that leaves many of their last bits
/// zero. What was rounded away stays away.
///
/// **Specification**: numcodecs `quantize`.
///
/// **Names**: v3 `numcodecs.quantize`; v2 `quantize`.
///
/// **Configuration**: `{"id": "quantize", "digits": 2, "dtype": "<f8", "astype": "<f4"}`.
///
/// **Interoperability**: reading only widens `astype` to `dtype`.
struct QuantizeFilter: ElementFilter {
    static let descriptor = CodecDescriptor.filter("quantize", "floats rounded to decimal digits") {
        reader,
        place throws(CodecError) in
        let types = try FilterTypes(reader, place, decoded: "dtype", encoded: "astype")
        let digits = try reader.int("digits", in: -300...300, otherwise: 0)
        return QuantizeFilter(
            decodedType: types.decoded,
            encodedType: types.encoded,
            digits: digits
        )
    }

    let decodedType: NumberType
    let encodedType: NumberType
    let digits: Int

    func decode(_ encoded: RawSpan, into output: inout MutableRawSpan) {
        Numbers.convert(encoded, encodedType, into: &output, decodedType)
    }

    func encode(_ decoded: RawSpan, into output: inout MutableRawSpan) {
        let scale = exp2(log2(pow(10, Double(digits))).rounded(.up))
        let precision = Precision(decodedType.scalar)
        Numbers.map(decoded, decodedType, into: &output, encodedType) { value in
            let whole = precision.rounded(scale * value).rounded(.toNearestOrEven)
            return precision.rounded(whole / scale)
        }
    }
}
