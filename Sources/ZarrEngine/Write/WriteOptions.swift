/// How values are written.
public struct WriteOptions: Sendable {
    /// Whether chunks that hold nothing but the fill value are stored. Otherwise they are not, and one
    /// that was is deleted: absent reads the same.
    public var storesFill: Bool
    /// Whether a stored chunk that does not decode counts as fill where only a part of it is written.
    /// Otherwise the write is refused.
    public var replacesCorrupt: Bool
    /// Threads that encode, where writing blocks; `nil` is one per core.
    public var workerCount: Int?
    /// Chunks under way at a time, where the storage does not block; fewer where they are so large that
    /// they would take more than a quarter of the machine's memory.
    public var concurrentWrites: Int
    /// Called from the workers after each chunk with the chunks done and those there are.
    public var onProgress: (@Sendable (_ done: Int, _ total: Int) -> Void)?

    /// Makes options.
    public init(
        storesFill: Bool = false,
        replacesCorrupt: Bool = false,
        workerCount: Int? = nil,
        concurrentWrites: Int = 16,
        onProgress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
    ) {
        self.storesFill = storesFill
        self.replacesCorrupt = replacesCorrupt
        self.workerCount = workerCount
        self.concurrentWrites = concurrentWrites
        self.onProgress = onProgress
    }

    /// Tasks that encode and write chunks of so many bytes.
    func taskCount(blocking: Bool, work: Int, chunkBytes: Int) -> Int {
        var wanted = workerCount ?? Machine.coreCount
        if !blocking {
            // What is stored, what is new and what comes of it.
            let (each, over) = max(1, chunkBytes).multipliedReportingOverflow(by: 3)
            let most = over ? 1 : Machine.physicalMemory / 4 / each
            wanted = min(concurrentWrites, max(1, most))
        }
        return max(1, min(wanted, work, 256))
    }
}

/// What a write did.
public struct WriteOutcome: Hashable, Sendable {
    /// Chunks (shards, where the array is sharded) that were stored.
    public var writtenChunks = 0
    /// Chunks that hold nothing but fill: none is stored, and one that was is gone.
    public var emptyChunks = 0
    /// Bytes that were stored.
    public var storedBytes = 0

    /// Makes an outcome.
    public init(writtenChunks: Int = 0, emptyChunks: Int = 0, storedBytes: Int = 0) {
        self.writtenChunks = writtenChunks
        self.emptyChunks = emptyChunks
        self.storedBytes = storedBytes
    }
}
