/// What drills were run over the open store, and the one that runs.
struct DrillSession: Sendable {
    /// How a scenario ended, or stands.
    struct Record: Sendable {
        var progress: DrillProgress
        var log: [DrillLogLine] = []
    }

    /// The scenarios that come with the program; empty until they are known.
    private(set) var scenarios: [ScenarioCard] = []
    /// What is known of each scenario that was run, by name.
    private(set) var records: [String: Record] = [:]
    /// The request of the drill that runs.
    private(set) var number: Int?
    /// The order of the drill that runs, or ran last.
    private(set) var order: DrillOrder?
    /// Drills that come after it.
    private(set) var queue: [DrillOrder] = []
    /// Why the last one could not be run.
    private(set) var problem: Problem?

    /// How much of a log is kept.
    static let logLimit = 400

    /// Whether a drill runs.
    var isRunning: Bool {
        number != nil
    }

    /// Notes that a drill has begun.
    mutating func begin(_ order: DrillOrder, _ number: Int) {
        self.order = order
        self.number = number
        problem = nil
        records[order.scenario] = Record(
            progress: DrillProgress(
                scenario: order.scenario,
                seed: order.seed,
                operations: order.operations
            )
        )
    }

    /// Sets what comes after the drill that runs.
    mutating func enqueue(_ orders: [DrillOrder]) {
        queue = orders
        for order in orders { records[order.scenario] = nil }
    }

    /// Takes the next drill, when none runs.
    mutating func next() -> DrillOrder? {
        guard number == nil, !queue.isEmpty else { return nil }
        return queue.removeFirst()
    }

    /// Takes what concerns drills.
    mutating func receive(_ event: Event) {
        switch event.news {
        case .opened:
            let known = scenarios
            self = DrillSession()
            scenarios = known
        case .scenarios(let cards): scenarios = cards
        case .drillProgress(let progress) where event.number == number: take(progress)
        case .drillFinished(let progress) where event.number == number:
            take(progress)
            number = nil
        case .cancelled where event.number == number: stop()
        case .failed(let problem) where event.number == number:
            self.problem = problem
            if let order { records[order.scenario] = nil }
            stop()
        default: break
        }
    }

    private mutating func stop() {
        number = nil
        queue = []
    }

    private mutating func take(_ progress: DrillProgress) {
        var record = records[progress.scenario] ?? Record(progress: progress)
        record.log += progress.log
        if record.log.count > Self.logLimit {
            record.log.removeFirst(record.log.count - Self.logLimit)
        }
        record.progress = progress
        record.progress.log = []
        records[progress.scenario] = record
    }
}
