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

    /// The element at which each run starts.
    private let starts: [Int]
    /// The chunk at which each run starts; empty where every run is one chunk.
    private let firsts: [Int]
    /// How many chunks there are.
    public let count: Int
    /// Elements of all chunks together.
    public let total: Int

    /// Makes runs, joining neighbours of one length. `nil` where a length or a count is below 1, or
    /// a sum does not fit. O(runs).
    public init?(_ given: some Sequence<Run>) {
        var builder = Builder()
        for run in given where !builder.add(run) { return nil }
        self.init(builder)
    }

    /// What was added to `builder`.
    init(_ builder: Builder) {
        starts = builder.starts
        firsts = builder.firsts
        count = builder.count
        total = builder.total
    }

    /// Takes runs one after another, in the memory that they need in the end.
    struct Builder {
        fileprivate var starts: [Int] = []
        fileprivate var firsts: [Int] = []
        fileprivate var count = 0
        fileprivate var total = 0
        private var length = 0

        /// Makes room for so many runs, if they all differ from their neighbours.
        init(capacity: Int = 0) {
            starts.reserveCapacity(capacity)
        }

        /// Adds a run, and answers whether it is one and fits.
        mutating func add(_ run: Run) -> Bool {
            guard run.length > 0, run.count > 0 else { return false }
            let (elements, overProduct) = run.length.multipliedReportingOverflow(by: run.count)
            let (end, overTotal) = total.addingReportingOverflow(elements)
            let (through, overCount) = count.addingReportingOverflow(run.count)
            guard !overProduct, !overTotal, !overCount else { return false }
            let isNew = run.length != length
            if isNew {
                starts.append(total)
                if !firsts.isEmpty { firsts.append(count) }
                length = run.length
            }
            // So far each was one chunk.
            if firsts.isEmpty, !isNew || run.count > 1 { firsts = Array(0..<starts.count) }
            (count, total) = (through, end)
            return true
        }
    }

    /// The runs in order; neighbours differ in length.
    public var runs: Runs { Runs(owner: self) }

    /// Runs, each made when it is asked for.
    public struct Runs: RandomAccessCollection, Sendable {
        fileprivate let owner: ChunkRuns

        /// The first.
        public var startIndex: Int { 0 }
        /// After the last.
        public var endIndex: Int { owner.starts.count }

        /// Run `number`.
        public subscript(number: Int) -> Run {
            let isLast = number + 1 == owner.starts.count
            let end = isLast ? owner.total : owner.starts[number + 1]
            let next = isLast ? owner.count : owner.firstChunk(ofRun: number + 1)
            let chunks = next - owner.firstChunk(ofRun: number)
            if chunks == 1 { return Run(length: end - owner.starts[number], count: 1) }
            return Run(length: (end - owner.starts[number]) / chunks, count: chunks)
        }
    }

    /// The lengths that the first `count` runs have, each once. O(runs · lengths), O(runs) beyond a few.
    func lengths(ofFirst count: Int) -> Set<Int> {
        // Few lengths are the rule, and cheaper to look through than to hash.
        var few: [Int] = []
        var all: Set<Int> = []
        for number in 0..<Swift.min(count, starts.count) {
            let length = runs[number].length
            if few.contains(length) { continue }
            if few.count < 8 { few.append(length) } else { all.insert(length) }
        }
        return all.union(few)
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
        firsts.isEmpty
            ? min(max(0, chunk), starts.count - 1) : Self.last(in: firsts, notAbove: chunk)
    }

    /// The element at which run `number` starts. Requires that there is such a run.
    public func start(ofRun number: Int) -> Int {
        starts[number]
    }

    /// The chunk at which run `number` starts. Requires that there is such a run.
    public func firstChunk(ofRun number: Int) -> Int {
        firsts.isEmpty ? number : firsts[number]
    }

    /// The length of `chunk`. Requires `0 <= chunk < count`. O(log runs).
    public func length(of chunk: Int) -> Int {
        runs[run(ofChunk: chunk)].length
    }

    /// The element at which `chunk` starts. Requires `0 <= chunk < count`. O(log runs).
    public func start(of chunk: Int) -> Int {
        let number = run(ofChunk: chunk)
        return starts[number] + (chunk - firstChunk(ofRun: number)) * runs[number].length
    }

    /// The chunk that holds `element`. Requires `0 <= element < total`. O(log runs).
    public func chunk(containing element: Int) -> Int {
        let number = run(containing: element)
        return firstChunk(ofRun: number) + (element - starts[number]) / runs[number].length
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
