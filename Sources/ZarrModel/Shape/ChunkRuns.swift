/// Lengths of neighbouring chunks along one axis, run by run (zarr-extensions, "Rectilinear chunk
/// grid", run-length encoding).
///
/// As large as its runs, however many chunks they stand for: 2^60 chunks of one length are one run.
public struct ChunkRuns: Hashable, Sendable {
    /// Neighbouring chunks of one length.
    public struct Run: Hashable, Sendable {
        /// Elements of each.
        public let length: Int
        /// How many there are.
        public let count: Int

        /// Makes a run.
        public init(length: Int, count: Int) {
            self.length = length
            self.count = count
        }
    }

    /// The runs in order; neighbours differ in length.
    public let runs: [Run]
    /// The element at which each run starts.
    private let starts: [Int]
    /// The chunk at which each run starts.
    private let firsts: [Int]
    /// How many chunks there are.
    public let count: Int
    /// Elements of all chunks together.
    public let total: Int

    /// Makes runs, joining neighbours of one length. `nil` where a length or a count is below 1, or
    /// a sum does not fit. O(runs).
    public init?(_ given: some Sequence<Run>) {
        var runs: [Run] = []
        var starts: [Int] = []
        var firsts: [Int] = []
        var (count, total) = (0, 0)
        for run in given {
            guard run.length > 0, run.count > 0 else { return nil }
            let (elements, overProduct) = run.length.multipliedReportingOverflow(by: run.count)
            let (end, overTotal) = total.addingReportingOverflow(elements)
            let (through, overCount) = count.addingReportingOverflow(run.count)
            guard !overProduct, !overTotal, !overCount else { return nil }
            if let last = runs.last, last.length == run.length {
                runs[runs.count - 1] = Run(length: run.length, count: last.count + run.count)
            } else {
                runs.append(run)
                starts.append(total)
                firsts.append(count)
            }
            (count, total) = (through, end)
        }
        self.runs = runs
        self.starts = starts
        self.firsts = firsts
        self.count = count
        self.total = total
    }

    /// Makes runs of chunk lengths one by one. `nil` as ``init(_:)``.
    public init?(lengths: some Sequence<Int>) {
        self.init(lengths.lazy.map { Run(length: $0, count: 1) })
    }

    /// The run that holds `element`. Requires `0 <= element < total`. O(log runs).
    public func run(containing element: Int) -> Int {
        Self.last(in: starts, notAbove: element)
    }

    /// The run that holds `chunk`. Requires `0 <= chunk < count`. O(log runs).
    public func run(ofChunk chunk: Int) -> Int {
        Self.last(in: firsts, notAbove: chunk)
    }

    /// The element at which run `number` starts. Requires that there is such a run.
    public func start(ofRun number: Int) -> Int {
        starts[number]
    }

    /// The chunk at which run `number` starts. Requires that there is such a run.
    public func firstChunk(ofRun number: Int) -> Int {
        firsts[number]
    }

    /// The length of `chunk`. Requires `0 <= chunk < count`. O(log runs).
    public func length(of chunk: Int) -> Int {
        runs[run(ofChunk: chunk)].length
    }

    /// The element at which `chunk` starts. Requires `0 <= chunk < count`. O(log runs).
    public func start(of chunk: Int) -> Int {
        let number = run(ofChunk: chunk)
        return starts[number] + (chunk - firsts[number]) * runs[number].length
    }

    /// The chunk that holds `element`. Requires `0 <= element < total`. O(log runs).
    public func chunk(containing element: Int) -> Int {
        let number = run(containing: element)
        return firsts[number] + (element - starts[number]) / runs[number].length
    }

    /// The place of the last number of `sorted` that is not above `value`.
    private static func last(in sorted: [Int], notAbove value: Int) -> Int {
        var (low, high) = (0, sorted.count)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if sorted[middle] <= value { low = middle } else { high = middle }
        }
        return low
    }
}
