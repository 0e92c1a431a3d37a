/// Which chunks of a grid are stored: a bit each, or a set where the grid is far larger than what is
/// stored. Chunks are numbered in C order.
///
/// Memory: an eighth of a byte per chunk of the grid up to `largestBitmap` chunks (128 MiB), then
/// about 16 bytes per stored chunk.
public struct ChunkPresence: Sendable {
    /// The largest grid that is held as bits.
    static let largestBitmap = 1 << 30

    /// Chunks in the grid.
    public let total: Int
    /// How many are stored.
    public private(set) var count = 0
    private let isDense: Bool
    private var words: [UInt64]
    private var sparse: Set<Int> = []

    /// A grid of `total` chunks of which none is stored.
    public init(total: Int) {
        self.total = max(0, total)
        isDense = self.total <= Self.largestBitmap
        words = [UInt64](repeating: 0, count: isDense ? (self.total + 63) / 64 : 0)
    }

    /// How many are not stored.
    public var missingCount: Int {
        total - count
    }

    /// Notes that `chunk` is stored; `false` when that was known. Requires `0 <= chunk < total`.
    @discardableResult
    public mutating func insert(_ chunk: Int) -> Bool {
        precondition(chunk >= 0 && chunk < total, "a chunk lies in its grid")
        let isNew: Bool
        if isDense {
            let bit = UInt64(1) << UInt64(chunk & 63)
            isNew = words[chunk >> 6] & bit == 0
            words[chunk >> 6] |= bit
        } else {
            isNew = sparse.insert(chunk).inserted
        }
        count += isNew ? 1 : 0
        return isNew
    }

    /// Notes that `chunk` is no longer stored.
    public mutating func remove(_ chunk: Int) {
        guard contains(chunk) else { return }
        count -= 1
        if isDense {
            words[chunk >> 6] &= ~(UInt64(1) << UInt64(chunk & 63))
        } else {
            sparse.remove(chunk)
        }
    }

    /// Whether `chunk` is stored. `false` outside the grid.
    public func contains(_ chunk: Int) -> Bool {
        guard chunk >= 0, chunk < total else { return false }
        return isDense
            ? words[chunk >> 6] >> UInt64(chunk & 63) & 1 == 1 : sparse.contains(chunk)
    }

    /// How many chunks of `range`, which lies in the grid, are not stored. O(length / 64) in a grid held as
    /// bits, O(stored) otherwise.
    func missingCount(in range: Range<Int>) -> Int {
        guard isDense else { return range.count - sparse.count { range.contains($0) } }
        var stored = 0
        var chunk = range.lowerBound
        while chunk < range.upperBound {
            let end = min(range.upperBound, (chunk | 63) + 1)
            let mask = UInt64.max << UInt64(chunk & 63) & (.max >> UInt64(63 - (end - 1) & 63))
            stored += (words[chunk >> 6] & mask).nonzeroBitCount
            chunk = end
        }
        return range.count - stored
    }

    /// Calls `body` with each chunk that is stored, ascending, until it answers `false`. O(total / 64 +
    /// stored) in a grid held as bits, O(stored · log stored) otherwise.
    public func forEachStored(_ body: (Int) -> Bool) {
        guard isDense else {
            for chunk in sparse.sorted() where !body(chunk) { return }
            return
        }
        for (place, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                guard body(place << 6 | rest.trailingZeroBitCount) else { return }
                rest &= rest - 1
            }
        }
    }

    /// The first chunk from `start` on that is not stored. O(distance / 64).
    public func firstMissing(from start: Int) -> Int? {
        var chunk = max(0, start)
        guard isDense else {
            while contains(chunk) { chunk += 1 }
            return chunk < total ? chunk : nil
        }
        while chunk < total {
            let rest = ~words[chunk >> 6] >> UInt64(chunk & 63)
            if rest != 0 {
                let found = chunk + rest.trailingZeroBitCount
                return found < total ? found : nil
            }
            chunk = (chunk | 63) + 1
        }
        return nil
    }

    /// The first chunk from `start` on that is stored. O(distance / 64) in a grid held as bits,
    /// O(stored) otherwise.
    public func firstPresent(from start: Int) -> Int? {
        var chunk = max(0, start)
        guard isDense else {
            return sparse.lazy.filter { $0 >= chunk }.min()
        }
        while chunk < total {
            let rest = words[chunk >> 6] >> UInt64(chunk & 63)
            if rest != 0 { return chunk + rest.trailingZeroBitCount }
            chunk = (chunk | 63) + 1
        }
        return nil
    }
}
