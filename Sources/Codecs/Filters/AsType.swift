/// **What**: numbers of another type.
///
/// **Specification**: numcodecs `astype`.
///
/// **Names**: v3 `numcodecs.astype`; v2 `astype`.
///
/// **Configuration**: `{"id": "astype", "encode_dtype": "<f4", "decode_dtype": "<f8"}`.
///
/// **Interoperability**: integers wrap and floats lose their fraction, as in NumPy.
struct AsTypeFilter: ElementFilter {
    static let descriptor = CodecDescriptor.filter(
        "astype",
        "numbers of another type, as NumPy casts them"
    ) { reader, place throws(CodecError) in
        let types = try FilterTypes(
            reader,
            place,
            decoded: "decode_dtype",
            encoded: "encode_dtype"
        )
        return AsTypeFilter(decodedType: types.decoded, encodedType: types.encoded)
    }

    let decodedType: NumberType
    let encodedType: NumberType

    func decode(_ encoded: RawSpan, into output: inout MutableRawSpan) {
        Numbers.convert(encoded, encodedType, into: &output, decodedType)
    }

    func encode(_ decoded: RawSpan, into output: inout MutableRawSpan) {
        Numbers.convert(decoded, decodedType, into: &output, encodedType)
    }
}
