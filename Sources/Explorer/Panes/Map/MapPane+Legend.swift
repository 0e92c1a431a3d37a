import Canvas
import ZarrModel

extension MapPane {
    /// One line under the map: what the colours and signs stand for, and which axes run.
    func drawLegend(
        on canvas: inout Canvas,
        _ census: Census,
        _ view: GridProjection,
        _ context: Context
    ) {
        var end = 1
        if layout.panel.isEmpty, census.markedCount > 0 {
            let bytes = Format.bytes(census.markedBytes)
            let text = "\(Format.short(census.markedCount)) marked, \(bytes)  "
            end = canvas.write(text, row: 0, column: end, .marked)
        }
        if measure.number != nil {
            end = drawBar(on: &canvas, from: end, hasFigures: census.figureCount > 0, context)
        }
        end = drawStates(on: &canvas, census, from: end, context)
        // On a narrow screen the signs come first.
        let name = ramp(context).name + "  "
        if measure.number != nil, drawn.scale != nil, canvas.size.columns < 72,
            end + name.count <= canvas.size.columns
        {
            end = canvas.write(name, row: 0, column: end, .dim)
        }
        let room = canvas.size.columns - end - 2
        guard let axes = view.axesText(names(context), columns: room) else { return }
        let start = canvas.size.columns - TextWidth.of(axes) - 1
        canvas.write(axes, row: 0, column: start, .label)
    }

    /// The colours of numbers, with the least and the greatest.
    private func drawBar(
        on canvas: inout Canvas,
        from start: Int,
        hasFigures: Bool,
        _ context: Context
    ) -> Int {
        var column = canvas.write(measure.title + " ", row: 0, column: start, .label)
        guard let scale = drawn.scale else {
            let text =
                !measure.needsValues || hasFigures ? "none known  " : "not read yet, V reads  "
            return canvas.write(text, row: 0, column: column, .dim)
        }
        let low = measure.text(scale.range.lowerBound)
        let high = measure.text(scale.range.upperBound)
        guard low != high else {
            return canvas.write("all \(low)  ", row: 0, column: column, .value)
        }
        column = canvas.write(low + " ", row: 0, column: column, .value)
        let tints = ramp(context).tints(context)
        let signs = TilePainter.signs(isUnicode: canvas.isUnicode)
        for step in 0..<8 {
            let share = (Double(step) + 0.5) / 8
            if context.isColor, canvas.isUnicode {
                let style = Style(foreground: Ramp.tint(share, of: tints))
                canvas.write("█", row: 0, column: column, style)
            } else {
                let sign = signs[min(signs.count - 1, Int(share * Double(signs.count)))]
                canvas.write(String(sign), row: 0, column: column, .text)
            }
            column += 1
        }
        column = canvas.write(" " + high + " ", row: 0, column: column, .value)
        let words = scale.isLogarithmic ? "log " : "linear "
        let isLong = canvas.size.columns >= 72
        let text = isLong ? words + ramp(context).name + "  " : words + " "
        return canvas.write(text, row: 0, column: column, .dim)
    }

    /// What stands for the states, those first that a person should look at.
    private func drawStates(
        on canvas: inout Canvas,
        _ census: Census,
        from start: Int,
        _ context: Context
    ) -> Int {
        var column = start
        var kinds = AnomalyKind.all.filter { census.count($0) > 0 }
        if measure.number == nil {
            let others: [ChunkState] = [.present, .unknown]
            for kind in others.map({ AnomalyKind.state($0) }) where !kinds.contains(kind) {
                if kind == .state(.present) || census.count(kind) > 0 { kinds.append(kind) }
            }
        }
        let example = Self.example(kinds, columns: canvas.size.columns - column)
        for kind in kinds {
            let isExample = example != nil && kind == kinds.first
            let text = example.flatMap { isExample ? $0 : nil } ?? " \(kind.word)  "
            guard column + 1 + text.count <= canvas.size.columns else { continue }
            let count: Character = isExample ? "1" : " "
            let place = Point(row: 0, column: column)
            drawSign(kind, on: &canvas, place, isQuiet: false, context, count: count)
            column = canvas.write(text, row: 0, column: column + 2, .dim)
        }
        let more = "+ more than fit  "
        if hasHiddenCounts, column + more.count <= canvas.size.columns {
            column = canvas.write(more, row: 0, column: column, .dim)
        }
        if measure == .state, column + 12 <= canvas.size.columns {
            let sign = String(repeating: TilePainter.soundSign(canvas), count: 2)
            let style = Style(foreground: context.isColor ? TilePainter.soundTint : nil)
            column = canvas.write(sign, row: 0, column: column, style)
            column = canvas.write(" verified  ", row: 0, column: column, .dim)
        }
        return column
    }

    /// What the worst sign and the count before it say, as long as there is room: `: 1 missing in a tile`;
    /// `nil` where not all signs would have their words then.
    private static func example(_ kinds: [AnomalyKind], columns: Int) -> String? {
        guard let first = kinds.first, first.isFound else { return nil }
        let others = kinds.dropFirst().filter(\.isFound).reduce(0) { $0 + $1.word.count + 5 }
        return [": 1 \(first.word) in the tile  ", ": 1 \(first.word)  "]
            .first { $0.count + 2 + others <= columns }
    }

    /// The two columns that a tile of one kind looks like, with a count where there is one.
    func drawSign(
        _ kind: AnomalyKind,
        on canvas: inout Canvas,
        _ place: Point,
        isQuiet: Bool,
        _ context: Context,
        count: Character = " "
    ) {
        let text: String
        var style = Style(isQuiet ? .dim : kind.role)
        switch kind {
        case .state(.present):
            text = canvas.isUnicode ? (context.isColor ? "██" : "▒▒") : "##"
            style = Style(foreground: context.isColor ? TilePainter.presentTint : nil)
        case .state(let state) where !state.isAnomaly:
            text = "\(kind.glyph)\(kind.glyph)"
        default:
            text = "\(count)\(kind.glyph)"
            style.isReversed = !isQuiet
        }
        canvas.write(text, row: place.row, column: place.column, style)
    }
}
