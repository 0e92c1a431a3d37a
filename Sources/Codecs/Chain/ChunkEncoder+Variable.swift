public import Arena
import ZarrModel

extension ChunkEncoder {
    /// Encodes a whole chunk of elements without a fixed length, given in C order.
    public func encodeVariable(_ elements: [[UInt8]]) throws(CodecError) -> [UInt8] {
        guard elements.count == chain.form.count else {
            throw CodecError(
                .configuration,
                codec: "chunk",
                "there are \(elements.count) elements, a chunk has \(chain.form.count)"
            )
        }
        let output = Arena(capacity: 1)
        let whole = ChunkPart(whole: chain.form.shape)
        _ = try encodeVariable(elements, whole, over: nil, .keepObject, into: output)
        return output.bytes
    }

    /// Encodes a chunk as ``encode(_:_:over:_:into:)`` does, of elements without a fixed length.
    /// O(elements of the chunk), which are allocated; of a shard, of its inner chunks.
    public func encodeVariable(
        _ input: [[UInt8]],
        _ part: ChunkPart,
        over old: RawSpan?,
        _ policy: FillPolicy = .omit,
        into output: Arena
    ) throws(CodecError) -> Bool {
        let form = chain.form
        guard form.elementSize == nil, part.extent.count == form.shape.count, part.field == nil
        else {
            throw CodecError(.configuration, codec: "chunk", "its elements have a fixed length")
        }
        try part.scatter.check(form.shape, elementSize: 1, outputBytes: input.count)
        let old = part.isWhole ? nil : old
        if let shards, chain.byteStages.isEmpty {
            return try shards.encodeVariable(input, part, over: old, policy, into: output)
        }
        try chain.limits.check(form.count.multipliedCapped(by: 16), codec: "chunk")
        var stored: [[UInt8]]?
        if let old { stored = try decodeVariable(old) }
        var elements = stored ?? [[UInt8]](repeating: form.fill, count: form.count)
        for padding in part.padding(form.shape) {
            padding.forEachPlace(in: form.shape) { place, _ in elements[place] = form.fill }
        }
        part.scatter.forEachPlace(in: form.shape) { place, from in
            elements[place] = input[from]
        }
        if policy == .omit, elements.allSatisfy({ $0 == form.fill }) { return false }
        try appendVariable(elements, to: output)
        return true
    }

    private func decodeVariable(_ old: RawSpan) throws(CodecError) -> [[UInt8]]? {
        do throws(CodecError) {
            return try decoder.decodeVariable(old)
        } catch {
            guard replacesCorrupt, error.isCorruption else { throw error }
            return nil
        }
    }

    private func appendVariable(
        _ elements: [[UInt8]],
        to output: Arena
    ) throws(CodecError) {
        var elements = elements
        var shape = chain.form.shape
        for codec in chain.arrays {
            guard !codec.isReshaping else {
                shape = codec.encodedForm.shape
                continue
            }
            guard let order = codec.order else {
                throw CodecError(
                    .configuration,
                    codec: "codecs",
                    "a codec needs elements of a fixed length"
                )
            }
            let encodedShape = codec.encodedForm.shape
            elements = VariableOrder.encode(
                elements,
                order,
                decodedShape: shape,
                encodedShape: encodedShape
            )
            shape = encodedShape
        }
        serialized.resize(to: 0)
        try chain.serializer.encodeVariable(elements, into: serialized, contexts)
        try serialized.withBytes { (bytes: RawSpan) throws(CodecError) in
            try wrap(0, bytes, into: output)
        }
    }
}
