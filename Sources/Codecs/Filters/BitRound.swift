import JSONValue
import ZarrModel

/// **What**: floats rounded to a number of bits of their significand. What was rounded away stays away.
///
/// **Specification**: numcodecs `bitround`; Zarr v3 extension `bitround`.
///
/// **Names**: v3 `bitround` (`numcodecs.bitround`); v2 `bitround`.
///
/// **Configuration**: `{"name": "bitround", "configuration": {"keepbits": 10}}`.
///
/// **Interoperability**: reading changes nothing. In v2 it is taken to work on the array's own type.
struct BitRoundFilter: ElementFilter {
    static let descriptor = CodecDescriptor.filter(
        "bitround",
        v3: ["bitround"]
    ) { reader, place throws(CodecError) in
        guard let scalar = Scalar(place.form.type), scalar.isFloating else {
            throw reader.wrong("it does not work on elements of type \(place.form.type.name)")
        }
        return BitRoundFilter(
            scalar: scalar,
            decodedType: NumberType(place.isBytes ? .uint8 : scalar),
            keepBits: try reader.int("keepbits", in: 0...52, otherwise: 52)
        )
    }

    let scalar: Scalar
    let decodedType: NumberType
    let keepBits: Int

    var encodedType: NumberType {
        decodedType
    }

    func decode(_ encoded: RawSpan, into output: inout MutableRawSpan) {
        Bytes.copy(encoded, into: &output, at: 0)
    }

    func encode(_ decoded: RawSpan, into output: inout MutableRawSpan) {
        Bytes.copy(decoded, into: &output, at: 0)
        Numbers.roundBits(&output, scalar, keepBits: keepBits)
    }
}
