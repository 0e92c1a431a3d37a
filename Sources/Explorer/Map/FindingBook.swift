import ZarrModel

/// What a verification found out about single chunks, beyond their states.
struct FindingBook: Sendable {
    /// What was said of a chunk, or of one inner chunk of it.
    struct Note: Hashable, Sendable {
        /// The inner chunk, where it is about one.
        var inner: ChunkIndex?
        var state: ChunkState
        /// Which of `reasons`.
        var reason: Int
        var bytes: Int?
    }

    /// More chunks than this are counted, not kept.
    static let limit = 1 << 20

    /// The reasons that were given; each stands here once.
    private(set) var reasons: [String] = []
    private(set) var notes: [Int: [Note]] = [:]
    /// Objects outside the grid.
    private(set) var orphans: [ChunkFinding] = []
    /// Grows with every change.
    private(set) var version = 0
    private var places: [String: Int] = [:]
    private var outside: Set<ChunkIndex> = []

    /// Makes an empty book.
    init() {}

    /// Begins anew, but for what lies outside the grid: a listing tells that as well. Reasons keep their
    /// numbers, so that a note of before can be put back.
    init(after former: FindingBook) {
        orphans = former.orphans
        outside = former.outside
        reasons = former.reasons
        places = former.places
        version = former.version + 1
    }

    /// Whether nothing was said of any chunk.
    var isEmpty: Bool {
        notes.isEmpty
    }

    /// Forgets what was said of a chunk.
    mutating func forget(_ index: Int) {
        if notes.removeValue(forKey: index) != nil { version += 1 }
    }

    /// Puts back what was said of a chunk.
    mutating func put(_ former: [Note], of index: Int) {
        guard !former.isEmpty, notes.count < Self.limit else { return }
        notes[index] = former
        version += 1
    }

    /// Takes over what `former` said of chunks, unless there is a note of one already. Orphans are left
    /// as they are: a listing told them.
    mutating func take(_ former: FindingBook, of chunks: [(former: Int, now: Int)]) {
        let known = notes.mapValues { $0.map { ($0, words($0.reason)) } }
        reasons = former.reasons
        places = former.places
        notes = [:]
        for (former, now) in chunks.map({ (former.notes[$0.former] ?? [], $0.now) }) {
            put(former, of: now)
        }
        for (index, told) in known {
            notes[index] = told.map { note, words in
                var note = note
                note.reason = number(of: words)
                return note
            }
        }
        version += 1
    }

    /// Replaces what lies outside the grid by what a new listing found there.
    mutating func setOrphans(_ found: [ChunkFinding]) {
        orphans = []
        outside = []
        take(found.filter { $0.state == .orphan }, grid: [])
    }

    /// Takes findings about an array of that grid. What is missing has no note: its state says it all.
    mutating func take(_ findings: [ChunkFinding], grid: [Int]) {
        version += 1
        for finding in findings {
            guard finding.state != .orphan else {
                if orphans.count < Self.limit, outside.insert(finding.chunk).inserted {
                    orphans.append(finding)
                }
                continue
            }
            let place = finding.chunk.coordinates
            guard finding.state > .missing, notes.count < Self.limit, place.count == grid.count,
                zip(place, grid).allSatisfy({ $0 >= 0 && $0 < $1 })
            else { continue }
            let note = Note(
                inner: finding.inner,
                state: finding.state,
                reason: number(of: finding.reason),
                bytes: finding.bytes
            )
            let index = GridOrder.linear(place, in: grid)
            if !(notes[index]?.contains(note) ?? false) { notes[index, default: []].append(note) }
        }
    }

    /// What was said of a chunk first; `nil` where that was nothing, or about another state.
    func note(_ index: Int, _ state: ChunkState) -> Note? {
        notes[index]?.first { $0.state == state }
    }

    /// The words of a reason.
    func words(_ reason: Int) -> String {
        reasons.indices.contains(reason) ? reasons[reason] : ""
    }

    private mutating func number(of reason: String) -> Int {
        if let known = places[reason] { return known }
        places[reason] = reasons.count
        reasons.append(reason)
        return reasons.count - 1
    }
}

/// A verification of the array that is looked at.
struct VerifyRun: Sendable {
    /// How far it is.
    enum Phase: Hashable, Sendable {
        case running, pausing, paused, done
        case failed(Problem)
    }

    var phase = Phase.running
    private(set) var progress = VerifyProgress()

    /// A run that begins, or has stopped after `progress`.
    init(_ progress: VerifyProgress = VerifyProgress()) {
        self.progress = progress
    }

    /// Takes how far it is. A report that does not say where it can go on leaves that as it was.
    mutating func take(_ news: VerifyProgress) {
        let next = news.next ?? progress.next
        progress = news
        progress.next = next
    }

    /// Whether it has not ended.
    var isUnderWay: Bool {
        phase == .running || phase == .pausing
    }

    /// Whether it can go on where it stopped.
    var isResumable: Bool {
        switch phase {
        case .paused: progress.next != nil
        case .failed: progress.next ?? 0 > 0
        default: false
        }
    }

    /// Stored chunks a second; `nil` before that can be told.
    var rate: Int? {
        let done = progress.checked - progress.resumedAt
        guard progress.elapsedMilliseconds > 0, done > 0 else { return nil }
        return done * 1000 / progress.elapsedMilliseconds
    }

    /// What the title says while it is under way.
    var title: String {
        if phase == .pausing { return "pausing the verify" }
        guard progress.stored > 0 else {
            return "verify: listing"
                + (progress.listed > 0 ? " " + Format.short(progress.listed) : "")
        }
        var text = "verify \(Format.short(progress.checked)) of \(Format.short(progress.stored))"
        if let rate { text += "  \(Format.short(rate))/s" }
        if let remaining { text += "  \(Format.duration(milliseconds: remaining)) left" }
        return text
    }

    /// Milliseconds that are left, at this rate.
    var remaining: Int? {
        guard let rate, rate > 0, progress.stored >= progress.checked else { return nil }
        return (progress.stored - progress.checked) * 1000 / rate
    }
}
