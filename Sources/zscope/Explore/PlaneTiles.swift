import Explorer
import ZarrModel

/// The pieces in which a part of a plane is read: boxes of whole chunks, those around the place that a
/// person looks at first.
struct PlaneTiles {
    /// One piece: the elements that are wanted of it, and the parts of the answer they belong to.
    struct Tile {
        var rows: Side
        var columns: Side
        /// How many chunks it touches.
        var chunkCount: Int
    }

    /// Elements along one side of a tile, a stride apart.
    struct Side {
        var start: Int
        var stride: Int
        /// The part of the answer that each element belongs to.
        var parts: [Int]
        /// How many chunks are touched.
        var chunkCount: Int
        /// The elements from the first to the last.
        var bounds: Range<Int>
    }

    /// A tile is at most so many chunks, or one.
    private static let mostChunks = 64
    /// A tile is about so many elements of whole chunks, or a few chunks.
    private static let elements = 2 << 20

    /// In the order in which they are read.
    let tiles: [Tile]
    /// How many elements each row and column of the answer stands for.
    let rowPlaces: [Int]
    let columnPlaces: [Int]

    /// Cuts what `request` wants of an array whose chunks are cut as `axes` say.
    init(_ request: PlaneRequest, _ axes: [ChunkAxis]) {
        let volume = axes.map(\.chunkLength).checkedProduct() ?? .max
        let perTile = max(4, min(Self.mostChunks, Self.elements / max(1, volume)))
        let across = request.columnAxis.map { axes[$0] }
        let down = request.rowAxis.map { axes[$0] }
        let columnChunks = Self.chunks(request.columns, across)
        let columnGroup = max(1, min(columnChunks.count, perTile))
        let rowGroup = max(1, perTile / max(1, columnChunks.count))
        let columns = Self.sides(request.columns, across, columnChunks, columnGroup)
        let rows = Self.sides(request.rows, down, Self.chunks(request.rows, down), rowGroup)
        let focus = request.focus
        func distance(_ tile: Tile) -> Int {
            Self.distance(tile.rows.bounds, focus.row)
                &+ Self.distance(tile.columns.bounds, focus.column)
        }
        tiles = rows.flatMap { row in
            columns.map { column in
                Tile(rows: row, columns: column, chunkCount: row.chunkCount * column.chunkCount)
            }
        }
        .map { ($0, distance($0)) }.sorted { $0.1 < $1.1 }.map(\.0)
        rowPlaces = Self.places(request.rows, down)
        columnPlaces = Self.places(request.columns, across)
    }

    private static func chunks(_ run: PlaneRequest.Run, _ axis: ChunkAxis?) -> Range<Int> {
        guard let axis else { return 0..<1 }
        return axis.chunks(touching: run.start..<max(run.start, run.end(in: axis.length)))
    }

    /// Groups of neighbouring chunks of which any element is wanted.
    private static func sides(
        _ run: PlaneRequest.Run,
        _ axis: ChunkAxis?,
        _ chunks: Range<Int>,
        _ group: Int
    ) -> [Side] {
        guard let axis else {
            return [Side(start: 0, stride: 1, parts: [0], chunkCount: 1, bounds: 0..<1)]
        }
        let end = run.end(in: axis.length)
        let firsts = Swift.stride(from: chunks.lowerBound, to: chunks.upperBound, by: group)
        return firsts.compactMap { first -> Side? in
            let last = min(first + group, chunks.upperBound) - 1
            let from = max(run.start, axis.range(of: first).lowerBound)
            let to = min(end, axis.range(of: last).upperBound)
            let skipped = (from - run.start + run.stride - 1) / run.stride
            let start = run.start + skipped * run.stride
            guard start < to else { return nil }
            let count = (to - 1 - start) / run.stride + 1
            return Side(
                start: start,
                stride: run.stride,
                parts: (0..<count).map { (start + $0 * run.stride - run.start) / run.step },
                chunkCount: min(last - first + 1, count),
                bounds: start..<to
            )
        }
    }

    /// How many elements each part stands for.
    private static func places(_ run: PlaneRequest.Run, _ axis: ChunkAxis?) -> [Int] {
        guard let axis else { return [1] }
        return (0..<run.count).map { part in
            let start = run.start + part * run.step
            let length = min(run.step, run.end(in: axis.length) - start)
            return max(0, (length - 1) / run.stride + 1)
        }
    }

    private static func distance(_ range: Range<Int>, _ place: Int) -> Int {
        range.contains(place)
            ? 0 : min(abs(range.lowerBound &- place), abs(range.upperBound &- place))
    }
}
