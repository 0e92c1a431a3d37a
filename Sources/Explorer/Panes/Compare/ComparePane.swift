import Canvas
import ZarrModel

/// Two arrays side by side, or two times of one: what is there on which side, sizes, values.
struct ComparePane: Pane {
    /// What is being typed.
    enum Typing: Hashable, Sendable {
        case locator, file
    }

    /// The array on the left.
    let path: String
    /// What the right side is: a locator, as it was typed.
    var field: TextField
    /// The name of a file for the differences.
    var fileField = TextField("differences.ndjson", isFresh: true)
    var typing: Typing? = .locator
    var completions: [Completion] = []
    var chosen: Int?
    var completing: Int?
    /// What was found; `nil` before anything was asked for.
    var comparison: Comparison?
    /// The request that lists, which the runner knows the comparison by.
    var number: Int?
    /// The requests that are under way.
    var listing: Int?
    var reading: Int?
    var looking: Int?
    var saving: Int?
    /// What was found of the chunk under the cursor.
    var detail: ChunkComparison?
    var problem: Problem?
    var view: GridProjection?
    var camera = MapCamera()
    var focus: [Int] = []
    var axis = 0
    private(set) var layout = MapLayout(size: Size(rows: 0, columns: 0), labelWidth: 1)
    private(set) var fold: MapFold?
    private var folded: (version: Int, view: GridProjection, window: MapFold.Window)?
    var isFitted = false

    /// Compares the array at `path` with what `other` names, once that was looked over.
    init(path: String, other: String = "") {
        self.path = path
        field = TextField(other, isFresh: true)
    }

    var name: String { crumb("compare", of: path) }

    var isTyping: Bool { typing != nil }

    /// The row and column of the cursor, in chunks.
    var place: (row: Int, column: Int) {
        guard let view, focus.count == view.counts.count else { return (0, 0) }
        return (focus[view.rowAxis], focus[view.columnAxis])
    }

    /// The chunk under the cursor.
    var focusIndex: Int? { view?.index(of: focus) }

    func commands(_ context: Context) -> [Command] {
        if isTyping { return [.open, .nextPart, .close] }
        return [
            .next, .previous, .open, .compareValues, .locate, .exportDifferences, .zoomIn, .zoomOut,
            .fit, .stepBack, .stepOn, .nextAxis, .fold, .rowAxis, .columnAxis, .refresh, .copy,
            .left, .right, .lineStart, .lineEnd,
        ] + Command.moving
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        switch command {
        case .next, .previous:
            comparison?.hasFindings == false ? "No difference is known" : nil
        case .open where !isTyping: reasonNoValues(context)
        case .compareValues: reasonNoValues(context)
        case .exportDifferences:
            comparison?.hasFindings != true ? "There are no differences to write" : nil
        default: nil
        }
    }

    /// Why values cannot be compared now; `nil` where they can.
    func reasonNoValues(_ context: Context) -> String? {
        if let record = context.store?.record { return record }
        guard let comparison, let summary = comparison.summary else {
            return "The listings are compared first"
        }
        return summary.reasonNoValues.map { "Values cannot be compared: \($0)" }
    }

    func hint(_ command: Command) -> String {
        switch command {
        case .next: "next difference"
        case .previous: "previous"
        case .open: isTyping ? (typing == .file ? "write" : "compare") : "look at values"
        case .nextPart: "complete"
        case .locate: "other side"
        case .copy: "copy key"
        case .zoomIn: "zoom"
        case .zoomOut: "out"
        case .stepBack: "step"
        case .rowAxis: "axes"
        default: command.title
        }
    }

    // MARK: Before drawing

    mutating func prepare(_ size: Size, _ context: Context) {
        guard let view, let comparison else {
            layout = MapLayout(size: size, labelWidth: 1)
            fold = nil
            return
        }
        let top = isTyping ? min(size.rows, Self.fieldRows) : 0
        let largest = view.isWrapped ? view.total : view.rowCount
        layout = MapLayout(
            size: Size(rows: size.rows - top, columns: size.columns),
            labelWidth: max(3, String(max(0, largest - 1)).count)
        )
        camera.resize(tileRows: layout.tiles.rows, tileColumns: layout.tiles.columns / 2, view)
        if !isFitted {
            camera.fit(view)
            isFitted = true
        }
        camera.reveal(row: place.row, column: place.column, view)
        let window = camera.window(view)
        let version = comparison.census.version
        guard folded?.version != version || folded?.view != view || folded?.window != window else {
            return
        }
        folded = (version, view, window)
        fold = MapFold(comparison.census, view, window)
    }

    /// Rows of the field and what goes on from it.
    static let fieldRows = 10

    // MARK: Events

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        switch event.news {
        case .completions(let found) where event.number == completing:
            completing = nil
            completions = typing == .locator ? found : []
        case .comparePage(let page) where isOwn(event.number):
            comparison?.merge(page)
        case .compared(let summary) where isOwn(event.number):
            comparison?.finish(summary)
            end(event.number)
            sayOutcome(&context)
        case .comparedChunk(let found) where event.number == looking:
            looking = nil
            take(found)
        case .saved(let file) where event.number == saving:
            saving = nil
            context.say("Differences written to \(file)", .good)
        case .cancelled where isOwn(event.number):
            end(event.number)
            comparison?.isStopped = true
            context.say("Stopped: what was compared stays")
        case .failed(let failure) where isOwn(event.number):
            let isFirst = event.number == listing
            end(event.number)
            problem = failure
            if isFirst { comparison = nil }
            context.say(failure.message, .error)
        case .failed(let failure) where event.number == looking || event.number == saving:
            looking = event.number == looking ? nil : looking
            saving = event.number == saving ? nil : saving
            context.say(failure.message, .error)
        default: break
        }
        return []
    }

    private func isOwn(_ number: Int) -> Bool {
        number == listing || number == reading
    }

    private mutating func end(_ number: Int) {
        if number == listing { listing = nil }
        if number == reading { reading = nil }
    }

    private mutating func take(_ found: ChunkComparison) {
        detail = found
        guard let comparison, (0..<comparison.census.total).contains(found.index) else { return }
        var page = ComparePage()
        let sizes = comparison.sizes(found.index)
        page.append(found.index, found.difference, left: sizes.left, right: sizes.right)
        self.comparison?.merge(page)
    }

    private func sayOutcome(_ context: inout Context) {
        guard let comparison, let summary = comparison.summary else { return }
        let took = Format.duration(milliseconds: summary.elapsedMilliseconds)
        let what = summary.isOfValues ? "values" : "listings"
        guard comparison.hasFindings else {
            let more = summary.isOfValues || summary.reasonNoValues != nil
            let text = "The \(what) agree (\(took))" + (more ? "" : "; V compares the values")
            context.say(text, .good)
            return
        }
        context.say(
            "\(comparison.words) in the \(what) (\(took)); n goes to the next",
            .warning
        )
    }
}
