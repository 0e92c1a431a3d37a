internal import Arena
internal import Codecs
internal import Storage
internal import ZarrModel

/// Encodes and stores chunks of one array, one after another, in buffers that are kept.
///
/// Each worker has its own.
final class ChunkWriter {
    /// What became of a chunk.
    enum Result {
        /// It was stored in so many bytes.
        case stored(Int)
        /// It holds nothing but fill, and nothing is stored.
        case empty
    }

    /// What encodes chunks of one shape.
    private final class Kit {
        let encoder: ChunkEncoder
        /// For what is stored, where the new values cannot be put over it by the encoder itself.
        private(set) lazy var decoder = ChunkDecoder(encoder.chain)

        init(_ chain: CodecChain, _ options: WriteOptions) {
            encoder = ChunkEncoder(chain)
            encoder.replacesCorrupt = options.replacesCorrupt
        }
    }

    /// A chunk on its way: what is new of it, and from where.
    private enum Content {
        case values(NewValues)
        /// The box of the chunk that `staged` holds.
        case staged
        case variable([[UInt8]])
    }

    private let source: ChunkSource
    private let metadata: ArrayMetadata
    private let options: WriteOptions
    private let common: Kit
    /// For the other shapes of a grid whose chunks differ.
    private var others: [[Int]: Kit] = [:]
    /// The chunk as it is stored.
    private let old = Arena(capacity: 1)
    private let staged = Arena(capacity: 1)
    private let encoded = Arena(capacity: 1)

    /// Buffers for more shapes than these are not kept at a time.
    private static let kitLimit = 8

    init(
        _ source: ChunkSource,
        _ metadata: ArrayMetadata,
        _ chain: CodecChain,
        _ options: WriteOptions
    ) {
        self.source = source
        self.metadata = metadata
        self.options = options
        common = Kit(chain, options)
    }

    /// Encodes what is new of a chunk, over what is stored where some of it stays, and stores the
    /// result.
    func write(_ chunk: PlannedChunk, _ input: WriteInput) async throws(EngineError) -> Result {
        let index = chunk.index
        var keepsOld = false
        do throws(ChunkFailure) {
            let kit = try kit(for: index)
            let extent = metadata.chunkRegion(index).shape
            if let part = input.part(chunk.places, extent: extent) {
                keepsOld = !part.isWhole
                let fetched = keepsOld ? try await source.fetchWhole(index, into: old) : nil
                return try await finish(index, part, .values(input.values), fetched, kit)
            }
            keepsOld = true
            let fetched = try await source.fetchWhole(index, into: old)
            let (part, content) = try stage(chunk.places, extent, input, fetched, kit)
            return try await finish(index, part, content, fetched, kit)
        } catch {
            throw refusal(error, of: index, keepsOld)
                ?? EngineError(error, at: source.key(of: index))
        }
    }

    private func refusal(
        _ failure: ChunkFailure,
        of index: ChunkIndex,
        _ keepsOld: Bool
    ) -> EngineError? {
        guard keepsOld, let cause = failure.cause as? CodecError, cause.isCorruption else {
            return nil
        }
        return EngineError(
            .refused,
            at: source.key(of: index),
            "only a part of this chunk is new, and what is stored does not decode: "
                + failure.reason,
            cause: cause
        )
    }

    private func kit(for index: ChunkIndex) throws(ChunkFailure) -> Kit {
        if metadata.hasUniformChunks { return common }
        let shape = metadata.chunkShape(at: index)
        if shape == common.encoder.chain.shape { return common }
        if let kit = others[shape] { return kit }
        let kit = try ChunkFailure.catching { () throws(CodecError) in
            Kit(try common.encoder.chain.reshaped(shape), options)
        }
        if others.count >= Self.kitLimit { others.removeAll() }
        others[shape] = kit
        return kit
    }
}

extension ChunkWriter {
    /// Puts the values over the box of the chunk that they lie in.
    private func stage(
        _ places: ChunkPlaces,
        _ extent: [Int],
        _ input: WriteInput,
        _ fetched: ChunkSource.Fetched,
        _ kit: Kit
    ) throws(ChunkFailure) -> (ChunkPart, Content) {
        let bounds = places.bounds
        var scatter = Scatter(whole: bounds.shape)
        for dimension in scatter.axes.indices {
            scatter.axes[dimension].start = bounds.origin[dimension]
        }
        let part = ChunkPart(scatter, extent: extent)
        return try ChunkFailure.catching { () throws(CodecError) in
            if metadata.dataType.isVariableLength {
                var elements = try variable(scatter, fetched, kit)
                input.putVariable(
                    places,
                    into: &elements,
                    origin: bounds.origin,
                    shape: bounds.shape
                )
                return (part, .variable(elements))
            }
            let size = (metadata.dataType.byteCount ?? 0) * (bounds.elementCount ?? 0)
            staged.resize(to: size)
            try decodeOld(scatter, fetched, kit)
            try staged.withMutableBytes { (box: inout MutableRawSpan) throws(CodecError) in
                try input.put(places, into: &box, origin: bounds.origin, shape: bounds.shape)
            }
            return (part, .staged)
        }
    }

    /// Sets `staged` to what is stored in the box; fill where nothing is.
    private func decodeOld(
        _ scatter: Scatter,
        _ fetched: ChunkSource.Fetched,
        _ kit: Kit
    ) throws(CodecError) {
        try staged.withMutableBytes { (box: inout MutableRawSpan) throws(CodecError) in
            do throws(CodecError) {
                let found: Void? = try fetched.withBytes(in: old) {
                    (bytes: RawSpan) throws(CodecError) in
                    try kit.decoder.decode(bytes, scatter: scatter, into: &box)
                }
                if found != nil { return }
            } catch {
                guard options.replacesCorrupt, error.isCorruption else { throw error }
            }
            try kit.decoder.fill(scatter, into: &box)
        }
    }

    /// The elements of the box, in C order.
    private func variable(
        _ scatter: Scatter,
        _ fetched: ChunkSource.Fetched,
        _ kit: Kit
    ) throws(CodecError) -> [[UInt8]] {
        var elements = [[UInt8]](
            repeating: metadata.fillValue.bytes,
            count: scatter.elementCount ?? 0
        )
        var stored: [[UInt8]]?
        do throws(CodecError) {
            stored = try fetched.withBytes(in: old) { (bytes: RawSpan) throws(CodecError) in
                try kit.decoder.decodeVariable(bytes)
            }
        } catch {
            guard options.replacesCorrupt, error.isCorruption else { throw error }
        }
        guard let stored else { return elements }
        scatter.forEachPlace(in: kit.encoder.chain.shape) { elements[$1] = stored[$0] }
        return elements
    }
}

extension ChunkWriter {
    /// Encodes and stores a chunk, or makes sure that nothing is stored.
    private func finish(
        _ index: ChunkIndex,
        _ part: ChunkPart,
        _ content: Content,
        _ fetched: ChunkSource.Fetched?,
        _ kit: Kit
    ) async throws(ChunkFailure) -> Result {
        let policy: FillPolicy = options.storesFill ? .keep : .omit
        if let stored = try await store(index, part, content, fetched, kit, policy) {
            return .stored(stored)
        }
        if case .absent = fetched { return .empty }
        if try await remove(index) { return .empty }
        // What is there and cannot be deleted is overwritten.
        let stored = try await store(index, part, content, fetched, kit, .keepObject)
        return stored.map(Result.stored) ?? .empty
    }

    /// Makes sure that nothing is stored; `false` where something is and stays.
    private func remove(_ index: ChunkIndex) async throws(ChunkFailure) -> Bool {
        do throws(StorageError) {
            if source.capabilities.contains(.delete) {
                try await source.remove(index)
                return true
            }
            return try await source.info(index) == nil
        } catch {
            throw ChunkFailure(error)
        }
    }

    /// Encodes and stores; the bytes that are stored, or `nil` where the chunk is left out.
    private func store(
        _ index: ChunkIndex,
        _ part: ChunkPart,
        _ content: Content,
        _ fetched: ChunkSource.Fetched?,
        _ kit: Kit,
        _ policy: FillPolicy
    ) async throws(ChunkFailure) -> Int? {
        if source.writesBlocking {
            let stored = try encode(part, content, fetched, kit, policy) { bytes in
                source.put(index, bytes).map { bytes.byteCount }
            }
            switch stored {
            case nil: return nil
            case .success(let count): return count
            case .failure(let error): throw ChunkFailure(error)
            }
        }
        let bytes = try encode(part, content, fetched, kit, policy) { [UInt8](copying: $0) }
        guard let bytes else { return nil }
        do throws(StorageError) {
            try await source.write(index, bytes)
            return bytes.count
        } catch {
            throw ChunkFailure(error)
        }
    }

    /// Encodes and lends the bytes; `nil` where the chunk is left out.
    private func encode<Answer>(
        _ part: ChunkPart,
        _ content: Content,
        _ fetched: ChunkSource.Fetched?,
        _ kit: Kit,
        _ policy: FillPolicy,
        _ body: (RawSpan) -> Answer
    ) throws(ChunkFailure) -> Answer? {
        let encoder = kit.encoder
        func encode(over old: RawSpan?) throws(CodecError) -> Answer? {
            switch content {
            case .values(let values) where !metadata.dataType.isVariableLength:
                return try values.withBytes { (input: RawSpan) throws(CodecError) in
                    try encoder.encode(input, part, over: old, policy, using: encoded, body)
                }
            case .staged:
                return try staged.withBytes { (input: RawSpan) throws(CodecError) in
                    try encoder.encode(input, part, over: old, policy, using: encoded, body)
                }
            case .values(let values):
                return try variable(values.variable, over: old)
            case .variable(let elements):
                return try variable(elements, over: old)
            }
        }
        func variable(_ elements: [[UInt8]], over old: RawSpan?) throws(CodecError) -> Answer? {
            encoded.resize(to: 0)
            let isThere = try encoder.encodeVariable(
                elements,
                part,
                over: old,
                policy,
                into: encoded
            )
            return isThere ? encoded.withBytes(body) : nil
        }
        return try ChunkFailure.catching { () throws(CodecError) in
            switch fetched {
            case nil, .absent: try encode(over: nil)
            case .inArena:
                try old.withBytes { (bytes: RawSpan) throws(CodecError) in
                    try encode(over: bytes)
                }
            case .bytes(let bytes):
                try bytes.withRawBytes { (bytes: RawSpan) throws(CodecError) in
                    try encode(over: bytes)
                }
            }
        }
    }
}
