import Canvas
import ZarrModel

extension MapPane {
    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        switch input {
        case .shown: return begin(&context)
        case .resized: return []
        case .key(let key):
            if let menu { return answer(menu, key, &context) }
            takeTyped(key, &context)
            return []
        case .command(let command):
            if command != .markState { markAsked = nil }
            return handle(command, &context) + followView(&context)
        case .mouse(let action, let point):
            return click(action, point, &context) + followView(&context)
        }
    }

    mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .back, .parent:
            return leave(&context)
        case .close:
            return close(&context)
        case .refresh:
            return shard == nil ? refresh(&context) : refreshShard(&context)
        case .verify:
            return measure.needsValues || shard != nil ? readValues(&context) : context.verify()
        case .open where anchor != nil: toggleBox(&context)
        case .pauseVerify: return context.pauseOrGoOn()
        case .delete where shard != nil: beginMenu()
        case .open, .slice, .mock, .delete, .undo, .findings:
            return go(command, &context)
        case .compare:
            context.navigation = .push(ComparePane(path: path))
        case .watch:
            return context.toggleWatch(path)
        case .lookInside: return lookInside(&context)
        case .inside: openShard(&context)
        case .measure: return nextMeasure(&context)
        case .scale: isLogarithmic = !(isLogarithmic ?? measure.isLogarithmic)
        case .colors: chosenRamp = ramp(context).next
        case .nextPart, .previousPart: isOnAxes.toggle()
        default:
            if let chosen = MapMeasure.allCases.first(where: { $0.command == command }) {
                return choose(chosen, &context)
            }
            guard view != nil else { return [] }
            if isOnAxes, handleAxes(command) { return [] }
            if handleView(command, &context) { return [] }
            return handleChunks(command, &context)
        }
        return []
    }

    private mutating func readValues(_ context: inout Context) -> [Effect] {
        if !measure.needsValues { measure = .mean }
        requests.isStopped = false
        if let reason = reasonNoMeasure(measure, context) {
            context.say(reason, .notice)
            return []
        }
        let effects = readFigures(&context, isAsked: true)
        if effects.isEmpty, context.message == nil {
            context.say("The values of every \(unit(context)) in view are known", .good)
        }
        return effects
    }

    private mutating func close(_ context: inout Context) -> [Effect] {
        if anchor != nil {
            anchor = nil
        } else if isOnAxes {
            isOnAxes = false
        } else {
            return leave(&context)
        }
        return []
    }

    /// Goes back, and stops what only this map wanted.
    private mutating func leave(_ context: inout Context) -> [Effect] {
        context.navigation = .pop
        let running = [requests.shard, requests.inside, requests.figures].compactMap(\.self)
        return running.map { context.request(.cancel($0)) }
    }

    // MARK: Moving

    /// Moves the cursor or the view; answers whether the command was one for that.
    private mutating func handleView(_ command: Command, _ context: inout Context) -> Bool {
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
        case .zoomIn: zoomIn(view, &context)
        case .zoomOut: zoomOut(view, &context)
        case .fit: camera.fit(view)
        default: return handleAxisKeys(command)
        }
        return true
    }

    /// Makes chunks larger; a shard that is as large as it can be opens.
    private mutating func zoomIn(_ view: GridProjection, _ context: inout Context) {
        let before = camera
        camera.zoom(in: true, view, around: place)
        let isLargest =
            camera.rowScale == before.rowScale && camera.columnScale == before.columnScale
        guard isLargest, hasInside(context) else { return }
        if let reason = reasonDisabled(.inside, context) {
            context.say(reason, .notice)
        } else {
            openShard(&context)
        }
    }

    /// Makes chunks smaller; the inside of a shard that is whole on the screen closes.
    private mutating func zoomOut(_ view: GridProjection, _ context: inout Context) {
        let before = camera
        camera.zoom(in: false, view, around: place)
        let isSmallest =
            camera.rowScale == before.rowScale && camera.columnScale == before.columnScale
        if shard != nil, isSmallest { context.navigation = .pop }
    }

    mutating func move(rows: Int, columns: Int) {
        let here = place
        moveTo(row: here.row + rows, column: here.column + columns)
    }

    mutating func moveTo(row: Int, column: Int) {
        guard let view, focus.count == view.counts.count else { return }
        exact = nil
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

    /// Selects an axis, and goes to a place of it: another coordinate of one that is fixed, another row
    /// or column of one that runs.
    mutating func pick(_ axis: Int, _ place: Int?) {
        guard var view, view.counts.indices.contains(axis) else { return }
        self.axis = axis
        guard let place else { return }
        switch view.parts[axis] {
        case .folded: break
        case .rows: moveTo(row: place, column: self.place.column)
        case .columns: moveTo(row: self.place.row, column: place)
        case .fixed:
            view.set(axis, .fixed(place))
            if case .fixed(let now) = view.parts[axis] { focus[axis] = now }
            exact = nil
            self.view = view
        }
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
}
