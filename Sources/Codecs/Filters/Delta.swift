/// **What**: the first number, then the difference of each from the one before; `bool` as exclusive or.
///
/// **Specification**: numcodecs `delta`.
///
/// **Names**: v3 `numcodecs.delta`; v2 `delta`.
///
/// **Configuration**: `{"id": "delta", "dtype": "<i4", "astype": "<i2"}`; `astype` is like `dtype` where absent.
///
/// **Interoperability**: sums are made in `dtype`, where integers wrap. TensorStore and zarrs have no
/// delta.
struct DeltaFilter: ElementFilter {
    static let descriptor = CodecDescriptor.filter("delta", "the differences between neighbours") {
        reader,
        place throws(CodecError) in
        let types = try FilterTypes(reader, place, decoded: "dtype", encoded: "astype")
        return DeltaFilter(decodedType: types.decoded, encodedType: types.encoded)
    }

    let decodedType: NumberType
    let encodedType: NumberType

    func decode(_ encoded: RawSpan, into output: inout MutableRawSpan) {
        Numbers.convert(encoded, encodedType, into: &output, NumberType(decodedType.scalar))
        Numbers.accumulate(&output, decodedType.scalar)
        if decodedType.isBig { Numbers.swap(&output, decodedType.byteCount) }
    }

    func encode(_ decoded: RawSpan, into output: inout MutableRawSpan) {
        let plain = NumberType(decodedType.scalar)
        var numbers = [UInt8](repeating: 0, count: decoded.byteCount)
        numbers.withMutableRawBytes { bytes in
            Numbers.convert(decoded, decodedType, into: &bytes, plain)
            Numbers.differences(&bytes, decodedType.scalar)
        }
        numbers.withRawBytes { Numbers.convert($0, plain, into: &output, encodedType) }
    }
}
