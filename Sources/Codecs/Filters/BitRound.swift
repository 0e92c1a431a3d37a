import JSONValue
import ZarrModel

/// **What**: floats rounded to a number of bits of their significand. What was rounded away stays away.
///
/// **Specification**: numcodecs `bitround`; Zarr v3 extension `bitround`.
///
/// **Names**: v3 `bitround` (`numcodecs.bitround`; of older zarrs `zarrs.bitround` and two addresses);
/// v2 `bitround`.
///
/// **Configuration**: `{"name": "bitround", "configuration": {"keepbits": 10}}`.
///
/// **Interoperability**: reading changes nothing. In v2 it takes its type from what stands before it;
/// numcodecs refuses big-endian floats, which are rounded here like any other.
struct BitRoundFilter: ElementFilter {
    static let descriptor = CodecDescriptor.filter(
        "bitround",
        v3: ["bitround"],
        older: [
            "zarrs.bitround", "https://codec.zarrs.dev/array_to_array/bitround",
            "https://codec.zarrs.dev/array_to_bytes/bitround",
        ],
        "floats rounded to bits of their significand"
    ) { reader, place throws(CodecError) in
        let numbers = place.isBytes ? place.numbers : Scalar(place.form.type).map { NumberType($0) }
        guard let numbers, numbers.scalar.isFloating else {
            throw reader.wrong("it does not work on elements of type \(place.form.type.name)")
        }
        return BitRoundFilter(
            decodedType: numbers,
            keepBits: try reader.int("keepbits", in: 0...52, otherwise: 52)
        )
    }

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
        if decodedType.isBig { Numbers.swap(&output, decodedType.byteCount) }
        Numbers.roundBits(&output, decodedType.scalar, keepBits: keepBits)
        if decodedType.isBig { Numbers.swap(&output, decodedType.byteCount) }
    }
}
