import Canvas
import ZarrModel

extension MapPane {
    func draw(on canvas: inout Canvas, _ context: Context) {
        guard let census = census(context), let view, let fold else {
            drawWaiting(on: &canvas, context)
            return
        }
        if !layout.line.isEmpty {
            canvas.verticalLine(column: layout.line.column)
            canvas.region(layout.panel) { drawPanel(on: &$0, census, view, context) }
        }
        drawRuler(on: &canvas, view)
        drawLabels(on: &canvas, view)
        canvas.region(layout.tiles) { drawTiles(on: &$0, census, context) }
        drawCounts(on: &canvas, fold)
        canvas.region(layout.legend) { drawLegend(on: &$0, census, view, context) }
        let names = names(context).names
        question?.draw(on: &canvas)
        menu?.draw(on: &canvas)
        prompt?.draw(on: &canvas, axes: names)
    }

    private func drawWaiting(on canvas: inout Canvas, _ context: Context) {
        let details = context.arrayDetails(path)
        let text: String
        if let innerProblem {
            text = "The inside of this shard cannot be shown: \(visible(innerProblem))"
        } else if shard != nil {
            text = "Reading the index of the shard…"
        } else if let details, Census(grid: details.gridShape) == nil {
            let count = Format.short(GridOrder.product(details.gridShape) ?? .max)
            text =
                "This grid has more chunks than can be drawn: \(count). On the command line 'chunks' "
                + "counts them, and s shows values."
        } else if let details, details.gridShape.contains(0) {
            text = "This array has no chunks: its shape is \(Format.shape(details.shape))"
        } else {
            text = "Reading metadata…"
        }
        let lines = Wrapping.lines([text], width: max(1, canvas.size.columns - 4))
        for (row, line) in lines.enumerated() {
            canvas.write(line, row: canvas.size.rows / 2 - 1 + row, column: 2, .dim)
        }
    }

    // MARK: Rulers

    private func drawRuler(on canvas: inout Canvas, _ view: GridProjection) {
        let tiles = layout.tiles
        let scale = camera.columnScale
        guard scale.tileChunks == 1 else { return drawRoundRuler(on: &canvas, view) }
        var next = tiles.column
        var column = camera.column
        // A line of chunks may be shorter than there is room for.
        let end = view.isWrapped ? min(view.columnCount, view.total) : view.columnCount
        while column < end {
            let tile = scale.tiles(for: column - camera.column)
            let at = tiles.column + tile * 2
            guard at < tiles.endColumn else { break }
            let text = String(column)
            if at >= next, at + text.count <= tiles.endColumn + 2 {
                let isHere = place.column >= column && place.column < column + scale.tileChunks
                canvas.write(text, row: layout.ruler.row, column: at, isHere ? .accent : .dim)
                next = at + max(8, text.count + 2)
            }
            column += max(scale.tileChunks, 1)
        }
    }

    /// Ticks of tiles that hold many chunks: at round numbers, and at the cursor.
    private func drawRoundRuler(on canvas: inout Canvas, _ view: GridProjection) {
        let tiles = layout.tiles
        let scale = camera.columnScale
        let widest = String(max(0, view.columnCount - 1)).count + 2
        let step = RoundStep.atLeast(scale.chunks(in: (max(8, widest) + 1) / 2))
        var column = RoundStep.first(from: camera.column, step)
        while column < view.columnCount {
            let at = tiles.column + (column - camera.column) / scale.tileChunks * 2
            let text = String(column)
            guard at + text.count <= tiles.endColumn + 2 else { return }
            canvas.write(text, row: layout.ruler.row, column: at, .dim)
            let (next, isOver) = column.addingReportingOverflow(step)
            if isOver { return }
            column = next
        }
    }

    private func drawLabels(on canvas: inout Canvas, _ view: GridProjection) {
        let scale = camera.rowScale
        let every = labelStep(scale)
        let step = RoundStep.atLeast(scale.chunks(in: 2))
        for tile in 0..<layout.labels.rows {
            guard tile.isMultiple(of: scale.chunkTiles) else { continue }
            let row = camera.row + tile * scale.tileChunks / scale.chunkTiles
            guard row < view.rowCount else { return }
            let isHere = place.row >= row && place.row < row + scale.tileChunks
            var label = view.isWrapped ? row * view.columnCount : row
            if scale.tileChunks > 1, !isHere, !view.isWrapped {
                // The round number that lies in the tile, where one does.
                label = RoundStep.first(from: row, step)
                guard label < min(row + scale.tileChunks, view.rowCount) else { continue }
            } else {
                guard isHere || (tile / scale.chunkTiles).isMultiple(of: every) else { continue }
            }
            canvas.write(
                String(label),
                row: layout.labels.row + tile,
                column: layout.labels.column,
                isHere ? .accent : .dim,
                width: max(0, layout.labels.columns - 1),
                align: .trailing
            )
        }
    }

    private func labelStep(_ scale: AxisScale) -> Int {
        scale.chunkTiles > 1 || layout.labels.rows < 6 ? 1 : 2
    }

    private func drawCounts(on canvas: inout Canvas, _ fold: MapFold) {
        let rowScale = camera.rowScale
        for tile in 0..<layout.rowCounts.rows where tile.isMultiple(of: rowScale.chunkTiles) {
            let first = tile / rowScale.chunkTiles * rowScale.cellsPerTile
            guard first < fold.rowAnomalies.count else { break }
            let cells = fold.rowAnomalies[
                first..<min(first + rowScale.cellsPerTile, fold.rowAnomalies.count)
            ]
            let count = cells.reduce(0, +)
            let text = count == 0 ? "·" : Format.short(count)
            canvas.write(
                text,
                row: layout.rowCounts.row + tile,
                column: layout.rowCounts.column,
                count == 0 ? .dim : .warning,
                width: 6,
                // What nearly fills the margin keeps away from the tiles.
                align: text.count >= 5 ? .trailing : .center
            )
        }
        guard !layout.columnCounts.isEmpty, !(view?.isWrapped ?? false) else { return }
        canvas.write(
            canvas.isUnicode ? "Σ" : "sum",
            row: layout.columnCounts.row,
            column: layout.labels.column,
            .label,
            width: max(0, layout.labels.columns - 1),
            align: .trailing
        )
        let scale = camera.columnScale
        for tile in 0..<layout.tiles.columns / 2 where tile.isMultiple(of: scale.chunkTiles) {
            let first = tile / scale.chunkTiles * scale.cellsPerTile
            guard first < fold.columnAnomalies.count else { break }
            let last = min(first + scale.cellsPerTile, fold.columnAnomalies.count)
            let count = fold.columnAnomalies[first..<last].reduce(0, +)
            canvas.write(
                columnText(count, before: fold.columnAnomalies.dropFirst(last).first ?? 0),
                row: layout.columnCounts.row,
                column: layout.tiles.column + tile * 2,
                count == 0 ? .dim : .warning
            )
        }
    }

    /// The count under a column; two digits would run into those of the next one, if it has any.
    private func columnText(_ count: Int, before next: Int) -> String {
        guard count > 0 else { return "·" }
        let columns = camera.columnScale.chunkTiles * 2
        return TilePainter.count(count, columns: next == 0 ? columns + 1 : columns)
    }

    /// Whether some count in view does not fit, so that a `+` stands for it.
    var hasHiddenCounts: Bool {
        guard let fold else { return false }
        let across = camera.columnScale.cellsPerTile
        let room = max(2, camera.columnScale.chunkTiles * 2 - 1)
        for row in stride(from: 0, to: fold.window.cellRows, by: camera.rowScale.cellsPerTile) {
            for column in stride(from: 0, to: fold.window.cellColumns, by: across)
            where TilePainter.count(tileCell(row, column, fold).counted, columns: room) == "+" {
                return true
            }
        }
        guard !(view?.isWrapped ?? false), !layout.columnCounts.isEmpty else { return false }
        let sums = stride(from: 0, to: fold.columnAnomalies.count, by: across).map { first in
            fold.columnAnomalies[first..<min(first + across, fold.columnAnomalies.count)]
                .reduce(0, +)
        }
        return sums.indices.contains { place in
            let next = place + 1 < sums.count ? sums[place + 1] : 0
            return columnText(sums[place], before: next) == "+"
        }
    }

    // MARK: Tiles

    /// What the tile that holds a chunk shows.
    func tileCell(at chunk: (row: Int, column: Int)) -> MapFold.Cell? {
        guard let fold, fold.window.rows.contains(chunk.row),
            fold.window.columns.contains(chunk.column)
        else { return nil }
        let down = chunk.row - fold.window.rows.lowerBound
        let across = chunk.column - fold.window.columns.lowerBound
        return tileCell(
            down / camera.rowScale.tileChunks * camera.rowScale.cellsPerTile,
            across / camera.columnScale.tileChunks * camera.columnScale.cellsPerTile,
            fold
        )
    }

    private func tileCell(_ row: Int, _ column: Int, _ fold: MapFold) -> MapFold.Cell {
        var cell = MapFold.Cell()
        for down in 0..<camera.rowScale.cellsPerTile {
            for across in 0..<camera.columnScale.cellsPerTile {
                cell.add(fold[row + down, column + across])
            }
        }
        return cell
    }

    private func drawTiles(on canvas: inout Canvas, _ census: Census, _ context: Context) {
        guard let fold, let view else { return }
        let painter = painter(context)
        for tileRow in 0..<canvas.size.rows {
            for tileColumn in 0..<canvas.size.columns / 2 {
                guard let tile = tile(tileRow, tileColumn, fold, view) else { continue }
                painter.draw(tile, on: &canvas, row: tileRow, column: tileColumn * 2)
            }
        }
    }

    /// What draws the tiles.
    func painter(_ context: Context) -> TilePainter {
        TilePainter(
            measure: measure,
            units: units(context),
            scale: drawn.scale,
            tints: ramp(context).tints(context),
            isColor: context.isColor
        )
    }

    /// What a tile of the screen shows; `nil` beyond the grid.
    private func tile(
        _ tileRow: Int,
        _ tileColumn: Int,
        _ fold: MapFold,
        _ view: GridProjection
    ) -> TilePainter.Tile? {
        let rows = camera.rowScale
        let columns = camera.columnScale
        let row = camera.row + tileRow * rows.tileChunks / rows.chunkTiles
        let column = camera.column + tileColumn * columns.tileChunks / columns.chunkTiles
        guard row < view.rowCount, column < view.columnCount else { return nil }
        let cellRow = tileRow / rows.chunkTiles * rows.cellsPerTile
        let cellColumn = tileColumn / columns.chunkTiles * columns.cellsPerTile
        var tile = TilePainter.Tile(
            whole: tileCell(cellRow, cellColumn, fold),
            parts: parts(cellRow, cellColumn, fold)
        )
        guard tile.whole.count > 0 else { return nil }
        let here = place
        tile.isCursor =
            here.row >= row && here.row < row + rows.tileChunks
            && here.column >= column && here.column < column + columns.tileChunks
        tile.isBoxed =
            boxDrawn.map { $0.rows.contains(row) && $0.columns.contains(column) } ?? false
        tile.rowOfChunk = tileRow % rows.chunkTiles
        tile.columnOfChunk = tileColumn % columns.chunkTiles
        tile.rowsOfChunk = rows.chunkTiles
        tile.columnsOfChunk = columns.chunkTiles
        tile.columnsInView = min(
            columns.chunkTiles,
            layout.tiles.columns / 2 - (tileColumn - tile.columnOfChunk)
        )
        return tile
    }

    /// The four quarters of a tile: top left, top right, bottom left, bottom right.
    private func parts(_ row: Int, _ column: Int, _ fold: MapFold) -> [MapFold.Cell] {
        let lower = camera.rowScale.cellsPerTile - 1
        let right = camera.columnScale.cellsPerTile - 1
        return [
            fold[row, column], fold[row, column + right],
            fold[row + lower, column], fold[row + lower, column + right],
        ]
    }
}
