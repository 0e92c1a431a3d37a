import Storage
import ZarrEngine
import ZarrModel

/// A chunk that came, went (missing) or was written again.
struct WatchedChunk: Hashable, Sendable {
    /// Its number in C order of the grid.
    var chunk: Int
    /// What it is now.
    var state: ChunkState
    /// Size and time, where the storage says.
    var info: ObjectInfo
    /// Whether it was there before: it was written again.
    var isAgain = false
}

/// What has changed in an array since the last update, and how it goes on.
struct WatchUpdate: Sendable {
    /// Chunks that came, went, or were written again.
    var changes: [WatchedChunk] = []
    /// Chunks that came since the watch began.
    var appeared = 0
    /// Chunks that went since the watch began.
    var vanished = 0
    /// Chunks that are there now.
    var present = 0
    /// Chunks in the grid.
    var total = 0
    /// Chunks that came in a minute, over the last half minute.
    var perMinute = 0.0
    /// Since the watch began.
    var elapsed = Duration.zero
    /// How it is known: `the system tells`, `listed every 4 s`.
    var means = ""
    /// The shape that the array has by now, where a writer changed it: this is the last update then.
    var reshaped: [Int]?

    /// Whole seconds until everything is there, at the rate of now; `nil` where that cannot be said.
    var secondsLeft: Int? {
        guard perMinute > 0, present < total else { return nil }
        return Int(exactly: (Double(total - present) / perMinute * 60).rounded(.up))
    }
}

/// Follows what a writer does to an array: by what the system tells of its directories where it does,
/// else by listing it again, at intervals that grow while nothing happens.
struct ArrayWatch {
    private let array: ArrayNode
    private let hierarchy: ZarrHierarchy
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    /// The watch that the system has begun before the listing, until it is followed.
    private var registered: (any StoreWatch)?
    private var presence: ChunkPresence
    private var update = WatchUpdate()
    /// What was said last of chunks, by a listing or by a look at them: the system may tell of them again.
    private var told: [Int: ObjectInfo] = [:]
    /// How long it took to begin a watch and to list what came before it.
    private var listingTime = Duration.zero
    private var arrivals: [(time: ContinuousClock.Instant, count: Int)] = []

    /// The shortest and the longest time between two listings.
    private static let intervals: ClosedRange<Duration> = .seconds(2)...(.seconds(60))
    /// Objects that are looked at at a time.
    private static let width = 16
    /// How long changes are gathered before they are told.
    private static let gathering = Duration.milliseconds(100)
    /// The time that a rate is taken over.
    private static let span = Duration.seconds(30)

    /// How many chunks are there.
    var presentCount: Int { presence.count }

    /// Begins to watch the array, a node of `hierarchy`, and then lists it for what is there: nothing
    /// that comes in between is missed.
    init(
        _ array: ArrayNode,
        in hierarchy: ZarrHierarchy,
        list: (ArrayNode) async throws -> ChunkPresence = {
            try await $0.census().finished().presence
        }
    ) async throws {
        self.array = array
        self.hierarchy = hierarchy
        start = clock.now
        registered = try await array.watch()
        presence = try await list(array)
        listingTime = clock.now - start
        update.total = array.grid.total
    }

    /// Tells what changes until `body` answers `false`, the array gets another shape, or the task is
    /// cancelled. The first update comes at once and holds no changes.
    mutating func follow(_ body: (WatchUpdate) async throws -> Bool) async throws {
        update.present = presence.count
        var interval = Self.intervals.lowerBound
        guard try await body(update) else { return }
        while true {
            let asked = clock.now
            let isListed = registered != nil
            var next = registered
            registered = nil
            if next == nil { next = try await array.watch() }
            if let next {
                guard try await follow(next, since: isListed ? nil : asked, body) else { return }
                // Some changes were lost, or there is too much to watch by now: looked at again as soon
                // as that costs little.
                let pace = max(Self.gathering, listingTime * 3)
                try await Task.sleep(for: min(pace, Self.intervals.upperBound))
                continue
            }
            update.means = "listed every \(Wording.count(Int(interval / .seconds(1)))) s"
            guard try await tell([], body) else { return }
            try await Task.sleep(for: interval)
            let began = clock.now
            guard try await !tellsReshaped(body) else { return }
            let changes = try await listAgain()
            let pace = max(Self.intervals.lowerBound, (clock.now - began) * 10)
            interval = min(
                Self.intervals.upperBound,
                changes.isEmpty ? max(pace, interval * 1.5) : pace
            )
            if !changes.isEmpty {
                guard try await tell(changes, body) else { return }
            }
        }
    }

    /// Follows what the system tells; answers `false` where that is to end, `true` where changes were
    /// lost. `asked` is when the watch was asked for; `nil` where the array was listed after that.
    private mutating func follow(
        _ watch: any StoreWatch,
        since asked: ContinuousClock.Instant?,
        _ body: (WatchUpdate) async throws -> Bool
    ) async throws -> Bool {
        update.means = "the system tells"
        guard try await !tellsReshaped(body) else { return false }
        // What came between the last listing and the watch.
        let missed = asked == nil ? [] : try await listAgain()
        if let asked { listingTime = clock.now - asked }
        told = Dictionary(missed.map { ($0.chunk, $0.info) }) { $1 }
        guard try await tell(missed, body) else { return false }
        while let keys = try await watch.changes() {
            // A writer that writes in place is done by then, most often: nobody is told of a torn chunk
            // that is not one.
            try await Task.sleep(for: Self.gathering)
            if keys.contains(where: Self.documents.contains) {
                guard try await !tellsReshaped(body) else { return false }
            }
            let changes = try await looks(at: Set(keys)).filter { look in
                look.state == .missing ? presence.contains(look.chunk) : !isTold(look)
            }.map { WatchedChunk(chunk: $0.chunk, state: $0.state, info: $0.info) }
            // The system may tell of one writing more than once, and again after it was looked at.
            told = Dictionary(changes.map { ($0.chunk, $0.info) }) { $1 }
            if !changes.isEmpty {
                guard try await tell(changes.sorted { $0.chunk < $1.chunk }, body) else {
                    return false
                }
            }
        }
        return true
    }

    /// What the objects at `keys` are now, several looked at at a time: each costs the latency of the
    /// storage.
    private func looks(at keys: Set<String>) async throws -> [ChunkLook] {
        try await withThrowingTaskGroup(of: ChunkLook?.self) { group in
            var waiting = Array(keys)[...]
            let array = array
            func start() {
                guard let key = waiting.popFirst() else { return }
                group.addTask { try await array.look(at: key) }
            }
            for _ in 0..<Self.width { start() }
            var found: [ChunkLook] = []
            while let look = try await group.next() {
                if let look { found.append(look) }
                start()
            }
            return found
        }
    }

    /// Lists once more, and answers what nobody has been told of: the end of a watch.
    mutating func finish() async throws -> WatchUpdate {
        var last = update
        _ = try await tell(try await listAgain()) { update in
            last = update
            return false
        }
        return last
    }

    /// Whether nothing has changed since the listing told of a chunk.
    private func isTold(_ look: ChunkLook) -> Bool {
        guard look.state != .missing, let known = told[look.chunk],
            known.size == look.info.size, known.modified == look.info.modified
        else { return false }
        return known.tag == nil || look.info.tag == nil || known.tag == look.info.tag
    }

    /// The documents of a node that say its shape.
    private static let documents: Set<String> = ["zarr.json", ".zarray"]

    /// Tells it where the array has another shape by now, and answers whether that was so. What cannot
    /// be read just now is being written: there will be another look.
    private mutating func tellsReshaped(
        _ body: (WatchUpdate) async throws -> Bool
    ) async throws -> Bool {
        guard let shape = await hierarchy.node(at: array.path).array?.metadata.shape,
            shape != array.metadata.shape
        else { return false }
        update.reshaped = shape
        _ = try await tell([], body)
        return true
    }

    /// What a fresh listing has that the last one had not, and the other way round.
    private func listAgain() async throws -> [WatchedChunk] {
        let census = try await array.census()
        var changes: [WatchedChunk] = []
        while let page = try await census.next() {
            for place in 0..<page.count where !presence.contains(page.chunks[place]) {
                changes.append(
                    WatchedChunk(
                        chunk: page.chunks[place],
                        state: page.states[place],
                        info: page.info(place)
                    )
                )
            }
        }
        let now = census.summary.presence
        // Only where something went is there anything to look for.
        let hasLost = now.count != presence.count + changes.count
        var next = hasLost ? presence.firstPresent(from: 0) : nil
        while let chunk = next {
            if !now.contains(chunk) {
                changes.append(
                    WatchedChunk(chunk: chunk, state: .missing, info: ObjectInfo(size: nil))
                )
            }
            next = presence.firstPresent(from: chunk + 1)
        }
        return changes
    }

    /// Takes changes, and tells them with how it goes on.
    private mutating func tell(
        _ changes: [WatchedChunk],
        _ body: (WatchUpdate) async throws -> Bool
    ) async throws -> Bool {
        let now = clock.now
        var came = 0
        var changes = changes
        for place in changes.indices {
            let chunk = changes[place].chunk
            if changes[place].state == .missing {
                if presence.contains(chunk) { update.vanished += 1 }
                presence.remove(chunk)
            } else if presence.insert(chunk) {
                came += 1
            } else {
                changes[place].isAgain = true
            }
        }
        update.appeared += came
        if came > 0 { arrivals.append((now, came)) }
        arrivals.removeAll { now - $0.time > Self.span }
        update.changes = changes
        update.present = presence.count
        update.elapsed = now - start
        let span = min(max(update.elapsed, .seconds(1)), Self.span)
        let count = arrivals.reduce(0) { $0 + $1.count }
        update.perMinute = Double(count) * (Duration.seconds(60) / span)
        return try await body(update)
    }
}
