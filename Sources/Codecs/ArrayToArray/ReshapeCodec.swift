import JSONValue
import ZarrModel

/// **What**: the same elements in the same order, in another shape.
///
/// **Specification**: Zarr v3 extension `reshape`; zarrs's own `squeeze`, which drops dimensions of length 1.
///
/// **Names**: v3 `reshape`, `zarrs.squeeze`; v2 has none.
///
/// **Configuration**: `{"name": "reshape", "configuration": {"shape": [[0, 1], [2], 3, -1]}}`: a list stands for
/// the product of those dimensions, -1 for whatever is left.
///
/// **Interoperability**: of the published engines zarrs alone has it. It costs nothing here.
struct ReshapeCodec: ArrayToArrayCodec {
    static let reshape = CodecDescriptor(
        v3: ["reshape"],
        .arrayToArray,
        "the same elements in another shape"
    ) {
        spec,
        place throws(CodecError) in
        let reader = SpecReader(spec)
        return .array(try ReshapeCodec(reader, place.form, try shape(reader, place.form.shape)))
    }

    static let squeeze = CodecDescriptor(
        v3: ["zarrs.squeeze", "https://codec.zarrs.dev/array_to_array/squeeze"],
        .arrayToArray,
        "without the dimensions of length 1"
    ) { spec, place throws(CodecError) in
        let shape = place.form.shape.filter { $0 > 1 }
        let least = place.form.shape.isEmpty ? [] : [1]
        return .array(
            try ReshapeCodec(SpecReader(spec), place.form, shape.isEmpty ? least : shape)
        )
    }

    let encodedForm: ArrayForm

    private init(_ reader: SpecReader, _ form: ArrayForm, _ shape: [Int]) throws(CodecError) {
        encodedForm = try ArrayForm(
            shape: shape,
            type: form.type,
            fill: form.fill,
            codec: reader.spec.name
        )
        guard encodedForm.count == form.count else {
            throw reader.wrong(
                "a shape of \(encodedForm.count) elements for a chunk of \(form.count)"
            )
        }
    }

    /// The shape that the configuration asks for.
    private static func shape(
        _ reader: SpecReader,
        _ decoded: [Int]
    ) throws(CodecError) -> [Int] {
        guard let list = try reader.list("shape") else { throw reader.wrong("it needs shape") }
        var lengths: [Int?] = []
        var groups: [(place: Int, dimensions: [Int])] = []
        for value in list {
            if let dimensions = value.arrayValue {
                let numbers = dimensions.compactMap(\.intValue)
                guard numbers.count == dimensions.count,
                    numbers.allSatisfy(decoded.indices.contains)
                else { throw reader.wrong("a list in shape names dimensions of the chunk") }
                if !numbers.isEmpty { groups.append((lengths.count, numbers)) }
                lengths.append(numbers.reduce(1) { $0.multipliedCapped(by: decoded[$1]) })
            } else if value.intValue == -1 {
                lengths.append(nil)
            } else if let length = value.intValue, length > 0 {
                lengths.append(length)
            } else {
                throw reader.wrong("shape has lengths above 0, lists of dimensions, and -1")
            }
        }
        let shape = try filled(reader, lengths, decoded)
        try check(reader, groups, shape, decoded)
        return shape
    }

    /// The one -1, where there is one, becomes what is left.
    private static func filled(
        _ reader: SpecReader,
        _ lengths: [Int?],
        _ decoded: [Int]
    ) throws(CodecError) -> [Int] {
        guard lengths.count(where: { $0 == nil }) <= 1 else {
            throw reader.wrong("shape has more than one -1")
        }
        let known = lengths.reduce(1) { $0.multipliedCapped(by: $1 ?? 1) }
        let all = decoded.reduce(1) { $0.multipliedCapped(by: $1) }
        guard !lengths.contains(nil) || (known > 0 && all % known == 0) else {
            throw reader.wrong("no length for -1 makes \(all) elements")
        }
        return lengths.map { $0 ?? all / known }
    }

    /// Dimensions are named in order, and what lies before and behind them agrees on both sides: nothing
    /// may look like a transpose.
    private static func check(
        _ reader: SpecReader,
        _ groups: [(place: Int, dimensions: [Int])],
        _ shape: [Int],
        _ decoded: [Int]
    ) throws(CodecError) {
        let named = groups.flatMap(\.dimensions)
        guard zip(named, named.dropFirst()).allSatisfy(<) else {
            throw reader.wrong("the dimensions in shape must be in order")
        }
        for (place, dimensions) in groups {
            let first = dimensions[0]
            let last = dimensions[dimensions.count - 1]
            let before = shape[..<place].reduce(1) { $0.multipliedCapped(by: $1) }
            let behind = shape[(place + 1)...].reduce(1) { $0.multipliedCapped(by: $1) }
            guard before == decoded[..<first].reduce(1, { $0.multipliedCapped(by: $1) }),
                behind == decoded[(last + 1)...].reduce(1, { $0.multipliedCapped(by: $1) })
            else { throw reader.wrong("the dimensions \(dimensions) would not stay together") }
        }
    }

    var order: [Int]? {
        nil
    }

    var isReshaping: Bool {
        true
    }

    func decode(_ encoded: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        Bytes.copy(encoded, into: &output, at: 0)
    }

    func encode(_ decoded: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        Bytes.copy(decoded, into: &output, at: 0)
    }
}
