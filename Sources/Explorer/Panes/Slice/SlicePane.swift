import Canvas
import Raster
import ZarrModel

/// A plane through an array, as an image or as a table.
struct SlicePane: Pane {
    /// How values are shown.
    enum Mode: Hashable, Sendable {
        case image, table
    }

    /// How the range of colours is chosen.
    enum Span: Hashable, Sendable {
        case automatic, percentiles
        case held(Double, Double)
    }

    /// The array.
    let path: String
    private(set) var mode = Mode.image
    private(set) var span = Span.automatic
    /// The colours; `nil` for those that suit the terminal.
    private(set) var chosenRamp: Ramp?
    /// The dimension that runs down, and the one that runs across.
    private(set) var rowAxis: Int?
    private(set) var columnAxis: Int?
    /// The index on each dimension: of the cursor on the two that run.
    private(set) var indexes: [Int]
    /// The dimension that `[` and `]` step.
    private(set) var axis = 0
    private(set) var window = SliceWindow()
    /// What was read; `nil` before anything was.
    private(set) var values: PlaneValues?
    private(set) var picture: SlicePicture?
    private(set) var problem: Problem?
    private(set) var layout = SliceLayout(size: Size(rows: 0, columns: 0), labelWidth: 1)
    private var isBegun = false
    private var request: (number: Int, plane: PlaneRequest)?
    private var held: (low: Double, high: Double)?

    /// Makes a slice through the element at these indexes, or the first one.
    init(path: String, at indexes: [Int] = []) {
        self.path = path
        self.indexes = indexes
    }

    var name: String {
        crumb("slice", of: path)
    }

    let isTyping = false

    func commands(_ context: Context) -> [Command] {
        [
            .nextPart, .stepBack, .stepOn, .nextAxis, .rowAxis, .columnAxis, .open, .zoomIn,
            .zoomOut, .colors, .range, .transpose, .fit, mode == .image ? .table : .image, .refresh,
            .copy,
            .left, .right, .lineStart, .lineEnd, mode == .image ? .image : .table,
        ] + Command.moving
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        switch command {
        case .image where !(context.arrayDetails(path)?.isNumeric ?? true):
            "Its elements are no numbers: only a table can show them"
        case .zoomIn, .zoomOut, .fit, .range, .colors:
            mode == .table ? "Only in the image" : nil
        default: nil
        }
    }

    func hint(_ command: Command) -> String {
        switch command {
        case .stepBack: "step axis"
        case .nextAxis: "pick axis"
        case .rowAxis: "axes"
        case .transpose: "swap"
        case .open: "its chunk"
        case .copy: "copy value"
        case .nextPart: mode == .image ? "table" : "image"
        case .zoomIn: "zoom"
        case .zoomOut: "out"
        default: command.title
        }
    }

    mutating func prepare(_ size: Size, _ context: Context) {
        guard let details = context.arrayDetails(path) else { return }
        layout = Self.layout(size, details)
        guard let values, values.request.form == .numbers, mode == .image else { return }
        let key = SlicePicture.Key(
            request: values.request,
            span: span,
            ramp: ramp(context),
            magnification: window.magnification,
            isColor: context.isColor,
            isDirect: context.configuration.traits.colors == .direct,
            isUnicode: context.configuration.traits.isUnicode,
            rows: layout.body.rows
        )
        guard picture?.key != key else { return }
        picture = SlicePicture(values, key)
    }

    private static func layout(_ size: Size, _ details: ArrayDetails) -> SliceLayout {
        let longest = details.shape.max().map { String(max(0, $0 - 1)).count } ?? 1
        return SliceLayout(size: size, labelWidth: min(longest, 10))
    }

    /// The colours of values.
    func ramp(_ context: Context) -> Ramp {
        chosenRamp ?? Ramp(context)
    }

    // MARK: Geometry

    /// Rows and columns of the plane.
    func extents(_ details: ArrayDetails) -> (rows: Int, columns: Int) {
        (rowAxis.map { details.shape[$0] } ?? 1, columnAxis.map { details.shape[$0] } ?? 1)
    }

    /// The row and column of the cursor.
    var cursor: (row: Int, column: Int) {
        (rowAxis.map { indexes[$0] } ?? 0, columnAxis.map { indexes[$0] } ?? 0)
    }

    /// Pixels that there is room for. Without half-blocks a pixel is two columns wide, to be square.
    private func pixels(_ layout: SliceLayout, _ context: Context) -> (rows: Int, columns: Int) {
        let traits = context.configuration.traits
        let hasHalves = traits.isUnicode && context.isColor
        return (
            max(1, layout.body.rows * (hasHalves ? 2 : 1)),
            max(1, layout.body.columns / (hasHalves ? 1 : 2))
        )
    }

    // MARK: Input

    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        switch input {
        case .shown: begin(&context)
        case .resized: load(&context)
        case .key: []
        case .command(let command): handle(command, &context)
        case .mouse(let action, let point): click(action, point, &context)
        }
    }

    /// Chooses axes, once the array is described, and asks for values.
    private mutating func begin(_ context: inout Context) -> [Effect] {
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
        axis = rank > 2 ? rank - 3 : max(0, rank - 1)
        if rank < 2 || !details.isNumeric { mode = .table }
        fit(details, context)
        return load(&context)
    }

    private mutating func fit(_ details: ArrayDetails, _ context: Context) {
        let room = pixels(Self.layout(context.size, details), context)
        let whole = extents(details)
        window.fit(
            rows: whole.rows,
            columns: whole.columns,
            pixelRows: room.rows,
            pixelColumns: room.columns
        )
    }

    private mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .back, .close:
            context.navigation = .pop
            return cancel(&context)
        case .copy: return copy(&context)
        case .open: return openChunk(&context)
        case .colors: chosenRamp = ramp(context).next
        case .range: nextSpan(&context)
        default:
            guard let details = context.arrayDetails(path), isBegun else { return [] }
            change(command, details, context)
        }
        return load(&context)
    }

    private mutating func change(_ command: Command, _ details: ArrayDetails, _ context: Context) {
        let room = pixels(layout, context)
        let whole = extents(details)
        switch command {
        case .image: mode = .image
        case .table: mode = .table
        case .nextPart: mode = mode == .image || !details.isNumeric ? .table : .image
        case .refresh: values = nil
        case .zoomIn, .zoomOut:
            window.zoom(
                in: command == .zoomIn,
                rows: whole.rows,
                columns: whole.columns,
                pixelRows: room.rows,
                pixelColumns: room.columns
            )
            window.row = cursor.row - room.rows * window.step / window.magnification / 2
            window.column = cursor.column - room.columns * window.step / window.magnification / 2
        case .fit: fit(details, context)
        case .nextAxis: axis = details.shape.isEmpty ? 0 : (axis + 1) % details.shape.count
        case .stepBack: step(axis, by: -1, details)
        case .stepOn: step(axis, by: 1, details)
        case .transpose:
            swap(&rowAxis, &columnAxis)
            if details.shape.count < 2 { (rowAxis, columnAxis) = (nil, columnAxis ?? rowAxis) }
            fit(details, context)
        case .rowAxis, .columnAxis:
            run(axis, down: command == .rowAxis, details)
            fit(details, context)
        default: move(command, details, room)
        }
    }

    private mutating func step(_ axis: Int, by amount: Int, _ details: ArrayDetails) {
        guard details.shape.indices.contains(axis) else { return }
        indexes[axis] = max(0, min(indexes[axis] + amount, details.shape[axis] - 1))
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

    private mutating func move(
        _ command: Command,
        _ details: ArrayDetails,
        _ room: (rows: Int, columns: Int)
    ) {
        let stride = mode == .image ? window.step : 1
        let page = mode == .image ? room.rows * stride / window.magnification : layout.body.rows
        let half = max(1, page / 2 / stride) * stride
        let line = rowAxis == nil && mode == .table ? lineLength : 0
        switch command {
        case .up: moveRows(-stride, line, details)
        case .down: moveRows(stride, line, details)
        case .pageUp: moveRows(-page, line, details)
        case .pageDown: moveRows(page, line, details)
        case .halfUp: moveRows(-half, line, details)
        case .halfDown: moveRows(half, line, details)
        case .left: moveColumns(-stride, details)
        case .right: moveColumns(stride, details)
        case .lineStart: moveColumns(-(columnAxis.map { details.shape[$0] } ?? 0), details)
        case .lineEnd: moveColumns(columnAxis.map { details.shape[$0] } ?? 0, details)
        case .top: moveRows(-(details.shape.max() ?? 0), line, details)
        case .bottom: moveRows(details.shape.max() ?? 0, line, details)
        default: break
        }
    }

    private mutating func moveRows(_ amount: Int, _ line: Int, _ details: ArrayDetails) {
        if let rowAxis {
            step(rowAxis, by: amount, details)
        } else if line > 0 {
            let (jump, overflow) = amount.multipliedReportingOverflow(by: line)
            moveColumns(overflow ? (amount < 0 ? -(Int.max / 2) : Int.max / 2) : jump, details)
        }
    }

    private mutating func moveColumns(_ amount: Int, _ details: ArrayDetails) {
        guard let columnAxis else { return }
        let last = max(0, details.shape[columnAxis] - 1)
        let (moved, overflow) = indexes[columnAxis].addingReportingOverflow(amount)
        indexes[columnAxis] = overflow ? (amount < 0 ? 0 : last) : max(0, min(moved, last))
    }

    private mutating func nextSpan(_ context: inout Context) {
        switch span {
        case .automatic: span = .percentiles
        case .percentiles:
            guard let picture else { return }
            span = .held(picture.normalization.lower, picture.normalization.upper)
            context.say("The range is held as it is while you move")
        case .held: span = .automatic
        }
    }

    private func copy(_ context: inout Context) -> [Effect] {
        guard let text = cursorText(context) else { return [] }
        context.say("Copied \(text)")
        return [context.request(.copy(text))]
    }

    private func openChunk(_ context: inout Context) -> [Effect] {
        guard let details = context.arrayDetails(path), !indexes.isEmpty || details.shape.isEmpty
        else {
            return []
        }
        let chunk = details.chunk(holding: indexes).index
        let effects = context.look(at: path)
        context.navigation = .push(ChunkPane(path: path, chunk: chunk))
        return effects
    }

    private mutating func click(
        _ action: MouseAction,
        _ point: Point,
        _ context: inout Context
    ) -> [Effect] {
        guard let details = context.arrayDetails(path), isBegun else { return [] }
        switch action {
        case .wheelUp, .wheelDown:
            move(action == .wheelUp ? .halfUp : .halfDown, details, pixels(layout, context))
        case .press, .drag:
            guard let place = element(at: point, context) else { return [] }
            if let rowAxis { indexes[rowAxis] = min(place.row, details.shape[rowAxis] - 1) }
            if let columnAxis {
                indexes[columnAxis] = min(place.column, details.shape[columnAxis] - 1)
            }
        default: return []
        }
        return load(&context)
    }

    // MARK: Loading

    /// Asks for the values in view, unless they are there or on their way.
    private mutating func load(_ context: inout Context) -> [Effect] {
        guard isBegun, let details = context.arrayDetails(path), !details.shape.contains(0) else {
            return []
        }
        layout = Self.layout(context.size, details)
        let plane = wanted(details, context)
        if values?.request == plane || request?.plane == plane { return [] }
        var effects = cancel(&context)
        let effect = context.request(.readPlane(plane))
        request = (effect.number, plane)
        effects.append(effect)
        return effects
    }

    private mutating func cancel(_ context: inout Context) -> [Effect] {
        guard let old = request else { return [] }
        request = nil
        context.finish(old.number)
        return [context.request(.cancel(old.number))]
    }

    private mutating func wanted(_ details: ArrayDetails, _ context: Context) -> PlaneRequest {
        let whole = extents(details)
        var rows: PlaneRequest.Run
        var columns: PlaneRequest.Run
        if mode == .image {
            let room = pixels(layout, context)
            window.reveal(
                row: cursor.row,
                column: cursor.column,
                rows: whole.rows,
                columns: whole.columns,
                pixelRows: room.rows,
                pixelColumns: room.columns
            )
            rows = window.run(
                from: window.row,
                count: whole.rows,
                pixels: room.rows,
                holding: cursor.row
            )
            columns = window.run(
                from: window.column,
                count: whole.columns,
                pixels: room.columns,
                holding: cursor.column
            )
        } else if rowAxis == nil {
            let line = lineLength
            let lines = max(1, layout.body.rows)
            let first = tableStart(cursor.column / line, from: window.column / line, shown: lines)
            window.column = first * line
            rows = PlaneRequest.Run(start: 0, count: 1)
            let left = whole.columns - window.column
            columns = PlaneRequest.Run(start: window.column, count: min(line * lines, left))
        } else {
            window.row = tableStart(cursor.row, from: window.row, shown: max(1, layout.body.rows))
            window.column = tableStart(cursor.column, from: window.column, shown: tableColumns)
            rows = run(from: window.row, count: whole.rows, shown: max(1, layout.body.rows))
            columns = run(from: window.column, count: whole.columns, shown: tableColumns)
        }
        return PlaneRequest(
            path: path,
            rowAxis: rowAxis,
            columnAxis: columnAxis,
            fixed: indexes.indices.map { $0 == rowAxis || $0 == columnAxis ? 0 : indexes[$0] },
            rows: rows,
            columns: columns,
            form: mode == .image ? .numbers : .texts
        )
    }

    private func tableStart(_ wanted: Int, from start: Int, shown: Int) -> Int {
        wanted < start ? wanted : wanted >= start + shown ? wanted - shown + 1 : start
    }

    private func run(from start: Int, count: Int, shown: Int) -> PlaneRequest.Run {
        PlaneRequest.Run(start: start, count: max(1, min(shown, count - start)))
    }

    /// Columns of a value in the table.
    static let cellWidth = 11

    /// Values beside each other in the table.
    var tableColumns: Int {
        max(1, layout.body.columns / Self.cellWidth)
    }

    /// Values to a line of an array of one dimension: a number that is easily counted in.
    var lineLength: Int {
        [20, 16, 10, 8, 5, 4, 2].first { $0 <= tableColumns } ?? 1
    }

    // MARK: Events

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        if case .described(let details) = event.news, details.path == path, !isBegun {
            return begin(&context)
        }
        guard let current = request, event.number == current.number else { return [] }
        switch event.news {
        case .plane(let found):
            values = found
            problem = nil
            if let first = found.problems.first {
                context.say("✖ \(first)", .error)
            }
        case .failed(let failure):
            problem = failure
            context.say(failure.message, .error)
        default: break
        }
        if event.news.isFinal { request = nil }
        return []
    }
}
