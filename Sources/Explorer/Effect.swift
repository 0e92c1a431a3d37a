public import ZarrModel

/// One piece of work that the explorer asks of whoever runs it.
///
/// Every answer to it is an `Event` with the same number. Numbers start at 1 and are never used
/// twice.
public struct Effect: Hashable, Sendable {
    /// Which request this is.
    public let number: Int
    /// What is to be done.
    public let work: Work

    /// Makes a numbered piece of work.
    public init(_ number: Int, _ work: Work) {
        self.number = number
        self.work = work
    }
}

/// What the explorer can ask for.
///
/// Work runs elsewhere and concurrently, in any order, unless said otherwise. Each case names the
/// news that answers it. Where an answer streams, the last one is the one named final; anything can
/// be answered by `.failed` instead, which is final as well. Work without an answer says so.
/// Node paths are those of the opened store: `/`, `/group/array`.
public enum Work: Hashable, Sendable {
    // MARK: Home

    /// Gather backends, layers and recent stores. Must not touch any storage. Answer: `.home`.
    case loadHome
    /// What could follow the locator typed so far. A newer one replaces an older one, which needs
    /// no answer then. Answer: `.completions`.
    case complete(String)
    /// Open a locator and remember it among the recent ones; what was open before is closed once
    /// this one is open, and an armed mock is taken away with it. Answer: `.opened`.
    case open(locator: String)
    /// Close what is open, and stop everything that runs on it. No answer.
    case close

    // MARK: Nodes

    /// The children of a group, one level, each with its own error. Answer: `.children`.
    case listChildren(path: String)
    /// Everything known about a node. Answer: `.described`.
    case describe(path: String)

    // MARK: Chunks

    /// The state of every stored object of an array, by listing only. Answers: `.censusPage` as
    /// they come (at most about 10 a second is kind), then final `.censusFinished`.
    case census(path: String)
    /// Reads and decodes every listed chunk of an array, through the mock where one is armed.
    /// Answers: `.censusPage` with what came of each, then final `.censusFinished`.
    case verify(path: String)
    /// Stop the numbered work. It answers `.cancelled`, and keeps what it has sent. No answer of
    /// its own.
    case cancel(Int)
    /// Look at one chunk directly: its object, its codec stages, its values. Answer: `.inspected`.
    case inspect(path: String, chunk: ChunkIndex)
    /// Read a part of a plane of an array. A newer one of the same pane replaces an older one,
    /// which is cancelled first. Answer: `.plane`.
    case readPlane(PlaneRequest)

    // MARK: Map

    /// Read the index of one shard. Answer: `.shardContents`.
    case openShard(path: String, ShardPlace)
    /// Read the index of every stored shard of an array. Answers: `.insidePage` as they come, then
    /// final `.insideFinished`.
    case lookInside(path: String)
    /// Read and decode chunks, and tell what their values have in common. Answers: `.figuresPage`
    /// as they come, then final `.figuresFinished`. What was told before it is cancelled stays.
    case readFigures(FiguresRequest)

    // MARK: Repair

    /// Say what deleting these chunks would do; nothing changes. Answer: `.deletePlan`.
    case planDelete(path: String, ChunkSelection)
    /// Delete chunks, into the trash. Made only after a person typed the number of chunks.
    /// Answers: `.deleteProgress`, then final `.deleted`. Can be cancelled.
    case delete(DeleteOrder)
    /// Bring back what a delete moved to the trash. Answers: `.deleteProgress`, then final
    /// `.restored`.
    case restore(path: String, trash: String)

    // MARK: Mock

    /// Put a mock overlay over what is open: from now on every read, census and verify goes
    /// through it, and the storage underneath is never changed. Answer: `.armed`; afterwards, with
    /// the same number, `.mockReport` now and then until disarmed.
    case arm(MockSettings)
    /// Take the overlay away. Answer: `.disarmed` with the last report.
    case disarm

    // MARK: Values and inner chunks, for the map

    // MARK: Home and browser

    // MARK: Findings and inspector

    // MARK: Delete plan and repair

    // MARK: Slice

    // MARK: Operations and drills

    // MARK: Compare, watch, census files

    // MARK: Settings, bookmarks, export

    // MARK: Terminal

    /// Put text on the person's clipboard. No answer.
    case copy(String)
    /// Draw the whole screen anew. No answer.
    case repaint
    /// Suspend the program (Ctrl-Z). No answer.
    case suspend
    /// Turn the mouse on or off. No answer.
    case mouse(isOn: Bool)
    /// End the program. No answer.
    case quit

    /// Whether an event with a final answer follows.
    public var isAnswered: Bool {
        switch self {
        case .close, .cancel, .copy, .repaint, .suspend, .mouse, .quit: false
        default: true
        }
    }
}
