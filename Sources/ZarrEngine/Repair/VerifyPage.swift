public import ZarrModel

/// Something that a verification found about one stored object.
public struct VerifyFinding: Hashable, Sendable {
    /// Where it lies in the grid, or would lie.
    public var index: ChunkIndex
    /// The one inner chunk that it is about, in the array's grid of inner chunks; `nil` where it is
    /// about the whole object.
    public var innerIndex: ChunkIndex?
    /// Its key in the storage. Untrusted text.
    public var key: String
    /// `missing`, `short`, `corrupt`, `unreadable` or `orphan`.
    public var state: ChunkState
    /// Why, in one sentence. May hold untrusted text.
    public var reason: String
    /// Its bytes, where the storage says.
    public var byteCount: Int?

    /// Makes a finding, such as one that an earlier run wrote down.
    public init(
        index: ChunkIndex,
        innerIndex: ChunkIndex? = nil,
        key: String,
        state: ChunkState,
        reason: String,
        byteCount: Int?
    ) {
        self.index = index
        self.innerIndex = innerIndex
        self.key = key
        self.state = state
        self.reason = reason
        self.byteCount = byteCount
    }
}

/// How far a verification came.
public struct VerifyProgress: Hashable, Sendable {
    /// The first chunk that was not looked at, numbered in C order.
    public var next: Int
    /// What was found before it: `short`, `corrupt` and `unreadable` chunks. What is missing or
    /// outside the grid is looked for anew.
    public var findings: [VerifyFinding]

    /// The progress of a run; by default one that has not begun.
    public init(next: Int = 0, findings: [VerifyFinding] = []) {
        self.next = next
        self.findings = findings
    }
}

/// What one step of a verification found.
public struct VerifyPage: Sendable {
    /// What was found, if anything.
    public internal(set) var findings: [VerifyFinding] = []
    /// The chunks that were decoded in this step and are sound, numbered in C order.
    public internal(set) var sound: [Int] = []
    /// Keys under the array that are no chunk keys and no metadata. Untrusted text.
    public internal(set) var foreign: [String] = []
}

/// What a verification has counted so far.
public struct VerifySummary: Hashable, Sendable {
    /// Chunks of the grid that are in the share.
    public internal(set) var total = 0
    /// Stored chunks of the grid.
    public internal(set) var present = 0
    /// Chunks of the grid that are not stored; known once the listing has ended.
    public internal(set) var missing = 0
    /// Of those: counted without a finding each, because they are more than 50 million.
    public internal(set) var unnamedMissing = 0
    /// Stored chunks that were decoded, or tried.
    public internal(set) var checked = 0
    /// Bytes of the stored chunks of the grid, where the storage says.
    public internal(set) var presentBytes = 0
    /// Bytes of those that were decoded, or tried.
    public internal(set) var checkedBytes = 0
    /// Of those: too few bytes.
    public internal(set) var short = 0
    /// Of those: they do not decode, or a checksum does not match.
    public internal(set) var corrupt = 0
    /// Of those: the storage failed.
    public internal(set) var unreadable = 0
    /// Objects named as chunks outside the grid.
    public internal(set) var orphans = 0
    /// Objects under the array that are no chunks and no metadata: nothing is wrong with them.
    public internal(set) var foreign = 0
    /// Whether everything was looked at.
    public internal(set) var isComplete = false

    /// Whether a person should look.
    public var hasFindings: Bool {
        missing + short + corrupt + unreadable + orphans > 0
    }

    /// Counts a chunk that was looked at and is not sound, by the worst that was found of it.
    mutating func count(_ state: ChunkState) {
        checked += 1
        switch state {
        case .short: short += 1
        case .unreadable: unreadable += 1
        default: corrupt += 1
        }
    }
}

/// One of several equal shares of the chunks, for many machines: chunk `n` belongs to share
/// `n mod count`.
public struct VerifyPart: Hashable, Sendable {
    /// Which share, from 0.
    public let number: Int
    /// How many there are.
    public let count: Int

    /// Everything.
    public static let all = VerifyPart(unchecked: 0, of: 1)

    /// Share `number` (from 0) of `count`; `nil` where there is no such share.
    public init?(_ number: Int, of count: Int) {
        guard count >= 1, number >= 0, number < count else { return nil }
        self.init(unchecked: number, of: count)
    }

    private init(unchecked number: Int, of count: Int) {
        self.number = number
        self.count = count
    }

    /// The share that counts on from `chunks` that lie before: so that the first chunks of many small
    /// arrays are not all in the first share. Requires `chunks >= 0`.
    public func shifted(by chunks: Int) -> VerifyPart {
        let rest = (number - chunks % count) % count
        return VerifyPart(unchecked: rest < 0 ? rest + count : rest, of: count)
    }

    func contains(_ chunk: Int) -> Bool {
        chunk % count == number
    }

    /// How many of `total` chunks are in it.
    func share(of total: Int) -> Int {
        total / count + (number < total % count ? 1 : 0)
    }
}
