/// Something that happened elsewhere: an answer, or a part of one, to the effect of that number.
public struct Event: Sendable {
    /// The number of the effect that this answers.
    public var number: Int
    /// What happened.
    public var news: News

    /// Makes an event.
    public init(_ number: Int, _ news: News) {
        self.number = number
        self.news = news
    }
}

extension News {
    /// Milliseconds since the work began, where a part of its answer tells them.
    var elapsedMilliseconds: Int? {
        switch self {
        case .censusPage(let page): page.elapsedMilliseconds
        case .verifyProgress(let progress): progress.elapsedMilliseconds
        case .figuresPage(let page): page.elapsedMilliseconds
        case .comparePage(let page): page.elapsedMilliseconds
        default: nil
        }
    }
}

/// What can be told to the explorer. `Work` says which news answers what.
public enum News: Sendable {
    /// Answers `.loadHome`.
    case home(HomeContents)
    /// Answers `.complete`: best first; at most a few dozen.
    case completions([Completion])
    /// Answers `.open`.
    case opened(OpenedStore)
    /// A part of `.listChildren`, in the order to show, where there are many. More follows.
    case childrenPart([NodeCard])
    /// The end of `.listChildren`: all of them, in the order to show.
    case children([NodeCard])
    /// Answers `.describe`.
    case described(NodeDetails)
    /// A part of `.census` or `.verify`. More follows.
    case censusPage(CensusPage)
    /// The end of `.census` or `.verify`.
    case censusFinished(CensusSummary)
    // Map
    /// Answers `.openShard`.
    case shardContents(ShardContents)
    /// A part of `.lookInside`. More follows.
    case insidePage(InsidePage)
    /// The end of `.lookInside`.
    case insideFinished
    /// A part of `.readFigures`. More follows.
    case figuresPage(FiguresPage)
    /// The end of `.readFigures`.
    case figuresFinished

    /// Answers `.inspect`.
    case inspected(ChunkReport)
    /// The end of `.readPlane`.
    case plane(PlaneValues)
    /// Answers `.planDelete`.
    case deletePlan(DeletePlan)
    /// A part of `.delete` or `.restore`. More follows.
    case deleteProgress(DeleteProgress)
    /// The end of `.delete`.
    case deleted(DeleteOutcome)
    /// The end of `.restore`; its trash as in the request.
    case restored(DeleteOutcome)
    /// Answers `.arm`.
    case armed(MockSettings)
    /// What the mock did so far. Comes unasked while it is armed, with the number of `.arm`.
    case mockReport(MockReport)
    /// Answers `.disarm`.
    case disarmed(MockReport)
    // MARK: Values and inner chunks, for the map

    // MARK: Home and browser

    /// A part of `.connect`. More follows.
    case connecting(ConnectReport)
    /// The end of `.connect`.
    case connected(ConnectReport)
    /// Answers `.coordinates`, for the axes of which something is known.
    case coordinates(path: String, [AxisCoordinates])
    /// Answers `.count`.
    case counted(path: String, CensusCounts)
    /// Answers `.sampleCodecs`.
    case sampledCodecs(CodecSample)
    /// Answers `.listKeys`.
    case keys(KeyPage)

    // MARK: Findings and inspector

    /// A part of `.verify`, or of `.census` for what lies outside the grid. More follows.
    case findings([ChunkFinding])
    /// How far `.verify` is. More follows.
    case verifyProgress(VerifyProgress)
    /// Answers `.loadNotes`.
    case notes(ArrayNotes)
    /// Answers `.keepExpected`.
    case kept
    /// Answers `.readExpected`: boxes of the grid that do not overlap.
    case expected([[Range<Int>]])
    /// Answers `.exportFindings`.
    case exported(ExportOutcome)
    /// Answers `.readValues`.
    case chunkValues(ChunkPreview)
    /// Answers `.readBytes`.
    case bytes(ObjectBytes)

    // MARK: Delete plan and repair

    /// How far `.planDelete` is. More follows.
    case planStanding(PlanStanding)
    /// A part of `.delete`: an object failed, and the work waits for `.settleFailure`.
    case deleteQuestion(ItemFailure)
    /// Answers `.listTrash`, oldest first.
    case trashes([TrashCard])
    /// Answers `.checkSource`: values can be taken from there.
    case sourceFits
    /// Answers `.savePlan` with what was written, in one line.
    case planSaved(String)

    // MARK: Slice

    /// What there is so far of `.readPlane`. More follows.
    case planePart(PlaneValues)
    /// Answers `.levels`.
    case levels(path: String, ArrayLevels)
    /// Answers `.tick`.
    case ticked

    // MARK: Operations and drills

    /// Answers `.loadScenarios`.
    case scenarios([ScenarioCard])
    /// How a drill stands. More follows.
    case drillProgress(DrillProgress)
    /// The end of `.drill`.
    case drillFinished(DrillProgress)
    /// Answers `.save`, with the name.
    case saved(String)
    /// Answers `.checkRules`: what is wrong, and where; `nil` for nothing.
    case rulesChecked(Problem?)
    /// What the storage was asked. Comes unasked, at most four times a second and only when there was
    /// something, with the number of the `.open` of that storage.
    case operations(OperationReport)

    // MARK: Compare, watch, census files

    /// A part of `.compare` or `.compareValues`. More follows.
    case comparePage(ComparePage)
    /// The end of `.compare` or `.compareValues`.
    case compared(CompareSummary)
    /// Answers `.compareChunk`.
    case comparedChunk(ChunkComparison)
    /// Answers `.watch`.
    case watching(WatchReport)
    /// What a watch found. Comes unasked, with the number of `.watch`.
    case watched(WatchReport)

    // MARK: Settings, bookmarks, export

    /// Tells how `.copy` was done, or why it was not.
    case copied(String, isDone: Bool = true)
    /// Answers `.saveSettings`.
    case settingsSaved(path: String)
    /// Answers `.export`.
    case screenExported(ScreenExport)

    // MARK: Ends

    /// The work was stopped by `.cancel`. Final.
    case cancelled
    /// The work could not be done. Final. The text is shown as it is, made visible.
    case failed(Problem)

    /// Whether no more events follow for this number (reports of an armed mock and of operations apart).
    public var isFinal: Bool {
        switch self {
        case .censusPage, .deleteProgress, .mockReport, .connecting, .childrenPart, .drillProgress,
            .operations, .planePart, .comparePage, .watched, .deleteQuestion:
            false
        case .findings, .verifyProgress, .insidePage, .figuresPage, .planStanding: false
        default: true
        }
    }
}

/// Why something could not be done, in words for a person.
public struct Problem: Hashable, Sendable {
    /// What went wrong, in one line.
    public var message: String
    /// Where, what to try, what lies underneath; may be empty.
    public var details: [String]

    /// Makes a problem.
    public init(_ message: String, details: [String] = []) {
        self.message = message
        self.details = details
    }
}
