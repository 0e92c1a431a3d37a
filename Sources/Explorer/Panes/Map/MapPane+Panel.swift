import Canvas
import ZarrModel

extension MapPane {
    /// Draws axes, counts and the cursor's chunk, one under the other; what does not fit is left out.
    func drawPanel(
        on canvas: inout Canvas,
        _ census: Census,
        _ view: GridProjection,
        _ context: Context
    ) {
        var row = 0
        drawAxes(on: &canvas, &row, census, view, context)
        row += canvas.size.rows > 16 ? 1 : 0
        drawCounts(on: &canvas, &row, census, context)
        row += canvas.size.rows > 16 ? 1 : 0
        drawCursor(on: &canvas, &row, census, view, context)
        drawMinimap(on: &canvas, row + 1, view)
    }

    // MARK: Axes

    private func drawAxes(
        on canvas: inout Canvas,
        _ row: inout Int,
        _ census: Census,
        _ view: GridProjection,
        _ context: Context
    ) {
        let width = canvas.size.columns
        canvas.write("Axes", row: row, isOnAxes ? .accent : .heading)
        let help = isOnAxes ? "x y  Space  ← →" : "Tab"
        canvas.write(help, row: row, column: max(5, width - help.count), .dim)
        row += 1
        let names = AxisNames(context.arrayDetails(path), rank: view.grid.count)
        let strip = width >= 36 ? AxisStrips.length + 2 : 10
        let columns = Columns(
            [
                .init(.share(1)), .init(.fixed(width >= 36 ? 6 : 4), align: .trailing),
                .init(.fixed(strip)), .init(.fixed(width >= 36 ? 5 : 4), align: .trailing),
            ],
            width: width
        )
        for axis in view.isWrapped ? 0..<1 : view.counts.indices.prefix(8) {
            drawAxis(axis, names[axis], on: &canvas, columns, row: row, view)
            row += 1
        }
    }

    private func drawAxis(
        _ axis: Int,
        _ name: String,
        on canvas: inout Canvas,
        _ columns: Columns,
        row: Int,
        _ view: GridProjection
    ) {
        let isChosen = axis == self.axis
        let role: Role = isChosen ? (isOnAxes ? .selected : .accent) : .text
        let count = view.isWrapped ? view.total : view.counts[axis]
        let texts = [(isChosen ? "▸" : " ") + name, Format.short(count), "", ""]
        canvas.write(texts, in: columns, row: row, Style(role))
        let place = columns.places[2]
        canvas.region(Rect(row: row, column: place.lowerBound, rows: 1, columns: place.count)) {
            drawStrip(on: &$0, axis, view)
        }
        canvas.write(
            view.isWrapped ? "line" : partWord(view.parts[axis]),
            row: row,
            column: columns.places[3].lowerBound,
            partRole(view.parts[axis]),
            width: columns.places[3].count,
            align: .trailing
        )
    }

    private func partWord(_ part: GridProjection.Part) -> String {
        switch part {
        case .rows: "down"
        case .columns: "over"
        case .folded: "all"
        case .fixed(let place): "@\(place)"
        }
    }

    private func partRole(_ part: GridProjection.Part) -> Role {
        switch part {
        case .rows, .columns: .value
        case .folded: .dim
        case .fixed: .accent
        }
    }

    /// Where along an axis anomalies are; and where the cursor is.
    private func drawStrip(on canvas: inout Canvas, _ axis: Int, _ view: GridProjection) {
        guard let strips, strips.counts.indices.contains(axis), canvas.size.columns > 2 else {
            return
        }
        let room = canvas.size.columns - 2
        let counts = strips.counts[axis]
        canvas.write("▕", row: 0, column: 0, .border)
        let length = min(room, counts.count)
        for at in 0..<length {
            let range =
                at * counts.count
                / length..<max(at * counts.count / length + 1, (at + 1) * counts.count / length)
            let count = counts[range].reduce(0, +)
            let here = focus[axis] * length / max(1, view.counts[axis])
            let role: Role = here == at ? .cursor : count > 0 ? .warning : .dim
            canvas.write(count > 0 ? "x" : "·", row: 0, column: 1 + at, role)
        }
        canvas.write("▏", row: 0, column: 1 + length, .border)
    }

    // MARK: Counts

    private func drawCounts(
        on canvas: inout Canvas,
        _ row: inout Int,
        _ census: Census,
        _ context: Context
    ) {
        let width = canvas.size.columns
        let total = Format.count(census.total)
        canvas.write(context.unit(path) == "shard" ? "Shards" : "Chunks", row: row, .heading)
        canvas.write(total, row: row, column: max(8, width - total.count), .value)
        row += 1
        let columns = Columns(
            [
                .init(.fixed(2)), .init(.share(1)),
                .init(.fixed(width >= 36 ? 13 : 9), align: .trailing),
                .init(.fixed(width >= 36 ? 9 : 0), align: .trailing),
            ],
            width: width
        )
        for state in countedStates(census) {
            let count = census.count(state)
            let full = Format.count(count)
            let shown = width >= 36 || full.count <= 9 ? full : Format.short(count)
            let share = Format.percent(count, of: census.total)
            let style = Style(count == 0 ? .dim : .text)
            let texts = ["", StateLook.word(state), shown, share]
            canvas.write(texts, in: columns, row: row, style)
            drawSign(state, on: &canvas, row: row, column: 0, isQuiet: count == 0, context)
            row += 1
        }
        drawOtherCounts(on: &canvas, &row, census, columns)
    }

    /// What is counted besides states: late answers, bytes, marks.
    private func drawOtherCounts(
        on canvas: inout Canvas,
        _ row: inout Int,
        _ census: Census,
        _ columns: Columns
    ) {
        let width = canvas.size.columns
        if census.slowCount > 0 {
            let texts = [" s", "slow", Format.count(census.slowCount), ""]
            canvas.write(texts, in: columns, row: row, Style(.notice))
            row += 1
        }
        if census.storedBytes > 0 {
            let text = Format.bytes(census.storedBytes)
            canvas.write("   stored", row: row, .label)
            canvas.write(text, row: row, column: max(10, width - text.count), .value)
            row += 1
        }
        if census.markedCount > 0 {
            let texts = ["", "marked", Format.count(census.markedCount), ""]
            canvas.write(texts, in: columns, row: row, Style(.accent))
            canvas.write("**", row: row, TilePainter.markedStyle)
            row += 1
        }
        if census.isSparse {
            canvas.write("sparse: only chunks found are kept", row: row, .notice)
            row += 1
        }
    }

    private func countedStates(_ census: Census) -> [ChunkState] {
        let always: [ChunkState] = [.present, .missing]
        return always
            + [.short, .corrupt, .unreadable, .orphan, .expectedEmpty, .unknown]
            .filter { census.count($0) > 0 }
    }

    // MARK: Cursor

    private func drawCursor(
        on canvas: inout Canvas,
        _ row: inout Int,
        _ census: Census,
        _ view: GridProjection,
        _ context: Context
    ) {
        guard let facts else { return }
        let width = canvas.size.columns
        canvas.write("Cursor", row: row, .heading)
        let index = "[\(facts.chunk)]"
        canvas.write(index, row: row, column: max(8, width - index.count), .value)
        row += 1
        var list = FactList(width: width, nameWidth: 7)
        listCursor(&list, facts, census, context)
        list.draw(on: &canvas, row: row)
        row += list.lines.count
    }

    private func listCursor(
        _ list: inout FactList,
        _ facts: CursorFacts,
        _ census: Census,
        _ context: Context
    ) {
        if let cell = tileCell(at: place), cell.count > 1 {
            list.add("tile", Format.plural(cell.count, context.unit(path)))
            let bad = cell.anomalies
            let word = bad == 1 ? "1 anomaly" : "\(Format.count(bad)) anomalies"
            if bad > 0 { list.add("", word, .warning) }
        }
        let glyph = StateLook.mapGlyph(
            facts.state,
            isUnicode: context.configuration.traits.isUnicode,
            isColor: context.isColor
        )
        let sign = "\(glyph) \(StateLook.word(facts.state))"
        list.add("state", sign + (facts.isSlow ? ", slow" : ""), StateLook.role(facts.state))
        if facts.chunk.coordinates.count > 1, layout.panel.columns >= 36 {
            let names = AxisNames(context.arrayDetails(path), rank: census.grid.count)
            list.add("place", names.describe(facts.chunk.coordinates))
        }
        if let key = facts.key { list.add("key", key, cut: .start) }
        if facts.state == .missing, let details = context.arrayDetails(path) {
            list.add("reads", "as fill \(details.fillValue)")
        }
        if let size = facts.size {
            list.add("size", Format.bytes(size))
        } else if let near = facts.neighbourSize {
            list.add("size", "–  (near \(Format.bytes(near)))", .dim)
        }
        if facts.neighbours > 0 {
            list.add("near", "\(facts.neighboursPresent) of \(facts.neighbours) present")
            if let remark = facts.remark { list.add("", "→ " + remark, .notice) }
        }
    }

    // MARK: Minimap

    /// The whole grid in a small frame, with the part in view.
    private func drawMinimap(on canvas: inout Canvas, _ row: Int, _ view: GridProjection) {
        let rows = min(8, canvas.size.rows - row - 2)
        guard rows >= 3, !camera.showsAll(view), let window = fold?.window else { return }
        let columns = min(24, canvas.size.columns - 4)
        canvas.box(
            Rect(row: row, column: 0, rows: rows + 2, columns: columns + 2),
            title: "Whole grid"
        )
        let down = view.rowCount
        let across = view.columnCount
        for line in 0..<rows {
            for column in 0..<columns {
                let chunkRows =
                    line * down / rows..<max(line * down / rows + 1, (line + 1) * down / rows)
                let chunkColumns =
                    column * across
                    / columns..<max(column * across / columns + 1, (column + 1) * across / columns)
                let isIn = chunkRows.overlaps(window.rows) && chunkColumns.overlaps(window.columns)
                canvas.write(
                    isIn ? "▒" : "·",
                    row: row + 1 + line,
                    column: 1 + column,
                    isIn ? .accent : .dim
                )
            }
        }
    }

    // MARK: Legend

    /// One line under the map: what the colours and signs stand for, and which axes run.
    func drawLegend(
        on canvas: inout Canvas,
        _ census: Census,
        _ view: GridProjection,
        _ context: Context
    ) {
        let names = AxisNames(context.arrayDetails(path), rank: view.grid.count)
        let axes =
            view.isWrapped
            ? names[0] + (view.rowCount > 1 ? ", in lines" : " →")
            : "\(names[view.rowAxis]) ↓  \(names[view.columnAxis]) →"
        let start = canvas.size.columns - TextWidth.of(axes) - 1
        let end: Int
        if measure == .size {
            end = drawSizeLegend(on: &canvas, census, context)
        } else {
            end = drawStateLegend(on: &canvas, census, context, until: canvas.size.columns)
        }
        if start > end { canvas.write(axes, row: 0, column: start, .label) }
    }

    private func drawSizeLegend(
        on canvas: inout Canvas,
        _ census: Census,
        _ context: Context
    ) -> Int {
        var column = canvas.write("size ", row: 0, column: 1, .label)
        guard let sizes = meanSizes else {
            return canvas.write("not known yet", row: 0, column: column, .dim)
        }
        let low = Format.bytes(Int(sizes.lowerBound))
        column = canvas.write(low + " ", row: 0, column: column, .value)
        for step in 0..<8 {
            let share = (Double(step) + 0.5) / 8
            if context.isColor, canvas.isUnicode {
                canvas.write(
                    "█",
                    row: 0,
                    column: column,
                    Style(foreground: Ramp.tint(share, of: ramp(context).tints(context)))
                )
            } else {
                let signs = TilePainter.signs(isUnicode: canvas.isUnicode)
                let sign = signs[min(signs.count - 1, Int(share * Double(signs.count)))]
                canvas.write(String(sign), row: 0, column: column, .text)
            }
            column += 1
        }
        let high = Format.bytes(Int(sizes.upperBound))
        column = canvas.write(" " + high, row: 0, column: column, .value)
        let long = "  mean of a tile, by ratio, \(ramp(context).name)"
        let fits = column + long.count < canvas.size.columns
        return canvas.write(fits ? long : "  mean of a tile", row: 0, column: column, .dim)
    }

    private func drawStateLegend(
        on canvas: inout Canvas,
        _ census: Census,
        _ context: Context,
        until end: Int
    ) -> Int {
        var column = 1
        let found = ChunkState.allCases.reversed().filter { $0.isAnomaly && census.count($0) > 0 }
        let others: [ChunkState] = [.present, .missing, .unknown].filter {
            !found.contains($0) && ($0 != .unknown || census.count(.unknown) > 0)
        }
        for state in found + others {
            let text = " \(StateLook.word(state))  "
            guard column + 1 + text.count <= end else { continue }
            drawSign(state, on: &canvas, row: 0, column: column, isQuiet: false, context)
            column = canvas.write(text, row: 0, column: column + 2, .dim)
        }
        return column
    }

    /// The two columns that a tile of one state looks like.
    func drawSign(
        _ state: ChunkState,
        on canvas: inout Canvas,
        row: Int,
        column: Int,
        isQuiet: Bool,
        _ context: Context
    ) {
        let glyph = StateLook.glyph(state)
        let text: String
        var style = Style(isQuiet ? .dim : StateLook.role(state))
        if state == .present {
            text = canvas.isUnicode ? (context.isColor ? "██" : "▒▒") : "##"
            style = Style(foreground: context.isColor ? TilePainter.presentTint : nil)
        } else if state.isAnomaly {
            text = "1\(glyph)"
            style.isReversed = !isQuiet
        } else {
            text = "\(glyph)\(glyph)"
        }
        canvas.write(text, row: row, column: column, style)
    }
}
