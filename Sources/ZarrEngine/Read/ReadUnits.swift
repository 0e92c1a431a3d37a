internal import Codecs
internal import ZarrModel

/// What workers take one by one of a read: the chunks that it touches, or parts of shards where these
/// are too few for all workers to have some.
struct ReadUnits: Sendable {
    /// A part of a shard.
    private struct Part: Sendable {
        var piece: Int
        var chunk: PlannedChunk
    }

    private let plan: ChunkPlan
    private let parts: [Part]?

    /// Units of `plan` for so many workers. `layout` is that of the array's shards, which can be read in
    /// parts of no fewer than about `leastBytes` decoded bytes; `nil` where chunks are taken whole.
    init(_ plan: ChunkPlan, workers: Int, _ layout: ShardLayout?, leastBytes: Int) {
        self.plan = plan
        guard let layout, workers > 1, plan.pieceCount > 0, plan.pieceCount < 2 * workers else {
            parts = nil
            return
        }
        let inner = max(1, layout.innerChain.byteCount ?? 1)
        let most = layout.grid.total / max(1, leastBytes / inner)
        let cuts = Self.cuts(layout, into: min(most, max(2, 2 * workers / plan.pieceCount)))
        var parts: [Part] = []
        for piece in 0..<plan.pieceCount {
            let chunk = plan.piece(piece)
            let inner = ChunkPlan(chunk.places, cuts)
            for number in 0..<inner.pieceCount {
                let part = inner.piece(number)
                let start = zip(cuts, part.index.coordinates).map { $0.start(of: $1) }
                let places = part.places.moved(by: start)
                parts.append(
                    Part(piece: piece, chunk: PlannedChunk(index: chunk.index, places: places))
                )
            }
        }
        self.parts = parts.count > plan.pieceCount ? parts : nil
    }

    /// Cuts a shard between inner chunks into `count` parts or more, along its first dimensions: inner
    /// chunks are stored in C order, and those of a part shall lie together.
    private static func cuts(_ layout: ShardLayout, into count: Int) -> [ChunkAxis] {
        var made = 1
        return layout.grid.counts.indices.map { dimension in
            let inners = layout.grid.counts[dimension]
            let wanted = max(1, min(inners, (count + made - 1) / made))
            let each = (inners + wanted - 1) / wanted
            made *= (inners + each - 1) / each
            let length = layout.innerShape[dimension]
            return ChunkAxis(length: inners * length, chunkLength: each * length)
        }
    }

    /// How many there are.
    var count: Int { parts?.count ?? plan.pieceCount }

    /// Whether units are parts of shards.
    var areParts: Bool { parts != nil }

    /// Unit `number`. Requires `0 <= number < count`.
    func unit(_ number: Int) -> PlannedChunk {
        parts.map { $0[number].chunk } ?? plan.piece(number)
    }

    /// All that is selected of the chunk that unit `number` is of.
    func whole(_ number: Int) -> PlannedChunk {
        plan.piece(parts.map { $0[number].piece } ?? number)
    }
}
