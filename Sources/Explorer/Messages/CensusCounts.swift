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
    /// Whether everything was listed: only then is all the rest missing.
    public var isComplete = false
    /// Chunks below folders that could not be listed, where the rest was; `nil` where the listing ended
    /// early in another way, or nothing was left out.
    public var unlisted: Int?
    /// Why not everything was listed: untrusted text.
    public var problem: String?
    /// Whether the chunks are shards that hold others.
    public var isSharded = false
    /// Chunks inside the shards, where their indexes were looked into.
    public var innerTotal: Int?
    /// Those of them that are not there; 0 until they were looked into.
    public var innerMissing = 0
    /// Seconds since 1970 when they were counted; `nil` where nobody said.
    public var takenAt: Int?
    /// What they rest on.
    public var grounds = Grounds.listing

    /// Makes counts with nothing present.
    public init(total: Int) {
        self.total = total
    }

    /// Chunks that are definitely missing; 0 until the listing has come to its end.
    public var missing: Int {
        isComplete || unlisted != nil ? max(0, total - present - (unlisted ?? 0)) : 0
    }

    /// Chunks of which nothing is known.
    public var unknown: Int {
        isComplete ? 0 : unlisted ?? max(0, total - present)
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
        let left = unknown.addedOrMost(other.unknown)
        total = total.addedOrMost(other.total)
        present = present.addedOrMost(other.present)
        broken = broken.addedOrMost(other.broken)
        orphans = orphans.addedOrMost(other.orphans)
        storedBytes = (storedBytes ?? 0).addedOrMost(other.storedBytes ?? 0)
        isComplete = isComplete && other.isComplete
        unlisted = isComplete ? nil : left
        problem = problem ?? other.problem
    }

    /// The same of an array of which nothing else is known.
    init(_ census: Census) {
        self.init(census, nil)
    }

    /// What a census that was run elsewhere in the explorer comes to.
    init(_ census: Census, _ array: ArrayDetails?) {
        self.init(total: census.total)
        isSharded = array?.innerChunkShape != nil
        broken = [ChunkState.short, .corrupt, .unreadable].reduce(0) { $0 + census.count($1) }
        present = census.count(.present) + broken
        orphans = census.summary?.orphanCount ?? 0
        storedBytes = census.knownStoredBytes
        isComplete = census.summary?.isComplete ?? false
        if !isComplete, census.count(.missing) > 0 { unlisted = census.count(.unknown) }
        problem = census.summary?.problem
        if let inside = census.inside, inside.shards >= census.count(.present), inside.total > 0 {
            innerTotal = array?.innerChunkCount ?? inside.total
            innerMissing = census.innerMissing(inTotal: innerTotal)
        }
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
        let lost = String(StateLook.glyph(.missing)) + " " + Format.short(missing)
        if !isComplete {
            let sign = "? " + Format.short(unknown)
            guard missing == 0 else { return (lost + " " + sign, .warning) }
            return (isWide ? sign + " unknown" : sign, .warning)
        }
        if missing > 0 { return (isWide ? "\(lost) \(missingWord)" : lost, .warning) }
        if orphans > 0 {
            let sign = String(StateLook.glyph(.orphan)) + " " + Format.short(orphans)
            return (isWide ? sign + " orphan" : sign, .notice)
        }
        guard isDecodable else { return (isWide ? "▲ undecodable" : "▲ codec", .warning) }
        if innerMissing > 0 {
            let sign = String(StateLook.partialGlyph) + " " + Format.short(innerMissing)
            return (isWide ? sign + " inside" : sign, .notice)
        }
        if isSharded, innerTotal == nil { return (isWide ? "✔ all shards" : "✔ all", .good) }
        return (isWide ? "✔ complete" : "✔ all", .good)
    }

    /// What is missing: of a sharded array one of it is many chunks.
    private var missingWord: String {
        guard isSharded else { return "missing" }
        return missing == 1 ? "shard" : "shards"
    }

    /// How many chunks inside shards are not there, in words; `nil` where that is not known or none is.
    var innerWords: String? {
        guard let innerTotal, innerMissing > 0 else { return nil }
        return "\(Format.count(innerMissing)) of \(Format.count(innerTotal)) chunks"
    }
}
