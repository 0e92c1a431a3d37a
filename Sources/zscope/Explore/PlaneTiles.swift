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

    /// Cuts what `request` wants of an array, or of the level that it names, whose chunks are cut as
    /// `axes` say.
    init(_ request: PlaneRequest, _ axes: [ChunkAxis]) {
        let volume = axes.map(\.chunkLength).checkedProduct() ?? .max
        let perTile = max(4, min(Self.mostChunks, Self.elements / max(1, volume)))
        let across = Line(request.columns, request.columnAxis, axes, request.level)
        let down = Line(request.rows, request.rowAxis, axes, request.level)
        let columnGroup = max(1, min(across.chunks.count, perTile))
        let rowGroup = max(1, perTile / max(1, across.chunks.count))
        let columns = across.sides(columnGroup)
        let rows = down.sides(rowGroup)
        let focus = (row: down.place(request.focus.row), column: across.place(request.focus.column))
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
        rowPlaces = down.span?.places ?? [1]
        columnPlaces = across.span?.places ?? [1]
    }

    private static func distance(_ range: Range<Int>, _ place: Int) -> Int {
        range.contains(place)
            ? 0 : min(abs(range.lowerBound &- place), abs(range.upperBound &- place))
    }
}

/// One side of what is wanted, and how what is read lies along it.
private struct Line {
    /// The elements; `nil` where there is one, of no dimension.
    let span: PlaneSpan?
    /// The chunks they lie in.
    let chunks: Range<Int>
    private let cut: ChunkAxis?
    private let level: LevelAxis?

    init(_ run: PlaneRequest.Run, _ axis: Int?, _ cuts: [ChunkAxis], _ level: PlaneLevel?) {
        guard let axis else {
            (span, chunks, cut, self.level) = (nil, 0..<1, nil, nil)
            return
        }
        let cut = cuts[axis]
        let inLevel = level.map { $0.axes[axis] }
        let span = PlaneSpan(run, length: cut.length, in: inLevel)
        self.span = span
        chunks = cut.chunks(touching: span.start..<span.end)
        self.cut = cut
        self.level = inLevel
    }

    /// The element that stands for one of the array.
    func place(_ index: Int) -> Int {
        level?.place(of: index) ?? index
    }

    /// Groups of neighbouring chunks of which any element is wanted.
    func sides(_ group: Int) -> [PlaneTiles.Side] {
        guard let span, let cut else {
            return [
                PlaneTiles.Side(start: 0, stride: 1, parts: [0], chunkCount: 1, bounds: 0..<1)
            ]
        }
        let firsts = Swift.stride(from: chunks.lowerBound, to: chunks.upperBound, by: group)
        return firsts.compactMap { first -> PlaneTiles.Side? in
            let last = min(first + group, chunks.upperBound) - 1
            let start = span.read(from: cut.range(of: first).lowerBound)
            let to = min(span.end, cut.range(of: last).upperBound)
            guard start < to else { return nil }
            let count = (to - 1 - start) / span.stride + 1
            return PlaneTiles.Side(
                start: start,
                stride: span.stride,
                parts: (0..<count).map { span.part(holding: start + $0 * span.stride) },
                chunkCount: min(last - first + 1, count),
                bounds: start..<to
            )
        }
    }
}
