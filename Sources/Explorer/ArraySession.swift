import Canvas
import ZarrModel

/// The array whose chunks are being looked at, and what is known of them.
struct ArraySession: Sendable {
    /// From the root of the store.
    let path: String
    /// The array as it was described when its chunks were counted.
    let details: ArrayDetails
    /// What the storage holds; `nil` when the chunks cannot be counted.
    private(set) var census: Census?
    /// What a mock made of it, while one is armed.
    private(set) var shadow: Census?
    /// The request whose pages go to the census.
    var censusRequest: Int?
    /// The request whose pages go to the shadow.
    var shadowRequest: Int?
    /// Chunks that a mock answered with wrong bytes: no codec may notice.
    private var wrong: Set<Int> = []
    /// A verification of it, and how far that is.
    var run: VerifyRun?
    private var knownBook = FindingBook()
    private var shadowBook: FindingBook?
    /// Where the last deleted chunks can be brought back from.
    var trash: String?
    /// What was found out before, until the chunks are listed and it can be told what still holds.
    private var former: ArrayMemory?
    /// What slices found of chunks that are not listed yet.
    private var heard = ArrayMemory()
    private var formers = FormerChunks()
    private var own: Set<Int> = []
    /// A listing that takes the place of the census once it is whole.
    private var relisting: Relisting?

    /// A listing that goes on beside what is shown.
    private struct Relisting: Sendable {
        var number: Int
        var census: Census
        var orphans: [ChunkFinding] = []
    }

    /// Begins with nothing known, but for what was found out before.
    init(path: String, details: ArrayDetails, former: ArrayMemory? = nil) {
        self.path = path
        self.details = details
        census = Census(grid: details.gridShape)
        guard let former, former.holds(for: details) else { return }
        self.former = former
        formers = former.formers
        trash = former.trash
    }

    /// Begins with what is known already.
    init(path: String, details: ArrayDetails, census: Census) {
        self.init(path: path, details: details)
        self.census = census
    }

    /// What is shown: the shadow while there is one.
    var shown: Census? {
        shadow ?? census
    }

    /// Whether the map shows what a mock made of the array.
    var isShadowed: Bool {
        shadow != nil
    }

    /// Changes what is shown, in place.
    mutating func change(_ body: (inout Census) -> Void) {
        if isShadowed {
            shadow?.apply(body)
        } else {
            census?.apply(body)
        }
    }

    /// What was said of single chunks.
    var book: FindingBook {
        shadowBook ?? knownBook
    }

    /// Notes that a verification has begun; what an earlier one said of chunks is told again by one
    /// that goes on.
    mutating func beginVerify(_ number: Int, goingOn: Bool) {
        if isShadowed {
            shadowRequest = number
            shadowBook = FindingBook()
        } else {
            censusRequest = number
            knownBook = FindingBook(after: knownBook)
        }
        // Stopped before its first report, it goes on where the one before did, or begins.
        var start = VerifyProgress()
        start.next = isShadowed ? nil : goingOn ? run?.progress.next ?? 0 : 0
        run = VerifyRun(start)
        change { $0.resume() }
    }

    /// Takes what an event says of a verification.
    private mutating func follow(_ news: News) {
        switch news {
        case .findings(let found):
            let grid = census?.grid ?? []
            if isShadowed {
                shadowBook?.take(found, grid: grid)
            } else {
                knownBook.take(found, grid: grid)
            }
        case .verifyProgress(let progress):
            if run == nil { run = VerifyRun() }
            run?.take(progress)
        case .censusFinished(let summary):
            guard run?.isUnderWay ?? false else { return }
            run?.phase = summary.problem.map { .failed(Problem($0)) } ?? .done
        case .cancelled where run?.isUnderWay ?? false: run?.phase = .paused
        case .failed(let problem) where run?.isUnderWay ?? false: run?.phase = .failed(problem)
        default: break
        }
    }

    /// Begins to see the array through a mock: nothing is known of it.
    mutating func beginShadow() {
        shadowBook = FindingBook()
        run = nil
        shadow = census
        shadow?.forgetStates()
    }

    /// Sees the array itself again.
    mutating func endShadow() {
        shadow = nil
        shadowRequest = nil
        shadowBook = nil
        run = nil
        wrong = []
    }

    /// Takes a part of a census, or its end. Others' answers are left alone.
    mutating func receive(_ event: Event) {
        if event.number == relisting?.number { receiveRelisting(event.news) }
        if event.number == censusRequest || event.number == shadowRequest { follow(event.news) }
        if event.number == censusRequest {
            census?.receive(event.news)
            if case .censusFinished(let summary) = event.news, let found = summary.trash {
                trash = found
            }
        } else if event.number == shadowRequest {
            shadow?.receive(event.news)
        } else {
            return
        }
        guard event.news.isFinal else { return }
        if event.number == censusRequest {
            censusRequest = nil
            recall()
        }
        if event.number == shadowRequest { shadowRequest = nil }
        markWrong()
    }

    /// Takes what a mock did to single chunks.
    mutating func receive(_ log: [MockLogEntry]) {
        guard isShadowed, !log.isEmpty else { return }
        for entry in log {
            guard let chunk = entry.chunk else { continue }
            if entry.outcome == .wrong { wrong.insert(chunk) }
            shadow?.apply { $0.take(entry.outcome, of: chunk) }
        }
        markWrong()
    }

    private mutating func markWrong() {
        shadow?.apply { census in
            for chunk in wrong where chunk >= 0 && chunk < census.total {
                census.set(chunk, .corrupt, size: Int64(census.size(chunk) ?? -1))
            }
            census.touch()
        }
    }

    /// Takes what a watch found: what came or was written again is not what was read before.
    mutating func take(_ changes: CensusPage) {
        census?.apply { $0.merge(changes) }
        for index in changes.indexes {
            knownBook.forget(index)
            own.remove(index)
        }
    }

    // MARK: Changes

    /// Takes what a change made of chunks; or a restore from `trash`, which brings back what they were.
    mutating func settle(_ changed: CensusPage, restoring trash: String? = nil) {
        guard let total = census?.total else { return }
        for (place, index) in changed.indexes.enumerated()
        where index >= 0 && index < total && place < min(changed.states.count, changed.sizes.count)
        {
            if trash == nil {
                let chunk = formerChunk(index)
                formers.note(index, chunk)
            }
            let (state, size) = (census?.state(index), census?.size(index))
            let time = place < changed.modified.count ? Int(changed.modified[place]) : nil
            census?.apply { census in
                census.set(index, changed.states[place], size: changed.sizes[place])
                census.put(index, bits: census.bits(index), time: time)
            }
            if state != changed.states[place] || size != census?.size(index) {
                knownBook.forget(index)
            }
            if own.count < FormerChunks.limit { own.insert(index) }
            if let trash { putBack(index, of: trash) }
        }
        census?.apply { $0.touch() }
    }

    private func formerChunk(_ index: Int) -> FormerChunks.Chunk {
        FormerChunks.Chunk(
            bits: census?.bits(index) ?? 0,
            size: census?.size(index),
            notes: knownBook.notes[index] ?? []
        )
    }

    /// Gives a chunk that was brought back what was known of it: its bytes are those of before.
    private mutating func putBack(_ index: Int, of trash: String) {
        guard let chunk = formers.chunk(index, of: trash), let state = census?.state(index),
            state == .present || state > .missing,
            chunk.size == nil || chunk.size == census?.size(index)
        else { return }
        census?.apply { $0.put(index, bits: chunk.bits) }
        knownBook.put(chunk.notes, of: index)
    }

    /// Ends a change, of which what it replaced lies in these trashes.
    mutating func endChange(_ trashes: [String]) {
        formers.close(trashes)
    }

    // MARK: What reading shows

    /// Takes what a slice or a look found of chunks, unless a verification has said more of them.
    /// `moment` is when that was, in seconds since 1970.
    mutating func hear(_ findings: [ChunkFinding], at moment: Int?) {
        if shown?.summary == nil {
            heard.hear(findings, at: moment)
        } else {
            note(findings)
        }
    }

    private mutating func note(_ findings: [ChunkFinding]) {
        guard let grid = shown?.grid else { return }
        let before = book
        let new = findings.filter { finding in
            let place = finding.chunk.coordinates
            guard finding.state > .missing, place.count == grid.count,
                zip(place, grid).allSatisfy({ $0 >= 0 && $0 < $1 })
            else { return false }
            let index = GridOrder.linear(place, in: grid)
            return before.notes[index]?.contains { $0.state == shown?.state(index) } != true
        }
        guard !new.isEmpty else { return }
        if isShadowed { shadowBook?.take(new, grid: grid) } else { knownBook.take(new, grid: grid) }
        change { census in
            for finding in new {
                let index = GridOrder.linear(finding.chunk.coordinates, in: grid)
                let size = Int64(finding.bytes ?? -1)
                census.set(index, finding.state, size: size, isRead: true)
            }
            census.touch()
        }
    }

    /// Takes what a direct look at a stored chunk found.
    mutating func look(at report: ChunkReport) {
        guard let grid = shown?.grid, report.chunk.coordinates.count == grid.count,
            zip(report.chunk.coordinates, grid).allSatisfy({ $0 >= 0 && $0 < $1 })
        else { return }
        let index = GridOrder.linear(report.chunk.coordinates, in: grid)
        let size = Int64(report.size ?? -1)
        if isShadowed { shadowBook?.forget(index) } else { knownBook.forget(index) }
        guard report.state > .missing else {
            return change { census in
                census.set(index, report.state, size: size)
                census.touch()
            }
        }
        note([
            ChunkFinding(
                chunk: report.chunk,
                state: report.state,
                key: report.key,
                reason: report.reason ?? "",
                bytes: report.size
            )
        ])
    }

    /// Takes what the indexes of shards say.
    mutating func look(inside page: InsidePage) {
        guard let grid = shown?.grid, let total = shown?.total else { return }
        let broken = page.shards.filter {
            $0.state > .missing && $0.index >= 0 && $0.index < total
        }
        note(
            broken.map { shard in
                ChunkFinding(
                    chunk: ChunkIndex(GridOrder.coordinates(shard.index, in: grid)),
                    state: shard.state,
                    key: "",
                    reason: shard.reason ?? ""
                )
            }
        )
        change { $0.merge(page) }
    }

    // MARK: From one listing to the next

    /// Begins to list the chunks anew with request `number`: beside what is shown, or in its place where
    /// no listing of it is whole. Answers the request that is not needed any more.
    mutating func beginRelisting(_ number: Int) -> Int? {
        guard let census, census.summary?.isComplete ?? false else {
            defer { censusRequest = number }
            census = Census(grid: details.gridShape)
            return censusRequest
        }
        relisting = Census(grid: census.grid).map { Relisting(number: number, census: $0) }
        return nil
    }

    private mutating func receiveRelisting(_ news: News) {
        relisting?.census.receive(news)
        switch news {
        case .findings(let found): relisting?.orphans += found
        case .censusFinished(let summary) where summary.isComplete:
            guard var fresh = relisting, let last = census else { return }
            relisting = nil
            knownBook.setOrphans(fresh.orphans)
            let taken = fresh.census.recall(last, own: own)
            var book = FindingBook(after: knownBook)
            book.take(knownBook, of: taken)
            knownBook = book
            for index in last.markedIndexes() { fresh.census.mark(index, true) }
            if last.isRunning { fresh.census.resume() }
            census = fresh.census
        default: if news.isFinal { relisting = nil }
        }
    }

    /// Takes over what was found out before, as far as it still holds.
    private mutating func recall() {
        var waiting = heard.heard
        if let memory = former {
            former = nil
            waiting += memory.heard
            own = memory.own
            let taken = memory.census.flatMap { census?.recall($0, own: memory.own) } ?? []
            knownBook.take(memory.book, of: taken)
        }
        heard = ArrayMemory()
        guard !waiting.isEmpty, let grid = census?.grid else { return }
        let still = waiting.filter { finding, moment in
            let place = finding.chunk.coordinates
            guard place.count == grid.count, zip(place, grid).allSatisfy({ $0 >= 0 && $0 < $1 })
            else { return false }
            // Written after it was read, or perhaps: then nothing is known of it.
            return census?.time(GridOrder.linear(place, in: grid)) ?? .max < moment
        }
        note(still.map(\.finding))
    }

    /// What is worth keeping of it; `nil` for nothing.
    func memory(isBrief: Bool) -> ArrayMemory? {
        if let former { return former }
        var memory = heard
        memory.details = details
        memory.formers = formers
        memory.trash = trash
        memory.book = knownBook
        guard let census, census.soundCount > 0 || !knownBook.isEmpty else {
            let isEmpty = formers.count == 0 && trash == nil && heard.heard.isEmpty
            return isEmpty ? nil : memory
        }
        memory.census = census.remembered(knownBook, isBrief: isBrief)
        memory.own = own
        return memory
    }
}

extension Census {
    /// Changes in place.
    fileprivate mutating func apply(_ body: (inout Census) -> Void) {
        body(&self)
    }

    /// Takes what a mock did to one chunk, before or after it was read.
    fileprivate mutating func take(_ outcome: MockLogEntry.Outcome, of chunk: Int) {
        guard chunk >= 0, chunk < total else { return }
        let known = Int64(size(chunk) ?? -1)
        switch outcome {
        case .wrong: break
        case .slow: set(chunk, state(chunk), size: known, isSlow: true)
        case .failed:
            if state(chunk) == .unknown { set(chunk, .unreadable, size: known) }
        }
    }

    fileprivate mutating func receive(_ news: News) {
        switch news {
        case .censusPage(let page): merge(page)
        case .censusFinished(let summary): finish(summary)
        case .cancelled: stop(Self.stoppedWord)
        case .failed(let problem): stop(problem.message)
        default: break
        }
    }
}
