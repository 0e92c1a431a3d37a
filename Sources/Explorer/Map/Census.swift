import ZarrModel

/// What is known of every chunk of one array, as pages arrive.
///
/// Costs 1 byte of state and 4 bytes of size per chunk of the grid. A grid of more than
/// `denseLimit` chunks is kept sparsely: only chunks that some page named, up to `sparseLimit`.
struct Census: Sendable {
    /// Grids up to this many chunks are kept densely (5 bytes each).
    static let denseLimit = 64 << 20
    /// How many chunks of a larger grid are kept.
    static let sparseLimit = 4 << 20
    /// A size that is not known, in `sizes`.
    static let noSize = UInt32.max
    /// The bits of a state byte.
    static let stateMask: UInt8 = 0x07
    static let slowBit: UInt8 = 0x40
    static let markBit: UInt8 = 0x80

    /// Chunks along each axis.
    let grid: [Int]
    /// Chunks in all.
    let total: Int
    /// Whether only named chunks are kept.
    let isSparse: Bool

    /// State bytes, C order; empty when sparse.
    private(set) var states: [UInt8]
    /// Stored bytes, cut at 4 GiB; empty when sparse.
    private(set) var sizes: [UInt32]
    /// Named chunks when sparse.
    private(set) var named: [Int: NamedChunk] = [:]
    /// What chunks are that no page named, when sparse.
    private(set) var base: ChunkState = .unknown
    /// How many named chunks did not fit, when sparse.
    private(set) var droppedCount = 0

    /// How many chunks are in each state, by raw value.
    private(set) var tally: [Int]
    /// How many chunks answered late.
    private(set) var slowCount = 0
    /// How many chunks are marked.
    private(set) var markedCount = 0
    /// Bytes stored, as far as known.
    private(set) var storedBytes = 0
    /// The least and greatest size seen.
    private(set) var sizeRange: ClosedRange<UInt32>?
    /// Whether pages may still come.
    private(set) var isRunning = true
    /// How it ended; `nil` while it runs.
    private(set) var summary: CensusSummary?
    /// Milliseconds since it began.
    private(set) var elapsedMilliseconds = 0
    /// Grows with every change, so that what was computed from it can be kept.
    private(set) var version = 0

    /// A chunk of a sparse census.
    struct NamedChunk: Hashable, Sendable {
        var bits: UInt8
        var size: UInt32
    }

    /// Makes a census where nothing is known; `nil` when the chunks cannot be counted.
    init?(grid: [Int], denseLimit: Int = Census.denseLimit) {
        guard let total = GridOrder.product(grid) else { return nil }
        self.grid = grid
        self.total = total
        isSparse = total > denseLimit
        let kept = isSparse ? 0 : total
        states = Array(repeating: ChunkState.unknown.rawValue, count: kept)
        sizes = Array(repeating: Self.noSize, count: kept)
        tally = Array(repeating: 0, count: ChunkState.allCases.count)
        tally[Int(ChunkState.unknown.rawValue)] = total
    }

    /// How many chunks are in `state`.
    func count(_ state: ChunkState) -> Int {
        tally[Int(state.rawValue)]
    }

    /// How many chunks a person should look at.
    var anomalyCount: Int {
        ChunkState.allCases.reduce(0) { $0 + ($1.isAnomaly ? count($1) : 0) }
    }

    /// How many chunks are known to be something.
    var knownCount: Int {
        total - count(.unknown)
    }

    /// The state byte of a chunk. Requires `0 <= index < total`.
    func bits(_ index: Int) -> UInt8 {
        isSparse ? named[index]?.bits ?? base.rawValue : states[index]
    }

    /// The state of a chunk. Requires `0 <= index < total`.
    func state(_ index: Int) -> ChunkState {
        ChunkState(rawValue: bits(index) & Self.stateMask) ?? .unknown
    }

    /// Bytes stored of a chunk, where known. Requires `0 <= index < total`.
    func size(_ index: Int) -> Int? {
        let size = isSparse ? named[index]?.size ?? Self.noSize : sizes[index]
        return size == Self.noSize ? nil : Int(size)
    }

    /// Whether a chunk answered late. Requires `0 <= index < total`.
    func isSlow(_ index: Int) -> Bool {
        bits(index) & Self.slowBit != 0
    }

    /// Whether a chunk is marked. Requires `0 <= index < total`.
    func isMarked(_ index: Int) -> Bool {
        bits(index) & Self.markBit != 0
    }

    // MARK: Arrival

    /// Takes a page. Indexes outside the grid are left out. Cost: the page.
    mutating func merge(_ page: CensusPage) {
        let count = min(page.indexes.count, page.states.count)
        var slow = page.slow[...]
        for position in 0..<count {
            let isSlow = slow.first == position
            if isSlow {
                slow.removeFirst()
            }
            let size = position < page.sizes.count ? page.sizes[position] : -1
            set(page.indexes[position], page.states[position], size: size, isSlow: isSlow)
        }
        elapsedMilliseconds = max(elapsedMilliseconds, page.elapsedMilliseconds)
        version += 1
    }

    /// Ends it: what no page named is missing if it was complete.
    mutating func finish(_ summary: CensusSummary) {
        if summary.isComplete {
            settleUnknown()
        }
        self.summary = summary
        elapsedMilliseconds = max(elapsedMilliseconds, summary.elapsedMilliseconds)
        isRunning = false
        version += 1
    }

    /// Ends it early: what is unknown stays so, and a listing that was complete before stays it.
    mutating func stop(_ problem: String) {
        guard !(summary?.isComplete ?? false) else {
            isRunning = false
            version += 1
            return
        }
        var summary = CensusSummary(isComplete: false)
        summary.problem = problem
        finish(summary)
    }

    /// Begins anew: every state is unknown and nothing is marked, but sizes stay until something
    /// else is found. Cost: the grid.
    mutating func forgetStates() {
        let unknown = ChunkState.unknown.rawValue
        states = Array(repeating: unknown, count: states.count)
        named = named.mapValues { NamedChunk(bits: unknown, size: $0.size) }
        base = .unknown
        tally = tally.map { _ in 0 }
        tally[Int(unknown)] = total
        slowCount = 0
        markedCount = 0
        summary = nil
        elapsedMilliseconds = 0
        isRunning = true
        version += 1
    }

    /// Lets pages come again, over what is known.
    mutating func resume() {
        isRunning = true
        version += 1
    }

    /// Says that chunks were set, so that what was computed is computed again.
    mutating func touch() {
        version += 1
    }

    /// Sets one chunk's state, leaving its mark. A negative size leaves the size as well, unless
    /// there is nothing now. Cost: constant.
    mutating func set(_ index: Int, _ state: ChunkState, size: Int64, isSlow: Bool = false) {
        guard index >= 0, index < total else { return }
        let isGone = state == .missing || state == .expectedEmpty
        let size = size < 0 && !isGone ? Int64(self.size(index) ?? -1) : size
        let known = size < 0 ? Self.noSize : UInt32(clamping: min(size, Int64(Self.noSize) - 1))
        let old = bits(index)
        var new = state.rawValue | (old & Self.markBit)
        if isSlow {
            new |= Self.slowBit
        }
        forgetSize(index)
        if isSparse {
            guard named[index] != nil || named.count < Self.sparseLimit else {
                droppedCount += 1
                return
            }
            named[index] = NamedChunk(bits: new, size: known)
        } else {
            states[index] = new
            sizes[index] = known
        }
        tally[Int(old & Self.stateMask)] -= 1
        tally[Int(state.rawValue)] += 1
        slowCount += (isSlow ? 1 : 0) - (old & Self.slowBit != 0 ? 1 : 0)
        if known != Self.noSize {
            storedBytes += Int(known)
            sizeRange =
                sizeRange.map { min($0.lowerBound, known)...max($0.upperBound, known) }
                ?? known...known
        }
    }

    private mutating func forgetSize(_ index: Int) {
        if let size = size(index) {
            storedBytes -= size
        }
    }

    private mutating func settleUnknown() {
        guard droppedCount == 0 else { return }
        let unknown = ChunkState.unknown.rawValue
        let missing = ChunkState.missing.rawValue
        let settled = count(.unknown)
        if isSparse {
            base = .missing
            for (index, chunk) in named where chunk.bits & Self.stateMask == unknown {
                forgetSize(index)
                named[index]?.bits = missing | (chunk.bits & Self.markBit)
                named[index]?.size = Self.noSize
            }
        } else if settled > 0 {
            for index in states.indices where states[index] & Self.stateMask == unknown {
                forgetSize(index)
                states[index] = missing | (states[index] & Self.markBit)
                sizes[index] = Self.noSize
            }
        }
        tally[Int(unknown)] -= settled
        tally[Int(missing)] += settled
    }

    // MARK: Marks

    /// Marks a chunk or takes its mark away. Outside the grid nothing happens.
    mutating func mark(_ index: Int, _ isOn: Bool) {
        guard index >= 0, index < total, isMarked(index) != isOn else { return }
        if isSparse {
            let old = named[index] ?? NamedChunk(bits: base.rawValue, size: Self.noSize)
            guard named[index] != nil || named.count < Self.sparseLimit else { return }
            named[index] = NamedChunk(bits: old.bits ^ Self.markBit, size: old.size)
        } else {
            states[index] ^= Self.markBit
        }
        markedCount += isOn ? 1 : -1
        version += 1
    }

    /// Takes every mark away. Cost: the grid.
    mutating func clearMarks() {
        guard markedCount > 0 else { return }
        for index in states.indices where states[index] & Self.markBit != 0 {
            states[index] &= ~Self.markBit
        }
        named = named.mapValues {
            NamedChunk(bits: $0.bits & ~Self.markBit, size: $0.size)
        }
        markedCount = 0
        version += 1
    }

    /// The marked chunks, ascending. Cost: the grid.
    func markedIndexes() -> [Int] {
        guard markedCount > 0 else { return [] }
        guard !isSparse else {
            return named.filter { $0.value.bits & Self.markBit != 0 }.keys.sorted()
        }
        return states.indices.filter { states[$0] & Self.markBit != 0 }
    }
}
