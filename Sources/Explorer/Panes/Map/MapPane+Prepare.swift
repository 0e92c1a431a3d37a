import Canvas
import ZarrModel

extension MapPane {
    mutating func prepare(_ size: Size, _ context: Context) {
        guard let view, let census = census(context) else {
            layout = MapLayout(size: size, labelWidth: 1)
            drawn.fold = nil
            drawn.facts = nil
            return
        }
        let largest = view.isWrapped ? view.total : view.rowCount
        layout = MapLayout(size: size, labelWidth: max(3, String(max(0, largest - 1)).count))
        if layout.panel.isEmpty { isOnAxes = false }
        camera.resize(
            tileRows: layout.tiles.rows,
            tileColumns: layout.tiles.columns / 2,
            view
        )
        if !isFitted {
            camera.fit(view)
            isFitted = true
        }
        layout.shrink(
            rows: camera.rowScale.tiles(for: view.rowCount - camera.row),
            columns: camera.columnScale.tiles(for: view.columnCount - camera.column) * 2
        )
        let here = place
        camera.reveal(row: here.row, column: here.column, view)
        refold(census, view, context)
        drawn.facts = focusIndex.map {
            CursorFacts($0, census, shard == nil ? context.arrayDetails(path) : nil)
        }
    }

    private mutating func refold(_ census: Census, _ view: GridProjection, _ context: Context) {
        let isShadowed = context.array?.isShadowed ?? false
        let key = Drawn.Key(
            version: census.version,
            isShadowed: isShadowed,
            view: view,
            window: camera.window(view),
            measure: measure,
            isLogarithmic: isLogarithmic ?? measure.isLogarithmic
        )
        guard key != drawn.key else { return }
        drawn.key = key
        let fold = MapFold(
            census,
            view,
            key.window,
            measure.number,
            countsSound: measure == .state
        )
        drawn.fold = fold
        drawn.scale = scale(of: fold, units(context), isLogarithmic: key.isLogarithmic)
        let stripKey = [census.version, isShadowed ? 1 : 0]
        if camera.showsAll(view) {
            drawn.overview = nil
        } else if drawn.overview == nil || stripKey != drawn.stripKey
            || drawn.overview?.window != MapOverview.window(view)
        {
            drawn.overview = MapFold(census, view, MapOverview.window(view))
        }
        guard stripKey != drawn.stripKey else { return }
        drawn.stripKey = stripKey
        drawn.strips = AxisStrips(census, view)
    }

    /// From the least to the greatest number in view, those of tiles with a broken or missing chunk
    /// left out.
    func scale(of fold: MapFold, _ units: MapUnits, isLogarithmic: Bool) -> MapScale? {
        if measure.isShare { return MapScale(range: 0...1, isLogarithmic: false) }
        guard measure.number != nil else { return nil }
        var range: ClosedRange<Double>?
        for cell in fold.cells where cell.worst < ChunkState.orphan.rawValue {
            guard let number = cell.number(measure, units), number.isFinite else { continue }
            range =
                range.map { min($0.lowerBound, number)...max($0.upperBound, number) }
                ?? number...number
        }
        return range.map { MapScale(range: $0, isLogarithmic: isLogarithmic) }
    }

    // MARK: Events

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        if event.number == requests.shard { return receiveShard(event, &context) }
        if event.number == requests.inside { return receiveInside(event, &context) }
        if event.number == requests.figures { return receiveFigures(event, &context) }
        if event.number == requests.document { return receiveDocument(event.news, &context) }
        switch event.news {
        case .described(let details) where details.path == path:
            return begin(&context)
        case .armed, .disarmed:
            return []
        case .censusFinished where shard == nil && context.array?.path == path:
            reportEnd(&context)
            if context.array?.shown?.inside == nil { requests.hasLookedInside = false }
            if verifies { return beginVerify(&context) }
            return lookInsideIfCheap(&context)
        default: break
        }
        return []
    }

    /// Says how the census ended, and what it found.
    func reportEnd(_ context: inout Context) {
        guard let census = context.array?.shown, let summary = census.summary else { return }
        guard summary.isComplete else {
            context.say("The census is not complete: \(summary.problem ?? "stopped")", .warning)
            return
        }
        let took = Format.duration(milliseconds: census.elapsedMilliseconds)
        let isWhole = census.anomalyCount == 0
        let reason = context.arrayDetails(path)?.reasonUndecodable.map {
            Format.clause($0, columns: context.size.columns - 2) ?? $0
        }
        var text = reason.map { $0 + "; " } ?? ""
        text += "\(Format.plural(census.total, context.unit(path))), \(census.grounds.words), "
        text += "in \(took): "
        text += isWhole ? "none missing" : census.anomalyWords + "; n goes to the next"
        context.say(text, isWhole && reason == nil ? .good : .warning)
    }

    /// Begins to look at the array or into the shard, unless that has begun.
    mutating func begin(_ context: inout Context) -> [Effect] {
        if shard != nil { return beginShard(&context) }
        var effects = context.look(at: path)
        if let grid = census(context)?.grid, view?.grid != grid {
            // Another grid, where the array has grown: as if it were shown for the first time.
            let former = focus
            view = nil
            isFitted = false
            (anchor, exact) = (nil, nil)
            show(grid)
            restore(context.store?.memory)
            if former.count == focus.count, let view {
                focus = zip(former, view.counts).map { min($0, max(0, $1 - 1)) }
            }
        }
        if verifies, context.array?.path == path, context.reasonNotVerifiable == nil {
            effects += beginVerify(&context)
        }
        if effects.isEmpty { effects += lookInsideIfCheap(&context) }
        followPointer(&context)
        return effects
    }

    /// Begins the verification that this map was opened for.
    private mutating func beginVerify(_ context: inout Context) -> [Effect] {
        verifies = false
        return context.verify()
    }

    /// Goes to the chunk that another pane pointed at.
    private mutating func followPointer(_ context: inout Context) {
        guard let chunk = context.pointer, context.array?.path == path, var view,
            let grid = context.arrayDetails(path)?.gridShape,
            GridShape(counts: grid)?.linearIndex(of: chunk) != nil
        else { return }
        context.pointer = nil
        focus = view.place(of: GridOrder.linear(chunk.coordinates, in: grid))
        exact = focus
        view.reveal(focus)
        self.view = view
    }

    /// Shows a grid for the first time.
    mutating func show(_ grid: [Int]) {
        guard view == nil, let total = GridOrder.product(grid), total > 0 else { return }
        let projection = GridProjection(grid: grid, total: total)
        view = projection
        focus = projection.counts.map { _ in 0 }
        axis = projection.otherAxes.first ?? projection.rowAxis
    }
}
