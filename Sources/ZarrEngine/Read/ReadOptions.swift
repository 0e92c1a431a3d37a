/// How an array is read.
public struct ReadOptions: Sendable {
    /// What becomes of a chunk that is there but cannot be read or decoded.
    public enum ProblemPolicy: Sendable {
        /// The whole read throws.
        case fail
        /// The read goes on, and the result names the chunk and its place. What stands there is
        /// undefined and must not be shown as a value.
        case report
    }

    /// What becomes of a chunk that is there but cannot be read or decoded.
    public var onProblem: ProblemPolicy
    /// The most bytes that the result may take; checked before anything is read.
    public var byteLimit: Int
    /// Threads that decode, where reading blocks; `nil` is one per core.
    public var workerCount: Int?
    /// Reads under way at a time, where the storage does not block.
    public var concurrentReads: Int
    /// Called from the workers after each chunk with the chunks done and those there are.
    public var onProgress: (@Sendable (_ done: Int, _ total: Int) -> Void)?

    /// Makes options. The result may take half of the machine's memory unless told otherwise.
    public init(
        onProblem: ProblemPolicy = .fail,
        byteLimit: Int? = nil,
        workerCount: Int? = nil,
        concurrentReads: Int = 16,
        onProgress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
    ) {
        self.onProblem = onProblem
        self.byteLimit = byteLimit ?? Machine.physicalMemory / 2
        self.workerCount = workerCount
        self.concurrentReads = concurrentReads
        self.onProgress = onProgress
    }

    /// Tasks that read and decode.
    func taskCount(blocking: Bool, work: Int) -> Int {
        let wanted = blocking ? workerCount ?? Machine.coreCount : concurrentReads
        return max(1, min(wanted, work, 256))
    }
}
