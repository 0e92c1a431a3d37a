import Canvas
import Raster
import ZarrModel

extension SlicePane {
    /// Asks for what is in view and for the element under the cursor, unless they are there or on
    /// their way.
    mutating func load(_ context: inout Context) -> [Effect] {
        loadPlane(&context) + askElement(&context)
    }

    /// Asks for the values in view, unless they are there or on their way.
    private mutating func loadPlane(_ context: inout Context) -> [Effect] {
        guard isBegun, let details = context.arrayDetails(path), !details.shape.contains(0) else {
            return []
        }
        layout = layout(context.size, details)
        let plane = wanted(details, context)
        if let request {
            if request.plane == plane { return [] }
        } else if values?.request == plane, !isPartial {
            return []
        }
        var effects = cancel(&context)
        if waitsForLevels(plane, details, context) { return effects }
        tell(leftLevel(before: plane.level, context), &context)
        if let known = kept.first(where: { $0.request == plane }) {
            take(known, isPartial: false)
            return effects + wake(&context)
        }
        if let (number, _) = ahead.first(where: { $0.value == plane }) {
            // It is on its way already.
            ahead[number] = nil
            request = (number, plane)
            return effects
        }
        let effect = context.request(.readPlane(plane))
        request = (effect.number, plane)
        effects.append(effect)
        // What is not read is still looked at: by listing.
        if plane.isBlind, context.array?.path != path { effects += context.look(at: path) }
        return effects
    }

    /// Stops what is on its way.
    mutating func cancel(_ context: inout Context) -> [Effect] {
        guard let old = request else { return [] }
        request = nil
        context.finish(old.number)
        return [context.request(.cancel(old.number))]
    }

    private mutating func wanted(_ details: ArrayDetails, _ context: Context) -> PlaneRequest {
        let (rows, columns) = runs(details, context)
        let isPlot = mode == .plot
        let shown = isPlot ? [plotAxis] : [rowAxis, columnAxis]
        var request = PlaneRequest(
            path: path,
            rowAxis: isPlot ? nil : rowAxis,
            columnAxis: isPlot ? plotAxis : columnAxis,
            fixed: indexes.indices.map { shown.contains($0) ? 0 : indexes[$0] },
            rows: rows,
            columns: columns,
            form: mode == .table ? .texts : .numbers
        )
        request.isDecoded = isDecoded && !details.decoding.isEmpty
        request.level = wantedLevel(details, context)
        request.focus = PlaneRequest.Focus(
            row: isPlot ? 0 : cursor.row,
            column: isPlot ? plotAxis.map { indexes[$0] } ?? 0 : cursor.column
        )
        return request
    }

    /// The rows and columns in view, moved so that the cursor is among them.
    private mutating func runs(
        _ details: ArrayDetails,
        _ context: Context
    ) -> (PlaneRequest.Run, PlaneRequest.Run) {
        let one = PlaneRequest.Run(start: 0, count: 1)
        switch mode {
        case .image, .histogram:
            let room = room(details, context)
            window.reveal(row: cursor.row, column: cursor.column, room)
            let stride = window.stride(room)
            return (
                rowAxis == nil
                    ? one
                    : window.run(
                        from: window.row,
                        count: room.rows,
                        pixels: room.pixelRows,
                        stride: stride
                    ),
                window.run(
                    from: window.column,
                    count: room.columns,
                    pixels: room.pixelColumns,
                    stride: stride
                )
            )
        case .plot:
            let room = plotRoom(details)
            plotWindow.reveal(row: 0, column: plotAxis.map { indexes[$0] } ?? 0, room)
            let columns = plotWindow.run(
                from: plotWindow.column,
                count: room.columns,
                pixels: room.pixelColumns,
                stride: plotWindow.stride(room)
            )
            return (one, columns)
        case .table: return tableRuns(details)
        }
    }

    private mutating func tableRuns(
        _ details: ArrayDetails
    ) -> (PlaneRequest.Run, PlaneRequest.Run) {
        let whole = extents(details)
        let lines = max(1, layout.body.rows)
        guard rowAxis != nil else {
            let line = lineLength
            let first = tableStart(cursor.column / line, from: window.column / line, shown: lines)
            window.column = first * line
            let left = max(1, whole.columns - window.column)
            return (
                PlaneRequest.Run(start: 0, count: 1),
                PlaneRequest.Run(start: window.column, count: min(line * lines, left))
            )
        }
        window.row = tableStart(cursor.row, from: window.row, shown: lines)
        window.column = tableStart(cursor.column, from: window.column, shown: tableColumns)
        return (
            Self.run(from: window.row, count: whole.rows, shown: lines),
            Self.run(from: window.column, count: whole.columns, shown: tableColumns)
        )
    }

    private func tableStart(_ wanted: Int, from start: Int, shown: Int) -> Int {
        wanted < start ? wanted : wanted - start >= shown ? wanted - shown + 1 : start
    }

    private static func run(from start: Int, count: Int, shown: Int) -> PlaneRequest.Run {
        PlaneRequest.Run(start: start, count: max(1, min(shown, count - start)))
    }

    // MARK: Widths

    /// The widest value that the table makes room for.
    private static let widest = 28

    /// Columns of a value before any was seen.
    static func startWidth(_ details: ArrayDetails) -> Int {
        guard let bytes = details.elementBytes, details.isNumeric else { return 14 }
        let type = details.dataType
        if type.hasPrefix("complex") { return 24 }
        if type.hasPrefix("float") || type.hasPrefix("bfloat") { return 12 }
        return bytes == 1 ? 7 : bytes == 2 ? 8 : bytes == 4 ? 12 : 14
    }

    /// Makes room for texts that are wider; answers whether that changes what is in view.
    private mutating func widen(for found: PlaneValues) -> Bool {
        guard found.request.form == .texts else { return false }
        let wanted = found.texts.reduce(0) { max($0, min(Self.widest, shown($1).count)) } + 3
        guard wanted > cellWidth else { return false }
        cellWidth = wanted
        return true
    }

    /// A value as the table shows it: numbers that are too long with six figures.
    func shown(_ text: String) -> String {
        guard text.utf8.count > 11, text.utf8.contains(UInt8(ascii: ".")),
            let number = Double(text)
        else { return text }
        return Format.value(number)
    }

    // MARK: Reading ahead

    /// Frames that are read at a time before their turn: storage that is far away answers several
    /// questions in the time of one.
    private static let depth = 4

    /// Asks for the next frames of a run, those that are not there or on their way.
    private mutating func readAhead(_ context: inout Context) -> [Effect] {
        guard player.isPlaying, let details = context.arrayDetails(path),
            let axis = playedAxis(details)
        else { return [] }
        var effects: [Effect] = []
        var frame = self
        for _ in 0..<Self.depth {
            frame.indexes[axis] = frame.next(axis, details)
            let plane = frame.wanted(details, context)
            let isKnown =
                ahead.values.contains(plane) || request?.plane == plane
                || kept.contains { $0.request == plane }
            guard !isKnown, ahead.count < Self.depth else { continue }
            let effect = context.request(.readAhead(plane))
            ahead[effect.number] = plane
            effects.append(effect)
        }
        return effects
    }

    /// Takes a frame that was read before its turn; answers whether it is one.
    private mutating func takeAhead(_ event: Event) -> Bool {
        guard ahead[event.number] != nil else { return false }
        // What is no use is read again when it is its turn, and its level left out then.
        if case .plane(let found) = event.news, !found.isOfBrokenLevel { keep(found) }
        if event.news.isFinal { ahead[event.number] = nil }
        return true
    }

    /// Remembers what was read, so that going back or on to it costs nothing.
    private mutating func keep(_ found: PlaneValues) {
        let most = player.isPlaying ? 2 * Self.depth : 4
        kept = Array(([found] + kept.filter { $0.request != found.request }).prefix(most))
    }

    /// The index that follows on a dimension; after the last comes the first.
    private func next(_ axis: Int, _ details: ArrayDetails) -> Int {
        let next = indexes[axis].addedOrMost(stride)
        return next < details.shape[axis] ? next : 0
    }

    // MARK: Events

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        switch event.news {
        case .described(let details) where details.path == path && !isBegun:
            return begin(&context)
        case .coordinates(let source, let found) where source == path:
            for axis in found { coordinates[axis.axis] = axis }
            return []
        case .ticked where event.number == player.tick:
            return turn(&context)
        default: break
        }
        if event.number == awaitedLevels, event.news.isFinal { return beginLevels(&context) }
        if element.receive(event) { return askElement(&context) }
        if takeAhead(event) { return readAhead(&context) }
        guard let current = request, event.number == current.number else { return [] }
        switch event.news {
        case .plane(let found) where found.isOfBrokenLevel:
            request = nil
            leave(found.request, found.problems.first ?? "a chunk of it cannot be read")
            tell(leftLevels.last, &context)
            return load(&context)
        case .failed(let failure) where current.plane.level != nil:
            request = nil
            leave(current.plane, failure.message)
            tell(leftLevels.last, &context)
            return load(&context)
        case .planePart(let found):
            take(found, isPartial: true)
        case .plane(let found):
            request = nil
            take(found, isPartial: false)
            keep(found)
            if let first = found.problems.first { context.say("✖ \(first)", .error) }
            let isWider = widen(for: found)
            let effects = isWider ? load(&context) : askElement(&context)
            return effects + wake(&context)
        case .failed(let failure):
            request = nil
            problem = failure
            context.say(failure.message, .error)
            return pause(&context)
        default:
            guard event.news.isFinal else { return [] }
            request = nil
            return pause(&context)
        }
        return []
    }

    private mutating func take(_ found: PlaneValues, isPartial: Bool) {
        values = found
        self.isPartial = isPartial
        problem = nil
        generation += 1
    }

    // MARK: Playing

    /// Begins or ends to run along a dimension, or changes how fast.
    mutating func play(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .slower: player.change(by: -1)
        case .faster: player.change(by: 1)
        default:
            if player.isPlaying {
                context.say("Paused")
                return pause(&context)
            }
            player.isPlaying = true
        }
        guard let axis = playedAxis(context.arrayDetails(path)) else { return [] }
        self.axis = axis
        let names = AxisNames(context.arrayDetails(path), rank: indexes.count)
        context.say("\(names[axis]): \(player.word), when they can be read that fast")
        return wake(&context)
    }

    /// Ends the run.
    mutating func pause(_ context: inout Context) -> [Effect] {
        player.isPlaying = false
        let running = ahead.keys.sorted() + [player.tick].compactMap(\.self)
        ahead = [:]
        player.tick = nil
        return running.map { number in
            context.finish(number)
            return context.request(.cancel(number))
        }
    }

    /// Asks to be woken for the next frame, once this one is there.
    mutating func wake(_ context: inout Context) -> [Effect] {
        guard player.isPlaying, player.tick == nil, request == nil else { return [] }
        let effects = readAhead(&context)
        let effect = context.request(.tick(after: player.pause))
        player.tick = effect.number
        return effects + [effect]
    }

    /// Shows the next frame; after the last comes the first.
    private mutating func turn(_ context: inout Context) -> [Effect] {
        player.tick = nil
        guard player.isPlaying, let details = context.arrayDetails(path),
            let axis = playedAxis(details)
        else { return [] }
        indexes[axis] = next(axis, details)
        return load(&context)
    }
}
