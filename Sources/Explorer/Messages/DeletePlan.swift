/// Chunks, as boxes of the grid that do not overlap.
public struct ChunkSelection: Hashable, Sendable {
    /// One range of chunk coordinates per dimension, for each box. A 0-dimensional array's one
    /// chunk is a box without ranges.
    public var boxes: [[Range<Int>]]

    /// Makes a selection.
    public init(boxes: [[Range<Int>]]) {
        self.boxes = boxes
    }

    /// How many chunks lie in the boxes.
    public var count: Int {
        boxes.reduce(0) { $0 + $1.reduce(1) { $0 * $1.count } }
    }
}

/// What is to be done with chunks.
public enum ChunkAction: Hashable, Sendable {
    /// Remove them.
    case delete
    /// Store nothing any more, so that they read as the fill value.
    case resetToFill
    /// Decode them and encode them again.
    case reEncode
    /// Give them the values that the array of this locator has in their places.
    case copy(from: String)
    /// Remove the array's chunks outside the grid and what killed writers left in it.
    case vacuum
}

/// A box of chunks that is staged for something. Nothing has been changed.
public struct StagedEntry: Hashable, Sendable {
    /// What is to be done.
    public var action: ChunkAction
    /// One range of chunk coordinates per dimension; none for a vacuum.
    public var ranges: [Range<Int>]
    /// Why, in a few words.
    public var why: String

    /// Makes an entry.
    public init(_ action: ChunkAction, _ ranges: [Range<Int>], why: String = "") {
        self.action = action
        self.ranges = ranges
        self.why = why
    }

    /// How many chunks lie in the box.
    public var chunkCount: Int {
        action == .vacuum ? 0 : ranges.reduce(1) { $0 * $1.count }
    }
}

/// What a plan is wanted of.
public struct PlanRequest: Hashable, Sendable {
    /// The array.
    public var path: String
    /// What is staged. Where two entries name a chunk, the later one counts.
    public var entries: [StagedEntry]

    /// Makes a request.
    public init(path: String, entries: [StagedEntry]) {
        self.path = path
        self.entries = entries
    }
}

/// What the staged changes would do, found without changing anything.
public struct DeletePlan: Hashable, Sendable {
    /// The name that `.delete` gives back.
    public var id: String
    /// One answer per staged entry, in the same order.
    public var boxes: [PlannedBox]
    /// Where replaced and deleted objects would go, in words; `nil` where they would be gone for good.
    public var trash: String?
    /// What would happen to each object: the first few thousand.
    public var keys: [PlannedKey] = []

    /// Makes a plan.
    public init(id: String, boxes: [PlannedBox], trash: String?) {
        self.id = id
        self.boxes = boxes
        self.trash = trash
    }

    /// Objects that would be changed: the number to type.
    public var count: Int {
        boxes.reduce(0) { $0 + $1.present }
    }
}

/// How far a plan is that is being made.
public struct PlanStanding: Hashable, Sendable {
    /// What is done just now.
    public enum Step: Hashable, Sendable {
        /// The array is listed.
        case listing
        /// The staged chunks are looked at one by one.
        case looking
        /// Some of them are decoded, to tell what can be read.
        case trying
    }

    /// What is done just now.
    public var step: Step
    /// How many chunks that was done with.
    public var done: Int
    /// Of how many; `nil` where nobody knows.
    public var total: Int?

    /// Makes a standing.
    public init(_ step: Step, done: Int, total: Int?) {
        self.step = step
        self.done = done
        self.total = total
    }
}

/// What one object is to become.
public struct PlannedKey: Hashable, Sendable {
    /// Its key: untrusted text.
    public var key: String
    /// What would happen to it, in a word or two.
    public var verb: String
    /// Its bytes, where known.
    public var bytes: Int?
    /// Whether it would be left alone.
    public var isSkipped: Bool

    /// Makes a line.
    public init(key: String, verb: String, bytes: Int?, isSkipped: Bool = false) {
        self.key = key
        self.verb = verb
        self.bytes = bytes
        self.isSkipped = isSkipped
    }
}

/// What would become of one staged entry.
public struct PlannedBox: Hashable, Sendable {
    /// One range of chunk coordinates per dimension.
    public var ranges: [Range<Int>]
    /// Objects that would be changed.
    public var present: Int
    /// Their bytes, where known.
    public var bytes: Int
    /// How many of them hold data that can be read: deleting them loses it.
    public var readable: Int
    /// How many of them cannot be decoded.
    public var broken: Int
    /// How many were not tried, since that would take too long or the storage failed.
    public var untried: Int
    /// Objects that changed since the census, and are left alone.
    public var changed = 0
    /// What is worth telling of it, in one line.
    public var note = ""
    /// Why it cannot be done at all; `nil` where it can.
    public var problem: String?

    /// Makes an answer.
    public init(
        ranges: [Range<Int>],
        present: Int,
        bytes: Int,
        readable: Int,
        broken: Int,
        untried: Int = 0
    ) {
        self.ranges = ranges
        self.present = present
        self.bytes = bytes
        self.readable = readable
        self.broken = broken
        self.untried = untried
    }
}

/// Staged changes that a person has confirmed.
public struct DeleteOrder: Hashable, Sendable {
    /// The array.
    public var path: String
    /// The plan that was reviewed.
    public var plan: String
    /// The number of objects that was typed: the plan's count. The runner refuses if it differs.
    public var confirmedCount: Int

    /// Makes an order.
    public init(path: String, plan: String, confirmedCount: Int) {
        self.path = path
        self.plan = plan
        self.confirmedCount = confirmedCount
    }
}
