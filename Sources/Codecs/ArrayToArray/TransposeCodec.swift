import JSONValue
import ZarrModel

/// **What**: reorders the dimensions: dimension i of the encoded array is dimension `order[i]` of the
/// decoded one.
///
/// **Specification**: Zarr v3 core codec `transpose`.
///
/// **Names**: v3 `transpose`; v2 has it in `"order": "F"`.
///
/// **Configuration**: `{"name": "transpose", "configuration": {"order": [1, 0, 2]}}`.
///
/// **Interoperability**: the drafts had `"C"` and `"F"` for the order; both are read.
struct TransposeCodec: ArrayToArrayCodec {
    static let descriptor = CodecDescriptor(
        v3: ["transpose"],
        .arrayToArray,
        "the dimensions in another order"
    ) { spec, place throws(CodecError) in
        .array(try TransposeCodec(SpecReader(spec), place.form))
    }

    let encodedForm: ArrayForm
    private let decodedForm: ArrayForm
    private let permutation: [Int]

    private init(_ reader: SpecReader, _ form: ArrayForm) throws(CodecError) {
        let rank = form.shape.count
        permutation = try Self.permutation(reader, rank: rank)
        decodedForm = form
        encodedForm = try ArrayForm(
            shape: permutation.map { form.shape[$0] },
            type: form.type,
            fill: form.fill,
            codec: reader.spec.name
        )
    }

    private static func permutation(_ reader: SpecReader, rank: Int) throws(CodecError) -> [Int] {
        switch reader.spec.configuration["order"] {
        case "C": return Array(0..<rank)
        case "F": return Array((0..<rank).reversed())
        case .array(let list):
            let order = list.compactMap(\.intValue)
            guard order.count == list.count, order.sorted() == Array(0..<rank) else {
                throw reader.wrong("order must be a permutation of \(rank) dimensions")
            }
            return order
        default: throw reader.wrong("order must be a list of dimensions")
        }
    }

    var order: [Int]? {
        permutation
    }

    func decode(_ encoded: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        var scatter = Scatter(whole: decodedForm.shape)
        scatter.permute(by: permutation, from: scatter)
        var copy = ElementCopy(shape: encodedForm.shape, elementSize: decodedForm.elementSize ?? 0)
        try copy.copy(encoded, scatter, into: &output)
    }

    func encode(_ decoded: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        var inverse = permutation
        for (position, dimension) in permutation.enumerated() { inverse[dimension] = position }
        var scatter = Scatter(whole: encodedForm.shape)
        scatter.permute(by: inverse, from: scatter)
        var copy = ElementCopy(shape: decodedForm.shape, elementSize: decodedForm.elementSize ?? 0)
        try copy.copy(decoded, scatter, into: &output)
    }
}

extension Scatter {
    /// Becomes `other` with its axes in the given order, reusing what is allocated.
    mutating func permute(by order: [Int], from other: Scatter) {
        outputOffset = other.outputOffset
        if axes.count != order.count {
            axes = order.map { other.axes[$0] }
            return
        }
        for position in order.indices { axes[position] = other.axes[order[position]] }
    }
}
