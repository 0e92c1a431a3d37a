import Canvas
import ZarrModel

/// The array whose chunks are being looked at, and what is known of them.
struct ArraySession: Sendable {
    /// From the root of the store.
    let path: String
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

    /// Begins with nothing known.
    init(path: String, details: ArrayDetails) {
        self.path = path
        census = Census(grid: details.gridShape)
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
        if event.number == censusRequest { censusRequest = nil }
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

    /// Takes what a watch found.
    mutating func take(_ changes: CensusPage) {
        census?.apply { $0.merge(changes) }
    }

    /// Takes what a change or restore made of chunks.
    mutating func settle(_ changed: CensusPage) {
        census?.apply { $0.settle(changed) }
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

    /// Takes what chunks are now, without counting it as time of the census.
    fileprivate mutating func settle(_ page: CensusPage) {
        var page = page
        page.elapsedMilliseconds = 0
        merge(page)
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
