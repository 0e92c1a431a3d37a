import Canvas
import ZarrModel

/// What is done with the chunk under the cursor, and where one goes from it.
extension MapPane {
    mutating func handleChunks(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .next: jump(forward: true, &context)
        case .previous: jump(forward: false, &context)
        case .kind: nextKind(&context)
        case .mark: markHere(&context)
        case .box: toggleBox(&context)
        case .select: beginSelect()
        case .markState: markState(&context)
        case .clearMarks:
            change(&context) { $0.clearMarks() }
            context.say("No chunk is marked")
        case .copy:
            guard let key = key(context) else { return [] }
            context.say("Copied \(visible(key))")
            return [context.request(.copy(key))]
        default: break
        }
        return []
    }

    /// The key of the object under the cursor.
    func key(_ context: Context) -> String? {
        guard let shard else { return drawn.facts?.key }
        return inner?.contents.key
            ?? context.arrayDetails(path)?.keyEncoding?.key(for: shard.shard)
    }

    /// Goes to the next chunk that a person should look at, in C order, and says which it is.
    private mutating func jump(forward: Bool, _ context: inout Context) {
        guard var view, let census = census(context), let from = focusIndex else { return }
        guard let found = census.anomaly(from: from, forward: forward, kind: kind) else {
            let word = kind.map(\.word) ?? "missing or damaged"
            context.say("No \(unit(context)) is known to be \(word)", .good)
            return
        }
        focus = view.place(of: found)
        view.reveal(focus)
        self.view = view
        exact = focus
        guard let here = AnomalyKind(census.bits(found)) else { return }
        let wentRound = forward ? found <= from : found >= from
        let count =
            "\(here.word) \(Format.count(census.ordinal(of: found)))/"
            + "\(Format.count(census.count(here))): "
        let end = wentRound ? "  (went round)" : ""
        let room = context.size.columns - count.count - end.count - 2
        let place = GridOrder.coordinates(found, in: census.grid)
        context.say(count + names(context).describe(place, columns: room) + end, here.role)
    }

    /// Lets `n` go to another kind, of those that there are; after the last to any.
    private mutating func nextKind(_ context: inout Context) {
        guard let census = census(context) else { return }
        let kinds = AnomalyKind.all.filter { census.count($0) > 0 }
        let place = kind.flatMap { kinds.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        kind = place < kinds.count ? kinds[place] : nil
        guard let kind else {
            let words = census.anomalyWords
            context.say("n goes to anything that stands out: " + (words.isEmpty ? "none" : words))
            return
        }
        context.say(
            "n goes to what is \(kind.word): \(Format.count(census.count(kind)))",
            kind.role
        )
    }

    // MARK: Elsewhere

    mutating func go(_ command: Command, _ context: inout Context) -> [Effect] {
        guard let census = census(context), let details = context.arrayDetails(path) else {
            return []
        }
        switch command {
        case .open:
            guard let index = focusIndex else { return [] }
            let chunk = ChunkIndex(GridOrder.coordinates(index, in: census.grid))
            context.navigation = .push(ChunkPane(path: path, chunk: chunk, of: shard))
        case .slice:
            guard let index = focusIndex else { return [] }
            let place = GridOrder.coordinates(index, in: census.grid)
            let start = inner?.start(of: place) ?? details.start(of: ChunkIndex(place))
            context.navigation = .push(SlicePane(path: path, at: start, isFromMap: true))
        case .mock:
            context.navigation = .push(DrillsPane(path: path))
        case .findings:
            context.navigation = .push(FindingsPane(path: path))
        case .undo:
            guard let trash = context.array?.trash else { return [] }
            context.navigation = .push(DeletePane(path: path, restoring: trash))
        default:
            guard census.markedCount > 0 else {
                context.say("Mark chunks first: Space, v a box, * a state, S by words", .notice)
                return []
            }
            context.plan(census.markedSelection(), of: path)
        }
        return []
    }

    /// Reads the document of the array anew, and then lists its chunks anew.
    mutating func refresh(_ context: inout Context) -> [Effect] {
        guard !(context.array?.isShadowed ?? false) else {
            context.say("The mock is armed: disarm it to see the storage itself", .notice)
            return []
        }
        guard requests.document == nil else { return [] }
        let running = [requests.inside, requests.figures]
        let effects = running.compactMap(\.self).map { context.request(.cancel($0)) }
        requests = Requests()
        let effect = context.request(.describe(path: path))
        requests.document = effect.number
        return effects + [effect]
    }

    /// Lists the chunks anew, by what the document says now.
    mutating func receiveDocument(_ news: News, _ context: inout Context) -> [Effect] {
        requests.document = nil
        switch news {
        case .described(let details) where details.array != nil:
            let isWatched = context.watch?.path == path
            var effects = context.array?.path == path ? context.endLooking() : []
            if context.array?.path == path {
                context.setAside()
                context.array = nil
            }
            context.forgetCoordinates(of: path)
            effects += begin(&context)
            if isWatched { effects += context.toggleWatch(path) }
            return effects
        case .described:
            context.navigation = .pop
            context.say("This is no array any more", .warning)
        case .failed(let problem):
            let why = ([problem.message] + problem.details.prefix(1)).joined(separator: "; ")
            context.say("What is shown is of before: \(why)", .error)
        default: context.say("Stopped: what is shown is of before", .notice)
        }
        return []
    }

    // MARK: Mouse

    mutating func click(
        _ action: MouseAction,
        _ point: Point,
        _ context: inout Context
    ) -> [Effect] {
        guard let view, !isTyping else { return [] }
        switch action {
        case .wheelUp, .wheelDown:
            let rows = camera.rowScale.tileChunks * 3
            move(rows: action == .wheelUp ? -rows : rows, columns: 0)
        case .press:
            if let (axis, place) = listedAxis(at: point, context) {
                pick(axis, place)
                return []
            }
            guard let hit = chunk(at: point) else { return [] }
            anchor = nil
            if hit == place { return handle(.open, &context) }
            moveTo(row: hit.row, column: hit.column)
        case .drag:
            guard shard == nil, let hit = chunk(at: point), hit != place || anchor != nil else {
                return []
            }
            if anchor == nil { anchor = place }
            moveTo(row: hit.row, column: hit.column)
        case .release:
            if anchor != nil { toggleBox(&context) }
        case .secondary:
            guard shard == nil, let hit = chunk(at: point) else { return [] }
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
