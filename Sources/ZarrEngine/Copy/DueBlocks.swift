internal import Synchronization
internal import ZarrModel

/// The blocks of a copy that are to be looked at, handed out one by one to any number of workers: those
/// of which something is stored, where that is known, else all.
final class DueBlocks: Sendable {
    /// The blocks by number; `nil` for all there are.
    private let listed: [Int]?
    private let counter: WorkCounter
    /// How many there are.
    let count: Int
    /// Chunks of the copy that lie in no such block: nothing is stored of them.
    let idleChunks: Int

    /// Every one of `blocks`.
    init(all blocks: CopyBlocks) {
        listed = nil
        count = blocks.total
        idleChunks = 0
        counter = WorkCounter(count: count)
    }

    /// Those of `blocks`, of a copy of `grid`, in which one of `stored` has something: chunks of arrays
    /// of the same shape. O(stored).
    init(_ blocks: CopyBlocks, of grid: GridShape, _ stored: [(ArrayNode, ChunkPresence)]) {
        listed = Self.list(blocks, stored)
        count = listed?.count ?? blocks.total
        counter = WorkCounter(count: count)
        let busy = listed?.reduce(0) { $0 + blocks.chunkCount($1) }
        idleChunks = busy.map { grid.total - $0 } ?? 0
    }

    /// `nil` where there are so many that going through all of them costs no more.
    private static func list(
        _ blocks: CopyBlocks,
        _ stored: [(ArrayNode, ChunkPresence)]
    ) -> [Int]? {
        var due = ChunkPresence(total: blocks.total)
        for (array, presence) in stored {
            guard presence.count < max(1, presence.total / 2) else { return nil }
            let (axes, grid) = (array.metadata.axes, array.grid)
            var isListed = true
            presence.forEachStored { chunk in
                let place = grid.index(at: chunk).coordinates
                let elements = Region(zip(axes, place).map { $0.range(of: $1) })
                let limit = max(1, blocks.total / 2)
                if let numbers = blocks.numbers(touching: elements, limit: limit) {
                    for number in numbers { due.insert(number) }
                } else {
                    isListed = false
                }
                return isListed
            }
            guard isListed, due.count < max(1, blocks.total / 2) else { return nil }
        }
        var list: [Int] = []
        list.reserveCapacity(due.count)
        due.forEachStored { number in
            list.append(number)
            return true
        }
        return list
    }

    /// The next block; `nil` when all are given out, or the work was stopped.
    func next() -> Int? {
        guard let number = counter.next() else { return nil }
        return listed.map { $0[number] } ?? number
    }

    /// Gives out no more blocks.
    func stop() {
        counter.stop()
    }

    /// Whether `stop` was called.
    var isStopped: Bool {
        counter.isStopped
    }
}
