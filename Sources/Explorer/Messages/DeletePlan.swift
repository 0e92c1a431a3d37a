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

/// What a delete would do, found without changing anything.
public struct DeletePlan: Hashable, Sendable {
    /// The name that `.delete` gives back.
    public var id: String
    /// One entry per box of the selection, in the same order.
    public var boxes: [PlannedBox]
    /// Where the deleted objects would go, in words; `nil` where they would be gone for good.
    public var trash: String?

    /// Makes a plan.
    public init(id: String, boxes: [PlannedBox], trash: String?) {
        self.id = id
        self.boxes = boxes
        self.trash = trash
    }
}

/// What a delete would do to one box.
public struct PlannedBox: Hashable, Sendable {
    /// One range of chunk coordinates per dimension.
    public var ranges: [Range<Int>]
    /// Objects that exist and would go.
    public var present: Int
    /// Their bytes, where known.
    public var bytes: Int
    /// How many of them hold data that can be read: deleting them loses it.
    public var readable: Int
    /// How many of them cannot be decoded.
    public var broken: Int
    /// How many were not tried, since that would take too long or the storage failed.
    public var untried: Int

    /// Makes an entry.
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

/// A delete that a person has confirmed.
public struct DeleteOrder: Hashable, Sendable {
    /// The array.
    public var path: String
    /// Which chunks.
    public var selection: ChunkSelection
    /// The plan that was reviewed.
    public var plan: String
    /// The number of objects that was typed: the plan's count of present objects. The runner
    /// refuses if it differs.
    public var confirmedCount: Int

    /// Makes an order.
    public init(path: String, selection: ChunkSelection, plan: String, confirmedCount: Int) {
        self.path = path
        self.selection = selection
        self.plan = plan
        self.confirmedCount = confirmedCount
    }
}

/// How far a delete or restore is.
public struct DeleteProgress: Hashable, Sendable {
    /// Objects done so far, failed and skipped ones included.
    public var done: Int
    /// Objects to do.
    public var total: Int
    /// The chunks, since the last progress, that are now absent (or, restoring, present again).
    public var changed: [Int] = []
    /// What failed since the last progress.
    public var failures: [ItemFailure] = []

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

    /// Makes a failure.
    public init(key: String, reason: String) {
        self.key = key
        self.reason = reason
    }
}

/// How a delete or restore ended.
public struct DeleteOutcome: Hashable, Sendable {
    /// Objects deleted or restored.
    public var done: Int
    /// Objects that were absent already, or changed since the plan.
    public var skipped: Int
    /// Objects that failed.
    public var failed: Int
    /// The chunks that changed and were in no progress.
    public var changed: [Int] = []
    /// The id to restore from; `nil` where there is no trash.
    public var trash: String?
    /// The failures that were in no progress.
    public var failures: [ItemFailure] = []
    /// Whether it was stopped before the end.
    public var isPartial = false

    /// Makes an outcome.
    public init(done: Int, skipped: Int = 0, failed: Int = 0, trash: String? = nil) {
        self.done = done
        self.skipped = skipped
        self.failed = failed
        self.trash = trash
    }
}
