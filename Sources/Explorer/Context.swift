import Canvas
import ZarrModel

/// What the panes share, and how they speak to the explorer around them.
struct Context: Sendable {
    /// What the explorer was told at the start.
    var configuration: ExplorerConfiguration
    /// Backends, layers and recent stores; `nil` until they are known.
    var home: HomeContents?
    /// The store that is open.
    var store: OpenedStore?
    /// What is known of nodes, by path.
    var details: [String: NodeDetails] = [:]
    /// What stands along the axes of arrays, by path.
    private(set) var coordinates: [String: [AxisCoordinates]] = [:]
    /// What is known of the coarser levels of arrays, by path.
    private(set) var levels: [String: ArrayLevels] = [:]
    /// The array whose chunks are being looked at.
    var array: ArraySession?
    /// What was found out about arrays that were looked at before, by store and array; their names, the
    /// latest last.
    var memories: [String: ArrayMemory] = [:]
    var memoryNames: [String] = []
    /// What is staged, by store and array.
    var stagedPlans: [String: [StagedEntry]] = [:]
    /// The newest request to open a store.
    var openRequest: Int?
    /// The array that is followed while a writer is at work.
    var watch: WatchSession?
    /// The mock overlay.
    var mock = MockSession()
    /// The drills over what is open.
    var drills = DrillSession()
    /// What the open storage was asked, and how it answered.
    var operations = OperationSession()
    /// The chunk that the map goes to when it comes to the top.
    var pointer: ChunkIndex?
    /// Boxes of the grid that are expected to be empty, by array.
    var expected: [String: [[Range<Int>]]] = [:]
    /// The line of the message row.
    var message: Message?
    /// Where to go when the pane has reacted.
    var navigation: Navigation?
    /// What was remembered last of the store that is open.
    var remembered: StoreMemory?
    /// Whether the mouse is listened to.
    var isMouseOn = true
    /// Rows and columns of the pane.
    var size = Size(rows: 0, columns: 0)
    /// Requests that have not had their final answer.
    private(set) var pending: [Int: Work] = [:]
    /// Those of them that wait for a person's answer.
    private var asking: Set<Int> = []
    /// How many milliseconds requests under way have taken by what they last told.
    private var spent: [Int: Int] = [:]
    private var lastNumber = 0

    /// Makes a context with nothing open.
    init(_ configuration: ExplorerConfiguration) {
        self.configuration = configuration
    }

    /// Whether the terminal has colours for data.
    var isColor: Bool {
        configuration.traits.colors >= .indexed
    }

    /// Numbers a piece of work, and remembers that it is under way.
    mutating func request(_ work: Work) -> Effect {
        lastNumber += 1
        if case .settleFailure(let number, _) = work { asking.remove(number) }
        if work.isAnswered {
            pending[lastNumber] = work
        }
        return Effect(lastNumber, work)
    }

    /// Forgets a request whose final answer has come.
    mutating func finish(_ number: Int) {
        pending[number] = nil
        asking.remove(number)
        spent[number] = nil
    }

    /// Notes how long a request has been at work.
    mutating func noteTime(_ event: Event) {
        if pending[event.number] != nil, let milliseconds = event.news.elapsedMilliseconds {
            spent[event.number] = milliseconds
        }
    }

    /// What has been at work for so long that a person would not want to lose it, in words; `nil` where
    /// nothing has.
    var workAtStake: String? {
        let longest = spent.filter { $0.value > Self.timeAtStake }
            .max { ($0.value, $0.key) < ($1.value, $1.key) }
        guard let longest, let word = pending[longest.key]?.stakeWord else { return nil }
        return "\(word) has run for \(Format.duration(milliseconds: longest.value))"
    }

    /// Work of fewer milliseconds is soon done again.
    private static let timeAtStake = 3000

    /// Notes that a request goes on only once a person has answered.
    mutating func ask(_ number: Int) {
        if pending[number] != nil { asking.insert(number) }
    }

    /// Whether any request is under way that goes on of itself.
    var isBusy: Bool {
        pending.contains { !$0.value.isWaiting && !asking.contains($0.key) }
    }

    /// Puts a line on the message row, unless one is there that waits for a key.
    mutating func say(_ text: String, _ role: Role = .text) {
        guard message?.isKept != true else { return }
        message = Message(text: text, role: role)
    }

    /// Why a command cannot be used on a record of a listing; `nil` where it can, or there is a store.
    func reasonRecorded(_ command: Command) -> String? {
        switch command {
        case .slice, .verify, .mock, .delete, .undo, .watch, .compareValues, .inside, .lookInside:
            store?.record
        default: nil
        }
    }

    /// Why chunks cannot be deleted; `nil` when they can.
    var reasonNotWritable: String? {
        if let record = store?.record { return record }
        if !configuration.isWritable {
            return "Read-only: start with --write to delete chunks"
        }
        if mock.isArmed {
            return "The mock is armed: disarm it before you delete"
        }
        if let store, !store.canDelete {
            return "This storage cannot delete"
        }
        return nil
    }

    /// Makes sure that an array's chunks are being looked at: asks for its description first, then
    /// for its census. Another array's census is stopped.
    mutating func look(at path: String) -> [Effect] {
        guard array?.path != path else { return [] }
        guard let details = arrayDetails(path) else {
            let isAsked = pending.values.contains(.describe(path: path))
            return isAsked || self.details[path] != nil ? [] : [request(.describe(path: path))]
        }
        var effects = endLooking()
        setAside()
        array = ArraySession(path: path, details: details, former: memories[stagingName(path)])
        guard array?.census != nil else { return effects }
        if mock.isArmed { return effects + seeThroughMock() }
        effects.append(request(.loadNotes(path: path)))
        let effect = request(.census(path: path))
        array?.censusRequest = effect.number
        return effects + [effect]
    }

    /// Stops what follows and lists the array that is looked at.
    mutating func endLooking() -> [Effect] {
        var effects = endWatch()
        for running in [array?.censusRequest, array?.shadowRequest] {
            if let running { effects.append(request(.cancel(running))) }
        }
        return effects
    }

    /// Begins to read the array through the mock, and to show what came of it.
    mutating func seeThroughMock() -> [Effect] {
        guard let path = array?.path else { return [] }
        array?.beginShadow()
        guard array?.isShadowed ?? false else { return [] }
        let effect = request(.verify(path: path))
        array?.shadowRequest = effect.number
        return [effect]
    }

    /// What one stored object of an array is: `chunk`, or `shard` where it holds several.
    func unit(_ path: String) -> String {
        arrayDetails(path)?.innerChunkShape == nil ? "chunk" : "shard"
    }

    /// Which key takes so many marks away, in words: `, U clears them`; empty for one mark or none.
    func clearing(_ marked: Int) -> String {
        guard marked > 1,
            let key = configuration.keymap.label(
                for: .clearMarks,
                isUnicode: configuration.traits.isUnicode
            )
        else { return "" }
        return ", \(key) clears them"
    }

    /// What stands along an axis of the array at `path`; `nil` where nothing is known.
    func coordinates(of path: String, axis: Int) -> AxisCoordinates? {
        coordinates[path]?.first { $0.axis == axis }
    }

    /// Asks what stands along the axes of the array at `path`, unless it was asked before.
    mutating func learnCoordinates(of path: String) -> [Effect] {
        let work = Work.coordinates(path: path)
        guard coordinates[path] == nil, !pending.values.contains(work) else { return [] }
        return [request(work)]
    }

    /// Takes what stands along the axes of an array.
    mutating func take(_ found: [AxisCoordinates], of path: String) {
        coordinates[path] = found
    }

    /// Asks which coarser levels an array has, unless that is known or was asked.
    mutating func learnLevels(of path: String) -> [Effect] {
        guard levels[path] == nil, levelsRequest(of: path) == nil else { return [] }
        return [request(.levels(path: path))]
    }

    /// The request for the levels of an array, while it is under way.
    func levelsRequest(of path: String) -> Int? {
        pending.first { $0.value == .levels(path: path) }?.key
    }

    /// Takes which coarser levels an array has.
    mutating func take(_ found: ArrayLevels, of path: String) {
        levels[path] = found
    }

    /// Forgets the axes and levels of one array, or of all.
    mutating func forgetCoordinates(of path: String? = nil) {
        if let path { coordinates[path] = nil } else { coordinates = [:] }
        // A level's image tells of its other levels.
        levels = [:]
    }

    /// What is known of an array; `nil` for other nodes.
    func arrayDetails(_ path: String) -> ArrayDetails? {
        details[path]?.array
    }
}

/// A line for the message row.
struct Message: Hashable, Sendable {
    var text: String
    var role: Role
    /// Whether it stays, whole, until a person presses a key.
    var isKept = false
}

/// Where to go.
enum Navigation: Sendable {
    /// On top of what is shown.
    case push(any Pane)
    /// In place of what is shown.
    case replace(any Pane)
    /// Back to what was shown before.
    case pop
    /// Back to the map of an array, or to a new one where there is none.
    case map(String)
    /// Over the home screen, in place of all else.
    case fromHome([any Pane])
}
