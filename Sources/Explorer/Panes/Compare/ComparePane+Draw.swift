import Canvas
import ZarrModel

extension ComparePane {
    /// What came of it, for the title.
    func status(_ context: Context) -> String? {
        guard let comparison, listing == nil, reading == nil, comparison.summary != nil else {
            return nil
        }
        let total = Format.short(comparison.census.total)
        guard !comparison.hasFindings else { return "\(comparison.words) of \(total)" }
        if comparison.summary?.isOfValues ?? false { return "✔ values agree  \(total)" }
        // That says nothing of the values: no sign of what is good.
        let hasMore = comparison.summary?.reasonNoValues == nil && context.store?.record == nil
        return "listings agree  \(total)" + (hasMore ? "  (values: V)" : "")
    }

    func draw(on canvas: inout Canvas, _ context: Context) {
        var top = 0
        if isTyping {
            top = min(canvas.size.rows, Self.fieldRows)
            let rect = Rect(row: 0, column: 0, rows: top, columns: canvas.size.columns)
            canvas.region(rect) { drawField(on: &$0, context) }
        }
        let rest = Rect(
            row: top,
            column: 0,
            rows: canvas.size.rows - top,
            columns: canvas.size.columns
        )
        canvas.region(rest) { canvas in
            guard let comparison, let view, let fold, problem == nil else {
                drawProblem(on: &canvas)
                return
            }
            drawComparison(on: &canvas, comparison, view, fold, context)
        }
    }

    private func drawProblem(on canvas: inout Canvas) {
        guard let problem else { return }
        let width = max(1, canvas.size.columns - 4)
        let lines = Wrapping.lines([problem.message], width: width)
        for (row, line) in lines.enumerated() {
            canvas.write(line, row: 1 + row, column: 2, .error)
        }
        for (row, line) in Wrapping.lines(problem.details, width: width).enumerated() {
            canvas.write(line, row: 2 + lines.count + row, column: 2, .dim)
        }
    }

    // MARK: Field

    private func drawField(on canvas: inout Canvas, _ context: Context) {
        let width = canvas.size.columns
        if typing == .file {
            canvas.write("Write the differences to a file", row: 0, column: 1, .heading)
            let help = ".csv, .txt for keys alone, else NDJSON"
            canvas.write(help, row: 0, column: 34, .dim, width: max(0, width - 35))
            canvas.write("file", row: 2, column: 1, .label)
            fileField.draw(on: &canvas, row: 2, column: 8, width: max(0, width - 9), isActive: true)
            return
        }
        let heading = "Compare with another array, another store, or a census file"
        canvas.write(heading, row: 0, column: 1, .heading, width: width - 2)
        canvas.write("left", row: 1, column: 1, .label)
        canvas.write(leftName(context), row: 1, column: 8, .value, width: width - 9, cut: .middle)
        canvas.write("right", row: 2, column: 1, .label)
        field.draw(on: &canvas, row: 2, column: 8, width: max(0, width - 9), isActive: true)
        var list = ListCursor()
        list.selected = chosen ?? 0
        list.fit(count: completions.count, height: max(1, canvas.size.rows - 3))
        let columns = Columns(
            [.init(.share(2)), .init(.share(1), align: .trailing)],
            from: 8,
            width: max(0, min(100, width - 9))
        )
        for (row, at) in list.visible.enumerated() {
            let completion = completions[at]
            let role: Role = chosen == at ? .selected : .text
            canvas.write(
                [completion.label, completion.kind],
                in: columns,
                row: 3 + row,
                Style(role)
            )
        }
    }

    private func leftName(_ context: Context) -> String {
        let store = context.store?.locator ?? ""
        return path == "/" ? store : store + path
    }

    // MARK: Map

    private func drawComparison(
        on canvas: inout Canvas,
        _ comparison: Comparison,
        _ view: GridProjection,
        _ fold: MapFold,
        _ context: Context
    ) {
        if !layout.line.isEmpty {
            canvas.verticalLine(column: layout.line.column)
            canvas.region(layout.panel) { drawPanel(on: &$0, comparison, view, context) }
        }
        drawRuler(on: &canvas, view)
        drawLabels(on: &canvas, view)
        canvas.region(layout.tiles) { drawTiles(on: &$0, view, fold) }
        canvas.region(layout.legend) { drawLegend(on: &$0, comparison, view, context) }
    }

    private func drawRuler(on canvas: inout Canvas, _ view: GridProjection) {
        let scale = camera.columnScale
        var next = layout.tiles.column
        var column = camera.column
        while column < view.columnCount {
            let at = layout.tiles.column + scale.tiles(for: column - camera.column) * 2
            guard at < layout.tiles.endColumn else { break }
            let text = String(column)
            if at >= next, at + text.count <= layout.tiles.endColumn + 2 {
                let isHere = (column..<column + scale.tileChunks).contains(place.column)
                canvas.write(text, row: layout.ruler.row, column: at, isHere ? .accent : .dim)
                next = at + max(8, text.count + 2)
            }
            column += max(1, scale.tileChunks)
        }
    }

    private func drawLabels(on canvas: inout Canvas, _ view: GridProjection) {
        let scale = camera.rowScale
        for tile in 0..<layout.labels.rows where tile.isMultiple(of: scale.chunkTiles) {
            let row = camera.row + tile * scale.tileChunks / scale.chunkTiles
            guard row < view.rowCount else { return }
            let isHere = (row..<row + scale.tileChunks).contains(place.row)
            guard isHere || scale.chunkTiles > 1 || tile.isMultiple(of: 2) else { continue }
            canvas.write(
                String(view.isWrapped ? row * view.columnCount : row),
                row: layout.labels.row + tile,
                column: layout.labels.column,
                isHere ? .accent : .dim,
                width: max(0, layout.labels.columns - 1),
                align: .trailing
            )
        }
    }

    private func drawTiles(on canvas: inout Canvas, _ view: GridProjection, _ fold: MapFold) {
        let (rows, columns) = (camera.rowScale, camera.columnScale)
        for tileRow in 0..<canvas.size.rows {
            let row = camera.row + tileRow * rows.tileChunks / rows.chunkTiles
            guard row < view.rowCount else { break }
            for tileColumn in 0..<canvas.size.columns / 2 {
                let column =
                    camera.column + tileColumn * columns.tileChunks / columns.chunkTiles
                guard column < view.columnCount else { break }
                let cell = tileCell(
                    tileRow / rows.chunkTiles * rows.cellsPerTile,
                    tileColumn / columns.chunkTiles * columns.cellsPerTile,
                    fold
                )
                guard cell.count > 0 else { continue }
                let isHere =
                    (row..<row + rows.tileChunks).contains(place.row)
                    && (column..<column + columns.tileChunks).contains(place.column)
                let isFirst =
                    tileRow.isMultiple(of: rows.chunkTiles)
                    && tileColumn.isMultiple(of: columns.chunkTiles)
                // Large chunks stand apart, as on the map.
                let isLarge = rows.chunkTiles > 1 && columns.chunkTiles > 1
                if isLarge, tileRow % rows.chunkTiles == rows.chunkTiles - 1 { continue }
                let isEdge = isLarge && tileColumn % columns.chunkTiles == columns.chunkTiles - 1
                let tile = Rect(
                    row: tileRow,
                    column: tileColumn * 2,
                    rows: 1,
                    columns: isEdge ? 1 : 2
                )
                canvas.region(tile) { drawTile(cell, on: &$0, isHere: isHere, isFirst: isFirst) }
            }
        }
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

    /// A tile: what differs in reverse with a count; all else quiet.
    private func drawTile(
        _ cell: MapFold.Cell,
        on canvas: inout Canvas,
        isHere: Bool,
        isFirst: Bool
    ) {
        let worst = DifferenceLook.worst(cell)
        let glyph = String(DifferenceLook.glyph(worst, isUnicode: canvas.isUnicode))
        var style = Style(DifferenceLook.role(worst), isReversed: worst.isDifference)
        if isHere { style = Style(.cursor) }
        let count = cell.anomalies < 10 ? String(cell.anomalies) : "+"
        let sign = worst.isDifference ? count + glyph : glyph + glyph
        canvas.write(isFirst || !worst.isDifference ? sign : "  ", row: 0, style)
    }

    private func drawLegend(
        on canvas: inout Canvas,
        _ comparison: Comparison,
        _ view: GridProjection,
        _ context: Context
    ) {
        var column = 1
        for difference in ChunkDifference.allCases.reversed()
        where comparison.count(difference) > 0 {
            let text = " \(DifferenceLook.word(difference))  "
            guard column + 2 + text.count <= canvas.size.columns else { continue }
            drawSign(difference, on: &canvas, row: 0, column: column)
            column = canvas.write(text, row: 0, column: column + 2, .dim)
        }
        let names = AxisNames(context.arrayDetails(path), rank: comparison.census.grid.count)
        let axes = view.axesText(names)
        let start = canvas.size.columns - TextWidth.of(axes) - 1
        if start > column { canvas.write(axes, row: 0, column: start, .label) }
    }

    private func drawSign(
        _ difference: ChunkDifference,
        on canvas: inout Canvas,
        row: Int,
        column: Int
    ) {
        let glyph = String(DifferenceLook.glyph(difference, isUnicode: canvas.isUnicode))
        let style = Style(
            DifferenceLook.role(difference),
            isReversed: difference.isDifference
        )
        canvas.write(
            difference.isDifference ? "1" + glyph : glyph + glyph,
            row: row,
            column: column,
            style
        )
    }

    // MARK: Panel

    private func drawPanel(
        on canvas: inout Canvas,
        _ comparison: Comparison,
        _ view: GridProjection,
        _ context: Context
    ) {
        let width = canvas.size.columns
        var sides = FactList(width: width, nameWidth: 7)
        sides.add("left", leftName(context), cut: .middle)
        sides.add("right", comparison.summary?.right ?? field.string, cut: .middle)
        sides.add("by", means(comparison), listing ?? reading == nil ? .value : .accent)
        if let summary = comparison.summary {
            if !summary.sharesGrid { sides.add("", "chunks differ: by region", .notice) }
            if summary.fillsDiffer { sides.add("", "fill values differ", .warning) }
        }
        sides.draw(on: &canvas, row: 0)
        var row = sides.lines.count + (canvas.size.rows > 16 ? 1 : 0)
        drawCounts(on: &canvas, &row, comparison)
        row += canvas.size.rows > 16 ? 1 : 0
        canvas.region(
            Rect(row: row, column: 0, rows: max(0, canvas.size.rows - row), columns: width)
        ) { drawCursor(on: &$0, comparison, context) }
    }

    /// What was compared so far, in a few words.
    private func means(_ comparison: Comparison) -> String {
        let progress = comparison.progress
        if listing != nil { return "listing: \(Format.count(progress.done))" }
        if reading != nil {
            guard let wanted = progress.wanted, wanted > 0 else { return "values" }
            var text = "values \(Format.percent(progress.done, of: wanted))"
            if progress.done > 0, progress.done < wanted, progress.milliseconds > 1000 {
                let left = progress.milliseconds / progress.done * (wanted - progress.done)
                text += ", \(Format.duration(milliseconds: left)) left"
            }
            return text
        }
        let what = comparison.summary?.isOfValues ?? false ? "values" : "listings"
        return comparison.isStopped ? "\(what), stopped" : what
    }

    private func drawCounts(
        on canvas: inout Canvas,
        _ row: inout Int,
        _ comparison: Comparison
    ) {
        let width = canvas.size.columns
        let total = Format.count(comparison.census.total)
        canvas.write("Chunks", row: row, .heading)
        canvas.write(total, row: row, column: max(8, width - total.count), .value)
        row += 1
        for difference in ChunkDifference.allCases.reversed()
        where comparison.count(difference) > 0 {
            drawSign(difference, on: &canvas, row: row, column: 0)
            let count = Format.count(comparison.count(difference))
            canvas.write(DifferenceLook.word(difference), row: row, column: 3, .text)
            canvas.write(
                count,
                row: row,
                column: max(18, width - count.count),
                difference.isDifference ? DifferenceLook.role(difference) : .value
            )
            row += 1
        }
    }

    private func drawCursor(
        on canvas: inout Canvas,
        _ comparison: Comparison,
        _ context: Context
    ) {
        guard let index = focusIndex, index < comparison.census.total else { return }
        let grid = comparison.census.grid
        let place = GridOrder.coordinates(index, in: grid)
        let difference = comparison.difference(index)
        var list = FactList(width: canvas.size.columns, nameWidth: 7)
        let heading = "[\(place.map(String.init).joined(separator: ","))]"
        canvas.write("Cursor", row: 0, .heading)
        canvas.write(
            heading,
            row: 0,
            column: max(8, canvas.size.columns - heading.count),
            .value
        )
        let glyph = DifferenceLook.glyph(difference, isUnicode: canvas.isUnicode)
        let word = "\(glyph) \(DifferenceLook.word(difference))"
        list.add("is", word, DifferenceLook.role(difference))
        if let key = key(of: index, context) { list.add("key", key, cut: .start) }
        let sizes = comparison.sizes(index)
        let facts = detail.map { $0.index == index ? $0.facts : [] } ?? []
        let sides = [
            ("left", side(sizes.left, isThere: difference != .onlyRight, difference)),
            ("right", side(sizes.right, isThere: difference != .onlyLeft, difference)),
        ]
        for (name, text) in sides {
            list.add(name, text)
            for fact in facts where fact.name == name { list.addText("", fact.text, .dim) }
        }
        for fact in facts where fact.name != "left" && fact.name != "right" {
            list.addText(fact.name, fact.text)
        }
        if facts.isEmpty, difference.isDifference { list.add("", "Enter: the values", .dim) }
        list.draw(on: &canvas, row: 1)
    }

    private func side(_ size: Int?, isThere: Bool, _ difference: ChunkDifference) -> String {
        guard isThere, difference != .missing else { return "nothing stored" }
        return size.map(Format.bytes) ?? (difference == .unknown ? "not known yet" : "size unknown")
    }
}
