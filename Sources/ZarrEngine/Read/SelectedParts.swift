internal import Codecs
internal import Storage
internal import ZarrModel

/// The parts in which a selection passes through memory: what is wanted of one stored chunk each, of a
/// large shard in pieces of whole inner chunks. Worked out when asked for: any number costs nothing.
struct SelectedParts: Sendable {
    /// Which chunks there are.
    private enum Chunks: Sendable {
        /// All that the selection touches.
        case touched(ChunkPlan)
        /// Those that are stored, by their numbers in C order.
        case stored([Int], [ResolvedSelection.Axis])
    }

    /// Of shards larger than this only a piece is decoded at a time.
    private static let pieceBytes = 16 << 20

    private let chunks: Chunks
    private let metadata: ArrayMetadata
    private let grid: GridShape
    private let field: FieldSelection?
    /// How large shards are cut; `nil` where chunks are taken whole.
    private let cuts: [ChunkAxis]?

    /// The parts of `selection`, which lies in the array; of `stored` chunks alone, where these are known.
    init(_ selection: ResolvedSelection, _ array: ArrayNode, stored: [Int]? = nil) {
        metadata = array.metadata
        grid = array.grid
        field = selection.field
        if let stored, case .axes(let axes) = selection.form {
            chunks = .stored(stored, axes)
        } else {
            chunks = .touched(ChunkPlan(ChunkPlaces(selection), array.metadata.axes))
        }
        cuts = Self.cuts(array)
    }

    /// How many chunks are looked at.
    var count: Int {
        switch chunks {
        case .touched(let plan): plan.pieceCount
        case .stored(let numbers, _): numbers.count
        }
    }

    /// How many values are wanted of chunk `number`. Requires that all of the selection fit.
    func valueCount(of number: Int) -> Int {
        whole(number)?.resultShape.checkedProduct() ?? 0
    }

    /// Calls `body` with what is wanted of chunk `number`, piece by piece, until it answers `false`.
    func forEach(
        of number: Int,
        _ body: (ResolvedSelection) async -> Bool
    ) async {
        guard let whole = whole(number) else { return }
        guard let cuts else {
            _ = await body(whole)
            return
        }
        let plan = ChunkPlan(ChunkPlaces(whole), cuts)
        for piece in 0..<plan.pieceCount {
            let planned = plan.piece(piece)
            let start = zip(cuts, planned.index.coordinates).map { $0.start(of: $1) }
            guard let part = ResolvedSelection(planned.places.moved(by: start), field),
                await body(part)
            else { return }
        }
    }

    private func whole(_ number: Int) -> ResolvedSelection? {
        switch chunks {
        case .touched(let plan):
            let planned = plan.piece(number)
            let start = zip(metadata.axes, planned.index.coordinates).map { $0.start(of: $1) }
            return ResolvedSelection(planned.places.moved(by: start), field)
        case .stored(let numbers, let axes):
            let region = metadata.chunkRegion(grid.index(at: numbers[number]))
            var inside: [ResolvedSelection.Axis] = []
            for (axis, range) in zip(axes, region.ranges) {
                guard let part = axis.part(in: range) else { return nil }
                inside.append(part)
            }
            return ResolvedSelection(axes: inside, field: field)
        }
    }

    /// Boxes of inner chunks of at most `pieceBytes`, where shards are larger and their parts can be had.
    private static func cuts(_ array: ArrayNode) -> [ChunkAxis]? {
        let metadata = array.metadata
        guard let inner = metadata.innerChunkShape, metadata.hasUniformChunks,
            array.capabilities.contains(.ranges), let size = metadata.dataType.byteCount,
            (metadata.chunkByteCount ?? .max) > pieceBytes
        else { return nil }
        var left = max(1, pieceBytes / max(1, ([size] + inner).checkedProduct() ?? .max))
        var lengths = inner
        for dimension in inner.indices.reversed() {
            let there = max(1, metadata.chunkShape[dimension] / max(1, inner[dimension]))
            let taken = min(there, left)
            lengths[dimension] = max(1, inner[dimension]) * taken
            left /= taken
        }
        return zip(metadata.shape, lengths).map { ChunkAxis(length: $0, chunkLength: $1) }
    }
}

extension ResolvedSelection {
    /// Elements that are counted from the start of the array, in their order there; `nil` for none.
    fileprivate init?(_ places: ChunkPlaces, _ field: FieldSelection?) {
        switch places {
        case .box(let axes):
            let axes = axes.map { axis in
                switch axis {
                case .run(let start, let step, let count, _):
                    Axis(start: start, step: step, count: count)
                case .listed(let positions, _, let origin):
                    Axis(positions: positions.map { $0 - origin })
                }
            }
            self.init(axes: axes, field: field)
        case .points(let points):
            let lists = zip(points.coordinates, points.origin).map { list, origin in
                list.map { $0 - origin }
            }
            guard let points = Points(lists, shape: [points.outputs.count]) else { return nil }
            self.init(.points(points), field: field)
        }
    }
}

extension ResolvedSelection.Axis {
    /// The positions that lie in `range`; `nil` for none. Requires that they are not listed.
    fileprivate func part(in range: Range<Int>) -> Self? {
        guard count > 0, !range.isEmpty, positions == nil, step != 0 else { return nil }
        let (low, high) = (range.lowerBound, range.upperBound - 1)
        let size = Int(clamping: step.magnitude)
        // The distance from the first position to either end, in the direction of the steps.
        let (near, far) = step > 0 ? (low - start, high - start) : (start - high, start - low)
        guard far >= 0 else { return nil }
        let first = near <= 0 ? 0 : (near - 1) / size + 1
        let last = min(count - 1, far / size)
        guard first <= last else { return nil }
        return Self(start: start + first * step, step: step, count: last - first + 1)
    }
}
