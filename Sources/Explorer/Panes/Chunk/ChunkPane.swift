import Canvas
import ZarrModel

/// One chunk, looked at directly: its object, its codec stages, its values, its bytes, its neighbours.
///
/// What is known is shown whatever the chunk is: one that is absent, cut off or does not decode says
/// why in its first line, and keeps its key, its bytes and its place.
struct ChunkPane: Pane {
    /// What is shown of it.
    enum Tab: Int, Hashable, Sendable, CaseIterable {
        case overview, values, hex, stages, around

        /// Its word.
        var title: String {
            switch self {
            case .overview: "Overview"
            case .values: "Values"
            case .hex: "Hex"
            case .stages: "Stages"
            case .around: "Around"
            }
        }
    }

    /// The array.
    let path: String
    /// Which chunk: in the array's grid, or in that of its shard.
    private(set) var chunk: ChunkIndex
    /// The shard that it is inside of; `nil` for a stored object.
    let shard: ShardPlace?
    /// What was found; `nil` while it is being looked at.
    private(set) var report: ChunkReport?
    private(set) var problem: Problem?
    /// `chunk`, or `shard` where the array is sharded, or `inner chunk`.
    private(set) var unit = "chunk"
    private(set) var facts: CursorFacts?
    private(set) var tab = Tab.overview
    /// What the listing had said when the chunk was looked at.
    private(set) var listed: ChunkState?
    private(set) var listedSize: Int?
    /// What reading it had shown before that; `nil` where it had not been read.
    private(set) var found: ChunkState?
    /// Which of its values are held.
    private(set) var values = ValueWindow()
    private var valueRequest: Int?
    var hex = HexView()
    var scroll = Scroll()
    /// The first column of values in view.
    var column = 0
    /// The neighbour that is selected, as a cell of the neighbourhood.
    var near = (row: 0, column: 0)
    private(set) var neighbourhood: Neighbourhood?
    /// What the axes of the grid around it are called.
    private(set) var aroundNames = AxisNames(nil, rank: 0)
    private(set) var body = Rect(row: 0, column: 0, rows: 0, columns: 0)
    private var request: Int?

    /// Makes a pane for one chunk, or for one inside `shard`.
    init(path: String, chunk: ChunkIndex, of shard: ShardPlace? = nil) {
        self.path = path
        self.chunk = chunk
        self.shard = shard
    }

    var name: String {
        let way = shard.map { [$0.shard] + $0.inside } ?? []
        let outer = way.reversed().map { " of [\($0)]" }.joined()
        return crumb("\(unit) [\(chunk)]\(outer)", of: path)
    }

    /// What is asked for: the stored object, or the way into it.
    var place: ShardPlace {
        shard.map { ShardPlace($0.shard, inside: $0.inside + [chunk]) } ?? ShardPlace(chunk)
    }

    let isTyping = false

    func commands(_ context: Context) -> [Command] {
        var commands: [Command] = tab == .around && shard == nil ? [.open, .nextPart] : [.nextPart]
        if shard == nil { commands += [.next, .previous] }
        commands += [.stepBack, .stepOn]
        if shard == nil { commands += [.map] }
        commands += [.slice]
        if shard == nil { commands += [.mark] }
        commands += [.delete, .refresh]
        commands += [.copy, .previousPart, .left, .right]
        if tab == .values { commands += [.lineStart, .lineEnd] }
        return commands + Command.tabs + Command.moving
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        switch command {
        case .delete where shard != nil:
            "It is no object of its own: on the map of shards, D deletes its whole shard"
        case .delete: context.reasonNotWritable
        case .slice: context.arrayDetails(path)?.reasonUndecodable
        case .next, .previous:
            context.array?.shown?.anomalyCount == 0
                ? "No missing or damaged \(context.unit(path)) is known" : nil
        default: nil
        }
    }

    func hint(_ command: Command) -> String {
        switch command {
        case .left: tab == .overview ? "before, after" : "left, right"
        case .right: tab == .overview ? "\(unit) after" : "right"
        case .stepBack: "before, after"
        case .stepOn: "\(unit) after"
        case .next: "next finding"
        case .previous: "previous"
        case .nextPart:
            Tab(rawValue: (tab.rawValue + 1) % Tab.allCases.count)?.title.lowercased() ?? ""
        case .previousPart: "tab before"
        case .open: "inspect this one"
        case .map: "on the map"
        case .refresh: "look again"
        case .copy: "copy key"
        case .tab1: "overview"
        case .tab2: "values"
        case .tab3: "hex"
        case .tab4: "stages"
        case .tab5: "around"
        default: command.title
        }
    }

    mutating func prepare(_ size: Size, _ context: Context) {
        facts = index(context).flatMap { index in
            context.array?.shown.map { CursorFacts(index, $0, context.arrayDetails(path)) }
        }
        neighbourhood = neighbourhood(context)
        aroundNames = AxisNames(context.arrayDetails(path), rank: chunk.coordinates.count)
        let head = min(2, size.rows)
        body = Rect(row: head, column: 1, rows: size.rows - head, columns: max(0, size.columns - 2))
        hex.fit(rows: body.rows, columns: body.columns)
        // A plane of values has the numbers of its columns above it, besides its title.
        let heads = tab == .values && values.columns > 0 ? 2 : 1
        scroll.fit(count: lineCount(context), height: max(1, body.rows - heads))
    }

    private func neighbourhood(_ context: Context) -> Neighbourhood? {
        guard shard == nil else { return nil }
        return context.arrayDetails(path).flatMap { Neighbourhood(chunk, in: $0.gridShape) }
    }

    /// Its number in the array's grid; `nil` where that is not counted, and for an inner chunk.
    func index(_ context: Context) -> Int? {
        guard shard == nil, context.array?.path == path, let census = context.array?.shown,
            chunk.coordinates.count == census.grid.count,
            zip(chunk.coordinates, census.grid).allSatisfy({ $0 >= 0 && $0 < $1 })
        else { return nil }
        return GridOrder.linear(chunk.coordinates, in: census.grid)
    }

    /// Asks for the values that are in view and not held.
    mutating func readValues(_ context: inout Context) -> [Effect] {
        guard tab == .values, valueRequest == nil,
            let start = values.wanted(valuesInView.rows, valuesInView.columns)
        else { return [] }
        let effect = context.request(
            .readValues(path: path, place, row: start.row, column: start.column)
        )
        valueRequest = effect.number
        return [effect]
    }

    /// Takes an answer to a request for values; says whether it was one.
    private mutating func receiveValues(_ event: Event, _ context: inout Context) -> Bool {
        guard event.number == valueRequest else { return false }
        switch event.news {
        case .chunkValues(let found) where found.chunk == chunk: values.take(found)
        case .failed(let problem):
            context.say("These values cannot be shown: \(problem.message)", .error)
            return true
        default: break
        }
        if event.news.isFinal { valueRequest = nil }
        return true
    }

    // MARK: What is looked at

    /// Begins to look at the chunk.
    mutating func look(_ context: inout Context) -> [Effect] {
        if let request { context.finish(request) }
        unit = shard == nil ? context.unit(path) : "inner chunk"
        report = nil
        problem = nil
        values = ValueWindow()
        valueRequest = nil
        hex = HexView()
        scroll = Scroll()
        column = 0
        listed = nil
        listedSize = nil
        found = nil
        if let index = index(context), let census = context.array?.shown,
            census.state(index) != .unknown
        {
            let bits = census.bits(index)
            listed = Census.listed(bits)
            listedSize = census.size(index)
            if Census.isRead(bits) || context.array?.book.notes[index] != nil {
                found = census.state(index)
            }
        }
        neighbourhood = neighbourhood(context)
        near = neighbourhood?.centre ?? (0, 0)
        let effect = context.request(.inspect(path: path, place))
        request = effect.number
        return [effect]
    }

    /// Looks at another chunk of the array.
    mutating func show(_ chunk: ChunkIndex, _ context: inout Context) -> [Effect] {
        self.chunk = chunk
        return look(&context)
    }

    /// Shows another tab.
    mutating func choose(_ tab: Tab) {
        self.tab = tab
        scroll = Scroll()
        column = 0
    }

    /// Whether the overview has room for the first of the stored bytes.
    var showsBytes: Bool {
        body.columns >= 140 && body.rows >= 30
    }

    /// Asks for the bytes that are in view and not read.
    mutating func readBytes(_ context: inout Context) -> [Effect] {
        guard tab == .hex || tab == .overview && showsBytes, report?.size != nil else { return [] }
        let (first, object) = (report?.inside?.offset ?? 0, place.shard)
        return hex.wanted(height: max(24, body.rows)).map { page in
            let start = page * ObjectBytes.pageLength
            let end = min(hex.size, start + ObjectBytes.pageLength)
            let effect = context.request(
                .readBytes(path: path, chunk: object, range: first + start..<first + end)
            )
            hex.ask(page, number: effect.number)
            return effect
        }
    }

    // MARK: Events

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        if hex.receive(event) { return [] }
        if receiveValues(event, &context) { return readValues(&context) }
        guard event.number == request else { return [] }
        switch event.news {
        case .inspected(let found):
            report = found
            values = ValueWindow(found)
            hex = HexView(size: found.size ?? 0)
            agree(found, &context)
        case .failed(let failure):
            problem = failure
        default: break
        }
        if event.news.isFinal { request = nil }
        return readBytes(&context)
    }

    /// Takes what the direct look found into the census, and says so where they differ.
    private func agree(_ found: ChunkReport, _ context: inout Context) {
        // A record of a listing has no bytes to look at: that says nothing of the chunk.
        guard context.store?.record == nil || found.state != .unreadable,
            let index = index(context), let before = context.array?.shown?.state(index),
            !(context.array?.shown?.isRunning ?? true), found.chunk == chunk, before != found.state,
            before != .expectedEmpty || found.state != .missing
        else { return }
        context.array?.look(at: found)
        let source = self.found == nil ? "listing" : "verify"
        context.say(
            "The \(source) said \(StateLook.word(before)); looked at directly it is "
                + StateLook.word(found.state),
            .notice
        )
    }

    /// Whether the listing and the direct look agree, in words.
    var agreement: (text: String, role: Role)? {
        guard let listed, let report else { return nil }
        let (isListed, isThere) = (Self.isStored(listed), Self.isStored(report.state))
        let said = StateLook.word(listed) + (listedSize.map { ", \(Format.bytes($0))" } ?? "")
        switch (isListed, isThere) {
        case (true, false):
            return ("said \(said), but it is gone: deleted since, or a late listing", .warning)
        case (false, true):
            return ("said \(said), but it is here: written since, or a late listing", .warning)
        default: break
        }
        if let listedSize, let size = report.size, listedSize != size {
            return ("said \(said): the size has changed since", .warning)
        }
        if report.state == .unreadable { return ("said \(said); the look failed", .warning) }
        return listed == report.state || !isListed
            ? ("agrees: \(said)", .good)
            : ("said \(said); the look says \(StateLook.word(report.state))", .notice)
    }

    /// What reading the chunk had shown before, where the look says something else.
    var disagreement: String? {
        guard let found, let report, found != report.state else { return nil }
        return "said \(StateLook.word(found)): it has changed, or could not be read well"
    }

    private static func isStored(_ state: ChunkState) -> Bool {
        state != .missing && state != .expectedEmpty
    }
}
