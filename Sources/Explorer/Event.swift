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

/// What can be told to the explorer. `Work` says which news answers what.
public enum News: Sendable {
    /// Answers `.loadHome`.
    case home(HomeContents)
    /// Answers `.complete`: best first; at most a few dozen.
    case completions([Completion])
    /// Answers `.open`.
    case opened(OpenedStore)
    /// Answers `.listChildren`, in the order to show.
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
    /// Answers `.readPlane`.
    case plane(PlaneValues)
    /// Answers `.planDelete`.
    case deletePlan(DeletePlan)
    /// A part of `.delete` or `.restore`. More follows.
    case deleteProgress(DeleteProgress)
    /// The end of `.delete`.
    case deleted(DeleteOutcome)
    /// The end of `.restore`; `trash` as in the request.
    case restored(DeleteOutcome)
    /// Answers `.arm`.
    case armed(MockSettings)
    /// What the mock did so far. Comes unasked while it is armed, with the number of `.arm`.
    case mockReport(MockReport)
    /// Answers `.disarm`.
    case disarmed(MockReport)
    // MARK: Values and inner chunks, for the map

    // MARK: Home and browser

    // MARK: Findings and inspector

    // MARK: Delete plan and repair

    // MARK: Slice

    // MARK: Operations and drills

    // MARK: Compare, watch, census files

    // MARK: Settings, bookmarks, export

    // MARK: Ends

    /// The work was stopped by `.cancel`. Final.
    case cancelled
    /// The work could not be done. Final. The text is shown as it is, made visible.
    case failed(Problem)

    /// Whether no more events follow for this number (reports of an armed mock apart).
    public var isFinal: Bool {
        switch self {
        case .censusPage, .insidePage, .figuresPage, .deleteProgress, .mockReport: false
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
