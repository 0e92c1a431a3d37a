import Canvas
import ZarrModel

/// Marks: a tile, a box, a state, an expression.
extension MapPane {
    /// The rows and columns of chunks that the tile under the cursor holds.
    private var tileHere: (rows: Range<Int>, columns: Range<Int>)? {
        guard let view else { return nil }
        let here = place
        let down = camera.rowScale.tileChunks
        let across = camera.columnScale.tileChunks
        let row = here.row / down * down
        let column = here.column / across * across
        return (
            row..<min(row + down, view.rowCount), column..<min(column + across, view.columnCount)
        )
    }

    /// What the tile under the cursor holds along each axis, as texts.
    func tileRanges(_ names: AxisNames) -> [String] {
        guard let view, let tile = tileHere,
            let box = view.boxes(rows: tile.rows, columns: tile.columns).first,
            box.count == view.grid.count
        else { return [] }
        return box.indices.map { "\(names[$0]) \(Format.range(box[$0], of: view.grid[$0]))" }
    }

    /// What `Space` marks: the chunk that was gone to, or all that the tile under the cursor holds.
    private var boxesHere: [[Range<Int>]]? {
        guard let view, let tile = tileHere else { return nil }
        if isExact, let index = focusIndex {
            return [GridOrder.coordinates(index, in: view.grid).map { $0..<$0 + 1 }]
        }
        return view.boxes(rows: tile.rows, columns: tile.columns)
    }

    /// Whether the cursor is on one chunk of its tile, since that was gone to.
    private var isExact: Bool {
        exact == focus && anchor == nil
    }

    /// What `Space` would mark, for the row of hints.
    var markHint: String {
        if anchor != nil { return "mark box" }
        guard let view, let tile = tileHere else { return "mark" }
        let tiles = tile.rows.count.multipliedReportingOverflow(by: tile.columns.count)
        let all = tiles.partialValue.multipliedReportingOverflow(by: view.depth)
        guard !tiles.overflow, !all.overflow, all.partialValue > 1 else { return "mark" }
        return isExact ? "mark this" : "mark \(Format.short(all.partialValue))"
    }

    mutating func markHere(_ context: inout Context) {
        guard let boxes = boxesHere else { return }
        if anchor != nil {
            toggleBox(&context)
            return
        }
        guard canMark(boxes, &context) else { return }
        let census = census(context)
        let wasMarked = boxes.allSatisfy { census?.isMarked($0) ?? false }
        if !wasMarked, let census, ask(boxes, census, context) { return }
        mark(boxes, !wasMarked, &context)
    }

    /// Asks where readable chunks would be marked with others; answers whether it did.
    private mutating func ask(
        _ boxes: [[Range<Int>]],
        _ census: Census,
        _ context: Context
    ) -> Bool {
        question = MarkQuestion(boxes, census, unit: unit(context))
        return question != nil
    }

    private mutating func mark(
        _ boxes: [[Range<Int>]],
        _ isOn: Bool,
        _ context: inout Context
    ) {
        change(&context) { census in
            for box in boxes { census.mark(box, isOn) }
        }
        sayMarks(&context)
    }

    /// The rows and columns of a box from where it began to the cursor.
    var boxDrawn: (rows: Range<Int>, columns: Range<Int>)? {
        guard let anchor, let tile = tileHere, let view else { return nil }
        let down = camera.rowScale.tileChunks
        let across = camera.columnScale.tileChunks
        let row = anchor.row / down * down
        let column = anchor.column / across * across
        let rows = min(row, tile.rows.lowerBound)..<max(row + down, tile.rows.upperBound)
        let columns =
            min(column, tile.columns.lowerBound)..<max(column + across, tile.columns.upperBound)
        return (rows.clamped(to: 0..<view.rowCount), columns.clamped(to: 0..<view.columnCount))
    }

    mutating func toggleBox(_ context: inout Context) {
        guard let view else { return }
        guard let box = boxDrawn else {
            anchor = place
            context.say("Box: move to the other corner, then Enter or Space; Esc leaves it")
            return
        }
        anchor = nil
        let boxes = view.boxes(rows: box.rows, columns: box.columns)
        guard canMark(boxes, &context) else { return }
        if let census = census(context), ask(boxes, census, context) { return }
        mark(boxes, true, &context)
    }

    /// Whether so many chunks can be marked; says so where they cannot.
    private func canMark(_ boxes: [[Range<Int>]], _ context: inout Context) -> Bool {
        var count = 0
        for box in boxes {
            guard let volume = GridOrder.product(box.map(\.count)),
                volume <= Census.markLimit - count
            else {
                context.say("These are too many chunks to mark at once: zoom in", .warning)
                return false
            }
            count += volume
        }
        return true
    }

    /// Marks every chunk of the view that is in the state under the cursor.
    mutating func markState(_ context: inout Context) {
        guard let view, let census = census(context) else { return }
        let here = tileCell(at: place)
        let kind = here?.kind ?? focusIndex.flatMap { AnomalyKind(census.bits($0)) }
        let state = focusIndex.map { census.state($0) } ?? .missing
        let isWanted = { (bits: UInt8) in
            kind?.holds(bits) ?? (bits & Census.stateMask == state.rawValue)
        }
        if kind == nil, markAsked != state {
            // Chunks that can be read are not marked by one stray key.
            markAsked = state
            let word = StateLook.word(state)
            context.say("Press it again to mark every chunk in view that is \(word)", .warning)
            return
        }
        markAsked = nil
        let boxes = view.boxes(rows: 0..<view.rowCount, columns: 0..<view.columnCount)
        var isDone = true
        change(&context) { census in
            for box in boxes where !census.mark(box, where: isWanted) { isDone = false }
        }
        guard isDone else {
            context.say("These are too many chunks to mark at once: fix an axis first", .warning)
            return
        }
        sayMarks(&context)
        let word = kind?.word ?? StateLook.word(state)
        context.message?.text += "  (all in view that are \(word))"
    }

    func sayMarks(_ context: inout Context) {
        guard let census = census(context) else { return }
        let bytes = census.markedBytes > 0 ? ", \(Format.bytes(census.markedBytes))" : ""
        let count = Format.plural(census.markedCount, unit(context))
        context.say("\(count) marked\(bytes)\(context.clearing(census.markedCount))", .marked)
    }

    // MARK: Asking

    /// Reacts to a key while something is asked or typed.
    mutating func takeTyped(_ key: Key, _ context: inout Context) {
        if let asked = question {
            answer(asked, key, &context)
        } else if prompt != nil {
            type(key, &context)
        }
    }

    private mutating func answer(
        _ asked: MarkQuestion,
        _ key: Key,
        _ context: inout Context
    ) {
        var asked = asked
        switch asked.take(key) {
        case .asking: question = asked
        case .left: question = nil
        case .mark(let isAll):
            question = nil
            guard !isAll else {
                mark(asked.boxes, true, &context)
                return
            }
            change(&context) { census in
                for box in asked.boxes { _ = census.mark(box, where: MarkQuestion.isBroken) }
            }
            sayMarks(&context)
        }
    }

    mutating func beginSelect() {
        prompt = SelectPrompt(lastExpression)
        anchor = nil
    }

    private mutating func type(_ key: Key, _ context: inout Context) {
        switch key {
        case .escape: prompt = nil
        case .enter: select(&context)
        default: prompt?.take(key)
        }
    }

    /// Marks the chunks of which the expression holds.
    private mutating func select(_ context: inout Context) {
        guard var prompt else { return }
        guard !prompt.field.string.isEmpty else {
            self.prompt = nil
            return
        }
        let expression = prompt.expression(axes: names(context).names)
        self.prompt = prompt
        guard let expression, let census = census(context) else { return }
        if let reason = reasonUnknown(expression, census) {
            self.prompt?.fail(reason)
            return
        }
        guard let chunks = expression.chunks(census, units(context)) else {
            self.prompt?.fail("these are too many chunks: name a range of an axis")
            return
        }
        lastExpression = prompt.field.string
        self.prompt = nil
        guard !chunks.isEmpty else {
            context.say("No chunk is so: \(lastExpression)", .notice)
            return
        }
        change(&context) { census in
            for chunk in chunks { census.mark(chunk, true) }
        }
        sayMarks(&context)
        context.message?.text += "  (\(Format.count(chunks.count)) now: \(lastExpression))"
    }

    /// Why nothing can be said of an expression yet; `nil` where something can.
    private func reasonUnknown(_ expression: ChunkExpression, _ census: Census) -> String? {
        guard expression.needsValues, census.figureCount == 0 else { return nil }
        return "no values are known yet: show the mean (m), and V reads them"
    }
}
