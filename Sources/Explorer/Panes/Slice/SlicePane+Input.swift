import Canvas
import Raster
import ZarrModel

extension SlicePane {
    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        switch input {
        case .shown: begin(&context)
        case .resized: load(&context)
        case .key(let key): take(typed: key, &context)
        case .command(let command): handle(command, &context)
        case .mouse(let action, let point): click(action, point, &context)
        }
    }

    /// Chooses axes, once the array is described, and asks for values.
    mutating func begin(_ context: inout Context) -> [Effect] {
        guard let details = context.arrayDetails(path) else { return context.look(at: path) }
        guard !isBegun else { return load(&context) }
        isBegun = true
        let rank = details.shape.count
        indexes = (0..<rank).map { axis in
            let wanted = axis < indexes.count ? indexes[axis] : 0
            return max(0, min(wanted, details.shape[axis] - 1))
        }
        columnAxis = rank > 0 ? rank - 1 : nil
        rowAxis = rank > 1 ? rank - 2 : nil
        plotAxis = columnAxis
        axis = rank > 2 ? rank - 3 : max(0, rank - 1)
        cellWidth = Self.startWidth(details)
        mode =
            !details.isNumeric || details.isTime || rank == 0 ? .table : rank == 1 ? .plot : .image
        fit(details, context)
        for axis in 0..<rank { coordinates[axis] = context.coordinates(of: path, axis: axis) }
        let levels = learnLevels(&context)
        return levels + load(&context) + context.learnCoordinates(of: path)
    }

    mutating func fit(_ details: ArrayDetails, _ context: Context) {
        layout = layout(context.size, details)
        window.fit(room(details, context))
        isFitted = true
        plotWindow.fit(plotRoom(details))
    }

    private mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .back, .close:
            context.navigation = .pop
            return cancel(&context) + pause(&context)
        case .copy, .copyPath: return copy(command, &context)
        case .open, .map: return go(command, &context)
        case .goTo: prompt = SlicePrompt(kind: .goTo)
        case .change: prompt = SlicePrompt(kind: .range)
        case .stepSize: prompt = SlicePrompt(kind: .stride)
        case .play, .slower, .faster: return play(command, &context)
        case .colors: chosenRamp = ramp(context).next
        case .borders: hasBorders.toggle()
        case .decode: decode(&context)
        case .fullResolution: toggleResolution(&context)
        case .range: changeRange(&context)
        case .pixel:
            let all = Reduction.Choice.allCases
            pixel = all[((all.firstIndex(of: pixel) ?? 0) + 1) % all.count]
            context.say("A pixel of several elements shows the \(pixelWord)")
        default:
            guard let details = context.arrayDetails(path), isBegun else { return [] }
            change(command, details, context)
        }
        return load(&context)
    }

    /// Shows numbers as stored, or as what they mean.
    private mutating func decode(_ context: inout Context) {
        isDecoded.toggle()
        let words = context.arrayDetails(path)?.decoding ?? ""
        context.say(isDecoded ? "Decoded: stored \(words)" : "As stored")
    }

    /// What a pixel of several elements shows.
    var pixelWord: String {
        switch pixel {
        case .extreme: "value farthest from the mean"
        case .mean: "mean"
        case .minimum: "minimum"
        case .maximum: "maximum"
        }
    }

    private mutating func changeRange(_ context: inout Context) {
        guard mode == .image else {
            hasLogarithmicCounts.toggle()
            return
        }
        range = range.next(held: picture.map { ($0.normalization.lower, $0.normalization.upper) })
        if case .held = range.bounds { context.say("The range is held as it is while you move") }
    }

    private mutating func change(_ command: Command, _ details: ArrayDetails, _ context: Context) {
        switch command {
        case .image, .table, .plot, .histogram:
            mode = Mode.allCases.first { $0.command == command } ?? mode
            layout = layout(context.size, details)
        case .nextPart, .previousPart:
            mode = details.isNumeric ? nextMode : .table
            layout = layout(context.size, details)
        case .refresh:
            values = nil
            kept = []
            element.forget()
            leftLevels = []
            toldLevels = []
        case .zoomIn, .zoomOut: zoom(in: command == .zoomIn, details, context)
        case .fit: fit(details, context)
        case .nextAxis: axis = details.shape.isEmpty ? 0 : (axis + 1) % details.shape.count
        case .stepBack: step(axis, by: -stride, details)
        case .stepOn: step(axis, by: stride, details)
        case .transpose: transpose(details, context)
        case .rowAxis, .columnAxis:
            if mode == .plot, command == .columnAxis {
                plotAxis = details.shape.isEmpty ? nil : axis
            } else {
                run(axis, down: command == .rowAxis, details)
            }
            fit(details, context)
        default: move(command, details, context)
        }
    }

    private mutating func zoom(in isIn: Bool, _ details: ArrayDetails, _ context: Context) {
        if mode == .plot {
            let room = plotRoom(details)
            plotWindow.zoom(in: isIn, room)
            let shown = room.pixelColumns.multipliedOrMost(by: plotWindow.step)
            let here = plotAxis.map { indexes[$0] } ?? 0
            plotWindow.column = max(0, here - shown / plotWindow.magnification / 2)
            return
        }
        let room = room(details, context)
        window.zoom(in: isIn, room)
        isFitted = false
        let down = room.pixelRows.multipliedOrMost(by: window.step) / window.magnification
        let across = room.pixelColumns.multipliedOrMost(by: window.step) / window.magnification
        window.row = max(0, cursor.row - down / 2)
        window.column = max(0, cursor.column - across / 2)
    }

    private mutating func transpose(_ details: ArrayDetails, _ context: Context) {
        if mode == .plot {
            plotAxis = plotAxis == columnAxis ? rowAxis ?? columnAxis : columnAxis
        } else if details.shape.count > 1 {
            swap(&rowAxis, &columnAxis)
        }
        fit(details, context)
    }

    /// Lets a dimension run; the one that did is fixed, or takes its place.
    private mutating func run(_ axis: Int, down: Bool, _ details: ArrayDetails) {
        guard details.shape.count > 1, details.shape.indices.contains(axis) else { return }
        let former = down ? rowAxis : columnAxis
        guard former != axis else { return }
        if down {
            if columnAxis == axis { columnAxis = former }
            rowAxis = axis
        } else {
            if rowAxis == axis { rowAxis = former }
            columnAxis = axis
        }
    }

    // MARK: Moving

    /// Moves along a dimension, at most to its ends.
    mutating func step(_ axis: Int, by amount: Int, _ details: ArrayDetails) {
        guard details.shape.indices.contains(axis) else { return }
        let moved = indexes[axis].addedOrMost(amount)
        indexes[axis] = max(0, min(moved, details.shape[axis] - 1))
    }

    mutating func move(_ command: Command, _ details: ArrayDetails, _ context: Context) {
        let isTable = mode == .table
        let room = room(details, context)
        let stride = isTable ? 1 : mode == .plot ? 1 : window.step
        let page =
            isTable || mode == .plot
            ? layout.body.rows : max(1, room.pixelRows / window.magnification) * stride
        let half = max(1, page / 2 / stride) * stride
        let along = mode == .plot ? plotWindow.step : stride
        switch command {
        case .up: moveRows(-stride, details)
        case .down: moveRows(stride, details)
        case .pageUp: moveRows(-page, details)
        case .pageDown: moveRows(page, details)
        case .halfUp: moveRows(-half, details)
        case .halfDown: moveRows(half, details)
        case .left: moveColumns(-along, details)
        case .right: moveColumns(along, details)
        case .lineStart: moveColumns(-.max, details)
        case .lineEnd: moveColumns(.max, details)
        case .top: moveRows(-.max, details)
        case .bottom: moveRows(.max, details)
        default: break
        }
    }

    private mutating func moveRows(_ amount: Int, _ details: ArrayDetails) {
        if mode == .plot {
            // Up and down go to the next line: of the rows, or of the columns where rows are plotted.
            guard let other = plotAxis == rowAxis ? columnAxis : rowAxis, other != plotAxis else {
                return
            }
            step(other, by: amount, details)
        } else if let rowAxis {
            step(rowAxis, by: amount, details)
        } else if mode == .table {
            let (jump, overflow) = amount.multipliedReportingOverflow(by: lineLength)
            moveColumns(overflow ? (amount < 0 ? -.max : .max) : jump, details)
        }
    }

    private mutating func moveColumns(_ amount: Int, _ details: ArrayDetails) {
        guard let along = mode == .plot ? plotAxis : columnAxis else { return }
        step(along, by: amount, details)
    }

    // MARK: Elsewhere

    private mutating func copy(_ command: Command, _ context: inout Context) -> [Effect] {
        let text = command == .copy ? cursorText ?? elementText(context) : rowText
        guard let text else {
            context.say(whyNotCopied, .notice)
            return []
        }
        context.say(command == .copy ? "Copied \(text)" : "Copied the row in view")
        return [context.request(.copy(text))]
    }

    private var whyNotCopied: String {
        if let shownLevel {
            return "Level \(shownLevel.number) is shown: zoom in, or copy from the table"
        }
        return values?.request.isReduced ?? false
            ? "A pixel holds several elements here: zoom in, or copy from the table"
            : "Nothing was read there yet"
    }

    private mutating func go(_ command: Command, _ context: inout Context) -> [Effect] {
        guard let details = context.arrayDetails(path), isBegun else { return [] }
        let chunk = details.chunk(holding: indexes).index
        var effects = pause(&context)
        if command == .open {
            effects += context.look(at: path)
            context.navigation = .push(ChunkPane(path: path, chunk: chunk))
        } else {
            context.pointer = chunk
            context.navigation = isFromMap ? .pop : .push(MapPane(path: path))
            if isFromMap { effects += cancel(&context) }
        }
        return effects
    }

    // MARK: Typing

    private mutating func take(typed key: Key, _ context: inout Context) -> [Effect] {
        guard var prompt else { return [] }
        switch key {
        case .escape: self.prompt = nil
        case .enter:
            self.prompt = nil
            return apply(prompt, &context)
        default:
            _ = prompt.field.take(key)
            self.prompt = prompt
        }
        return []
    }

    private mutating func apply(_ typed: SlicePrompt, _ context: inout Context) -> [Effect] {
        guard let details = context.arrayDetails(path), isBegun else { return [] }
        let text = typed.field.string
        switch typed.kind {
        case .range:
            guard let found = ColorRange(typed: text) else {
                return keep(typed, "A range is one of: \(typed.help)", &context)
            }
            range = found
        case .stride:
            guard let found = Int(text), found > 0 else {
                return keep(typed, "A step is a whole number from 1, such as 10", &context)
            }
            stride = found
        case .goTo:
            do throws(SlicePlace.Fault) {
                let place = try SlicePlace(
                    typed: text,
                    from: indexes,
                    picked: axis,
                    details,
                    coordinates
                )
                indexes = place.indexes
                context.say("At [\(indexes.map(String.init).joined(separator: ","))]")
            } catch {
                return keep(typed, "\(error.message); e.g. \(typed.help)", &context)
            }
        }
        return load(&context)
    }

    /// Leaves what was typed open, and says why it cannot be taken.
    private mutating func keep(
        _ typed: SlicePrompt,
        _ reason: String,
        _ context: inout Context
    ) -> [Effect] {
        prompt = typed
        context.say(reason, .warning)
        return []
    }

    // MARK: Mouse

    private mutating func click(
        _ action: MouseAction,
        _ point: Point,
        _ context: inout Context
    ) -> [Effect] {
        guard let details = context.arrayDetails(path), isBegun, !isTyping else { return [] }
        switch action {
        case .wheelUp, .wheelDown:
            move(action == .wheelUp ? .halfUp : .halfDown, details, context)
        case .press, .drag:
            if let (axis, index) = slider(at: point, details) {
                self.axis = axis
                if let index { indexes[axis] = index }
            } else if let mode = tab(at: point), action == .press {
                return handle(mode.command, &context)
            } else if let place = element(at: point, details) {
                for (axis, index) in place where indexes.indices.contains(axis) {
                    indexes[axis] = max(0, min(index, details.shape[axis] - 1))
                }
            } else {
                return []
            }
        default: return []
        }
        return load(&context)
    }
}
