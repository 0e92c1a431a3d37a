import Arena

/// Encodes chunks of one chain, one after the other. Not `Sendable`: each worker owns its own.
public final class ChunkEncoder {
    /// What it encodes with.
    public let chain: CodecChain
    private let contexts = CodecContexts()
    private let buffers = (Arena(capacity: 1), Arena(capacity: 1))

    /// Makes an encoder.
    public init(_ chain: CodecChain) {
        self.chain = chain
    }

    /// Encodes a whole chunk of fixed length elements, given in canonical form and C order.
    ///
    /// Requires exactly the chunk's number of bytes; throws otherwise.
    public func encode(_ chunk: RawSpan) throws(CodecError) -> [UInt8] {
        let output = Arena(capacity: 1)
        try encode(chunk, into: output)
        return output.bytes
    }

    /// Encodes a whole chunk of elements without a fixed length, given in C order.
    public func encodeVariable(_ elements: [[UInt8]]) throws(CodecError) -> [UInt8] {
        let output = Arena(capacity: 1)
        try encodeVariable(elements, into: output)
        return output.bytes
    }

    /// Appends the encoded chunk to `output`.
    func encode(_ chunk: RawSpan, into output: Arena) throws(CodecError) {
        guard let byteCount = chain.byteCount, chunk.byteCount == byteCount else {
            throw CodecError(
                .configuration,
                codec: "chunk",
                "there are \(chunk.byteCount) bytes, a chunk has \(chain.byteCount ?? 0)"
            )
        }
        try encodeArrays(0, chunk, into: output)
    }

    /// Appends the encoded chunk to `output`.
    func encodeVariable(_ elements: [[UInt8]], into output: Arena) throws(CodecError) {
        guard chain.form.elementSize == nil, elements.count == chain.form.count else {
            throw CodecError(
                .configuration,
                codec: "chunk",
                "there are \(elements.count) elements, a chunk has \(chain.form.count)"
            )
        }
        var elements = elements
        var shape = chain.form.shape
        for codec in chain.arrays {
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
        let serialized = Arena(capacity: 1)
        try chain.serializer.encodeVariable(elements, into: serialized, contexts)
        try wrap(serialized, into: output)
    }

    private func encodeArrays(
        _ stage: Int,
        _ input: RawSpan,
        into output: Arena
    ) throws(CodecError) {
        guard stage < chain.arrays.count else {
            let serialized = Arena(capacity: 1)
            try chain.serializer.encode(input, into: serialized, contexts)
            try wrap(serialized, into: output)
            return
        }
        let codec = chain.arrays[stage]
        let next = Arena(capacity: max(1, codec.encodedForm.byteCount ?? 0))
        next.resize(to: codec.encodedForm.byteCount ?? 0)
        try next.withMutableBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
            try codec.encode(input, into: &bytes)
        }
        try next.withBytes { (bytes: RawSpan) throws(CodecError) in
            try encodeArrays(stage + 1, bytes, into: output)
        }
    }

    /// Runs the bytes-to-bytes codecs.
    private func wrap(_ serialized: Arena, into output: Arena) throws(CodecError) {
        var from = serialized
        var into = buffers.0
        for stage in chain.byteStages {
            into.resize(to: 0)
            try from.withBytes { (bytes: RawSpan) throws(CodecError) in
                try stage.codec.encode(bytes, into: into, contexts)
            }
            from = into
            into = into === buffers.0 ? buffers.1 : buffers.0
        }
        from.withBytes { output.append($0) }
    }
}
