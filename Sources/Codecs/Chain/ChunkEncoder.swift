public import Arena
import ZarrModel

/// Encodes chunks of one chain, one after the other.
///
/// Buffers and codec contexts are kept from chunk to chunk: nothing is allocated for a chunk of fixed
/// length elements once the first has been encoded. Not `Sendable`: each worker owns its own.
public final class ChunkEncoder {
    /// What it encodes with.
    public let chain: CodecChain
    /// Whether what a chunk held counts as fill where it does not decode. It is refused otherwise.
    public var replacesCorrupt = false {
        didSet { shards?.replacesCorrupt = replacesCorrupt }
    }

    let contexts = CodecContexts()
    /// Encodes shards from their inner chunks, where the chain has nothing but transposes outside.
    let shards: ShardEncoding?
    private let stages: EncodingStages
    let serialized = Arena(capacity: 1)
    private let buffers = (Arena(capacity: 1), Arena(capacity: 1))
    /// A whole chunk in canonical form, where only a part of it is new.
    private let canonical = Arena(capacity: 1)
    private var copy: ElementCopy
    lazy var decoder = ChunkDecoder(chain)

    /// Makes an encoder. Cheap: buffers grow with the first chunk.
    public init(_ chain: CodecChain) {
        self.chain = chain
        shards = chain.unwrappedShardLayout.map(ShardEncoding.init)
        stages = EncodingStages(chain)
        copy = ElementCopy(shape: chain.form.shape, elementSize: chain.form.elementSize ?? 0)
    }

    /// Encodes a whole chunk of fixed length elements, given in canonical form and C order.
    ///
    /// Requires exactly the chunk's number of bytes; throws otherwise.
    public func encode(_ chunk: RawSpan) throws(CodecError) -> [UInt8] {
        let output = Arena(capacity: 1)
        try encode(chunk, into: output)
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
        _ = try encode(
            chunk,
            ChunkPart(whole: chain.form.shape),
            over: nil,
            .keepObject,
            into: output
        )
    }

    /// Encodes a chunk in which `part` is new and taken from `input`, and appends it to `output`.
    ///
    /// What is not new is what `old`, the chunk as it is stored, has there; fill where that is `nil`.
    /// Padding is always fill. Inner chunks of a shard that nothing new falls on are not decoded.
    /// `input` is in canonical form. Answers `false`, and appends nothing, where the chunk is left out
    /// as `policy` says.
    ///
    /// Throws where the part reaches outside the chunk or the input, or the old chunk does not decode;
    /// what `output` then holds behind its old end is undefined.
    public func encode(
        _ input: RawSpan,
        _ part: ChunkPart,
        over old: RawSpan?,
        _ policy: FillPolicy = .omit,
        into output: Arena
    ) throws(CodecError) -> Bool {
        try check(part, input)
        if let shards {
            return try encodeShard(shards, input, part, over: old, policy, into: output)
        }
        return try serialize(input, part, over: old, policy) {
            (bytes: RawSpan) throws(CodecError) in
            try wrap(0, bytes, into: output)
        }
    }

    /// Encodes a chunk as ``encode(_:_:over:_:into:)`` does and lends the bytes to `body`: those of the
    /// input itself where they are what is stored, else those of a buffer that the next chunk takes.
    /// Answers `nil` where the chunk is left out.
    public func encode<Answer>(
        _ input: RawSpan,
        _ part: ChunkPart,
        over old: RawSpan?,
        _ policy: FillPolicy = .omit,
        using arena: Arena,
        _ body: (RawSpan) -> Answer
    ) throws(CodecError) -> Answer? {
        if shards == nil, chain.byteStages.isEmpty {
            try check(part, input)
            var answer: Answer?
            _ = try serialize(input, part, over: old, policy) { answer = body($0) }
            return answer
        }
        arena.resize(to: 0)
        guard try encode(input, part, over: old, policy, into: arena) else { return nil }
        return arena.withBytes(body)
    }
}

extension ChunkEncoder {
    /// Throws unless the part lies in the chunk and in the input.
    private func check(_ part: ChunkPart, _ input: RawSpan) throws(CodecError) {
        guard let size = chain.form.elementSize, part.extent.count == chain.form.shape.count else {
            throw CodecError(.configuration, codec: "chunk", "its elements have no fixed length")
        }
        if let field = part.field, field.lowerBound < 0 || field.upperBound > size {
            throw CodecError(.configuration, codec: "chunk", "the field is outside the element")
        }
        try part.scatter.check(
            chain.form.shape,
            elementSize: part.field?.count ?? size,
            outputBytes: input.byteCount
        )
    }

    /// Lends what the array-to-bytes codec makes of a chunk; `false` where it is left out.
    private func serialize(
        _ input: RawSpan,
        _ part: ChunkPart,
        over old: RawSpan?,
        _ policy: FillPolicy,
        _ body: (RawSpan) throws(CodecError) -> Void
    ) throws(CodecError) -> Bool {
        if part.isWhole || old == nil && part.field == nil {
            return try serialize(input, part.scatter, policy, body)
        }
        try merge(input, part, over: old)
        return try canonical.withBytes { (bytes: RawSpan) throws(CodecError) in
            try serialize(bytes, Scatter(whole: chain.form.shape), policy, body)
        }
    }

    /// The same of a chunk whose elements are those that `scatter` takes from `input`, fill elsewhere.
    private func serialize(
        _ input: RawSpan,
        _ scatter: Scatter,
        _ policy: FillPolicy,
        _ body: (RawSpan) throws(CodecError) -> Void
    ) throws(CodecError) -> Bool {
        if let range = straightRange(scatter) {
            let bytes = input.extracting(range)
            if policy == .omit, Bytes.repeats(bytes, chain.form.fill) { return false }
            try check(bytes)
            try body(bytes)
            return true
        }
        let isFill = try stages.gather(input, scatter)
        if policy == .omit, isFill { return false }
        try stages.gathered.withBytes { (bytes: RawSpan) throws(CodecError) in try check(bytes) }
        try stages.serialize(into: serialized, contexts, body)
        return true
    }

    /// Where in the input a chunk stands as it is stored; `nil` where it does not.
    private func straightRange(_ scatter: Scatter) -> Range<Int>? {
        guard stages.isStraight, scatter.isWhole(chain.form.shape),
            let count = chain.byteCount, let size = chain.form.elementSize
        else { return nil }
        let start = scatter.outputOffset * size
        return start..<(start + count)
    }

    /// Booleans are 0 or 1, as every program expects them.
    private func check(_ bytes: RawSpan) throws(CodecError) {
        guard chain.form.type == .bool, !Numbers.areBooleans(bytes) else { return }
        throw CodecError(.configuration, codec: "chunk", "a boolean is neither 0 nor 1")
    }

    /// Sets `canonical` to the old chunk, fill where there is none or in its padding, and to what is
    /// new.
    private func merge(
        _ input: RawSpan,
        _ part: ChunkPart,
        over old: RawSpan?
    ) throws(CodecError) {
        let form = chain.form
        let whole = Scatter(whole: form.shape)
        try chain.limits.check(form.byteCount ?? 0, codec: "chunk")
        canonical.reset(to: form.byteCount ?? 0)
        try canonical.withMutableBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
            if let old, try decode(old, into: &bytes) {
                for padding in part.padding(form.shape) {
                    try copy.fill(padding, with: form.fill, into: &bytes)
                }
            } else {
                try copy.fill(whole, with: form.fill, into: &bytes)
            }
            let field = part.field ?? 0..<(form.elementSize ?? 0)
            try copy.gather(input, part.scatter, part: field, into: &bytes)
        }
    }

    /// Decodes what is stored; `false` where it is broken and counts as fill.
    private func decode(
        _ old: RawSpan,
        into bytes: inout MutableRawSpan
    ) throws(CodecError) -> Bool {
        do throws(CodecError) {
            try decoder.decode(old, into: &bytes)
            return true
        } catch {
            guard replacesCorrupt, error.isCorruption else { throw error }
            return false
        }
    }

    /// Encodes a shard from its inner chunks.
    private func encodeShard(
        _ shards: ShardEncoding,
        _ input: RawSpan,
        _ part: ChunkPart,
        over old: RawSpan?,
        _ policy: FillPolicy,
        into output: Arena
    ) throws(CodecError) -> Bool {
        let old = part.isWhole ? nil : old
        if chain.byteStages.isEmpty {
            return try shards.encode(input, part, over: old, policy, into: output)
        }
        serialized.resize(to: 0)
        var isThere = false
        if old == nil {
            isThere = try shards.encode(input, part, over: nil, policy, into: serialized)
        } else {
            // The codecs around it leave no inner chunk as it was.
            try merge(input, part, over: old)
            let whole = ChunkPart(whole: chain.form.shape)
            isThere = try canonical.withBytes { (bytes: RawSpan) throws(CodecError) in
                try shards.encode(bytes, whole, over: nil, policy, into: serialized)
            }
        }
        guard isThere else { return false }
        try serialized.withBytes { (bytes: RawSpan) throws(CodecError) in
            try wrap(0, bytes, into: output)
        }
        return true
    }

    /// Runs the bytes-to-bytes codecs from `stage` on; the last appends to `output`.
    func wrap(
        _ stage: Int,
        _ bytes: RawSpan,
        into output: Arena
    ) throws(CodecError) {
        guard stage < chain.byteStages.count else {
            output.append(bytes)
            return
        }
        let codec = chain.byteStages[stage].codec
        if stage == chain.byteStages.count - 1 {
            try codec.encode(bytes, into: output, contexts)
            return
        }
        let next = stage % 2 == 0 ? buffers.0 : buffers.1
        next.resize(to: 0)
        try codec.encode(bytes, into: next, contexts)
        try next.withBytes { (bytes: RawSpan) throws(CodecError) in
            try wrap(stage + 1, bytes, into: output)
        }
    }
}
