import ZarrModel

/// Everything in an array that stands out, as boxes: computed from the census when it has changed.
struct FindingList: Sendable {
    /// More boxes than this are not made; what lies in others is counted.
    static let limit = 1 << 18
    /// How many chunks around boxes are looked at in all.
    private static let budget = 16 << 20

    private(set) var boxes: [FindingBox] = []
    /// Chunks that stand out but lie in no box, since there are too many.
    private(set) var unlisted = 0
    /// The bytes that a chunk usually has.
    private(set) var median: Int?
    /// Chunks that a person should look at.
    private(set) var found = 0
    /// Stored chunks that were read and decoded, or did not decode; and stored chunks in all.
    private(set) var read = 0
    private(set) var stored = 0
    /// Columns that the ranges of each axis need.
    private(set) var widths: [Int] = []

    /// Nothing.
    init() {}

    /// Finds what stands out. Cost: the grid, and what stands out.
    init(_ census: Census, _ book: FindingBook) {
        var groups = FindingGroups()
        groups.add(census, book)
        unlisted = groups.unlisted
        var surroundings = Surroundings(census, budget: Self.budget)
        for group in groups.sorted {
            for box in BoxGrouping.boxes(of: group.indexes, in: census.grid) {
                guard boxes.count < Self.limit else {
                    unlisted += Self.volume(box)
                    continue
                }
                boxes.append(Self.finding(box, group, census, &surroundings))
            }
        }
        addOrphans(census, book)
        found = boxes.reduce(unlisted) { $0 + ($1.state.isAnomaly ? $1.count : 0) }
        median = Self.median(of: census)
        stored = census.storedCount
        read = book.notes.reduce(census.soundCount) { count, told in
            let isBroken = told.key < census.total && census.state(told.key) > .missing
            return count + (isBroken ? 1 : 0)
        }
        widths = census.grid.indices.map { axis in
            boxes.reduce(1) { widest, box in
                guard box.ranges.indices.contains(axis) else { return widest }
                return max(widest, Self.width(box.ranges[axis], of: census.grid[axis]))
            }
        }
    }

    private static func finding(
        _ box: [Range<Int>],
        _ group: FindingGroups.Group,
        _ census: Census,
        _ surroundings: inout Surroundings
    ) -> FindingBox {
        let around = surroundings.around(box)
        let start = GridOrder.linear(box.map(\.lowerBound), in: census.grid)
        return FindingBox(
            state: group.state,
            ranges: box,
            count: volume(box),
            pattern: FindingBox.pattern(of: box, in: census.grid, around),
            reason: group.reason,
            around: around,
            start: start,
            bytes: census.size(start),
            isRead: Census.isRead(census.bits(start))
        )
    }

    private mutating func addOrphans(_ census: Census, _ book: FindingBook) {
        var orphans = book.orphans
        if orphans.isEmpty, let summary = census.summary {
            orphans = summary.orphans.map { key in
                ChunkFinding(chunk: ChunkIndex([]), state: .orphan, key: key, reason: "")
            }
            unlisted += max(0, summary.orphanCount - orphans.count)
        }
        for orphan in orphans {
            guard boxes.count < Self.limit else {
                unlisted += 1
                continue
            }
            boxes.append(
                FindingBox(
                    state: .orphan,
                    ranges: [],
                    count: 1,
                    pattern: .outside,
                    bytes: orphan.bytes,
                    orphan: orphan
                )
            )
        }
    }

    private static func volume(_ box: [Range<Int>]) -> Int {
        box.reduce(1) { $0 * $1.count }
    }

    private static func width(_ range: Range<Int>, of count: Int) -> Int {
        if range == 0..<count, count > 1 { return 1 }
        let last = String(range.upperBound - 1).count
        return range.count == 1 ? last : String(range.lowerBound).count + 2 + last
    }

    /// The median of stored sizes; of some thousand of them, where there are more.
    private static func median(of census: Census) -> Int? {
        guard census.total > 0 else { return nil }
        let step = max(1, census.total / 65_536)
        var sizes: [Int] = []
        for index in stride(from: 0, to: census.total, by: step)
        where census.state(index) == .present {
            if let size = census.size(index) { sizes.append(size) }
        }
        guard !sizes.isEmpty else { return nil }
        sizes.sort()
        return sizes[sizes.count / 2]
    }

    // MARK: Order

    /// The boxes that `filter` lets through, in order: their numbers.
    func numbers(_ order: FindingOrder, _ filter: FindingFilter) -> [Int] {
        let shown =
            filter.isEmpty ? Array(boxes.indices) : boxes.indices.filter { filter.lets(boxes[$0]) }
        switch order {
        case .place: return shown.sorted { boxes[$0].start < boxes[$1].start }
        case .kind: return shown.sorted { rank(boxes[$0].state) < rank(boxes[$1].state) }
        case .count: return shown.sorted { boxes[$0].count > boxes[$1].count }
        case .isolation:
            let shares = boxes.map { $0.around?.share ?? -1 }
            return shown.sorted { left, right in
                shares[left] == shares[right]
                    ? boxes[left].count < boxes[right].count : shares[left] > shares[right]
            }
        }
    }

    /// The worst first; what is expected to be empty last.
    private func rank(_ state: ChunkState) -> Int {
        -Int(state.rawValue)
    }
}

/// The chunks that stand out, by state and reason.
struct FindingGroups {
    struct Group {
        var state: ChunkState
        var reason: Int?
        var indexes: [Int] = []
    }

    private struct Key: Hashable {
        var state: ChunkState
        var reason: Int?
    }

    /// More chunks than this are counted, not kept.
    private static let limit = 32 << 20

    /// Chunks that were not kept.
    private(set) var unlisted = 0
    private var groups: [Key: Group] = [:]
    private var plain: [[Int]] = ChunkState.allCases.map { _ in [] }
    private var kept = 0

    /// Takes what stands out in a census.
    mutating func add(_ census: Census, _ book: FindingBook) {
        let isTold = !book.notes.isEmpty
        guard census.anomalyCount + census.count(.expectedEmpty) > 0 else { return }
        let (empty, least) = (ChunkState.expectedEmpty.rawValue, ChunkState.orphan.rawValue)
        func isWanted(_ bits: UInt8) -> Bool {
            let state = bits & Census.stateMask
            return state >= least || state == empty
        }
        let kept = census.blocks.reduce(0) { $0 + $1.count }
        let isWhole = census.base.isAnomaly && kept < census.total
        guard !isWhole || census.total > Self.limit else {
            for index in 0..<census.total where isWanted(census.bits(index)) {
                add(index, census.state(index), isTold ? book : nil)
            }
            return
        }
        if isWhole { unlisted += census.total - kept }
        for index in census.indexes(where: isWanted) {
            add(index, census.state(index), isTold ? book : nil)
        }
    }

    private mutating func add(_ index: Int, _ state: ChunkState, _ book: FindingBook?) {
        guard state.isAnomaly || state == .expectedEmpty else { return }
        guard kept < Self.limit else {
            unlisted += 1
            return
        }
        kept += 1
        guard state > .missing, let note = book?.note(index, state) else {
            plain[Int(state.rawValue)].append(index)
            return
        }
        let key = Key(state: state, reason: note.reason)
        groups[key, default: Group(state: state, reason: note.reason)].indexes.append(index)
    }

    /// The groups, the worst first.
    var sorted: [Group] {
        var all = Array(groups.values)
        for state in ChunkState.allCases where !plain[Int(state.rawValue)].isEmpty {
            all.append(Group(state: state, indexes: plain[Int(state.rawValue)]))
        }
        return all.sorted { left, right in
            left.state == right.state
                ? (left.reason ?? -1) < (right.reason ?? -1) : left.state > right.state
        }
    }
}
