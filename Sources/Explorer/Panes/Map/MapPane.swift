import Canvas
import ZarrModel

/// The chunks of an array, or of the inside of a shard, as a map: two axes run, the others are
/// folded or fixed.
struct MapPane: Pane {
    /// The array.
    let path: String
    /// The shard whose inside is shown; `nil` for the array itself.
    let shard: ShardPlace?
    /// The inside of the shard, once its index was read.
    var inner: InnerMap?
    /// Why the inside of the shard cannot be shown.
    var innerProblem: String?
    /// How the grid is shown; `nil` until the array is described.
    var view: GridProjection?
    var camera = MapCamera()
    var measure = MapMeasure.presence
    /// Whether numbers are shown by ratio; `nil` for what suits the measure.
    var isLogarithmic: Bool?
    /// The colours; `nil` for those that suit the terminal.
    var chosenRamp: Ramp?
    /// The kind that `n` goes to; `nil` for any.
    var kind: AnomalyKind?
    /// The chunk under the cursor: coordinates on the axes of the view.
    var focus: [Int] = []
    /// The chunk that `n` or another pane led to: `Space` marks it alone, however many its tile holds.
    var exact: [Int]?
    /// Where a box that is being drawn began.
    var anchor: (row: Int, column: Int)?
    /// The axis that `[` and `]` step.
    var axis = 0
    /// Whether keys go to the axes.
    var isOnAxes = false
    /// The expression that was used last.
    var lastExpression = ""
    /// What is asked before chunks are marked.
    var question: MarkQuestion?
    /// What can be done with an inner chunk, while that is asked.
    var menu: InnerMenu?
    /// The expression that is being typed.
    var prompt: SelectPrompt?
    /// The work of this pane that is under way, by number.
    var requests = Requests()
    var layout = MapLayout(size: Size(rows: 0, columns: 0), labelWidth: 1)
    var drawn = Drawn()
    var isFitted = false

    /// Work that was asked for.
    struct Requests: Hashable, Sendable {
        var shard: Int?
        var inside: Int?
        var figures: Int?
        /// The document of the array, to be read anew before its chunks are listed anew.
        var document: Int?
        /// How many chunks the next reading of values takes.
        var figureBatch = 512
        /// How many were read since reading began, of how many.
        var figuresRead = 0
        var figuresWanted = 0
        /// How many of them did not decode.
        var figuresFailed = 0
        /// Whether a person stopped it.
        var isStopped = false
        /// Whether the shards were looked into, or are not to be.
        var hasLookedInside = false
        /// Whether a person asked for that.
        var isInsideAsked = false
    }

    /// What was computed for the screen.
    struct Drawn: Sendable {
        var fold: MapFold?
        var strips: AxisStrips?
        var overview: MapFold?
        /// From the least to the greatest number that is shown.
        var scale: MapScale?
        var facts: CursorFacts?
        var key: Key?
        var stripKey: [Int] = []

        struct Key: Equatable {
            var version: Int
            var isShadowed: Bool
            var view: GridProjection
            var window: MapFold.Window
            var measure: MapMeasure
            var isLogarithmic: Bool
        }
    }

    /// The state of which every chunk in view is to be marked, once that is asked for again.
    var markAsked: ChunkState?
    /// Whether a verification is to begin as soon as the chunks are counted.
    var verifies = false

    /// Makes a map of the array at `path`, or of the inside of one of its shards.
    init(path: String, shard: ShardPlace? = nil, verifies: Bool = false) {
        self.path = path
        self.shard = shard
        self.verifies = verifies
    }

    var name: String {
        guard let shard else { return crumb("map", of: path) }
        let places = [shard.shard] + shard.inside
        return crumb("map › shard " + places.map { "[\($0)]" }.joined(separator: " › "), of: path)
    }

    var isTyping: Bool {
        prompt != nil || question != nil || menu != nil
    }

    /// The folded window.
    var fold: MapFold? {
        drawn.fold
    }

    /// The row and column of the cursor, in chunks.
    var place: (row: Int, column: Int) {
        guard let view, focus.count == view.counts.count else { return (0, 0) }
        return (focus[view.rowAxis], focus[view.columnAxis])
    }

    /// The chunk under the cursor.
    var focusIndex: Int? {
        view?.index(of: focus)
    }

    // MARK: What is shown

    /// What is known of the chunks that are shown.
    func census(_ context: Context) -> Census? {
        if shard != nil { return inner?.census }
        return context.array?.path == path ? context.array?.shown : nil
    }

    /// Changes what is known of them, in place.
    mutating func change(_ context: inout Context, _ body: (inout Census) -> Void) {
        if shard != nil {
            inner?.change(body)
        } else if context.array?.path == path {
            context.array?.change(body)
        }
    }

    /// What one chunk of the map is.
    func unit(_ context: Context) -> String {
        shard == nil ? context.unit(path) : "inner chunk"
    }

    /// The names of the axes.
    func names(_ context: Context) -> AxisNames {
        AxisNames(context.arrayDetails(path), rank: view?.grid.count ?? 0)
    }

    /// What numbers are told against.
    func units(_ context: Context) -> MapUnits {
        let details = context.arrayDetails(path)
        let shape = inner?.contents.innerShape ?? details?.chunkShape ?? []
        let bytes = details?.elementBytes.flatMap { GridOrder.product(shape + [$0]) }
        return MapUnits(chunkBytes: bytes, takenAt: census(context)?.takenAt)
    }

    /// Whether there are chunks inside the stored objects (or inside these inner chunks).
    func hasInside(_ context: Context) -> Bool {
        guard shard != nil else { return context.arrayDetails(path)?.innerChunkShape != nil }
        return inner?.contents.isNested ?? false
    }

    /// The colours of numbers.
    func ramp(_ context: Context) -> Ramp {
        chosenRamp ?? Ramp(context)
    }

    func status(_ context: Context) -> String? {
        if requests.figures != nil {
            let read = Format.short(requests.figuresRead)
            return "⟳ values of \(read) / \(Format.short(requests.figuresWanted)); ^C stops"
        }
        if requests.inside != nil, let tally = census(context)?.inside {
            return "⟳ looked into \(Format.short(tally.shards)) shards"
        }
        guard let inner else { return nil }
        let present = inner.census.count(.present)
        return "\(Format.short(present)) of \(Format.plural(inner.census.total, "inner chunk"))"
    }
}

extension InnerMap {
    /// Changes the census in place.
    mutating func change(_ body: (inout Census) -> Void) {
        body(&census)
    }
}
