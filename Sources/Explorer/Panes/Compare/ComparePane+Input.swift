import Canvas
import ZarrModel

extension ComparePane {
    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        switch input {
        case .shown:
            typing == .locator ? complete(&context) : []
        case .resized: []
        case .key(let key): typing == nil ? [] : type(key, &context)
        case .command(let command): handle(command, &context)
        case .mouse(let action, let point): click(action, point, &context)
        }
    }

    private mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        guard !isTyping else {
            let keys: [Command: Key] = [.open: .enter, .nextPart: .tab, .close: .escape]
            return keys[command].map { type($0, &context) } ?? []
        }
        switch command {
        case .back, .close:
            context.navigation = .pop
            return [listing, reading].compactMap(\.self).map { context.request(.cancel($0)) }
        case .locate:
            typing = .locator
            return complete(&context)
        case .exportDifferences: typing = .file
        case .refresh: return begin(&context)
        case .compareValues: return readValues(&context)
        case .open: return look(&context)
        case .next: jump(forward: true, &context)
        case .previous: jump(forward: false, &context)
        case .copy:
            guard let index = focusIndex, let key = key(of: index, context) else { return [] }
            context.say("Copied \(key)")
            return [context.request(.copy(key))]
        default: move(command)
        }
        return []
    }

    // MARK: Typing

    private mutating func type(_ key: Key, _ context: inout Context) -> [Effect] {
        guard typing == .locator else { return typeFile(key, &context) }
        switch key {
        case .escape:
            typing = nil
            if comparison == nil { context.navigation = .pop }
        case .down where !completions.isEmpty:
            chosen = min(completions.count - 1, (chosen ?? -1) + 1)
        case .up, .backTab: chosen = chosen.flatMap { $0 > 0 ? $0 - 1 : nil }
        case .tab:
            let taken = chosen ?? 0
            guard completions.indices.contains(taken) else { return [] }
            field = TextField(completions[taken].text)
            return complete(&context)
        case .enter:
            if let chosen, completions.indices.contains(chosen) {
                field = TextField(completions[chosen].text)
            }
            return begin(&context)
        default: return field.take(key) ? complete(&context) : []
        }
        return []
    }

    private mutating func typeFile(_ key: Key, _ context: inout Context) -> [Effect] {
        switch key {
        case .escape: typing = nil
        case .enter:
            typing = nil
            let file = fileField.string
            guard !file.isEmpty, let comparison else { return [] }
            let text = comparison.text(.init(name: file), context.arrayDetails(path))
            let effect = context.request(.save(name: file, text: text))
            saving = effect.number
            return [effect]
        default: _ = fileField.take(key)
        }
        return []
    }

    private mutating func complete(_ context: inout Context) -> [Effect] {
        chosen = nil
        let effect = context.request(.complete(field.string))
        if let completing { context.finish(completing) }
        completing = effect.number
        return [effect]
    }

    // MARK: Comparing

    /// Lists both sides anew.
    private mutating func begin(_ context: inout Context) -> [Effect] {
        guard !field.string.isEmpty, let details = context.arrayDetails(path) else { return [] }
        guard let fresh = Comparison(grid: details.gridShape) else {
            let total = GridOrder.product(details.gridShape).map(Format.count) ?? "too many"
            problem = Problem(
                "\(total) chunks are too many to compare here",
                details: ["zscope compare does it without a screen"]
            )
            return []
        }
        let running = [listing, reading].compactMap(\.self)
        var effects = running.map { context.request(.cancel($0)) }
        typing = nil
        completions = []
        problem = nil
        detail = nil
        comparison = fresh
        let projection = GridProjection(grid: fresh.census.grid, total: fresh.census.total)
        if view == nil {
            view = projection
            focus = projection.counts.map { _ in 0 }
            axis = projection.otherAxes.first ?? projection.rowAxis
        }
        let effect = context.request(.compare(path: path, other: field.string))
        (number, listing, reading) = (effect.number, effect.number, nil)
        effects.append(effect)
        return effects
    }

    private mutating func readValues(_ context: inout Context) -> [Effect] {
        guard let number, reading == nil, listing == nil else { return [] }
        let effect = context.request(.compareValues(comparison: number))
        reading = effect.number
        context.say("Reading both sides and comparing the values; ^C stops and keeps what is known")
        return [effect]
    }

    private mutating func look(_ context: inout Context) -> [Effect] {
        guard let number, let index = focusIndex, listing == nil else { return [] }
        let effect = context.request(.compareChunk(comparison: number, index: index))
        looking = effect.number
        return [effect]
    }

    /// The key of a chunk of the left array.
    func key(of index: Int, _ context: Context) -> String? {
        guard let grid = comparison?.census.grid else { return nil }
        let place = ChunkIndex(GridOrder.coordinates(index, in: grid))
        return context.arrayDetails(path)?.keyEncoding?.key(for: place)
    }

    // MARK: Moving

    private mutating func jump(forward: Bool, _ context: inout Context) {
        guard var view, let comparison, let from = focusIndex else { return }
        guard let found = comparison.census.anomaly(from: from, forward: forward) else {
            context.say("Nothing differs", .good)
            return
        }
        focus = view.place(of: found)
        view.reveal(focus)
        self.view = view
        let difference = comparison.difference(found)
        let names = AxisNames(context.arrayDetails(path), rank: comparison.census.grid.count)
        let wentRound = forward ? found <= from : found >= from
        context.say(
            "\(DifferenceLook.word(difference)) "
                + "\(Format.count(comparison.census.ordinal(of: found)))/"
                + "\(Format.count(comparison.count(difference))): "
                + names.describe(
                    GridOrder.coordinates(found, in: comparison.census.grid),
                    columns: max(20, context.size.columns - 50)
                )
                + (wentRound ? "  (went round)" : ""),
            DifferenceLook.role(difference)
        )
    }

    private mutating func move(_ command: Command) {
        guard var view else { return }
        let down = camera.rowScale.tileChunks
        let across = camera.columnScale.tileChunks
        let page = camera.rowScale.chunks(in: camera.tileRows)
        switch command {
        case .up: moveBy(-down, 0)
        case .down: moveBy(down, 0)
        case .left: moveBy(0, -across)
        case .right: moveBy(0, across)
        case .pageUp: moveBy(-page, 0)
        case .pageDown: moveBy(page, 0)
        case .halfUp: moveBy(-max(1, page / 2), 0)
        case .halfDown: moveBy(max(1, page / 2), 0)
        case .top: moveBy(-view.rowCount, 0)
        case .bottom: moveBy(view.rowCount, 0)
        case .lineStart: moveBy(0, -view.columnCount)
        case .lineEnd: moveBy(0, view.columnCount)
        case .zoomIn: camera.zoom(in: true, view, around: place)
        case .zoomOut: camera.zoom(in: false, view, around: place)
        case .fit: camera.fit(view)
        case .nextAxis: axis = (axis + 1) % max(1, view.counts.count)
        case .stepBack: step(by: -1)
        case .stepOn: step(by: 1)
        case .fold: toggleFold()
        case .rowAxis, .columnAxis:
            view.run(axis, as: command == .rowAxis ? .rows : .columns)
            self.view = view
            isFitted = false
        default: break
        }
    }

    private mutating func moveBy(_ rows: Int, _ columns: Int) {
        moveTo(row: place.row + rows, column: place.column + columns)
    }

    private mutating func moveTo(row: Int, column: Int) {
        guard let view, focus.count == view.counts.count else { return }
        focus[view.rowAxis] = max(0, min(row, view.rowCount - 1))
        focus[view.columnAxis] = max(0, min(column, view.columnCount - 1))
        if view.isWrapped, view.index(of: focus) == nil {
            focus[view.columnAxis] = max(0, view.total - 1) % view.columnCount
        }
    }

    /// Fixes the axis where it is folded, and shows another coordinate where it is fixed.
    private mutating func step(by amount: Int) {
        guard var view, view.counts.indices.contains(axis) else { return }
        switch view.parts[axis] {
        case .rows: moveBy(amount, 0)
        case .columns: moveBy(0, amount)
        case .folded: view.set(axis, .fixed(focus[axis]))
        case .fixed(let place):
            view.set(axis, .fixed(place + amount))
            if case .fixed(let now) = view.parts[axis] { focus[axis] = now }
        }
        self.view = view
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

    private mutating func click(
        _ action: MouseAction,
        _ point: Point,
        _ context: inout Context
    ) -> [Effect] {
        guard let view, !isTyping else { return [] }
        switch action {
        case .wheelUp, .wheelDown:
            let rows = camera.rowScale.tileChunks * 3
            moveBy(action == .wheelUp ? -rows : rows, 0)
        case .press where layout.tiles.contains(point):
            let tileRow = point.row - layout.tiles.row
            let tileColumn = (point.column - layout.tiles.column) / 2
            let row =
                camera.row + tileRow * camera.rowScale.tileChunks / camera.rowScale.chunkTiles
            let column =
                camera.column
                + tileColumn * camera.columnScale.tileChunks / camera.columnScale.chunkTiles
            guard row < view.rowCount, column < view.columnCount else { return [] }
            moveTo(row: row, column: column)
        default: break
        }
        return []
    }
}
