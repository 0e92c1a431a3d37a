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

    /// The children of a group, one level, each with its own error. Answers: `.childrenPart` where
    /// there are many, then final `.children`.
    case listChildren(path: String)
    /// Everything known about a node. Answer: `.described`.
    case describe(path: String)
    // MARK: Chunks

    /// The state of every stored object of an array, by listing only. Answers: `.censusPage` as
    /// they come (at most about 10 a second is kind), then final `.censusFinished`.
    case census(path: String)
    /// Reads and decodes every listed chunk of an array, through the mock where one is armed.
    /// Answers: `.censusPage` with what came of each, `.findings` and `.verifyProgress`, then final
    /// `.censusFinished`.
    case verify(path: String)
    /// Stop the numbered work. It answers `.cancelled`, and keeps what it has sent. No answer of
    /// its own.
    case cancel(Int)
    /// Look at one chunk, or one inside a shard, directly: its object, its codec stages, its values.
    /// Answer: `.inspected`.
    case inspect(path: String, ShardPlace)
    /// Read a part of a plane of an array. A newer one of the same pane replaces an older one,
    /// which is cancelled first. Answers: `.planePart` as it comes, then
    /// final `.plane`.
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

    /// Say what the staged changes would do; nothing changes. Answer: `.deletePlan`.
    case planDelete(PlanRequest)
    /// Carry out the plan, into the trash. Made only after a person typed the number of objects.
    /// Answers: `.deleteProgress`, and `.deleteQuestion` where an object fails, then final
    /// `.deleted`. Can be cancelled.
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

    /// Open a locator only to see whether it answers and how fast: a few requests that change nothing.
    /// Answers: `.connecting` as it goes on, then final `.connected`. Can be cancelled.
    case connect(locator: String)
    /// Forget that a store was opened. Answer: `.home`.
    case forget(locator: String)
    /// Keep what a census comes to after changes, in place of what was counted before. No answer.
    case keepCounts(path: String, CensusCounts)
    /// What stands along the axes of an array, by the conventions of xarray, CF and OME-Zarr; none
    /// where nothing is said or it cannot be read. Answer: `.coordinates`.
    case coordinates(path: String)
    /// Count the stored chunks of an array, by listing only, for a line of the tree. Answer:
    /// `.counted`.
    case count(path: String)
    /// Decode one stored chunk of an array, whichever is found first, and say what each codec did to
    /// it. Answer: `.sampledCodecs`.
    case sampleCodecs(path: String)
    /// Keys under a node, from the first one or those after the last answer for this node. Answer:
    /// `.keys`.
    case listKeys(path: String, isFirst: Bool)

    // MARK: Findings and inspector

    /// Goes on with a verification where the last one of the array was stopped. Answers: as `.verify`.
    case resumeVerify(path: String)
    /// What is kept of an array beside its store. Answer: `.notes`.
    case loadNotes(path: String)
    /// Keep the boxes of an array that are expected to be empty, in place of those before. Answer:
    /// `.kept`.
    case keepExpected(path: String, [[Range<Int>]])
    /// Read a list of chunks that are expected to be empty from a file. Answer: `.expected`.
    case readExpected(path: String, file: String)
    /// Write findings to a file. Answer: `.exported`.
    case exportFindings(FindingsExport)
    /// Read bytes of a stored object as they lie in the storage. Answer: `.bytes`.
    case readBytes(path: String, chunk: ChunkIndex, range: Range<Int>)
    /// Tell values of a decoded chunk: of the plane of its last two dimensions from a row and a column
    /// on, or of a plain list from a place on. Answer: `.chunkValues`.
    case readValues(path: String, ShardPlace, row: Int, column: Int)

    // MARK: Delete plan and repair

    /// Answers the question of the numbered work, which waits for it. No answer of its own.
    case settleFailure(Int, FailureAnswer)
    /// The deletions in the array's trash, oldest first. Answer: `.trashes`.
    case listTrash(path: String)
    /// Write the objects of a plan to new files that the commands take. Answer: `.planSaved`.
    case savePlan(plan: String, file: String)
    /// Look whether the chunks of the array can take their values from what a locator names. Answer:
    /// `.sourceFits`.
    case checkSource(path: String, from: String)
    /// Forget keys that were typed before a question was shown. No answer.
    case discardInput

    // MARK: Slice

    /// Read a part of a plane that will be wanted soon; it replaces nothing. Answer: final `.plane`.
    case readAhead(PlaneRequest)
    /// Read one element of a plane, as text: the newest asked for, one at a time. Answer: final `.plane`.
    case readElement(PlaneRequest)
    /// Which coarser levels of its image can be read in the place of an array, by the convention of
    /// OME-Zarr. Answer: `.levels`.
    case levels(path: String)
    /// Wait so many milliseconds. Answer: `.ticked`.
    case tick(after: Int)

    // MARK: Operations and drills

    /// Name the scenarios that drills can be run of. Answer: `.scenarios`.
    case loadScenarios
    /// Run a drill over an overlay of the open storage, which is only read; an armed mock is left out.
    /// Answers: `.drillProgress`, then final `.drillFinished`. Can be cancelled.
    case drill(DrillOrder)
    /// Steer the drill of that number. No answer of its own.
    case steerDrill(Int, DrillSteering)
    /// Report at once what the storage was asked since the last report. No answer of its own.
    case freshenOperations
    /// Say what is wrong with fault rules that are being typed, `;` between them. Answer: `.rulesChecked`.
    case checkRules(String)
    /// Write a new file; one that is there is left alone. Answer: `.saved`.
    case save(name: String, text: String)

    // MARK: Compare, watch, census files

    /// List an array and what `other` names: a locator, or `#/PATH` in the store that is open.
    /// Answers: `.comparePage` with what the listings tell, then final `.compared`.
    case compare(path: String, other: String)
    /// Read every chunk that is stored on either side of the comparison of that number, and compare the
    /// values. Answers: `.comparePage`, then final `.compared`.
    case compareValues(comparison: Int)
    /// Look at one chunk on both sides. Answer: `.comparedChunk`.
    case compareChunk(comparison: Int, index: Int)

    /// Begin to follow what a writer does to an array. The storage is watched first and then listed, so
    /// that nothing is missed in between. Answers: as `.census`, then final `.watching`; afterwards, with
    /// the same number, `.watched` as chunks come and go, until `.unwatch`.
    case watch(path: String)
    /// End the watch of that number, after one last listing. No answer of its own; the watch tells what
    /// that listing found as its last `.watched`.
    case unwatch(Int)

    // MARK: Settings, bookmarks, export

    /// Let the terminal look and listen as these say. No answer.
    case apply(Settings)
    /// Put these into the configuration file. Answer: `.settingsSaved`.
    case saveSettings(Settings)
    /// Remember what was looked at last in a store. No answer.
    case remember(StoreMemory)
    /// Set a bookmark, or take it away. Answer: `.home`, with those that there are now.
    case bookmark(Bookmark, isOn: Bool)
    /// Put what is shown into a file. Answer: `.screenExported`.
    case export(ExportOrder)

    // MARK: Terminal

    /// Put text on the person's clipboard. Not waited for; `.copied` tells how it was done.
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
        case .close, .cancel, .copy, .repaint, .suspend, .mouse, .quit, .steerDrill,
            .freshenOperations, .unwatch, .apply, .remember, .settleFailure, .discardInput,
            .keepCounts:
            false
        default: true
        }
    }
}
