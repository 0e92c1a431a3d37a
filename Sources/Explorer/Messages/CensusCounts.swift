import Canvas
import ZarrModel

/// What a census of one array comes to: enough for a line of the tree.
public struct CensusCounts: Hashable, Sendable {
    /// What the states of chunks rest on.
    public enum Grounds: Hashable, Sendable {
        /// Names and sizes alone.
        case listing
        /// The indexes of shards as well.
        case indexes
        /// Some chunks, or all, were read and decoded.
        case reading

        /// In words.
        var words: String {
            switch self {
            case .listing: "by listing"
            case .indexes: "by shard indexes"
            case .reading: "by reading"
            }
        }
    }

    /// Chunks in the grid (shards, where the array is sharded).
    public var total: Int
    /// Stored chunks of the grid, broken ones among them.
    public var present = 0
    /// Stored chunks that are short, corrupt or cannot be read.
    public var broken = 0
    /// Objects whose key names a chunk outside the grid.
    public var orphans = 0
    /// Bytes of the stored chunks; `nil` where the storage does not say.
    public var storedBytes: Int?
    /// Whether everything was listed: only then is the rest missing.
    public var isComplete = false
    /// Seconds since 1970 when they were counted; `nil` where nobody said.
    public var takenAt: Int?
    /// What they rest on.
    public var grounds = Grounds.listing

    /// Makes counts with nothing present.
    public init(total: Int) {
        self.total = total
    }

    /// Chunks that are definitely missing; 0 until the census is complete.
    public var missing: Int {
        isComplete ? max(0, total - present) : 0
    }

    /// Stored chunks of which nothing is known to be wrong.
    public var whole: Int {
        max(0, present - broken)
    }

    /// Whether a person should look.
    public var hasFindings: Bool {
        missing > 0 || broken > 0 || orphans > 0
    }
}

extension CensusCounts {
    /// Adds the counts of another array. Sums of untrusted sizes stop at the top instead of trapping.
    mutating func add(_ other: CensusCounts) {
        total = total.addedOrMost(other.total)
        present = present.addedOrMost(other.present)
        broken = broken.addedOrMost(other.broken)
        orphans = orphans.addedOrMost(other.orphans)
        storedBytes = (storedBytes ?? 0).addedOrMost(other.storedBytes ?? 0)
        isComplete = isComplete && other.isComplete
    }

    /// What a census that was run elsewhere in the explorer comes to.
    init(_ census: Census) {
        self.init(total: census.total)
        broken = [ChunkState.short, .corrupt, .unreadable].reduce(0) { $0 + census.count($1) }
        present = census.count(.present) + broken
        orphans = census.summary?.orphanCount ?? 0
        storedBytes = census.knownStoredBytes
        isComplete = census.summary?.isComplete ?? false
        takenAt = census.takenAt
        grounds = census.grounds
    }

    /// The sign and words of how complete it is, and its role: `o 4 missing`; shorter where there is
    /// no room for words. Of what cannot be decoded nobody can say that it is complete.
    func text(isWide: Bool, isDecodable: Bool = true) -> (text: String, role: Role) {
        if broken > 0 {
            let sign = String(StateLook.glyph(.corrupt)) + " " + Format.short(broken)
            guard missing == 0 else {
                // What is missing beside it is not to be thought away.
                return (
                    sign + " " + String(StateLook.glyph(.missing)) + " " + Format.short(missing),
                    .error
                )
            }
            return (isWide ? sign + " broken" : sign, .error)
        }
        if !isComplete { return (isWide ? "? not known" : "?", .dim) }
        if missing > 0 {
            let sign = String(StateLook.glyph(.missing)) + " " + Format.short(missing)
            return (isWide ? sign + " missing" : sign, .warning)
        }
        if orphans > 0 {
            let sign = String(StateLook.glyph(.orphan)) + " " + Format.short(orphans)
            return (isWide ? sign + " orphan" : sign, .notice)
        }
        guard isDecodable else { return (isWide ? "▲ undecodable" : "▲ codec", .warning) }
        return (isWide ? "✔ complete" : "✔ all", .good)
    }
}
