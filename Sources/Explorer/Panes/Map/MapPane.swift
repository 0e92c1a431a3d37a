import Canvas
import ZarrModel

/// The chunks of an array as a map: two axes run, the others are folded or fixed.
struct MapPane: Pane {
    /// What ordinary tiles show.
    enum Measure: String, Hashable, Sendable {
        case presence, size
    }

    /// The array.
    let path: String
    /// How the grid is shown; `nil` until the array is described.
    var view: GridProjection?
    var camera = MapCamera()
    var measure = Measure.presence
    /// The colours; `nil` for those that suit the terminal.
    var chosenRamp: Ramp?
    /// The chunk under the cursor: coordinates on the axes of the view.
    var focus: [Int] = []
    /// Where a box that is being drawn began.
    var anchor: (row: Int, column: Int)?
    /// The axis that `[` and `]` step.
    var axis = 0
    /// Whether keys go to the axes.
    var isOnAxes = false
    private(set) var layout = MapLayout(size: Size(rows: 0, columns: 0), labelWidth: 1)
    private(set) var fold: MapFold?
    private(set) var strips: AxisStrips?
    /// The least and greatest mean size of what is shown.
    private(set) var meanSizes: ClosedRange<Double>?
    private(set) var facts: CursorFacts?
    var isFitted = false
    private var foldKey: FoldKey?
    private var stripKey: [Int] = []

    private struct FoldKey: Equatable {
        var version: Int
        var isShadowed: Bool
        var view: GridProjection
        var window: MapFold.Window
        var measure: Measure
    }

    /// Makes a map of the array at `path`.
    init(path: String) {
        self.path = path
    }

    var name: String {
        crumb("map", of: path)
    }

    let isTyping = false

    /// The row and column of the cursor, in chunks.
    var place: (row: Int, column: Int) {
        guard let view, focus.count == view.counts.count else { return (0, 0) }
        return (focus[view.rowAxis], focus[view.columnAxis])
    }

    /// The chunk under the cursor.
    var focusIndex: Int? {
        view?.index(of: focus)
    }

    func commands(_ context: Context) -> [Command] {
        if isOnAxes {
            return [
                .mark, .rowAxis, .columnAxis, .left, .right, .nextPart, .next, .previous, .up,
                .down, .close,
            ]
        }
        return [
            .next, .previous, .open, .findings, .slice, .measure, .zoomIn, .zoomOut, .mark, .box,
            .delete,
            .nextPart, .fit, .markState, .clearMarks, .undo, .verify, .mock, .compare, .watch,
            .refresh, .stepBack,
            .stepOn, .nextAxis, .fold, .rowAxis, .columnAxis, .colors, .copy, .left, .right,
            .lineStart, .lineEnd,
        ] + Command.moving
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        switch command {
        case .delete: context.reasonNotWritable
        case .undo:
            context.reasonNotWritable
                ?? (context.array?.trash == nil ? reasonNothingToUndo(context) : nil)
        case .next, .previous:
            context.array?.shown?.anomalyCount == 0
                ? "No missing or damaged \(context.unit(path)) is known" : nil
        case .clearMarks: context.array?.shown?.markedCount == 0 ? "Nothing is marked" : nil
        default: nil
        }
    }

    func hint(_ command: Command) -> String {
        switch command {
        case .next: "next anomaly"
        case .previous: "previous"
        case .open: "inspect"
        case .measure: measure == .presence ? "sizes" : "presence"
        case .mark: isOnAxes ? "fold or fix" : "mark"
        case .nextPart: isOnAxes ? "map" : "axes"
        case .left: isOnAxes ? "step" : "left"
        case .right: isOnAxes ? "step on" : "right"
        case .copy: "copy key"
        case .zoomIn: "zoom"
        case .stepBack: "step"
        case .rowAxis: "axes"
        case .zoomOut: "out"
        default: command.title
        }
    }

    private func reasonNothingToUndo(_ context: Context) -> String {
        context.array?.censusRequest == nil
            ? "There is nothing in the trash of this array"
            : "The trash is looked at after the chunks are counted"
    }

    /// The colours of sizes.
    func ramp(_ context: Context) -> Ramp {
        chosenRamp ?? Ramp(context)
    }

    // MARK: Before drawing

    mutating func prepare(_ size: Size, _ context: Context) {
        guard let view, let census = context.array?.shown, context.array?.path == path else {
            layout = MapLayout(size: size, labelWidth: 1)
            fold = nil
            facts = nil
            return
        }
        let largest = view.isWrapped ? view.total : view.rowCount
        layout = MapLayout(size: size, labelWidth: max(3, String(max(0, largest - 1)).count))
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
        facts = focusIndex.map { CursorFacts($0, census, context.arrayDetails(path)) }
    }

    private mutating func refold(_ census: Census, _ view: GridProjection, _ context: Context) {
        let isShadowed = context.array?.isShadowed ?? false
        let key = FoldKey(
            version: census.version,
            isShadowed: isShadowed,
            view: view,
            window: camera.window(view),
            measure: measure
        )
        guard key != foldKey else { return }
        foldKey = key
        let fold = MapFold(census, view, key.window, bytes: measure == .size)
        self.fold = fold
        let means = fold.cells.compactMap { cell in
            cell.sized > 0 && cell.anomalies == 0 ? Double(cell.bytes) / Double(cell.sized) : nil
        }
        meanSizes = means.min().flatMap { low in means.max().map { low...$0 } }
        let stripKey = [census.version, isShadowed ? 1 : 0]
        guard stripKey != self.stripKey else { return }
        self.stripKey = stripKey
        strips = AxisStrips(census, view)
    }

    // MARK: Events

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        switch event.news {
        case .described(let details) where details.path == path:
            context.details[path] = details
            return begin(&context)
        case .armed, .disarmed:
            return []
        case .censusFinished where context.array?.path == path:
            reportEnd(&context)
        default: break
        }
        return []
    }

    /// Goes to the chunk that another pane pointed at.
    private mutating func followPointer(_ context: inout Context) {
        guard let chunk = context.pointer, context.array?.path == path, var view,
            let grid = context.arrayDetails(path)?.gridShape,
            GridShape(counts: grid)?.linearIndex(of: chunk) != nil
        else { return }
        context.pointer = nil
        focus = view.place(of: GridOrder.linear(chunk.coordinates, in: grid))
        view.reveal(focus)
        self.view = view
    }

    private func reportEnd(_ context: inout Context) {
        guard let census = context.array?.shown, let summary = census.summary else { return }
        guard summary.isComplete else {
            context.say("The census is not complete: \(summary.problem ?? "stopped")", .warning)
            return
        }
        let took = Format.duration(milliseconds: census.elapsedMilliseconds)
        let isWhole = census.anomalyCount == 0
        var text = "\(Format.plural(census.total, context.unit(path))) in \(took): "
        text += isWhole ? "none missing" : census.anomalyWords + "; n goes to the next"
        context.say(text, isWhole ? .good : .warning)
    }

    /// Begins to look at the array, unless that has begun.
    mutating func begin(_ context: inout Context) -> [Effect] {
        let effects = context.look(at: path)
        if view == nil, context.array?.path == path, let census = context.array?.census,
            census.total > 0
        {
            let projection = GridProjection(grid: census.grid, total: census.total)
            view = projection
            focus = projection.counts.map { _ in 0 }
            axis = projection.otherAxes.first ?? projection.rowAxis
            restore(context.store?.memory)
        }
        followPointer(&context)
        return effects
    }
}
