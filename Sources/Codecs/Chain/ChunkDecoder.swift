import Arena
import ZarrModel

/// Decodes chunks of one chain, one after the other.
///
/// Buffers and codec contexts are kept from chunk to chunk: nothing is allocated for a chunk of fixed
/// length elements once the first has been decoded. Not `Sendable`: each worker owns its own.
public final class ChunkDecoder {
    /// What it decodes.
    public let chain: CodecChain

    private let contexts = CodecContexts()
    private let decoding: any ArrayDecoding
    /// The decoded side of each byte stage.
    private let byteArenas: [Arena]
    private let arrays: ArrayStages
    private let whole: Scatter
    private var filling: ElementCopy

    /// Makes a decoder. Cheap: buffers grow with the first chunk.
    public init(_ chain: CodecChain) {
        self.chain = chain
        decoding = chain.serializer.makeDecoding(chain.limits)
        byteArenas = chain.byteStages.map { _ in Arena(capacity: 1) }
        arrays = ArrayStages(chain)
        whole = Scatter(whole: chain.form.shape)
        filling = ElementCopy(shape: chain.form.shape, elementSize: chain.form.elementSize ?? 0)
    }

    /// The bytes of a decoded chunk. Throws where metadata asks for more than the codecs decode, so
    /// that no memory is taken for it.
    public func decodedSize() throws(CodecError) -> Int {
        let size = chain.byteCount ?? 0
        guard size <= chain.limits.chunkBytes else {
            throw CodecError(.tooLarge, codec: "chunk", "a chunk has \(size) bytes")
        }
        return size
    }

    /// Decodes a whole chunk: canonical form, in C order.
    ///
    /// Requires `output` to have exactly the chunk's number of bytes; throws otherwise, or where the
    /// chunk does not decode to exactly that. What `output` then holds is undefined.
    public func decode(
        _ encoded: RawSpan,
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        guard output.byteCount == chain.byteCount else {
            throw CodecError(
                .configuration,
                codec: "chunk",
                "the output has \(output.byteCount) bytes, a chunk \(chain.byteCount ?? 0)"
            )
        }
        try decode(encoded, scatter: whole, into: &output)
    }

    /// Decodes a chunk and copies what `scatter` selects into `output`, whose other bytes stay.
    ///
    /// The last steps are one pass: bytes are swapped, dimensions reordered and elements copied
    /// together, and where the whole chunk goes to adjacent places it is decompressed right there.
    /// Throws where the chunk does not decode, or the scatter reaches outside.
    public func decode(
        _ encoded: RawSpan,
        scatter: Scatter,
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        let (byteCount, size) = try fixedSizes()
        try scatter.check(chain.form.shape, elementSize: size, outputBytes: output.byteCount)
        if chain.isCanonical, scatter.isWhole(chain.form.shape) {
            let start = scatter.outputOffset * size
            var target = output._mutatingExtracting(start..<(start + byteCount))
            try unwrap(chain.byteStages.count - 1, encoded, straightInto: &target)
        } else {
            try unwrap(chain.byteStages.count - 1, encoded, scatter, into: &output)
        }
    }

    /// Undoes the codecs behind the one that makes bytes of the array, and lends what that one made.
    public func unwrap<Answer>(
        _ encoded: RawSpan,
        _ body: (RawSpan) throws(CodecError) -> Answer
    ) throws(CodecError) -> Answer {
        try unwrap(chain.byteStages.count - 1, encoded, body)
    }

    private func unwrap<Answer>(
        _ stage: Int,
        _ input: RawSpan,
        _ body: (RawSpan) throws(CodecError) -> Answer
    ) throws(CodecError) -> Answer {
        guard stage >= 0 else { return try body(input) }
        let arena = byteArenas[stage]
        try ByteDecoding.decode(chain.byteStages[stage], input, into: arena, chain.limits, contexts)
        return try arena.withBytes { (bytes: RawSpan) throws(CodecError) -> Answer in
            try unwrap(stage - 1, bytes, body)
        }
    }

    /// Sets what `scatter` selects to the fill value, as for a chunk that is absent.
    public func fill(_ scatter: Scatter, into output: inout MutableRawSpan) throws(CodecError) {
        let (_, size) = try fixedSizes()
        try scatter.check(chain.form.shape, elementSize: size, outputBytes: output.byteCount)
        try filling.fill(scatter, with: chain.form.fill, into: &output)
    }

    /// All elements of a chunk in C order, for types without a fixed length.
    ///
    /// Allocates the result. Throws where the chunk does not decode to as many elements as it has.
    public func decodeVariable(_ encoded: RawSpan) throws(CodecError) -> [[UInt8]] {
        guard chain.form.elementSize == nil else {
            throw CodecError(
                .configuration,
                codec: "chunk",
                "its elements have a fixed length"
            )
        }
        let elements = try unwrapVariable(chain.byteStages.count - 1, encoded)
        guard elements.count == chain.form.count else {
            throw CodecError(
                elements.count < chain.form.count ? .short : .long,
                codec: chain.serializerName,
                "there are \(elements.count) elements where the chunk has \(chain.form.count)"
            )
        }
        return try arrays.decodeVariable(elements)
    }

    private func fixedSizes() throws(CodecError) -> (byteCount: Int, elementSize: Int) {
        guard let byteCount = chain.form.byteCount, let size = chain.form.elementSize else {
            throw CodecError(
                .configuration,
                codec: "chunk",
                "its elements have no fixed length"
            )
        }
        return (byteCount, size)
    }
}

extension ChunkDecoder {
    /// Undoes byte stages `stage` to 0; the last of them writes to `target`.
    private func unwrap(
        _ stage: Int,
        _ input: RawSpan,
        straightInto target: inout MutableRawSpan
    ) throws(CodecError) {
        guard stage >= 0 else {
            try ByteDecoding.check(
                input.byteCount,
                is: .exact(target.byteCount),
                codec: chain.serializerName
            )
            Bytes.copy(input, into: &target, at: 0)
            return
        }
        let step = chain.byteStages[stage]
        if stage == 0, let checksum = step.checksum {
            try checksum.unwrap(input, into: &target)
        } else if let envelope = step.envelope {
            let range = try envelope.payload(of: input)
            try unwrap(stage - 1, input.extracting(range), straightInto: &target)
        } else if stage == 0 {
            try ByteDecoding.decode(step, input, into: &target, contexts)
        } else {
            let arena = byteArenas[stage]
            try ByteDecoding.decode(step, input, into: arena, chain.limits, contexts)
            try arena.withBytes { (bytes: RawSpan) throws(CodecError) in
                try unwrap(stage - 1, bytes, straightInto: &target)
            }
        }
    }

    /// Undoes byte stages `stage` to 0, then the array part.
    private func unwrap(
        _ stage: Int,
        _ input: RawSpan,
        _ scatter: Scatter,
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        guard stage >= 0 else {
            try arrays.decode(input, decoding, scatter, into: &output)
            return
        }
        let step = chain.byteStages[stage]
        if let envelope = step.envelope {
            let range = try envelope.payload(of: input)
            try unwrap(stage - 1, input.extracting(range), scatter, into: &output)
            return
        }
        let arena = byteArenas[stage]
        try ByteDecoding.decode(step, input, into: arena, chain.limits, contexts)
        try arena.withBytes { (bytes: RawSpan) throws(CodecError) in
            try unwrap(stage - 1, bytes, scatter, into: &output)
        }
    }

    /// Undoes byte stages `stage` to 0, then the array-to-bytes codec.
    private func unwrapVariable(
        _ stage: Int,
        _ input: RawSpan
    ) throws(CodecError) -> [[UInt8]] {
        guard stage >= 0 else { return try decoding.decodeVariable(input) }
        let step = chain.byteStages[stage]
        if let envelope = step.envelope {
            let range = try envelope.payload(of: input)
            return try unwrapVariable(stage - 1, input.extracting(range))
        }
        let arena = byteArenas[stage]
        try ByteDecoding.decode(step, input, into: arena, chain.limits, contexts)
        return try arena.withBytes { (bytes: RawSpan) throws(CodecError) in
            try unwrapVariable(stage - 1, bytes)
        }
    }

    /// What each codec is given and gives, in the order of decoding.
    ///
    /// Decodes the chunk; stops at the first codec that fails, which is then the last stage, with its
    /// error.
    public func stages(of encoded: RawSpan) -> [StageReport] {
        var reports: [StageReport] = []
        report(chain.byteStages.count - 1, encoded, into: &reports)
        return reports
    }

    private func report(_ stage: Int, _ input: RawSpan, into reports: inout [StageReport]) {
        guard stage >= 0 else {
            reportArrays(input, into: &reports)
            return
        }
        let step = chain.byteStages[stage]
        var report = StageReport(codec: step.name, bytesIn: input.byteCount)
        do throws(CodecError) {
            let arena = byteArenas[stage]
            try ByteDecoding.decode(step, input, into: arena, chain.limits, contexts)
            report.bytesOut = arena.count
            reports.append(report)
            arena.withBytes { self.report(stage - 1, $0, into: &reports) }
        } catch {
            report.error = error
            reports.append(report)
        }
    }

    private func reportArrays(_ input: RawSpan, into reports: inout [StageReport]) {
        var report = StageReport(codec: chain.serializerName, bytesIn: input.byteCount)
        do throws(CodecError) {
            if let byteCount = chain.byteCount {
                try chain.limits.check(byteCount, codec: "chunk")
                let arena = Arena(capacity: max(1, byteCount))
                arena.resize(to: byteCount)
                try arena.withMutableBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
                    try arrays.decode(input, decoding, whole, into: &bytes)
                }
                report.bytesOut = byteCount
            } else {
                report.bytesOut = try decoding.decodeVariable(input).reduce(0) { $0 + $1.count }
            }
        } catch {
            report.error = error
        }
        reports.append(report)
        guard report.error == nil else { return }
        for spec in chain.specs.prefix(chain.arrays.count).reversed() {
            reports.append(
                StageReport(
                    codec: spec.name,
                    bytesIn: report.bytesOut ?? 0,
                    bytesOut: report.bytesOut
                )
            )
        }
    }
}
