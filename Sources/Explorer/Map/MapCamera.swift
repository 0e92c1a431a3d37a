/// How large chunks are along one axis of the map.
///
/// The unit is the tile, two columns by one row. At exponent `e` a tile holds 2^e chunks; below 0 a
/// chunk takes 2^-e tiles.
struct AxisScale: Hashable, Sendable {
    /// The largest chunks: 8 tiles each.
    static let least = -3
    /// The smallest.
    static let most = 40

    /// Powers of two of chunks to a tile.
    var exponent = 0

    /// Chunks to a tile, at least 1.
    var tileChunks: Int {
        exponent > 0 ? 1 << exponent : 1
    }

    /// Tiles to a chunk, at least 1.
    var chunkTiles: Int {
        exponent < 0 ? 1 << -exponent : 1
    }

    /// Chunks to a cell: half a tile where a tile holds more than one.
    var cellSpan: Int {
        exponent > 0 ? 1 << (exponent - 1) : 1
    }

    /// Cells to a tile: 2 where a tile holds more than one chunk.
    var cellsPerTile: Int {
        exponent > 0 ? 2 : 1
    }

    /// How many chunks are in view in so many tiles.
    func chunks(in tiles: Int) -> Int {
        max(1, exponent > 0 ? tiles << exponent : tiles >> -exponent)
    }

    /// How many tiles so many chunks take.
    func tiles(for chunks: Int) -> Int {
        exponent > 0 ? (chunks + tileChunks - 1) >> exponent : chunks << -exponent
    }

    /// The largest scale at which `chunks` fit in `tiles`.
    static func fitting(_ chunks: Int, in tiles: Int) -> AxisScale {
        var scale = AxisScale(exponent: least)
        while scale.exponent < most, scale.tiles(for: chunks) > max(1, tiles) {
            scale.exponent += 1
        }
        return scale
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
        if rowScale.exponent < 0, columnScale.exponent < 0 {
            rowScale.exponent = max(rowScale.exponent, columnScale.exponent)
            columnScale = rowScale
        }
        row = 0
        column = 0
    }

    /// Makes chunks twice as large (or small), and keeps a chunk in view.
    mutating func zoom(by step: Int, _ view: GridProjection, around place: (row: Int, column: Int))
    {
        let whole = fitted(view)
        let ceiling = (row: whole.rowScale.exponent, column: whole.columnScale.exponent)
        rowScale.exponent = max(AxisScale.least, min(rowScale.exponent + step, ceiling.row))
        columnScale.exponent = max(
            AxisScale.least,
            min(columnScale.exponent + step, ceiling.column)
        )
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

    /// The part of the view that is on the screen.
    func window(_ view: GridProjection) -> MapFold.Window {
        MapFold.Window(
            rows: row..<min(view.rowCount, row + rowScale.chunks(in: tileRows)),
            columns: column..<min(view.columnCount, column + columnScale.chunks(in: tileColumns)),
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
