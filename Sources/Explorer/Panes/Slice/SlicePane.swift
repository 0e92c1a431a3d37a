import Canvas
import Raster
import ZarrModel

/// A plane through an array, as an image, a table, a plot of one line or a histogram.
struct SlicePane: Pane {
    /// How values are shown.
    enum Mode: Hashable, Sendable, CaseIterable {
        case image, table, plot, histogram

        /// The word of its tab.
        var word: String {
            switch self {
            case .image: "Image"
            case .table: "Table"
            case .plot: "Plot"
            case .histogram: "Histogram"
            }
        }

        /// The command that goes to it.
        var command: Command {
            switch self {
            case .image: .image
            case .table: .table
            case .plot: .plot
            case .histogram: .histogram
            }
        }
    }

    /// The array.
    let path: String
    /// Whether the map lies below, so that going back leads there.
    let isFromMap: Bool
    var mode = Mode.image
    var range = ColorRange()
    /// The colours; `nil` for those that suit the terminal and the range.
    var chosenRamp: Ramp?
    /// Which number stands for several behind one pixel.
    var pixel = Reduction.Choice.extreme
    /// Whether numbers are shown as what the attributes say that they mean, where they say it.
    var isDecoded = false
    /// Whether the array itself is read however far it is zoomed out.
    var isFullResolution = false
    /// The coarser levels that turned out not to be readable.
    var leftLevels: [ArrayLevels.Left] = []
    /// Those of which it was said already that they are left out.
    var toldLevels: Set<Int> = []
    /// The request for the coarser levels, while nothing is known of them.
    var awaitedLevels: Int?
    /// Whether what is in view was chosen by what fits, not by a person.
    var isFitted = false
    /// Whether the borders of chunks are drawn on the image.
    var hasBorders = false
    /// Whether the bars of the histogram are logarithms.
    var hasLogarithmicCounts = false
    /// The dimension that runs down, the one that runs across, and the one that is plotted.
    var rowAxis: Int?
    var columnAxis: Int?
    var plotAxis: Int?
    /// The index on each dimension: of the cursor on the two that run.
    var indexes: [Int]
    /// The dimension that `[` and `]` step, and how far.
    var axis = 0
    var stride = 1
    var window = SliceWindow()
    var plotWindow = SliceWindow()
    /// Columns of a value in the table.
    var cellWidth = 0
    /// What was read for this mode; `nil` before anything was.
    var values: PlaneValues?
    /// Whether more of it is on its way, or was stopped.
    var isPartial = false
    /// What was read last, so that going back costs nothing.
    var kept: [PlaneValues] = []
    /// Grows with everything that is read.
    var generation = 0
    var presence: SlicePresence?
    var picture: SlicePicture?
    var problem: Problem?
    var coordinates: [Int: AxisCoordinates] = [:]
    var prompt: SlicePrompt?
    /// The element under the cursor, where a pixel stands for many.
    var element = SliceElement()
    /// Where the lines of the dimensions stand.
    var dimensions = DimensionLines()
    var player = SlicePlayer()
    var layout = SliceLayout(size: Size(rows: 0, columns: 0), labelWidth: 1)
    var isBegun = false
    var request: (number: Int, plane: PlaneRequest)?
    /// Frames that are read before their turn, by request.
    var ahead: [Int: PlaneRequest] = [:]

    /// Makes a slice through the element at these indexes, or the first one.
    init(path: String, at indexes: [Int] = [], isFromMap: Bool = false) {
        self.path = path
        self.indexes = indexes
        self.isFromMap = isFromMap
    }

    var name: String {
        crumb(shownLevel.map { "slice of level \($0.number)" } ?? "slice", of: path)
    }

    var isTyping: Bool {
        prompt != nil
    }

    func commands(_ context: Context) -> [Command] {
        if isTyping { return [.open, .close] }
        let modes = Mode.allCases.filter { $0 != mode }.map(\.command)
        let looks: [Command] =
            switch mode {
            case .image:
                [.zoomIn, .zoomOut, .range, .change, .colors, .borders, .pixel]
            case .table: []
            case .plot: [.zoomIn, .zoomOut]
            case .histogram: [.range]
            }
        // Where every dimension is shown, none is left to step or to run along.
        let isFree = playedAxis(context.arrayDetails(path)) != nil
        let steps: [Command] = [.stepBack, .stepOn, .nextAxis]
        let first = isFree ? steps + [.goTo, .play] : [.goTo]
        let last = isFree ? [] : steps + [.play]
        // Where a level is shown, or could be, the way to the array itself is among the first.
        let isLeveled = readsLevels && !levels(context).isEmpty
        let more: [Command] = [
            .rowAxis, .columnAxis, .transpose, .fit, .open, .map, .copy, .copyPath, .stepSize,
            .slower, .faster, .decode, .fullResolution, .refresh, mode.command, .left, .right,
            .lineStart, .lineEnd,
        ]
        return (isLeveled ? [.nextPart, .fullResolution] : [.nextPart]) + first + looks + modes
            + last + more.filter { !isLeveled || $0 != .fullResolution } + Command.moving
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        let details = context.arrayDetails(path)
        switch command {
        case .image, .plot, .histogram:
            return details?.isNumeric ?? true
                ? nil : "Its elements are no numbers: only a table can show them"
        case .fit, .zoomIn, .zoomOut:
            return mode == .table ? "A table shows every element" : nil
        case .play, .slower, .faster:
            return details == nil || playedAxis(details) != nil
                ? nil : "No dimension is left to run along: all of them are shown"
        case .decode:
            return details?.decoding.isEmpty ?? false
                ? "Its attributes have no scale_factor, add_offset or _FillValue" : nil
        case .fullResolution: return reasonFullResolution(context)
        default: return nil
        }
    }

    func hint(_ command: Command) -> String {
        switch command {
        case .stepBack: "step"
        case .nextAxis: "pick axis"
        case .rowAxis: mode == .plot ? "rows" : "axes"
        case .columnAxis: mode == .plot ? "plot axis" : "to columns"
        case .transpose: "swap"
        case .open: isTyping ? "go" : "its chunk"
        case .close: isTyping ? "leave it" : "close"
        case .copy: "copy value"
        case .copyPath: "copy row"
        case .nextPart: nextMode.word.lowercased()
        case .zoomIn: "zoom"
        case .zoomOut: "out"
        case .range: mode == .histogram ? "log" : "range"
        case .change: "type range"
        case .play: player.isPlaying ? "pause" : "play"
        case .map: "map here"
        case .decode: isDecoded ? "as stored" : "decode"
        case .fullResolution: isFullResolution ? "coarser levels" : "full resolution"
        default: command.title
        }
    }

    /// What the next tab shows.
    var nextMode: Mode {
        let all = Mode.allCases
        let next = all[((all.firstIndex(of: mode) ?? 0) + 1) % all.count]
        return next
    }

    // MARK: Before drawing

    mutating func prepare(_ size: Size, _ context: Context) {
        guard let details = context.arrayDetails(path) else { return }
        layout = layout(size, details)
        dimensions = dimensionLines(
            details,
            isUnicode: context.configuration.traits.isUnicode
        )
        guard let values, values.request.form == .numbers else { return }
        look(at: values, details, context)
        guard mode != .table else { return }
        let key = SlicePicture.Key(
            generation: generation,
            presence: presence?.key,
            range: shownRange,
            pixel: pixel,
            ramp: ramp(context),
            magnification: mode == .plot ? 1 : window.magnification,
            isColor: context.isColor,
            isDirect: context.configuration.traits.colors == .direct,
            isUnicode: context.configuration.traits.isUnicode,
            rows: layout.body.rows
        )
        guard picture?.key != key else { return }
        picture = SlicePicture(values, presence, key)
    }

    /// The range of what is shown: a plot leaves out nothing unless it was typed.
    private var shownRange: ColorRange {
        guard mode == .plot, !range.isLogarithmic else { return range }
        if case .held = range.bounds { return range }
        return ColorRange()
    }

    /// Lays the census behind what was not read.
    private mutating func look(
        at values: PlaneValues,
        _ details: ArrayDetails,
        _ context: Context
    ) {
        guard context.array?.path == path, let census = context.array?.shown else {
            presence = nil
            return
        }
        let key = SlicePresence.Key(request: values.request, version: census.version)
        guard presence?.key != key else { return }
        presence = SlicePresence(census, details, values.request)
    }

    /// Where the parts lie on a pane of `size`.
    func layout(_ size: Size, _ details: ArrayDetails) -> SliceLayout {
        var longest = details.shape.max().map { String(max(0, $0 - 1)).count } ?? 1
        if mode == .plot, let scale = picture?.normalization {
            longest = max(longest, Self.heightWidth(scale, rows: max(0, size.rows - 4)))
        }
        return SliceLayout(
            size: size,
            labelWidth: size.columns >= 100 ? 10 : min(longest, 10),
            hasStrip: mode == .image && rowAxis != nil
        )
    }

    /// The colours of values.
    func ramp(_ context: Context) -> Ramp {
        if let chosenRamp { return chosenRamp }
        if case .around = range.bounds { return Ramp.diverging }
        return Ramp(context)
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

    /// The plane, and the pixels of the image that there is room for. Without half-blocks a pixel is
    /// two columns wide, to be square.
    func room(_ details: ArrayDetails, _ context: Context) -> SliceWindow.Room {
        let traits = context.configuration.traits
        let hasHalves = traits.isUnicode && context.isColor
        let whole = extents(details)
        return SliceWindow.Room(
            rows: whole.rows,
            columns: whole.columns,
            pixelRows: max(1, layout.body.rows * (hasHalves ? 2 : 1)),
            pixelColumns: max(1, layout.body.columns / (hasHalves ? 1 : 2)),
            cost: cost(details.innerChunkShape ?? details.chunkShape, rowAxis, columnAxis),
            levels: isFullResolution ? [] : levels(context)
        )
    }

    /// The plotted dimension, and the dots that there is room for.
    func plotRoom(_ details: ArrayDetails) -> SliceWindow.Room {
        let length = plotAxis.map { details.shape[$0] } ?? 1
        return SliceWindow.Room(
            rows: 1,
            columns: length,
            pixelRows: 16,
            pixelColumns: max(1, layout.body.columns * 2),
            cost: cost(details.innerChunkShape ?? details.chunkShape, nil, plotAxis)
        )
    }

    /// What reading costs where chunks have these lengths.
    func cost(_ lengths: [Int], _ rowAxis: Int?, _ columnAxis: Int?) -> SliceCost {
        var cost = SliceCost()
        for (axis, length) in lengths.enumerated() {
            if axis == rowAxis {
                cost.rowChunk = max(1, length)
            } else if axis == columnAxis {
                cost.columnChunk = max(1, length)
            } else {
                cost.depth = cost.depth.multipliedOrMost(by: max(1, length))
            }
        }
        return cost
    }

    /// The dimension that runs by itself: the picked one unless it is shown, else the first other.
    func playedAxis(_ details: ArrayDetails?) -> Int? {
        guard let details else { return nil }
        let shown = mode == .plot ? [plotAxis] : [rowAxis, columnAxis]
        let free = details.shape.indices.filter { !shown.contains($0) && details.shape[$0] > 1 }
        return free.contains(axis) ? axis : free.first
    }

    /// Values beside each other in the table.
    var tableColumns: Int {
        max(1, layout.body.columns / max(1, cellWidth))
    }

    /// Values to a line of an array of one dimension: a number that is easily counted in.
    var lineLength: Int {
        [20, 16, 10, 8, 5, 4, 2].first { $0 <= tableColumns } ?? 1
    }
}
