/// How large chunks are along one axis of the map.
///
/// The unit is the tile, two columns by one row. A tile holds one chunk or an even number of them;
/// or a chunk takes up to 16 tiles.
struct AxisScale: Hashable, Sendable {
    /// The most tiles that a chunk takes.
    static let largest = 16

    /// Chunks to a tile, at least 1.
    private(set) var tileChunks = 1
    /// Tiles to a chunk, at least 1. One of this and `tileChunks` is 1.
    private(set) var chunkTiles = 1

    /// Chunks to a cell: half a tile where a tile holds more than one.
    var cellSpan: Int {
        max(1, tileChunks / 2)
    }

    /// Cells to a tile: 2 where a tile holds more than one chunk.
    var cellsPerTile: Int {
        tileChunks > 1 ? 2 : 1
    }

    /// How many chunks are in view in so many tiles.
    func chunks(in tiles: Int) -> Int {
        max(1, tiles * tileChunks / chunkTiles)
    }

    /// How many tiles so many chunks take.
    func tiles(for chunks: Int) -> Int {
        chunkTiles > 1 ? chunks * chunkTiles : (chunks + tileChunks - 1) / tileChunks
    }

    /// The largest scale at which `chunks` fit in `tiles`.
    static func fitting(_ chunks: Int, in tiles: Int) -> AxisScale {
        var scale = AxisScale()
        let tiles = max(1, tiles)
        if chunks <= tiles {
            scale.chunkTiles = min(largest, tiles / max(1, chunks))
        } else {
            let needed = (chunks + tiles - 1) / tiles
            scale.tileChunks = needed + needed % 2
        }
        return scale
    }

    /// Chunks twice as large: the next power of two, so that steps in and out agree.
    var larger: AxisScale {
        var scale = self
        if tileChunks > 1 {
            scale.tileChunks = 1 << (Int.bitWidth - 1 - (tileChunks - 1).leadingZeroBitCount)
        } else {
            scale.chunkTiles = min(Self.largest, chunkTiles * 2)
        }
        return scale
    }

    /// Chunks half as large, at most as small as in `least`.
    func smaller(atLeast least: AxisScale) -> AxisScale {
        var scale = self
        if chunkTiles > 1 {
            scale.chunkTiles = max(least.chunkTiles, chunkTiles / 2)
        } else {
            let next = 1 << (Int.bitWidth - tileChunks.leadingZeroBitCount)
            scale.tileChunks = min(least.tileChunks, next)
        }
        return scale
    }

    /// The smaller chunks of two scales.
    static func smaller(_ left: AxisScale, _ right: AxisScale) -> AxisScale {
        left.chunkTiles < right.chunkTiles ? left : right
    }
}

/// Which part of a view is on the screen, and how large.
struct MapCamera: Hashable, Sendable {
    /// How large chunks are, down and across.
    var rowScale = AxisScale()
    var columnScale = AxisScale()
    /// The first chunk in view, a multiple of the chunks to a tile.
    private(set) var row = 0
    private(set) var column = 0
    /// Tiles in view.
    private(set) var tileRows = 1
    private(set) var tileColumns = 1

    /// Shows everything, as large as it fits.
    mutating func fit(_ view: GridProjection) {
        rowScale = AxisScale.fitting(view.rowCount, in: tileRows)
        columnScale = AxisScale.fitting(view.columnCount, in: tileColumns)
        if rowScale.chunkTiles > 1, columnScale.chunkTiles > 1 {
            rowScale = AxisScale.smaller(rowScale, columnScale)
            // Up to twice as wide as high: a few columns of chunks fill more of a wide screen.
            columnScale = AxisScale.smaller(columnScale, rowScale.larger)
        }
        row = 0
        column = 0
    }

    /// Makes chunks twice as large (or small), and keeps a chunk in view.
    mutating func zoom(in isIn: Bool, _ view: GridProjection, around place: (row: Int, column: Int))
    {
        if isIn {
            rowScale = rowScale.larger
            columnScale = columnScale.larger
        } else {
            let whole = fitted(view)
            rowScale = rowScale.smaller(atLeast: whole.rowScale)
            columnScale = columnScale.smaller(atLeast: whole.columnScale)
        }
        row = place.row - rowScale.chunks(in: tileRows) / 2
        column = place.column - columnScale.chunks(in: tileColumns) / 2
        clamp(view)
    }

    /// Takes the number of tiles that there is room for.
    mutating func resize(tileRows: Int, tileColumns: Int, _ view: GridProjection) {
        self.tileRows = max(1, tileRows)
        self.tileColumns = max(1, tileColumns)
        clamp(view)
    }

    /// Moves so that a chunk is in view.
    mutating func reveal(row place: Int, column across: Int, _ view: GridProjection) {
        let rows = rowScale.chunks(in: tileRows)
        let columns = columnScale.chunks(in: tileColumns)
        if place < row { row = place }
        if place >= row + rows { row = place - rows + rowScale.tileChunks }
        if across < column { column = across }
        if across >= column + columns { column = across - columns + columnScale.tileChunks }
        clamp(view)
    }

    /// Moves by chunks.
    mutating func pan(rows: Int, columns: Int, _ view: GridProjection) {
        row += rows
        column += columns
        clamp(view)
    }

    /// Whether everything is in view.
    func showsAll(_ view: GridProjection) -> Bool {
        rowScale.chunks(in: tileRows) >= view.rowCount
            && columnScale.chunks(in: tileColumns) >= view.columnCount
    }

    /// The part of the view that is on the screen; empty where the camera still shows a view that was
    /// larger.
    func window(_ view: GridProjection) -> MapFold.Window {
        let top = min(row, view.rowCount)
        let left = min(column, view.columnCount)
        return MapFold.Window(
            rows: top..<min(view.rowCount, top + rowScale.chunks(in: tileRows)),
            columns: left..<min(view.columnCount, left + columnScale.chunks(in: tileColumns)),
            rowSpan: rowScale.cellSpan,
            columnSpan: columnScale.cellSpan
        )
    }

    private func fitted(_ view: GridProjection) -> MapCamera {
        var camera = self
        camera.fit(view)
        return camera
    }

    private mutating func clamp(_ view: GridProjection) {
        row = Self.clamped(row, view.rowCount, rowScale, tileRows)
        column = Self.clamped(column, view.columnCount, columnScale, tileColumns)
    }

    private static func clamped(_ start: Int, _ count: Int, _ scale: AxisScale, _ tiles: Int) -> Int
    {
        let tile = scale.tileChunks
        let most = max(0, count - scale.chunks(in: tiles))
        let end = (most + tile - 1) / tile * tile
        return max(0, min(start / tile * tile, end))
    }
}
