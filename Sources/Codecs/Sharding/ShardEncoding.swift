import Arena
import ZarrModel

/// Encodes shards, one after another, inner chunk by inner chunk, each straight from the input.
///
/// Over a shard that is there, inner chunks that nothing new falls on keep their encoded bytes.
final class ShardEncoding {
    private let layout: ShardLayout
    private let inner: ChunkEncoder
    private let oldIndex: ShardIndexDecoder
    private let indexEncoder: ChunkEncoder
    /// As of ``ChunkEncoder/replacesCorrupt``.
    var replacesCorrupt = false {
        didSet { inner.replacesCorrupt = replacesCorrupt }
    }
    /// Offset and length of each inner chunk; all ones for one that is left out.
    private let words = Arena(capacity: 1)
    private let index = Arena(capacity: 1)
    private var walk: ShardWalk
    private var innerPart: ChunkPart

    init(_ layout: ShardLayout) {
        self.layout = layout
        inner = ChunkEncoder(layout.innerChain)
        oldIndex = ShardIndexDecoder(layout)
        indexEncoder = ChunkEncoder(layout.indexChain)
        walk = ShardWalk(layout)
        innerPart = ChunkPart(whole: layout.innerShape)
    }

    /// Appends the shard; `false`, with nothing appended, where it is left out as `policy` says.
    func encode(
        _ input: RawSpan,
        _ part: ChunkPart,
        over old: RawSpan?,
        _ policy: FillPolicy,
        into output: Arena
    ) throws(CodecError) -> Bool {
        try encodeAll(part, old, policy, into: output) {
            (part: ChunkPart, old: RawSpan?, policy: FillPolicy) throws(CodecError) in
            try inner.encode(input, part, over: old, policy, into: output)
        }
    }

    /// The same for elements without a fixed length.
    func encodeVariable(
        _ input: [[UInt8]],
        _ part: ChunkPart,
        over old: RawSpan?,
        _ policy: FillPolicy,
        into output: Arena
    ) throws(CodecError) -> Bool {
        try encodeAll(part, old, policy, into: output) {
            (part: ChunkPart, old: RawSpan?, policy: FillPolicy) throws(CodecError) in
            try inner.encodeVariable(input, part, over: old, policy, into: output)
        }
    }

    /// Lets `body` append each inner chunk that something new falls on, or answer `false` for one that
    /// is left out; copies the others.
    private func encodeAll(
        _ part: ChunkPart,
        _ old: RawSpan?,
        _ policy: FillPolicy,
        into output: Arena,
        _ body: (ChunkPart, RawSpan?, FillPolicy) throws(CodecError) -> Bool
    ) throws(CodecError) -> Bool {
        let start = output.count
        if layout.indexLocation == .start { output.resize(to: start + layout.indexByteCount) }
        try clearWords()
        var oldIndexRange: Range<Int>?
        if let old { oldIndexRange = try loadIndex(old) }
        var isEmpty = true
        var isWalking = begin(part.scatter, all: oldIndexRange != nil)
        while isWalking {
            do throws(CodecError) {
                let before = output.count
                let isThere: Bool
                if let old, let range = try oldPlace(old, oldIndexRange) {
                    isThere = try encodeOne(part, old.extracting(range), policy, into: output, body)
                } else {
                    isThere = try encodeOne(part, nil, policy, into: output, body)
                }
                if isThere {
                    isEmpty = false
                    note(before - start, output.count - before)
                }
            } catch {
                throw walk.located(error)
            }
            isWalking = walk.advance()
        }
        guard !isEmpty || policy != .omit else {
            output.resize(to: start)
            return false
        }
        try writeIndex(to: output, start)
        return true
    }

    /// Appends the inner chunk at hand; whether there is one then.
    private func encodeOne(
        _ part: ChunkPart,
        _ old: RawSpan?,
        _ policy: FillPolicy,
        into output: Arena,
        _ body: (ChunkPart, RawSpan?, FillPolicy) throws(CodecError) -> Bool
    ) throws(CodecError) -> Bool {
        if walk.select(part.scatter) {
            place(part)
            return try body(innerPart, old, policy == .keep ? .keep : .omit)
        }
        guard let old else { return false }
        output.append(old)
        return true
    }

    /// Where the index of the old shard lies; `nil` where it is broken and counts as absent.
    private func loadIndex(_ old: RawSpan) throws(CodecError) -> Range<Int>? {
        do throws(CodecError) {
            return try oldIndex.load(fromShard: old)
        } catch {
            guard replacesCorrupt else { throw error }
            return nil
        }
    }

    /// Where the inner chunk at hand lies in the old shard.
    private func oldPlace(
        _ old: RawSpan,
        _ indexRange: Range<Int>?
    ) throws(CodecError) -> Range<Int>? {
        guard let indexRange else { return nil }
        do throws(CodecError) {
            return try oldIndex.place(
                layout.entryNumber(at: walk.coordinates),
                in: old.byteCount,
                besides: indexRange
            )
        } catch {
            guard replacesCorrupt else { throw error }
            return nil
        }
    }

    /// Goes to the first inner chunk; `false` where there is none to go to.
    private func begin(_ scatter: Scatter, all: Bool) -> Bool {
        if all {
            walk.beginWithAll()
            return layout.grid.total > 0
        }
        if scatter.isEmpty { return false }
        walk.begin(scatter)
        return true
    }

    /// Sets `innerPart` to what `part` has for the inner chunk at hand.
    private func place(_ part: ChunkPart) {
        innerPart.scatter = walk.part
        innerPart.field = part.field
        for dimension in part.extent.indices {
            let length = layout.innerShape[dimension]
            let low = walk.coordinates[dimension] * length
            innerPart.extent[dimension] = max(0, min(length, part.extent[dimension] - low))
        }
    }

    private func clearWords() throws(CodecError) {
        let count = layout.indexChain.byteCount ?? 0
        try layout.indexChain.limits.check(count, codec: "sharding_indexed")
        words.reset(to: count)
        words.withMutableBytes { Bytes.clear(&$0, to: 0xff) }
    }

    /// Puts the inner chunk at hand into the index.
    private func note(_ offset: Int, _ length: Int) {
        let number = layout.entryNumber(at: walk.coordinates)
        words.withMutableBytes { bytes in
            bytes.storeBytes(
                of: UInt64(offset).littleEndian,
                toByteOffset: 16 * number,
                as: UInt64.self
            )
            bytes.storeBytes(
                of: UInt64(length).littleEndian,
                toByteOffset: 16 * number + 8,
                as: UInt64.self
            )
        }
    }

    private func writeIndex(to output: Arena, _ start: Int) throws(CodecError) {
        index.resize(to: 0)
        try words.withBytes { (bytes: RawSpan) throws(CodecError) in
            try indexEncoder.encode(bytes, into: index)
        }
        guard index.count == layout.indexByteCount else {
            throw CodecError(
                .configuration,
                codec: "index_codecs",
                "the index has \(index.count) bytes, not \(layout.indexByteCount)"
            )
        }
        index.withBytes { bytes in
            switch layout.indexLocation {
            case .end: output.append(bytes)
            case .start: output.withMutableBytes { Bytes.copy(bytes, into: &$0, at: start) }
            }
        }
    }
}
