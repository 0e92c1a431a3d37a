import Storage
import ZarrEngine
import ZarrModel

/// One comparison of two arrays under way: what their listings said, and values where they are wanted.
struct ComparisonRun: Sendable {
    let arrays: ArrayComparison
    let left: StoredChunks
    let right: StoredChunks

    /// Lists both arrays to the end. `onProgress` gets the number of objects found so far.
    init(_ arrays: ArrayComparison, onProgress: @Sendable (Int) -> Void = { _ in }) async throws {
        self.arrays = arrays
        let left = try await StoredChunks(arrays.left, onProgress: onProgress)
        let found = left.entries.count
        self.left = left
        right = try await StoredChunks(arrays.right) { onProgress(found + $0) }
    }

    /// Chunks that are read at a time.
    private static let width = 4

    /// Compares the values of `chunks`, and hands each to `body`, in the order in which they are
    /// done. Stops where the task is cancelled; what was handed over stays.
    func compareValues(
        of chunks: [ComparedChunk],
        _ body: (ComparedChunk, ValueComparison) throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (ComparedChunk, ValueComparison).self) { group in
            var waiting = chunks[...]
            func start() {
                guard let chunk = waiting.popFirst() else { return }
                let arrays = arrays
                group.addTask {
                    let index = arrays.left.grid.index(at: chunk.chunk)
                    return (chunk, await arrays.compareValues(of: index, chunk.difference))
                }
            }
            for _ in 0..<Self.width { start() }
            while let (chunk, found) = try await group.next() {
                try Task.checkCancellation()
                try body(chunk, found)
                start()
            }
        }
    }

    /// What the listings have of chunk `number` of the left grid: of all of the region on the right.
    func presence(of number: Int) -> (left: ObjectInfo?, right: ObjectInfo?) {
        let behind = arrays.counterparts(of: arrays.left.grid.index(at: number))
        let only = behind.shape.reduce(1, *) == 1 ? ChunkIndex(behind.origin) : nil
        let other = only.flatMap { arrays.right.grid.linearIndex(of: $0) }
        return (left[number]?.info, other.flatMap { right[$0]?.info })
    }

    /// Every chunk that is stored on either side.
    var stored: [ComparedChunk] {
        var chunks: [ComparedChunk] = []
        arrays.forEachChunk(left, right) { chunks.append($0) }
        return chunks
    }
}
