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
        if let overview = drawn.overview, let window = fold?.window {
            let place = Rect(row: row + 1, column: 0, rows: canvas.size.rows, columns: 26)
            MapOverview(fold: overview, window: window).draw(on: &canvas, in: place)
        }
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
        let names = names(context)
        let shown = shownAxes(view, rows: canvas.size.rows)
        let columns = axisColumns(names, view, shown, width: width)
        for axis in shown {
            drawAxis(axis, names[axis], on: &canvas, columns, row: row, view)
            row += 1
        }
        let others = view.isWrapped ? 0 : view.counts.count - shown.count
        guard others > 0 else { return }
        canvas.write("  \(Format.plural(others, "more axis", "more axes")): a", row: row, .dim)
        row += 1
    }

    /// The axes that there is room for, the chosen one among them.
    private func shownAxes(_ view: GridProjection, rows: Int) -> Range<Int> {
        guard !view.isWrapped else { return 0..<1 }
        let room = min(rows > 24 ? 8 : 5, view.counts.count)
        let first = max(0, min(axis - room + 1, view.counts.count - room))
        return first..<first + room
    }

    private func countText(_ axis: Int, _ view: GridProjection) -> String {
        Format.short(view.isWrapped ? view.total : view.counts[axis])
    }

    private func partText(_ axis: Int, _ view: GridProjection) -> String {
        view.isWrapped ? "line" : partWord(view.parts[axis])
    }

    /// Name, length, strip and part of an axis.
    private func axisColumns(
        _ names: AxisNames,
        _ view: GridProjection,
        _ shown: Range<Int>,
        width: Int
    ) -> Columns {
        let longest = names.names.map { TextWidth.of($0) }.max() ?? 1
        // A count or a place is told whole: the strip gives way.
        let least = width >= 36 ? 6 : 4
        let count = max(least, shown.map { countText($0, view).count }.max() ?? 0)
        let part = max(least, shown.map { partText($0, view).count }.max() ?? 0)
        let rest = width - count - part - 3
        let name = max(6, min(1 + max(5, min(width / 3, longest)), rest - 4))
        let strip = min(AxisStrips.length + 2, max(4, rest - name))
        return Columns(
            [
                .init(.share(1, minimum: name), cut: .middle),
                .init(.fixed(count), align: .trailing), .init(.fixed(strip)),
                .init(.fixed(part), align: .trailing),
            ],
            width: width
        )
    }

    /// The axis that a place of the pane names, and the coordinate where it lies on the axis' strip.
    func listedAxis(at point: Point, _ context: Context) -> (axis: Int, place: Int?)? {
        guard let view, layout.panel.contains(point) else { return nil }
        let shown = shownAxes(view, rows: layout.panel.rows)
        let axis = shown.lowerBound + point.row - layout.panel.row - 1
        guard shown.contains(axis) else { return nil }
        let strip = axisColumns(names(context), view, shown, width: layout.panel.columns).places[2]
        guard !view.isWrapped, let strips = drawn.strips, strips.counts.indices.contains(axis)
        else { return (axis, nil) }
        let length = min(strip.count - 2, strips.counts[axis].count)
        let at = point.column - layout.panel.column - strip.lowerBound - 1
        guard at >= 0, at < length else { return (axis, nil) }
        // The first place that the cell stands for.
        let (share, overflow) = at.multipliedReportingOverflow(by: view.counts[axis])
        return (axis, overflow ? nil : (share + length - 1) / length)
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
        let texts = [(isChosen ? "▸" : " ") + name, countText(axis, view), "", ""]
        canvas.write(texts, in: columns, row: row, Style(role))
        let place = columns.places[2]
        canvas.region(Rect(row: row, column: place.lowerBound, rows: 1, columns: place.count)) {
            drawStrip(on: &$0, axis, view)
        }
        canvas.write(
            partText(axis, view),
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
        guard let strips = drawn.strips, strips.counts.indices.contains(axis),
            canvas.size.columns > 2
        else {
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
        let heading = shard != nil ? "Inside" : unit(context) == "shard" ? "Shards" : "Chunks"
        canvas.write(heading, row: row, .heading)
        // The legend names the measures that have colours.
        let by = measure.number == nil ? "  by " + measure.title : ""
        if heading.count + by.count + total.count + 2 <= width {
            canvas.write(by, row: row, column: heading.count, .dim)
        }
        canvas.write(" " + total, row: row, column: max(7, width - total.count - 1), .value)
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
            drawCount(
                on: &canvas,
                row,
                counted(state, census),
                census,
                columns,
                context
            )
            row += 1
        }
        if census.partialCount > 0 {
            drawCount(
                on: &canvas,
                row,
                .init(state: nil, word: AnomalyKind.partial.word, count: census.partialCount),
                census,
                columns,
                context
            )
            row += 1
        }
        drawOtherCounts(on: &canvas, &row, census, columns, context)
        if let listing = context.store?.listing {
            var facts = FactList(width: width, nameWidth: 8)
            facts.add("listed", listing.made + (width >= 32 ? " UTC" : ""))
            facts.add("of", listing.place, cut: .start)
            facts.draw(on: &canvas, row: row)
            row += facts.lines.count
        }
        guard let reason = context.arrayDetails(path)?.reasonNoValues else { return }
        let text = "▲ undecodable: \(reason)"
        let short = Format.clause(text, columns: width * 3) ?? text
        for line in Wrapping.lines([short], width: width).prefix(4) {
            canvas.write(line, row: row, .warning)
            row += 1
        }
    }

    /// How often a state is counted: where it is known which shards are whole, those that are not stand for
    /// themselves, so that all adds up.
    private func counted(_ state: ChunkState, _ census: Census) -> Counted {
        let count = census.count(state)
        guard state == .present, census.inside != nil, census.partialCount > 0 else {
            return Counted(state: state, word: StateLook.word(state), count: count)
        }
        return Counted(state: state, word: "whole", count: max(0, count - census.partialCount))
    }

    /// What is counted; `state` is `nil` for shards that are not whole.
    private struct Counted {
        var state: ChunkState?
        var word: String
        var count: Int
    }

    private func drawCount(
        on canvas: inout Canvas,
        _ row: Int,
        _ counted: Counted,
        _ census: Census,
        _ columns: Columns,
        _ context: Context
    ) {
        let isWide = canvas.size.columns >= 36
        let full = Format.count(counted.count)
        let shown = isWide || full.count <= 9 ? full : Format.short(counted.count)
        let share = Format.percent(counted.count, of: census.total)
        let style = Style(counted.count == 0 ? .dim : .text)
        let room = columns.places[1].count
        let word = counted.word.count <= room ? counted.word : Self.firstWord(counted.word)
        canvas.write(["", word, shown, share], in: columns, row: row, style)
        let own = counted.state.map { AnomalyKind.state($0) } ?? .partial
        let place = Point(row: row, column: 0)
        drawSign(own, on: &canvas, place, isQuiet: counted.count == 0, context)
        guard own == kind else { return }
        let end = columns.places[1].lowerBound + word.count
        canvas.write(canvas.isUnicode ? "◀ n" : "<-n", row: row, column: end + 1, .accent)
    }

    /// `expected` of `expected-empty`.
    private static func firstWord(_ word: String) -> String {
        String(word.prefix { $0 != "-" })
    }

    /// What is counted besides states: late answers, bytes, marks.
    private func drawOtherCounts(
        on canvas: inout Canvas,
        _ row: inout Int,
        _ census: Census,
        _ columns: Columns,
        _ context: Context
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
        if let tally = census.inside, tally.total > 0 {
            let total = context.arrayDetails(path)?.innerChunkCount ?? tally.total
            let text = "\(Format.short(tally.present)) of \(Format.short(total))"
            canvas.write("   inside", row: row, .label)
            canvas.write(text, row: row, column: max(10, width - text.count), .value)
            row += 1
        }
        if census.soundCount > 0 {
            let texts = ["", "verified", Format.count(census.soundCount), ""]
            canvas.write(texts, in: columns, row: row, Style(.text))
            canvas.write("✔", row: row, column: 1, .good)
            row += 1
        }
        if census.markedCount > 0 {
            let bytes = Format.bytes(census.markedBytes)
            let isWide = width >= 36
            let texts = ["", "marked", Format.count(census.markedCount), isWide ? bytes : ""]
            canvas.write(texts, in: columns, row: row, Style(.accent))
            canvas.write("**", row: row, TilePainter.markedStyle)
            row += 1
            if !isWide {
                canvas.write(bytes, row: row, column: max(10, width - bytes.count), .accent)
                row += 1
            }
        }
        if census.droppedCount > 0 {
            canvas.write("more were found than can be kept", row: row, .notice)
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
        guard let facts = drawn.facts else { return }
        let width = canvas.size.columns
        canvas.write("Cursor", row: row, .heading)
        let index = "[\(facts.chunk)]"
        var list = FactList(width: width, nameWidth: 7)
        if !showsPlace(facts), index.count + 8 <= width {
            canvas.write(index, row: row, column: width - index.count, .value)
        } else if !showsPlace(facts) {
            list.addText("index", facts.chunk.coordinates.map(String.init).joined(separator: ", "))
        }
        row += 1
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
        let tile = tileCell(at: place).flatMap { $0.count > 1 ? $0 : nil }
        if let tile { list.add("tile", Format.plural(tile.count, unit(context))) }
        if showsPlace(facts) {
            let isCalm = tile?.anomalies == 0
            let parts =
                isCalm ? tileRanges(names(context)) : names(context).parts(facts.chunk.coordinates)
            list.addParts("place", parts, gap: 2)
        }
        if let tile { listTile(&list, tile, context) }
        let sign: String
        if let index = focusIndex, case .partial? = AnomalyKind(census.bits(index)) {
            list.add("state", "\(StateLook.partialGlyph) present, not whole", .notice)
        } else {
            let glyph = StateLook.mapGlyph(
                facts.state,
                isUnicode: context.configuration.traits.isUnicode,
                isColor: context.isColor
            )
            let isSound = focusIndex.map { census.bits($0) & Census.soundBit != 0 } ?? false
            sign = "\(glyph) \(StateLook.word(facts.state))" + (isSound ? ", verified" : "")
            list.add("state", sign + (facts.isSlow ? ", slow" : ""), StateLook.role(facts.state))
        }
        if let key = key(context) { list.addText("key", visible(key)) }
        if let range = focusIndex.flatMap({ inner?.bytes(of: $0) }) {
            list.add("at", "byte \(Format.count(range.lowerBound))")
        }
        if facts.state == .missing, let details = context.arrayDetails(path) {
            list.add("reads", "as fill \(details.fillValue)")
        }
        if let size = facts.size {
            let ratio = units(context).chunkBytes.map { Double($0) / Double(size) }
            let text = size == 0 ? "" : ratio.map { "  \(Format.figures($0))×" } ?? ""
            list.add("size", Format.bytes(size) + text)
        } else if let near = facts.neighbourSize {
            list.add("size", "–  (near \(Format.bytes(near)))", .dim)
        }
        listValues(&list, census)
        if facts.neighbours > 0 {
            list.add("near", "\(facts.neighboursPresent) of \(facts.neighbours) present")
            if let remark = facts.remark { list.add("", "→ " + remark, .notice) }
        }
    }

    /// Whether the place is told axis by axis: the chunk's, or the ranges of a tile in which nothing
    /// stands out.
    private func showsPlace(_ facts: CursorFacts) -> Bool {
        facts.chunk.coordinates.count > 1 && layout.panel.columns >= 36
    }

    /// What stands out in the tile under the cursor.
    private func listTile(_ list: inout FactList, _ cell: MapFold.Cell, _ context: Context) {
        let bad = cell.anomalies
        let word =
            bad == 0 ? "nothing found" : Format.plural(bad, "finding")
        // Also where there is none: lines that stay where they are cost nothing to send.
        if bad == 0, cell.partial > 0 {
            list.add("", "\(Format.count(cell.partial)) not whole", .notice)
        } else {
            list.add("", word, bad > 0 ? .warning : .dim)
        }
        guard measure.number != nil, let number = cell.number(measure, units(context)) else {
            return
        }
        list.add("", "\(measure.title) \(measure.text(number))")
    }

    /// When the chunk was changed, and what its values have in common.
    private func listValues(_ list: inout FactList, _ census: Census) {
        guard let index = focusIndex else { return }
        if let time = census.time(index), let now = census.takenAt, census.state(index) != .missing
        {
            list.add("age", Format.age(seconds: now - time))
        }
        guard let found = census.figures(index) else { return }
        if found.isConstant {
            let value = found.nanShare == 1 ? "NaN" : Format.value(Double(found.minimum))
            list.add("values", "all \(value)", .notice)
            return
        }
        list.add("mean", Format.value(Double(found.mean)))
        let range = "\(Format.value(Double(found.minimum))) … "
        list.add("values", range + Format.value(Double(found.maximum)))
        if found.nanShare > 0 {
            list.add("NaN", Format.share(Double(found.nanShare)), .notice)
        }
    }
}
