import Canvas
import ZarrModel

extension ChunkPane {
    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        switch input {
        case .shown:
            context.learnCoordinates(of: path) + (report == nil ? look(&context) : [])
        case .command(let command): handle(command, &context) + readMore(&context)
        case .resized: readMore(&context)
        case .mouse(let action, let point): click(action, point, &context) + readMore(&context)
        case .key: []
        }
    }

    /// Asks for what is in view and not read.
    private mutating func readMore(_ context: inout Context) -> [Effect] {
        readBytes(&context) + readValues(&context)
    }

    private mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .back, .close: context.navigation = .pop
        case .refresh: return look(&context)
        case .nextPart: choose(Tab(rawValue: (tab.rawValue + 1) % Tab.allCases.count) ?? .overview)
        case .previousPart:
            let all = Tab.allCases.count
            choose(Tab(rawValue: (tab.rawValue + all - 1) % all) ?? .overview)
        case .tab1, .tab2, .tab3, .tab4, .tab5:
            choose(Command.tabs.firstIndex(of: command).flatMap { Tab(rawValue: $0) } ?? .overview)
        case .stepBack: return step(by: -1, &context)
        case .stepOn: return step(by: 1, &context)
        case .next, .previous: return jump(forward: command == .next, &context)
        case .slice:
            let starts = starts(context)
            guard !starts.isEmpty else { return [] }
            context.navigation = .push(SlicePane(path: path, at: starts))
        case .map:
            context.pointer = chunk
            context.navigation = .map(path)
        case .mark: mark(&context)
        case .delete: delete(&context)
        case .copy:
            guard let key = report?.key ?? facts?.key else { return [] }
            context.say("Copied \(key)")
            return [context.request(.copy(key))]
        case .open:
            guard let chosen = neighbourhood?.chunk(row: near.row, column: near.column),
                chosen != chunk
            else { return [] }
            return show(chosen, &context)
        default: return move(command, &context)
        }
        return []
    }

    // MARK: Moving

    private mutating func move(_ command: Command, _ context: inout Context) -> [Effect] {
        switch tab {
        case .around: moveNear(command)
        case .hex: _ = hex.scroll.take(command)
        case .values where command == .left: column = max(0, column - 1)
        case .values where command == .lineStart: column = 0
        case .values where command == .lineEnd:
            column = max(0, values.columns - valuesInView.columns.count)
        case .values where command == .right:
            column = min(max(0, values.columns - 1), column + 1)
        default:
            if command == .left { return step(by: -1, &context) }
            if command == .right { return step(by: 1, &context) }
            _ = scroll.take(command)
        }
        return []
    }

    private mutating func moveNear(_ command: Command) {
        guard let neighbourhood else { return }
        var (down, across) = (0, 0)
        switch command {
        case .up: down = -1
        case .down: down = 1
        case .left: across = -1
        case .right: across = 1
        default: return
        }
        // Cells outside the grid are passed over.
        var next = (row: near.row + down, column: near.column + across)
        while neighbourhood.chunk(row: next.row, column: next.column) == nil {
            guard (0..<neighbourhood.rows).contains(next.row),
                (0..<neighbourhood.columns).contains(next.column)
            else { return }
            next = (next.row + down, next.column + across)
        }
        near = next
    }

    private mutating func step(by step: Int, _ context: inout Context) -> [Effect] {
        guard let grid = shard == nil ? context.array?.shown?.grid : report?.inside?.grid,
            let index = shard == nil
                ? index(context) : GridOrder.linear(chunk.coordinates, in: grid)
        else { return [] }
        let next = index + step
        guard next >= 0, next < GridOrder.product(grid) ?? 0 else {
            context.say(step < 0 ? "This is the first \(unit)" : "This is the last \(unit)")
            return []
        }
        return show(ChunkIndex(GridOrder.coordinates(next, in: grid)), &context)
    }

    private mutating func jump(forward: Bool, _ context: inout Context) -> [Effect] {
        guard let index = index(context),
            let found = context.array?.shown?.anomaly(from: index, forward: forward),
            let grid = context.array?.shown?.grid,
            let state = context.array?.shown?.state(found),
            let ordinal = context.array?.shown?.ordinal(of: found),
            let count = context.array?.shown?.count(state)
        else { return [] }
        context.say(
            "\(StateLook.word(state)) \(Format.count(ordinal))/\(Format.count(count))",
            StateLook.role(state)
        )
        return show(ChunkIndex(GridOrder.coordinates(found, in: grid)), &context)
    }

    // MARK: Marks

    private func mark(_ context: inout Context) {
        guard let index = index(context) else { return }
        context.array?.change { $0.mark(index, !$0.isMarked(index)) }
        let count = context.array?.shown?.markedCount ?? 0
        context.say("\(Format.plural(count, context.unit(path))) marked", .marked)
    }

    private func delete(_ context: inout Context) {
        guard let index = index(context) else { return }
        // Marks made elsewhere are not taken along unseen, unless this is one of them.
        guard context.array?.shown?.isMarked(index) == true,
            let marked = context.array?.shown?.markedSelection()
        else {
            let box = chunk.coordinates.map { $0..<$0 + 1 }
            let others = context.array?.shown?.markedCount ?? 0
            return context.plan(
                ChunkSelection(boxes: [box]),
                of: path,
                stayMarked: others
            )
        }
        context.plan(marked, of: path)
    }

    // MARK: Mouse

    private mutating func click(
        _ action: MouseAction,
        _ point: Point,
        _ context: inout Context
    ) -> [Effect] {
        switch action {
        case .wheelUp, .wheelDown:
            let lines = action == .wheelUp ? -3 : 3
            if tab == .hex { hex.scroll.move(by: lines) } else { scroll.move(by: lines) }
        case .press where point.row == 1:
            if let hit = Tab.allCases.first(where: { tabPlace($0).contains(point.column) }) {
                choose(hit)
            }
        case .press where tab == .around:
            guard let hit = cell(at: point), let neighbourhood,
                neighbourhood.chunk(row: hit.row, column: hit.column) != nil
            else { return [] }
            if hit == near { return handle(.open, &context) }
            near = hit
        default: break
        }
        return []
    }
}
