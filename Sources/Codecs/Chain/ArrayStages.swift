import Arena

/// The array-to-array part of a chain, decoded by one worker.
///
/// Codecs that only reorder dimensions cost nothing of their own: they reorder the scatter. Others
/// work on whole arrays in buffers that are kept.
final class ArrayStages {
    private let limits: CodecLimits
    private let arrays: [any ArrayToArrayCodec]
    private let forms: [ArrayForm]
    /// How many codecs, from the first to be encoded on, only reorder.
    private let reordering: Int
    private var scatters: [Scatter]
    private let buffers = (Arena(capacity: 1), Arena(capacity: 1))
    /// Those behind that do more than give another shape, innermost first.
    private let working: [Int]
    private var wholeEncoded: Scatter
    private var copy: ElementCopy

    init(_ chain: CodecChain) {
        limits = chain.limits
        arrays = chain.arrays
        forms = [chain.form] + chain.arrays.map(\.encodedForm)
        reordering = chain.arrays.prefix { $0.order != nil }.count
        working = chain.arrays.indices.dropFirst(reordering).reversed()
            .filter { !chain.arrays[$0].isReshaping }
        scatters = (0..<reordering).map { _ in Scatter(axes: []) }
        wholeEncoded = Scatter(whole: chain.serializedForm.shape)
        let middle = forms[reordering]
        copy = ElementCopy(shape: middle.shape, elementSize: middle.elementSize ?? 0)
    }

    /// Decodes what the array-to-bytes codec made of the array into `output`.
    func decode(
        _ input: RawSpan,
        _ decoding: any ArrayDecoding,
        _ scatter: Scatter,
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        if arrays.isEmpty {
            try decoding.decode(input, scatter, into: &output)
            return
        }
        for position in 0..<reordering {
            guard let order = arrays[position].order else { continue }
            let outer = position == 0 ? scatter : scatters[position - 1]
            scatters[position].permute(by: order, from: outer)
        }
        let inner = scatters.last ?? scatter
        if reordering == arrays.count {
            try decoding.decode(input, inner, into: &output)
        } else if working.isEmpty, inner.isWhole(forms[reordering].shape) {
            wholeEncoded.outputOffset = inner.outputOffset
            try decoding.decode(input, wholeEncoded, into: &output)
        } else {
            wholeEncoded.outputOffset = 0
            try decodeWhole(input, decoding)
            try buffers.0.withBytes { (bytes: RawSpan) throws(CodecError) in
                try copy.copy(bytes, inner, into: &output)
            }
        }
    }

    /// Decodes all elements into the first buffer, down to the codecs that only reorder.
    private func decodeWhole(
        _ input: RawSpan,
        _ decoding: any ArrayDecoding
    ) throws(CodecError) {
        for form in forms[reordering...] { try limits.check(form.byteCount ?? 0, codec: "chunk") }
        // The number of steps decides which buffer begins, so that the first one ends.
        var into = working.count % 2 == 0 ? buffers.0 : buffers.1
        into.reset(to: forms[arrays.count].byteCount ?? 0)
        try into.withMutableBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
            try decoding.decode(input, wholeEncoded, into: &bytes)
        }
        for position in working {
            let from = into
            into = into === buffers.0 ? buffers.1 : buffers.0
            into.reset(to: forms[position].byteCount ?? 0)
            let codec = arrays[position]
            try from.withBytes { (encoded: RawSpan) throws(CodecError) in
                try into.withMutableBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
                    try codec.decode(encoded, into: &bytes)
                }
            }
        }
    }

    /// Undoes reordering of elements without a fixed length.
    func decodeVariable(_ elements: [[UInt8]]) throws(CodecError) -> [[UInt8]] {
        var elements = elements
        for position in arrays.indices.reversed() where !arrays[position].isReshaping {
            guard let order = arrays[position].order else {
                throw CodecError(
                    .configuration,
                    codec: "codecs",
                    "a codec needs elements of a fixed length"
                )
            }
            elements = VariableOrder.decode(
                elements,
                order,
                decodedShape: forms[position].shape,
                encodedShape: forms[position + 1].shape
            )
        }
        return elements
    }
}
