import Explorer
import Raster
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
        /// How many there are.
        var count: Int
        /// The parts of the answer that they belong to.
        var runs: [PixelRun]
        /// The part that each element belongs to, one by one: for texts, of which there are few.
        var parts: [Int] {
            runs.flatMap { Array(repeating: $0.pixel, count: $0.count) }
        }
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
        let fewest = volume > 4 * Self.elements ? 1 : 4
        let perTile = max(fewest, min(Self.mostChunks, Self.elements / max(1, volume)))
        let across = Line(request.columns, request.columnAxis, axes, request.level)
        let down = Line(request.rows, request.rowAxis, axes, request.level)
        let columnGroup = max(1, min(across.chunkCount, perTile))
        let rowGroup = max(1, perTile / max(1, across.chunkCount))
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

    /// How many chunks have elements that are wanted.
    var chunkCount: Int {
        max(1, min(chunks.count, span?.count ?? 1))
    }

    /// Groups of chunks of which any element is wanted: neighbours, or where elements lie farther apart
    /// than chunks are long those that have one. O(groups).
    func sides(_ group: Int) -> [PlaneTiles.Side] {
        guard let span, let cut else {
            return [
                PlaneTiles.Side(
                    start: 0,
                    stride: 1,
                    count: 1,
                    runs: [PixelRun(pixel: 0, count: 1)],
                    chunkCount: 1,
                    bounds: 0..<1
                )
            ]
        }
        var sides: [PlaneTiles.Side] = []
        var number = 0
        while number < span.count {
            let start = span.start + number * span.stride
            let first = cut.chunk(containing: start)
            var last = min(first.addedOrMost(group), chunks.upperBound) - 1
            if span.stride >= cut.chunkLength {
                let ahead = min(number + group, span.count) - 1
                last = cut.chunk(containing: span.start + ahead * span.stride)
            }
            let to = min(span.end, cut.range(of: last).upperBound)
            let count = (to - 1 - start) / span.stride + 1
            sides.append(
                PlaneTiles.Side(
                    start: start,
                    stride: span.stride,
                    count: count,
                    runs: span.runs(from: start, count: count),
                    chunkCount: min(last - first + 1, count),
                    bounds: start..<to
                )
            )
            number += count
        }
        return sides
    }
}
