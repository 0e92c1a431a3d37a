internal import Codecs
internal import Storage
public import ZarrModel

/// A chunk that is lent to a closure.
public struct BorrowedChunk: Hashable, Sendable {
    /// Where it lies in the grid.
    public var index: ChunkIndex
    /// The part of the array that it holds, clipped to the array. The bytes are those of the whole
    /// chunk all the same.
    public var region: Region
    /// Whether it is absent: then no bytes are lent, and it reads as the fill value.
    public var isAbsent: Bool
}

extension ArrayNode {
    /// Decodes the chunks of `box` (chunk coordinates; `nil` is all) one after another on the
    /// engine's threads and lends each to `body`: packed, C order, little-endian, as long as
    /// `metadata.chunkShape(at:)` says.
    ///
    /// Nothing is allocated for a chunk, so an array of any size passes through the memory of one
    /// chunk per core. `body` runs on several threads at once and must not keep the bytes. Throws for
    /// a type without a fixed length, and as `options.onProblem` says; answers the problems, whose
    /// region is that of the array.
    public func forEachChunk(
        in box: Region? = nil,
        _ options: ReadOptions = ReadOptions(),
        _ body: @escaping @Sendable (BorrowedChunk, RawSpan) -> Void
    ) async throws(EngineError) -> [ChunkProblem] {
        let chain = try lendableChain(options)
        let box = (box ?? Region(shape: grid.counts)).intersection(Region(shape: grid.counts))
        guard let boxGrid = GridShape(counts: box.shape) else { return [] }
        return try await lendAll(boxGrid.total, chain, options, body) { number in
            let local = boxGrid.index(at: number).coordinates
            return ChunkIndex(zip(box.ranges, local).map { $0.lowerBound + $1 })
        }
    }

    /// Lends these chunks, each once, whole and as ``forEachChunk(in:_:_:)`` does. Requires them to lie
    /// in the grid.
    public func forEachChunk(
        of chunks: [ChunkIndex],
        _ options: ReadOptions = ReadOptions(),
        _ body: @escaping @Sendable (BorrowedChunk, RawSpan) -> Void
    ) async throws(EngineError) -> [ChunkProblem] {
        let chain = try lendableChain(options)
        return try await lendAll(chunks.count, chain, options, body) { chunks[$0] }
    }

    /// Lends the chunks that `selection` touches, each once, whole and as ``forEachChunk(in:_:_:)`` does.
    ///
    /// Throws `.selection` where it reaches outside the array.
    public func forEachChunk(
        touchedBy selection: ResolvedSelection,
        _ options: ReadOptions = ReadOptions(),
        _ body: @escaping @Sendable (BorrowedChunk, RawSpan) -> Void
    ) async throws(EngineError) -> [ChunkProblem] {
        try check(selection)
        let chain = try lendableChain(options)
        guard selection.elementCount ?? 1 > 0 else { return [] }
        let plan = ChunkPlan(ChunkPlaces(selection), metadata.axes)
        return try await lendAll(plan.pieceCount, chain, options, body) { plan.piece($0).index }
    }

    /// The codecs, where chunks can be lent: throws where they are too large or have no fixed length.
    private func lendableChain(_ options: ReadOptions) throws(EngineError) -> CodecChain {
        let chain = try chain()
        guard let bytes = metadata.chunkByteCount, bytes <= options.byteLimit else {
            throw EngineError(
                metadata.chunkByteCount == nil ? .unsupported : .tooLarge,
                at: path.description,
                "chunks of this array cannot be lent: their elements have no fixed length, or a "
                    + "chunk is beyond the limit of \(options.byteLimit) bytes"
            )
        }
        return chain
    }

    private func lendAll(
        _ count: Int,
        _ chain: CodecChain,
        _ options: ReadOptions,
        _ body: @escaping @Sendable (BorrowedChunk, RawSpan) -> Void,
        _ index: @escaping @Sendable (Int) -> ChunkIndex
    ) async throws(EngineError) -> [ChunkProblem] {
        try await visitAll(count, chain, options) { number, reader, met in
            await lend(index(number), reader, met, body)
        }
    }

    /// Takes the numbers below `count` on the engine's threads, and answers the problems that were met.
    func visitAll(
        _ count: Int,
        _ chain: CodecChain,
        _ options: ReadOptions,
        _ visit: @escaping @Sendable (Int, ChunkReader, MetProblems) async -> Void
    ) async throws(EngineError) -> [ChunkProblem] {
        let counter = WorkCounter(count: count)
        let met = MetProblems(options, counter, total: count)
        let tasks = options.taskCount(blocking: source.blocking != nil, work: count)
        await work(on: counter, tasks: tasks, chain) { number, reader in
            await visit(number, reader, met)
            met.count()
        }
        if Task.isCancelled {
            throw EngineError(.cancelled, at: path.description, "it was cancelled")
        }
        return try met.finish()
    }

    private func lend(
        _ index: ChunkIndex,
        _ reader: ChunkReader,
        _ met: MetProblems,
        _ body: @Sendable (BorrowedChunk, RawSpan) -> Void
    ) async {
        let region = metadata.chunkRegion(index)
        var chunk = BorrowedChunk(index: index, region: region, isAbsent: false)
        do throws(ChunkFailure) {
            if try await reader.lend(index, { body(chunk, $0) }) == nil {
                chunk.isAbsent = true
                [UInt8]().withRawBytes { body(chunk, $0) }
            }
        } catch {
            met.note(index, key(of: index), error, region)
        }
    }
}
