public import ZarrModel

/// A drill that comes with the program.
public struct ScenarioCard: Hashable, Sendable {
    /// Its name on the command line.
    public var id: String
    /// What it tries, in one line.
    public var summary: String
    /// Its rules, one a line.
    public var rules: [String]

    /// Makes a card.
    public init(id: String, summary: String, rules: [String] = []) {
        self.id = id
        self.summary = summary
        self.rules = rules
    }
}

/// A drill to run over the open array, in an overlay: the storage is only read.
public struct DrillOrder: Hashable, Sendable {
    /// The array.
    public var path: String
    /// The scenario's name.
    public var scenario: String
    /// Decides every draw.
    public var seed: UInt64
    /// Operations of the workload.
    public var operations = 1000
    /// Faults on top of the scenario's.
    public var knobs = DrillKnobs()
    /// How quickly it runs.
    public var pace = DrillPace.full
    /// Whether it waits for steps from the start.
    public var isPaused = false

    /// Makes an order.
    public init(path: String, scenario: String, seed: UInt64 = 42) {
        self.path = path
        self.scenario = scenario
        self.seed = seed
    }
}

/// Faults that a person turns up and down while a drill runs.
public struct DrillKnobs: Hashable, Sendable {
    /// The share of calls that fail, in per cent.
    public var errorPercent = 0
    /// How late every call is answered, in milliseconds.
    public var latencyMilliseconds = 0

    /// Makes knobs that change nothing.
    public init(errorPercent: Int = 0, latencyMilliseconds: Int = 0) {
        self.errorPercent = errorPercent
        self.latencyMilliseconds = latencyMilliseconds
    }
}

/// How many operations of a drill are done in a second of the person's time.
public enum DrillPace: Int, Hashable, Sendable, CaseIterable {
    case slow = 5
    case walking = 25
    case quick = 100
    case fast = 400
    /// As many as the machine does.
    case full = 0
}

/// What a person does to a drill that runs.
public enum DrillSteering: Hashable, Sendable {
    /// Other faults from now on.
    case turn(DrillKnobs)
    /// Nothing answers for so many seconds of the drill's time from now on.
    case outage(seconds: Int)
    /// Stop and wait, or go on.
    case pause(Bool)
    /// One operation, while it waits.
    case step
    /// Another pace.
    case pace(DrillPace)
}

/// How a drill stands.
public struct DrillProgress: Hashable, Sendable {
    /// Calls by how they ended.
    public struct Calls: Hashable, Sendable {
        /// Answered right.
        public var good = 0
        /// Failed.
        public var failed = 0
        /// Answered or done wrong, without an error.
        public var wrong = 0
        /// Made again.
        public var retried = 0
        /// Refused by a breaker, and not made.
        public var refused = 0
        /// How a breaker stood at the time, its probes first; `nil` where nothing was asked, or without one.
        public var breaker: BreakerStanding.Phase?

        /// Makes counts of nothing.
        public init() {}

        /// Calls that the storage got.
        public var count: Int { good + failed + wrong }

        /// Adds other calls to these.
        public mutating func add(_ other: Calls) {
            good += other.good
            failed += other.failed
            wrong += other.wrong
            retried += other.retried
            refused += other.refused
            // Probes are few, and must be seen; what was open at times was open.
            let phase = other.breaker
            if breaker == nil || phase == .halfOpen || phase == .open && breaker == .closed {
                breaker = phase ?? breaker
            }
        }
    }

    /// What a column of the course holds.
    public enum Column: Hashable, Sendable {
        /// So many milliseconds of the drill's time.
        case milliseconds(Int)
        /// So many operations of the workload.
        case operations(Int)
    }

    /// A rule and how often it fired.
    public struct Rule: Hashable, Sendable {
        /// Its name, or its text where it has none.
        public var name: String
        /// How often it fired.
        public var fired: Int

        /// Makes a rule.
        public init(name: String, fired: Int) {
            self.name = name
            self.fired = fired
        }
    }

    /// What breakers did, and what they are for.
    public struct Breakers: Hashable, Sendable {
        /// How they stand: `until` is in the drill's time.
        public var standings: [BreakerStanding] = []
        /// Calls that reached the storage although one was open.
        public var passed = 0
        /// The most failed calls in a row that reached the storage before one opened.
        public var longestRun = 0
        /// How many these may be; `nil` where the breaker goes by time.
        public var longestRunAllowed: Int?
        /// Whether one must open, and be closed in the end.
        public var mustOpen = false

        /// Makes breakers that did nothing.
        public init() {}
    }

    /// The scenario's name.
    public var scenario: String
    /// What every draw depends on.
    public var seed: UInt64
    /// Operations of the workload.
    public var operations: Int
    /// Operations that were performed.
    public var performed = 0
    /// Operations of them that succeeded in the end.
    public var succeeded = 0
    /// The drill's time, in milliseconds.
    public var milliseconds = 0
    /// Calls to the storage with its faults.
    public var calls = Calls()
    /// The same over the course of the drill.
    public var course: [Calls] = []
    /// What each part of the course holds.
    public var column = Column.operations(1)
    /// What the explorer takes each chunk of the drill for.
    public var believed: [ChunkState] = []
    /// What each of them is: `.unknown` where nobody looked.
    public var truth: [ChunkState] = []
    /// Acknowledged writes that were not there, and objects gone that nobody deleted.
    public var lost = 0
    /// Wrong answers that did not say so.
    public var silentWrong = 0
    /// Objects neither old nor new.
    public var torn = 0
    /// Acknowledged deletes whose object was there.
    public var resurrected = 0
    /// Changes that ended without an answer.
    public var unknown = 0
    /// Those of them that reading back settled.
    public var resolved = 0
    /// The rules, those of the knobs last.
    public var rules: [Rule] = []
    /// Tokens left for retries; `nil` where no layer tries again.
    public var budgetLeft: Int?
    /// Tokens at first.
    public var budgetCapacity = 0
    /// What breakers did; `nil` where there are none.
    public var breakers: Breakers?
    /// The layers around the failing storage, as the locator names them; empty for the drill's own retries.
    public var layers: [String] = []
    /// Half of the operations took no longer, in milliseconds of the drill's time.
    public var p50 = 0.0
    /// 99 % took no longer.
    public var p99 = 0.0
    /// What happened since the last report, oldest first.
    public var log: [DrillLogLine] = []
    /// The whole log as a file holds it, at the end; empty before.
    public var fullLog = ""
    /// The command that does the same again, at the end; empty before.
    public var replay = ""
    /// Whether it passed; `nil` while it runs.
    public var passed: Bool?

    /// Makes a drill of which nothing is known.
    public init(scenario: String, seed: UInt64, operations: Int) {
        self.scenario = scenario
        self.seed = seed
        self.operations = operations
    }
}

/// Something that happened in a drill.
public struct DrillLogLine: Hashable, Sendable {
    /// What it is to a person.
    public enum Weight: Hashable, Sendable {
        /// A fault did something to a call.
        case fault
        /// An operation failed, and said so.
        case failure
        /// Something was wrong and nobody said so.
        case finding
        /// A knob was turned.
        case note
    }

    /// When, in milliseconds of the drill's time.
    public var milliseconds: Int
    /// The operation's word.
    public var operation: String
    /// The key or chunk, made visible.
    public var key: String
    /// What happened, in a few words.
    public var text: String
    /// What it is to a person.
    public var weight: Weight

    /// Makes a line.
    public init(
        milliseconds: Int,
        operation: String = "",
        key: String = "",
        text: String,
        weight: Weight
    ) {
        self.milliseconds = milliseconds
        self.operation = operation
        self.key = key
        self.text = text
        self.weight = weight
    }
}
