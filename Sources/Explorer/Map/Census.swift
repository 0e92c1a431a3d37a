import ZarrModel

/// What is known of every chunk of one array, as pages arrive.
///
/// Kept in blocks of 4,096 chunks, and of those only the ones that some page named: 5 bytes for a
/// chunk where many lie together, 7 where few do, whatever the size of the grid.
struct Census: Sendable {
    /// How many blocks are kept at most: 134 million chunks that lie together.
    static let blockLimit = 1 << 15
    /// A size that is not known.
    static let noSize = CensusBlock.unknown
    /// The bits of a state byte.
    static let stateMask: UInt8 = 0x07
    /// Reading it found what it is, where a listing had said that it is present.
    static let readBit: UInt8 = 0x08
    /// The chunk was read and decoded.
    static let soundBit: UInt8 = 0x10
    /// A shard that does not hold all its inner chunks.
    static let partialBit: UInt8 = 0x20
    static let slowBit: UInt8 = 0x40
    static let markBit: UInt8 = 0x80

    /// Chunks along each axis.
    let grid: [Int]
    /// Chunks in all.
    let total: Int

    /// The numbers of the kept blocks, ascending, and the blocks.
    private(set) var numbers: [Int] = []
    private(set) var blocks: [CensusBlock] = []
    private var denseCount = 0
    /// What chunks are that no page named.
    private(set) var base: ChunkState = .unknown
    /// How many named chunks did not fit.
    private(set) var droppedCount = 0

    /// How many chunks are in each state, by raw value.
    private(set) var tally: [Int]
    /// How many chunks answered late.
    private(set) var slowCount = 0
    /// How many shards do not hold all their inner chunks.
    private(set) var partialCount = 0
    /// How many chunks were read and decoded.
    private(set) var soundCount = 0
    /// How many chunks are marked, and their bytes.
    private(set) var markedCount = 0
    private(set) var markedBytes = 0
    /// Bytes stored, as far as known.
    private(set) var storedBytes = 0
    /// The same, or `nil` where the listing gave no sizes: no sound chunk is stored in 0 bytes.
    var knownStoredBytes: Int? { storedBytes > 0 || count(.present) == 0 ? storedBytes : nil }
    /// How many chunks have figures of their values.
    private(set) var figureCount = 0
    /// Whether some chunk's time of change is known.
    private(set) var hasTimes = false
    /// Seconds since 1970 when it was taken; `nil` where nobody said.
    private(set) var takenAt: Int?
    /// When the first page of it was made, in seconds since 1970; `nil` where nobody said.
    private(set) var beganAt: Int?
    /// When chunks were decoded last, in seconds since 1970.
    private(set) var decodedAt: Int?
    /// What the indexes of the shards say, where they were looked at.
    private(set) var inside: InnerTally?
    /// Whether pages may still come.
    private(set) var isRunning = true
    /// How it ended; `nil` while it runs.
    private(set) var summary: CensusSummary?
    /// Milliseconds since it began.
    private(set) var elapsedMilliseconds = 0
    /// Grows with every change, so that what was computed from it can be kept.
    private(set) var version = 0

    /// The most chunks of a grid that can be drawn: sums and products of places on the screen and of
    /// chunks stay far from what an integer holds.
    static let largestGrid = 1 << 56

    /// Makes a census where nothing is known; `nil` where there are more chunks than `largestGrid`.
    init?(grid: [Int]) {
        guard let total = GridOrder.product(grid), total <= Self.largestGrid else { return nil }
        self.grid = grid
        self.total = total
        tally = Array(repeating: 0, count: ChunkState.allCases.count)
        tally[Int(ChunkState.unknown.rawValue)] = total
    }

    /// Whether every chunk of the grid is kept by its place.
    var isFull: Bool {
        denseCount == (total + CensusBlock.length - 1) / CensusBlock.length
    }

    /// Bytes of memory that are held, apart from a few hundred.
    var heldBytes: Int {
        blocks.reduce(numbers.capacity * 8) {
            $0 + $1.heldBytes + MemoryLayout<CensusBlock>.stride
        }
    }

    /// How many chunks are in `state`.
    func count(_ state: ChunkState) -> Int {
        tally[Int(state.rawValue)]
    }

    /// How many chunks a person should look at. Shards that merely lack inner chunks are none: writers
    /// leave out what is nothing but fill.
    var anomalyCount: Int {
        ChunkState.allCases.reduce(0) { $0 + ($1.isAnomaly ? count($1) : 0) }
    }

    /// How many chunks are known to be something.
    var knownCount: Int {
        total - count(.unknown)
    }

    // MARK: One chunk

    /// Which block holds a chunk; `nil` where none is kept.
    func position(of number: Int) -> Int? {
        if number < numbers.count, numbers[number] == number { return number }
        let position = firstPosition(from: number)
        return position < numbers.count && numbers[position] == number ? position : nil
    }

    /// The first kept block that is not before `number`.
    func firstPosition(from number: Int) -> Int {
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func find(_ index: Int) -> (position: Int, slot: Int)? {
        guard let position = position(of: index >> CensusBlock.shift),
            let slot = blocks[position].slot(index & (CensusBlock.length - 1))
        else { return nil }
        return (position, slot)
    }

    /// The state byte of a chunk. Requires `0 <= index < total`.
    func bits(_ index: Int) -> UInt8 {
        find(index).map { blocks[$0.position].states[$0.slot] } ?? base.rawValue
    }

    /// The state of a chunk. Requires `0 <= index < total`.
    func state(_ index: Int) -> ChunkState {
        ChunkState(rawValue: bits(index) & Self.stateMask) ?? .unknown
    }

    /// Bytes stored of a chunk, where known. Requires `0 <= index < total`.
    func size(_ index: Int) -> Int? {
        guard let (position, slot) = find(index) else { return nil }
        let size = blocks[position].sizes[slot]
        return size == Self.noSize ? nil : Int(size)
    }

    /// When a chunk was changed, in seconds since 1970, where known. Requires `0 <= index < total`.
    func time(_ index: Int) -> Int? {
        guard let (position, slot) = find(index) else { return nil }
        let time = blocks[position].time(slot)
        return time == CensusBlock.unknown ? nil : Int(time)
    }

    /// What is known of a chunk's values. Requires `0 <= index < total`.
    func figures(_ index: Int) -> ChunkFigures? {
        find(index).flatMap { blocks[$0.position].figures($0.slot) }
    }

    /// Whether a chunk answered late. Requires `0 <= index < total`.
    func isSlow(_ index: Int) -> Bool {
        bits(index) & Self.slowBit != 0
    }

    /// Whether a chunk is marked. Requires `0 <= index < total`.
    func isMarked(_ index: Int) -> Bool {
        bits(index) & Self.markBit != 0
    }

    /// Whether a chunk was read and decoded. Requires `0 <= index < total`.
    func isSound(_ index: Int) -> Bool {
        bits(index) & Self.soundBit != 0
    }

    /// Whether a state byte is one that a person should look at.
    static func isAnomaly(_ bits: UInt8) -> Bool {
        bits & stateMask >= ChunkState.orphan.rawValue
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
            let index = page.indexes[position]
            let size = position < page.sizes.count ? page.sizes[position] : -1
            set(
                index,
                page.states[position],
                size: size,
                isSlow: isSlow,
                isSound: page.isDecoded && page.states[position] == .present,
                isRead: page.isDecoded
            )
            if position < page.modified.count { set(index, time: page.modified[position]) }
        }
        elapsedMilliseconds = max(elapsedMilliseconds, page.elapsedMilliseconds)
        takenAt = page.takenAt ?? takenAt
        beganAt = beganAt ?? page.takenAt
        noteDecoding(at: page.decodedAt)
        version += 1
    }

    /// Takes figures of values, and what reading the chunks showed. Cost: the page.
    mutating func merge(_ page: FiguresPage) {
        for (position, index) in page.indexes.enumerated()
        where index >= 0 && index < total && position < page.states.count {
            let state = page.states[position]
            let isSlow = isSlow(index)
            set(index, state, size: -1, isSlow: isSlow, isSound: state == .present, isRead: true)
            guard position < page.figures.count, let found = page.figures[position],
                let (block, slot) = find(index)
            else { continue }
            if !blocks[block].hasFigures(slot) { figureCount += 1 }
            blocks[block].set(slot, found)
        }
        version += 1
    }

    /// Whether figures of a chunk's values are known. Requires `0 <= index < total`.
    func hasFigures(_ index: Int) -> Bool {
        find(index).map { blocks[$0.position].hasFigures($0.slot) } ?? false
    }

    /// Takes what the indexes of shards say. Cost: the page.
    mutating func merge(_ page: InsidePage) {
        var tally = inside ?? InnerTally()
        for shard in page.shards where shard.index >= 0 && shard.index < total {
            tally.shards += 1
            tally.total += shard.total
            tally.present += shard.present
            guard shard.state == .present else {
                tally.unknown += max(0, shard.total - shard.present)
                set(shard.index, shard.state, size: -1, isRead: true)
                continue
            }
            guard state(shard.index) == .present, let (position, slot) = keep(shard.index) else {
                continue
            }
            let isPartial = shard.present < shard.total
            let bits = blocks[position].states[slot]
            guard isPartial != (bits & Self.partialBit != 0) else { continue }
            partialCount += isPartial ? 1 : -1
            blocks[position].set(slot, bits ^ Self.partialBit)
        }
        inside = tally
        version += 1
    }

    /// Ends it: what no page named is missing if it was complete.
    mutating func finish(_ summary: CensusSummary) {
        if summary.isComplete {
            settleUnknown()
        } else if !summary.unlisted.isEmpty {
            leaveUnknown(summary.unlisted)
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
    /// else is found. Cost: what is kept.
    mutating func forgetStates() {
        let unknown = ChunkState.unknown.rawValue
        for position in blocks.indices {
            blocks[position].changeAll { _ in (unknown, false) }
        }
        base = .unknown
        tally = tally.map { _ in 0 }
        tally[Int(unknown)] = total
        (slowCount, partialCount, soundCount, markedCount, markedBytes) = (0, 0, 0, 0, 0)
        inside = nil
        summary = nil
        elapsedMilliseconds = 0
        isRunning = true
        version += 1
    }

    /// Begins to look into the shards anew.
    mutating func beginInside() {
        inside = InnerTally()
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

    /// Where a chunk is kept from now on; `nil` where there is no room for more.
    private mutating func keep(_ index: Int) -> (position: Int, slot: Int)? {
        let number = index >> CensusBlock.shift
        let place = index & (CensusBlock.length - 1)
        var position = position(of: number)
        if position == nil {
            guard blocks.count < Self.blockLimit else { return nil }
            let start = number << CensusBlock.shift
            let at = firstPosition(from: number)
            numbers.insert(number, at: at)
            let capacity = min(CensusBlock.length, total - start)
            blocks.insert(CensusBlock(capacity: capacity), at: at)
            position = at
        }
        guard let position else { return nil }
        let wasDense = blocks[position].isDense
        let slot = blocks[position].slot(keeping: place, as: base.rawValue)
        if blocks[position].isDense != wasDense { denseCount += 1 }
        return (position, slot)
    }

    /// Sets one chunk's state, leaving its mark. A negative size leaves the size as well, unless
    /// there is nothing now. Cost: constant.
    mutating func set(
        _ index: Int,
        _ state: ChunkState,
        size: Int64,
        isSlow: Bool = false,
        isSound: Bool = false,
        isRead: Bool = false
    ) {
        guard index >= 0, index < total else { return }
        guard let (position, slot) = keep(index) else {
            droppedCount += 1
            return
        }
        let old = blocks[position].states[slot]
        let before = blocks[position].sizes[slot]
        let isGone = state == .missing || state == .expectedEmpty
        let known: UInt32 =
            size >= 0
            ? UInt32(clamping: min(size, Int64(Self.noSize) - 1)) : isGone ? Self.noSize : before
        let kept = state == .present ? Self.markBit | Self.partialBit : Self.markBit
        var new = state.rawValue | (old & kept)
        if isSlow { new |= Self.slowBit }
        if isSound { new |= Self.soundBit }
        let wasPresent = old & Self.stateMask == ChunkState.present.rawValue
        if isRead, state > .missing, wasPresent || old & Self.readBit != 0 { new |= Self.readBit }
        blocks[position].set(slot, new, size: known)
        count(old, as: -1, size: before)
        count(new, as: 1, size: known)
    }

    /// Gives a chunk bits that it had, its mark apart; what is `nil` stays. Cost: constant.
    mutating func put(_ index: Int, bits: UInt8, size: Int? = nil, time: Int? = nil) {
        guard index >= 0, index < total, let (position, slot) = keep(index) else { return }
        let old = blocks[position].states[slot]
        let before = blocks[position].sizes[slot]
        let known = size.map { UInt32(clamping: min($0, Int(Self.noSize) - 1)) } ?? before
        let new = bits & ~Self.markBit | old & Self.markBit
        blocks[position].set(slot, new, size: known)
        count(old, as: -1, size: before)
        count(new, as: 1, size: known)
        if let time { set(index, time: Int64(time)) }
    }

    /// Takes over when another census was taken, and when its chunks were decoded.
    mutating func inherit(from other: Census) {
        (takenAt, beganAt, decodedAt) = (other.takenAt, other.beganAt, other.decodedAt)
    }

    /// Notes when chunks were decoded.
    mutating func noteDecoding(at moment: Int?) {
        decodedAt = moment.map { max($0, decodedAt ?? $0) } ?? decodedAt
    }

    /// Counts a chunk in, or out again.
    private mutating func count(_ bits: UInt8, as sign: Int, size: UInt32) {
        tally[Int(bits & Self.stateMask)] += sign
        let bytes = size == Self.noSize ? 0 : Int(size)
        storedBytes += sign * bytes
        guard bits & ~Self.stateMask != 0 else { return }
        if bits & Self.slowBit != 0 { slowCount += sign }
        if bits & Self.soundBit != 0 { soundCount += sign }
        if bits & Self.partialBit != 0 { partialCount += sign }
        if bits & Self.markBit != 0 { markedBytes += sign * bytes }
    }

    private mutating func set(_ index: Int, time: Int64) {
        guard time > 0, time < Int64(CensusBlock.unknown), let (position, slot) = find(index) else {
            return
        }
        blocks[position].set(slot, time: UInt32(time))
        hasTimes = true
    }

    /// More chunks below folders that could not be listed than these are not kept one by one.
    private static let unlistedLimit = 1 << 22

    /// What no page named is missing, but for some of which nothing is known.
    private mutating func leaveUnknown(_ chunks: [Range<Int>]) {
        let known = chunks.map { $0.clamped(to: 0..<total) }
        guard known.reduce(0, { $0 + $1.count }) <= Self.unlistedLimit else { return }
        settleUnknown()
        for range in known {
            for chunk in range where state(chunk) == .missing { set(chunk, .unknown, size: -1) }
        }
    }

    private mutating func settleUnknown() {
        guard droppedCount == 0 else { return }
        let unknown = ChunkState.unknown.rawValue
        let missing = ChunkState.missing.rawValue
        let settled = count(.unknown)
        guard settled > 0 else { return }
        base = .missing
        var bytes = 0
        var marked = 0
        for position in blocks.indices {
            let sizes = blocks[position].sizes
            var slot = -1
            blocks[position].changeAll { bits in
                slot += 1
                guard bits & Self.stateMask == unknown else { return (bits, false) }
                if sizes[slot] != Self.noSize {
                    bytes += Int(sizes[slot])
                    if bits & Self.markBit != 0 { marked += Int(sizes[slot]) }
                }
                return (missing | (bits & Self.markBit), true)
            }
        }
        storedBytes -= bytes
        markedBytes -= marked
        tally[Int(unknown)] -= settled
        tally[Int(missing)] += settled
    }

    // MARK: Marks

    /// Marks a chunk or takes its mark away. Outside the grid nothing happens.
    mutating func mark(_ index: Int, _ isOn: Bool) {
        guard index >= 0, index < total, isMarked(index) != isOn,
            let (position, slot) = keep(index)
        else { return }
        let bits = blocks[position].states[slot] ^ Self.markBit
        blocks[position].set(slot, bits)
        let size = blocks[position].sizes[slot]
        markedBytes += (isOn ? 1 : -1) * (size == Self.noSize ? 0 : Int(size))
        markedCount += isOn ? 1 : -1
        version += 1
    }

    /// Takes every mark away. Cost: what is kept.
    mutating func clearMarks() {
        guard markedCount > 0 else { return }
        for position in blocks.indices {
            blocks[position].changeAll { ($0 & ~Self.markBit, false) }
        }
        (markedCount, markedBytes) = (0, 0)
        version += 1
    }
}
