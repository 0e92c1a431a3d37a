/// How far a change or restore is.
public struct DeleteProgress: Hashable, Sendable {
    /// Objects done so far, failed and skipped ones included.
    public var done: Int
    /// Objects to do.
    public var total: Int
    /// Objects that were left alone so far.
    public var skipped = 0
    /// What the chunks are now that changed since the last progress.
    public var changed = CensusPage()
    /// What failed or was left alone since the last progress.
    public var failures: [ItemFailure] = []
    /// Milliseconds since the work began.
    public var elapsedMilliseconds = 0

    /// Makes a progress.
    public init(done: Int, total: Int) {
        self.done = done
        self.total = total
    }
}

/// One object that something could not be done with.
public struct ItemFailure: Hashable, Sendable {
    /// Its key: untrusted text.
    public var key: String
    /// Why.
    public var reason: String
    /// Whether it was left alone, rather than failed.
    public var isSkipped: Bool
    /// Whether it was stopped on its way, so that nobody knows whether it was done.
    public var isUnknown = false

    /// Makes a failure.
    public init(key: String, reason: String, isSkipped: Bool = false) {
        self.key = key
        self.reason = reason
        self.isSkipped = isSkipped
    }
}

/// What a person wants after an object failed.
public enum FailureAnswer: String, Hashable, Sendable {
    /// Leave this one and go on.
    case skip
    /// Leave this and all others that fail, and go on.
    case skipAll
    /// Stop after what is in flight.
    case stop
}

/// How a change or restore ended.
public struct DeleteOutcome: Hashable, Sendable {
    /// Objects changed or restored.
    public var done: Int
    /// Objects that were absent already, or changed since the plan.
    public var skipped: Int
    /// Objects that failed.
    public var failed: Int
    /// Objects that were stopped on their way: nobody knows whether it was done.
    public var unknown = 0
    /// What the chunks are now that were in no progress.
    public var changed = CensusPage()
    /// The ids to restore from; none where there is no trash.
    public var trashes: [String] = []
    /// The failures that were in no progress.
    public var failures: [ItemFailure] = []
    /// The file with a line for each object; `nil` where none could be written.
    public var journal: String?
    /// Whether it was stopped before the end.
    public var isPartial = false

    /// Makes an outcome.
    public init(done: Int, skipped: Int = 0, failed: Int = 0) {
        self.done = done
        self.skipped = skipped
        self.failed = failed
    }
}

/// One deletion that can be undone.
public struct TrashCard: Hashable, Sendable {
    /// Its name.
    public var id: String
    /// Chunks that are kept of it, where known.
    public var count: Int?
    /// When it was made, in words. May be empty.
    public var made: String

    /// Makes a card.
    public init(id: String, count: Int?, made: String) {
        self.id = id
        self.count = count
        self.made = made
    }
}
