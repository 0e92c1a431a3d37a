import Canvas
import ZarrModel

extension MapPane {
    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        switch input {
        case .shown: begin(&context)
        case .key, .resized: []
        case .command(let command): handle(command, &context)
        case .mouse(let action, let point): click(action, point, &context)
        }
    }

    private mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .back:
            context.navigation = .pop
        case .close:
            close(&context)
        case .refresh:
            return refresh(&context)
        case .open, .slice, .mock, .delete, .undo, .findings:
            return go(command, &context)
        case .verify:
            return context.verify()
        case .compare:
            context.navigation = .push(ComparePane(path: path))
        case .watch:
            return context.toggleWatch(path)
        case .measure: measure = measure == .presence ? .size : .presence
        case .colors: chosenRamp = ramp(context).next
        case .nextPart, .previousPart: isOnAxes.toggle()
        default:
            guard view != nil else { return [] }
            if isOnAxes, handleAxes(command) { return [] }
            if handleView(command) { return [] }
            return handleChunks(command, &context)
        }
        return []
    }

    private mutating func close(_ context: inout Context) {
        if anchor != nil {
            anchor = nil
        } else if isOnAxes {
            isOnAxes = false
        } else {
            context.navigation = .pop
        }
    }

    // MARK: Moving

    /// Moves the cursor or the view; answers whether the command was one for that.
    private mutating func handleView(_ command: Command) -> Bool {
        guard let view else { return false }
        let down = camera.rowScale.tileChunks
        let across = camera.columnScale.tileChunks
        let page = camera.rowScale.chunks(in: camera.tileRows)
        switch command {
        case .up: move(rows: -down, columns: 0)
        case .down: move(rows: down, columns: 0)
        case .left: move(rows: 0, columns: -across)
        case .right: move(rows: 0, columns: across)
        case .pageUp: move(rows: -page, columns: 0)
        case .pageDown: move(rows: page, columns: 0)
        case .halfUp: move(rows: -max(1, page / 2), columns: 0)
        case .halfDown: move(rows: max(1, page / 2), columns: 0)
        case .top: move(rows: -view.rowCount, columns: 0)
        case .bottom: move(rows: view.rowCount, columns: 0)
        case .lineStart: move(rows: 0, columns: -view.columnCount)
        case .lineEnd: move(rows: 0, columns: view.columnCount)
        case .zoomIn: camera.zoom(in: true, view, around: place)
        case .zoomOut: camera.zoom(in: false, view, around: place)
        case .fit: camera.fit(view)
        default: return handleAxisKeys(command)
        }
        return true
    }

    private mutating func move(rows: Int, columns: Int) {
        let here = place
        moveTo(row: here.row + rows, column: here.column + columns)
    }

    private mutating func moveTo(row: Int, column: Int) {
        guard let view, focus.count == view.counts.count else { return }
        focus[view.rowAxis] = max(0, min(row, view.rowCount - 1))
        focus[view.columnAxis] = max(0, min(column, view.columnCount - 1))
        if view.isWrapped, view.index(of: focus) == nil {
            focus[view.columnAxis] = (view.total - 1) % view.columnCount
        }
    }

    // MARK: Axes

    private mutating func handleAxes(_ command: Command) -> Bool {
        guard let view else { return false }
        switch command {
        case .up: axis = max(0, axis - 1)
        case .down: axis = min(view.counts.count - 1, axis + 1)
        case .left: step(by: -1)
        case .right: step(by: 1)
        case .mark: toggleFold()
        default: return handleAxisKeys(command)
        }
        return true
    }

    private mutating func handleAxisKeys(_ command: Command) -> Bool {
        guard var view else { return false }
        switch command {
        case .nextAxis:
            axis = (axis + 1) % view.counts.count
        case .stepBack: step(by: -1)
        case .stepOn: step(by: 1)
        case .fold: toggleFold()
        case .rowAxis, .columnAxis:
            view.run(axis, as: command == .rowAxis ? .rows : .columns)
            self.view = view
            isFitted = false
        default: return false
        }
        return true
    }

    /// Fixes the axis where it is folded, and shows another coordinate where it is fixed.
    private mutating func step(by amount: Int) {
        guard var view, view.counts.indices.contains(axis) else { return }
        switch view.parts[axis] {
        case .rows: move(rows: amount, columns: 0)
        case .columns: move(rows: 0, columns: amount)
        case .folded:
            view.set(axis, .fixed(focus[axis]))
            self.view = view
        case .fixed(let place):
            view.set(axis, .fixed(place + amount))
            self.view = view
            if case .fixed(let now) = view.parts[axis] { focus[axis] = now }
        }
    }

    private mutating func toggleFold() {
        guard var view, view.counts.indices.contains(axis) else { return }
        if case .fixed = view.parts[axis] {
            view.set(axis, .folded)
        } else {
            view.set(axis, .fixed(focus[axis]))
        }
        self.view = view
    }

    // MARK: Chunks

    private mutating func handleChunks(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .next: jump(forward: true, &context)
        case .previous: jump(forward: false, &context)
        case .mark: markHere(&context)
        case .box: toggleBox(&context)
        case .markState: markState(&context)
        case .clearMarks:
            context.array?.change { $0.clearMarks() }
            context.say("No chunk is marked")
        case .copy:
            guard let key = facts?.key else { return [] }
            context.say("Copied \(key)")
            return [context.request(.copy(key))]
        default: break
        }
        return []
    }

    /// Goes to the next chunk that a person should look at, in C order, and says which it is.
    private mutating func jump(forward: Bool, _ context: inout Context) {
        guard var view, let census = context.array?.shown, let from = focusIndex else { return }
        guard let found = census.anomaly(from: from, forward: forward) else {
            context.say("No missing or damaged \(context.unit(path)) is known", .good)
            return
        }
        focus = view.place(of: found)
        view.reveal(focus)
        self.view = view
        let state = census.state(found)
        let names = AxisNames(context.arrayDetails(path), rank: census.grid.count)
        let wentRound = forward ? found <= from : found >= from
        context.say(
            "\(StateLook.word(state)) \(Format.count(census.ordinal(of: found)))/"
                + "\(Format.count(census.count(state))): "
                + names.describe(GridOrder.coordinates(found, in: census.grid))
                + (wentRound ? "  (went round)" : ""),
            StateLook.role(state)
        )
    }

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

    private mutating func markHere(_ context: inout Context) {
        guard let view, let tile = tileHere else { return }
        if anchor != nil {
            toggleBox(&context)
            return
        }
        let boxes = view.boxes(rows: tile.rows, columns: tile.columns)
        guard canMark(boxes, &context) else { return }
        let wasMarked = boxes.allSatisfy { context.array?.shown?.isMarked($0) ?? false }
        context.array?.change { census in
            for box in boxes { census.mark(box, !wasMarked) }
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

    private mutating func toggleBox(_ context: inout Context) {
        guard let view else { return }
        guard let box = boxDrawn else {
            anchor = place
            context.say("Box: move to the other corner, then Space or v; Esc leaves it")
            return
        }
        anchor = nil
        let boxes = view.boxes(rows: box.rows, columns: box.columns)
        guard canMark(boxes, &context) else { return }
        context.array?.change { census in
            for part in boxes { census.mark(part, true) }
        }
        sayMarks(&context)
    }

    /// Whether so many chunks can be marked; says so where they cannot.
    private func canMark(_ boxes: [[Range<Int>]], _ context: inout Context) -> Bool {
        let isSparse = context.array?.shown?.isSparse ?? false
        let most = isSparse ? Census.sparseLimit : Census.denseLimit
        var count = 0
        for box in boxes {
            guard let volume = GridOrder.product(box.map(\.count)), volume <= most - count else {
                context.say("These are too many chunks to mark at once: zoom in", .warning)
                return false
            }
            count += volume
        }
        return true
    }

    /// Marks every chunk of the view that is in the state under the cursor.
    private mutating func markState(_ context: inout Context) {
        guard let view, let census = context.array?.shown else { return }
        let state = shownState ?? (focusIndex.map { census.state($0) } ?? .missing)
        let boxes = view.boxes(rows: 0..<view.rowCount, columns: 0..<view.columnCount)
        context.array?.change { census in
            for box in boxes { census.mark(box, where: state) }
        }
        sayMarks(&context)
        context.message?.text += "  (every chunk in view that is \(StateLook.word(state)))"
    }

    /// The worst state in the tile under the cursor.
    var shownState: ChunkState? {
        tileCell(at: place).flatMap { ChunkState(rawValue: $0.worst) }
    }

    private func sayMarks(_ context: inout Context) {
        let marked = context.array?.shown?.markedCount ?? 0
        context.say("\(Format.plural(marked, context.unit(path))) marked", .marked)
    }

    // MARK: Elsewhere

    private mutating func go(_ command: Command, _ context: inout Context) -> [Effect] {
        guard let census = context.array?.shown, let details = context.arrayDetails(path) else {
            return []
        }
        switch command {
        case .open:
            guard let index = focusIndex else { return [] }
            let chunk = ChunkIndex(GridOrder.coordinates(index, in: census.grid))
            context.navigation = .push(ChunkPane(path: path, chunk: chunk))
        case .slice:
            guard let index = focusIndex else { return [] }
            let chunk = ChunkIndex(GridOrder.coordinates(index, in: census.grid))
            context.navigation = .push(
                SlicePane(path: path, at: details.start(of: chunk), isFromMap: true)
            )
        case .mock:
            context.navigation = .push(DrillsPane(path: path))
        case .findings:
            context.navigation = .push(FindingsPane(path: path))
        case .undo:
            guard let trash = context.array?.trash else { return [] }
            context.navigation = .push(DeletePane(path: path, restoring: trash))
        default:
            guard census.markedCount > 0 else {
                context.say("Mark chunks first: Space, v for a box, * for a state", .notice)
                return []
            }
            let selection = census.markedSelection()
            context.navigation = .push(DeletePane(path: path, selection: selection))
        }
        return []
    }

    private mutating func refresh(_ context: inout Context) -> [Effect] {
        guard let details = context.arrayDetails(path) else { return begin(&context) }
        let former = context.array
        guard !(former?.isShadowed ?? false) else {
            context.say("The mock is armed: disarm it to see the storage itself", .notice)
            return []
        }
        var effects: [Effect] = []
        if let running = former?.censusRequest {
            effects.append(context.request(.cancel(running)))
        }
        context.array = ArraySession(path: path, details: details)
        context.array?.trash = former?.trash
        let effect = context.request(.census(path: path))
        context.array?.censusRequest = effect.number
        return effects + [effect]
    }

    // MARK: Mouse

    private mutating func click(
        _ action: MouseAction,
        _ point: Point,
        _ context: inout Context
    ) -> [Effect] {
        guard let view else { return [] }
        switch action {
        case .wheelUp, .wheelDown:
            let rows = camera.rowScale.tileChunks * 3
            move(rows: action == .wheelUp ? -rows : rows, columns: 0)
        case .press:
            guard let hit = chunk(at: point) else { return [] }
            anchor = nil
            if hit == place { return handle(.open, &context) }
            moveTo(row: hit.row, column: hit.column)
        case .drag:
            guard let hit = chunk(at: point), hit != place || anchor != nil else { return [] }
            if anchor == nil { anchor = place }
            moveTo(row: hit.row, column: hit.column)
        case .release:
            if anchor != nil { toggleBox(&context) }
        case .secondary:
            guard let hit = chunk(at: point) else { return [] }
            moveTo(row: hit.row, column: hit.column)
            markHere(&context)
        }
        camera.reveal(row: place.row, column: place.column, view)
        return []
    }

    /// The chunk that is drawn at a place of the pane.
    private func chunk(at point: Point) -> (row: Int, column: Int)? {
        guard layout.tiles.contains(point), let view else { return nil }
        let tileRow = point.row - layout.tiles.row
        let tileColumn = (point.column - layout.tiles.column) / 2
        let row = camera.row + tileRow * camera.rowScale.tileChunks / camera.rowScale.chunkTiles
        let column =
            camera.column
            + tileColumn * camera.columnScale.tileChunks / camera.columnScale.chunkTiles
        guard row < view.rowCount, column < view.columnCount else { return nil }
        return (row, column)
    }
}
