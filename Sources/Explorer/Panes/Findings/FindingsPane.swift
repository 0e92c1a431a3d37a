import Canvas
import ZarrModel

/// Everything that stands out in an array, as a list of boxes; and the verification that fills it.
struct FindingsPane: Pane {
    /// What is being typed.
    enum Entry: Hashable, Sendable {
        case filter
        case export(FindingsExport.Format)
        case overwrite(FindingsExport.Format)
        case expected
    }

    /// The array.
    let path: String
    private(set) var list = FindingList()
    /// The findings that are shown, in order.
    private(set) var shown: [Int] = []
    private(set) var cursor = ListCursor()
    var order = FindingOrder.kind
    var filter = TextField()
    var entry: Entry?
    var field = TextField()
    private(set) var layout = FindingsLayout(size: Size(rows: 0, columns: 0), isVerifying: false)
    private(set) var text: FindingText?
    var exportRequest: Int?
    /// What the export that waits was written as.
    var lastFormat = FindingsExport.Format.ndjson
    var noteRequests: Set<Int> = []
    private var madeFor: ListKey?
    private var madeAt = 0

    private struct ListKey: Equatable {
        var version: Int
        var book: Int
        var isShadowed: Bool
    }

    /// Makes a list of an array's findings.
    init(path: String) {
        self.path = path
    }

    var name: String {
        crumb("findings", of: path)
    }

    var isTyping: Bool {
        entry != nil
    }

    /// Those of them that a person should look at: what is expected to be empty is listed, so that it
    /// can be taken back, and is no finding.
    var findings: [Int] {
        shown.filter { list.boxes[$0].state.isAnomaly }
    }

    /// The finding that is selected.
    var selected: FindingBox? {
        guard shown.indices.contains(cursor.selected) else { return nil }
        return list.boxes[shown[cursor.selected]]
    }

    func commands(_ context: Context) -> [Command] {
        guard entry == nil else { return [] }
        let canPause = context.canPauseOrGoOn
        let first: [Command] = canPause ? [.pauseVerify, .open, .inspect] : [.open, .inspect]
        let more: [Command] = [
            .verify, .mark, .expect, .export, .filter, .sort, .delete, .change, .markState,
            .clearMarks, .loadExpected, .copy, .slice,
        ]
        return first + more + (canPause ? [] : [.pauseVerify]) + Command.moving
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        switch command {
        case .verify:
            return context.arrayDetails(path)?.reasonUndecodable ?? context.reasonNotVerifiable
        case .pauseVerify: return context.reasonNotPausable
        case .open, .inspect, .slice, .mark:
            if selected == nil { return "Nothing is selected" }
            if command == .slice, let reason = context.arrayDetails(path)?.reasonUndecodable {
                return reason
            }
            return selected?.orphan == nil ? nil : "It lies outside the grid"
        case .copy, .markState: return shown.isEmpty ? "Nothing is listed" : nil
        case .export: return findings.isEmpty ? "There are no findings to write" : nil
        case .expect:
            guard let state = selected?.state else { return "Nothing is selected" }
            return state == .missing || state == .expectedEmpty
                ? nil : "Only what is missing can be expected to be empty"
        case .delete: return context.reasonNotWritable
        case .change:
            if let reason = context.reasonNotWritable { return reason }
            guard context.array?.shown?.markedCount == 0 else { return nil }
            guard let box = selected else { return "Nothing is selected" }
            return box.orphan == nil ? nil : "It lies outside the grid: D stages a vacuum for it"
        case .clearMarks: return context.array?.shown?.markedCount == 0 ? "Nothing is marked" : nil
        default: return nil
        }
    }

    func hint(_ command: Command) -> String {
        switch command {
        case .open: "on the map"
        case .expect: selected?.state == .expectedEmpty ? "not expected" : "expected empty"
        case .sort: "sort"
        case .pauseVerify: "pause, go on"
        case .mark: selected.map { $0.count > 1 } ?? false ? "mark them" : "mark"
        case .markState: "mark all shown"
        case .change: "change…"
        case .copy: "copy key"
        default: command.title
        }
    }

    // MARK: Before drawing

    mutating func prepare(_ size: Size, _ context: Context) {
        layout = FindingsLayout(
            size: size,
            isVerifying: context.array?.run?.isUnderWay ?? false
        )
        refresh(context)
        cursor.fit(count: shown.count, height: layout.list.rows)
    }

    /// Computes the list anew where the census has changed; while it runs, about once a second.
    mutating func refresh(_ context: Context) {
        guard let array = context.array, array.path == path, let census = array.shown else {
            list = FindingList()
            shown = []
            text = nil
            madeFor = nil
            return
        }
        let key = ListKey(
            version: census.version,
            book: array.book.version,
            isShadowed: array.isShadowed
        )
        guard key != madeFor else { return }
        let elapsed = array.run?.progress.elapsedMilliseconds ?? census.elapsedMilliseconds
        let isFresh = madeFor?.isShadowed == key.isShadowed && abs(elapsed - madeAt) < 900
        if census.isRunning, isFresh, list.boxes.count > 2000 { return }
        madeFor = key
        madeAt = elapsed
        let before = selected
        list = FindingList(census, array.book)
        text = FindingText(
            names: AxisNames(context.arrayDetails(path), rank: census.grid.count),
            grid: census.grid,
            unit: context.unit(path),
            median: list.median,
            book: array.book
        )
        arrange(keeping: before)
    }

    /// Sorts and filters; what was selected stays so where it is still there.
    mutating func arrange(keeping before: FindingBox?) {
        guard let text else { return }
        shown = list.numbers(
            order,
            FindingFilter(filter.string, names: text.names, text.book)
        )
        guard let before else { return }
        let place = shown.firstIndex { number in
            let box = list.boxes[number]
            return box.start == before.start && box.state == before.state
                && box.orphan?.key == before.orphan?.key
        }
        if let place { cursor.selected = place }
        cursor.fit(count: shown.count, height: layout.list.rows)
    }

    /// Moves the cursor; answers whether the command was one for that.
    mutating func move(_ command: Command) -> Bool {
        cursor.take(command)
    }

    /// Moves the cursor by lines.
    mutating func move(by lines: Int) {
        cursor.move(by: lines)
    }

    /// Selects a line that is in view.
    mutating func select(line: Int) {
        cursor.selected = max(0, min(line, shown.count - 1))
    }
}

/// Where the parts of the findings lie.
struct FindingsLayout: Hashable, Sendable {
    /// What was found in all, and how far a verification is.
    let head: Rect
    /// The names of the columns.
    let titles: Rect
    /// One finding to a line.
    let list: Rect
    /// What is selected, at length; empty where there is no room.
    let detail: Rect

    init(size: Size, isVerifying: Bool) {
        let detailRows = size.rows >= 30 ? 10 : size.rows >= 16 ? 7 : size.rows >= 12 ? 5 : 0
        let parts = Rect(size).splitRows([
            .fixed(isVerifying && size.rows >= 12 ? 3 : 2), .fixed(1), .share(1),
            .fixed(detailRows),
        ])
        head = parts[0]
        titles = parts[1]
        list = parts[2]
        detail = parts[3]
    }
}
