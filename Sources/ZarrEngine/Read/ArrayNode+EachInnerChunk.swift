internal import Codecs
public import ZarrModel

extension ArrayNode {
    /// Decodes the chunks inside shards, all or those of `shards`, one after another on the engine's
    /// threads and lends each to `body`, as ``forEachChunk(in:_:_:)`` does; the chunks themselves where
    /// the array is not sharded.
    ///
    /// A `BorrowedChunk` has the place of the inner chunk in the grid of all inner chunks. Those that lie
    /// outside the array altogether are left out, and those of an absent shard are absent. An array of
    /// any size passes through the memory of one encoded shard and one inner chunk per core. Throws
    /// `.unsupported` where codecs around the shards leave no inner chunk to be read by itself; answers
    /// the problems, each with the region of what could not be had.
    public func forEachInnerChunk(
        of shards: [ChunkIndex]? = nil,
        _ options: ReadOptions = ReadOptions(),
        _ body: @escaping @Sendable (BorrowedChunk, RawSpan) -> Void
    ) async throws(EngineError) -> [ChunkProblem] {
        let chain = try chain()
        guard let layout = chain.shardLayout else {
            guard metadata.innerChunkShape == nil else {
                throw EngineError(
                    .unsupported,
                    at: path.description,
                    "codecs around the shards leave no inner chunk to be read by itself"
                )
            }
            guard let shards else { return try await forEachChunk(in: nil, options, body) }
            return try await forEachChunk(of: shards, options, body)
        }
        let bytes = metadata.dataType.byteCount.flatMap {
            (layout.innerShape + [$0]).checkedProduct()
        }
        guard let bytes, bytes <= options.byteLimit else {
            throw EngineError(
                bytes == nil ? .unsupported : .tooLarge,
                at: path.description,
                "inner chunks cannot be lent: they have no fixed length, or more bytes than allowed"
            )
        }
        let lender = InnerLender(array: self, innerShape: layout.innerShape, body: body)
        let inside = shards?.filter(grid.contains)
        return try await visitAll(inside?.count ?? grid.total, chain, options) {
            number,
            reader,
            met in
            await lender.lend(inside?[number] ?? grid.index(at: number), reader, met)
        }
    }
}

/// Lends the inner chunks of one array.
private struct InnerLender: Sendable {
    let array: ArrayNode
    let innerShape: [Int]
    let body: @Sendable (BorrowedChunk, RawSpan) -> Void

    func lend(_ index: ChunkIndex, _ reader: ChunkReader, _ met: MetProblems) async {
        let shard = array.metadata.chunkRegion(index)
        let counts = array.metadata.chunkShape(at: index).indices.map {
            array.metadata.chunkShape(at: index)[$0] / max(1, innerShape[$0])
        }
        let base = zip(index.coordinates, counts).map { $0 * $1 }
        do throws(ChunkFailure) {
            let isThere = try await reader.lendInner(index) { coordinates, outcome, bytes in
                guard var chunk = chunk(at: coordinates, of: shard, base) else { return }
                switch outcome {
                case .decoded: break
                case .absent: chunk.isAbsent = true
                case .failed(let error):
                    met.note(index, array.key(of: index), ChunkFailure(error), chunk.region)
                    return
                }
                body(chunk, bytes)
            }
            guard !isThere, let grid = GridShape(counts: counts) else { return }
            for number in 0..<grid.total {
                guard var chunk = chunk(at: grid.index(at: number).coordinates, of: shard, base)
                else { continue }
                chunk.isAbsent = true
                [UInt8]().withRawBytes { body(chunk, $0) }
            }
        } catch {
            met.note(index, array.key(of: index), error, shard)
        }
    }

    /// The inner chunk at `coordinates` of a shard; `nil` where it lies outside the array.
    private func chunk(at coordinates: [Int], of shard: Region, _ base: [Int]) -> BorrowedChunk? {
        var ranges: [Range<Int>] = []
        for dimension in coordinates.indices {
            let range = shard.ranges[dimension]
            let start = range.lowerBound + coordinates[dimension] * innerShape[dimension]
            guard start < range.upperBound else { return nil }
            ranges.append(start..<min(start + innerShape[dimension], range.upperBound))
        }
        return BorrowedChunk(
            index: ChunkIndex(zip(base, coordinates).map { $0 + $1 }),
            region: Region(ranges),
            isAbsent: false
        )
    }
}
