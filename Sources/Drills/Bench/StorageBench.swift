public import Storage
internal import Synchronization

/// Measures how fast storage writes, reads, lists and deletes objects.
///
/// Everything goes through the contract of storage, layers included. What was written is removed at the
/// end, also when it is cancelled or the storage fails.
public struct StorageBench: Sendable {
    /// Bytes of the objects: each size is measured by itself.
    public var sizes: [Int]
    /// Objects of each size.
    public var count: Int
    /// Calls under way at a time.
    public var jobCount: Int
    /// How often everything is listed.
    public var listingCount: Int
    /// Tells the time.
    public var clock: StorageClock
    /// Called after each call with the calls done and those there are.
    public var onProgress: (@Sendable (_ done: Int, _ total: Int) -> Void)?

    /// Makes a benchmark. At least one object, one call at a time and one listing.
    public init(
        sizes: [Int] = [4 << 10, 64 << 10, 1 << 20],
        count: Int = 128,
        jobCount: Int = 8,
        listingCount: Int = 5,
        clock: StorageClock = .system
    ) {
        self.sizes = sizes.map { max(0, $0) }
        self.count = max(1, count)
        self.jobCount = max(1, jobCount)
        self.listingCount = max(1, listingCount)
        self.clock = clock
    }

    /// Bytes that are written in all; `nil` where that does not fit.
    public var byteCount: Int? {
        sizes.reduce(0 as Int?) { sum, size in
            let (bytes, isFar) = size.multipliedReportingOverflow(by: count)
            guard let sum, !isFar else { return nil }
            let (total, overflow) = sum.addingReportingOverflow(bytes)
            return overflow ? nil : total
        }
    }

    /// Measures at `place`, for each size: write, read, list, delete. Calls that fail are counted.
    ///
    /// Throws `.cancelled` when the caller is, after everything was removed.
    public func run(at place: BenchPlace) async throws(StorageError) -> [BenchMeasure] {
        var measures: [BenchMeasure] = []
        let progress = Progress(total: sizes.count * (3 * count + listingCount), onProgress)
        for size in sizes {
            measures += await measure(size, place, progress)
            await clear(place)
            guard !Task.isCancelled else {
                throw StorageError(.cancelled, .write, "the benchmark was cancelled")
            }
        }
        return measures
    }

    private func measure(
        _ size: Int,
        _ place: BenchPlace,
        _ progress: Progress
    ) async -> [BenchMeasure] {
        let bytes = Self.noise(size)
        let content: @Sendable (Int) -> [UInt8] = { Self.marked(bytes, $0) }
        let sized = { BenchMeasure($0, size: size) }
        let (count, jobs) = (count, jobCount)
        var measures = [
            await timed(sized(.write), count, jobs, progress, content) {
                number,
                bytes throws(StorageError) in
                try await place.write(number, bytes)
            } check: { _, _ in
                true
            },
            await timed(sized(.read), count, jobs, progress, content) {
                number,
                _ throws(StorageError) in
                try await place.read(number)
            } check: { bytes, read in
                bytes == read
            },
        ]
        if place.lists {
            let listing = BenchMeasure(.list, size: nil)
            var listed = await timed(listing, listingCount, 1, progress, { _ in count }) {
                _,
                _ throws(StorageError) in
                try await place.list()
            } check: { count, listed in
                count == listed
            }
            listed.objects *= count
            measures.append(listed)
        }
        measures.append(
            await timed(sized(.delete), count, jobs, progress, { _ in }) {
                number,
                _ throws(StorageError) in
                try await place.delete(number)
            } check: { _, _ in
                true
            }
        )
        return measures
    }

    /// Calls `body` for `0..<count`, several at a time, until the caller is cancelled. What it works on
    /// is made before the clock starts, and what it answers is checked when the clock has stopped.
    private func timed<Input: Sendable, Answer: Sendable>(
        _ measure: BenchMeasure,
        _ count: Int,
        _ jobs: Int,
        _ progress: Progress,
        _ make: @escaping @Sendable (Int) -> Input,
        _ body: @escaping @Sendable (Int, Input) async throws(StorageError) -> Answer,
        check: @escaping @Sendable (Input, Answer) -> Bool
    ) async -> BenchMeasure {
        let tally = Tally(measure)
        let clock = clock
        let start = clock.now()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<min(jobs, count) {
                group.addTask {
                    while !Task.isCancelled {
                        let number = tally.next()
                        guard number < count else { return }
                        let input = make(number)
                        let begun = clock.now()
                        do throws(StorageError) {
                            let answer = try await body(number, input)
                            let time = clock.now() - begun
                            let isRight = check(input, answer)
                            tally.change { $0.count(time, isRight: isRight) }
                        } catch {
                            tally.change { $0.count(error) }
                        }
                        progress.step()
                    }
                }
            }
        }
        var done = tally.measure
        done.elapsed = clock.now() - start
        done.latencies.sort()
        return done
    }

    /// Removes what is left, whether or not the caller was cancelled; failures leave it to a vacuum.
    private func clear(_ place: BenchPlace) async {
        let (count, jobs) = (count, jobCount)
        await Task {
            await withTaskGroup(of: Void.self) { group in
                for job in 0..<jobs {
                    group.addTask {
                        for number in stride(from: job, to: count, by: jobs) {
                            try? await place.delete(number)
                        }
                    }
                }
            }
        }.value
    }

    /// Bytes that no codec makes smaller.
    private static func noise(_ count: Int) -> [UInt8] {
        var state: UInt64 = 0x9e37_79b9_7f4a_7c15
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }

    /// The bytes of object `number`: no two are the same, so that a read of another is seen.
    private static func marked(_ bytes: [UInt8], _ number: Int) -> [UInt8] {
        var bytes = bytes
        for place in 0..<min(8, bytes.count) {
            bytes[place] = UInt8(truncatingIfNeeded: number >> (8 * place))
        }
        return bytes
    }

    /// What the calls of one step add up to, and the number of the next.
    private final class Tally: Sendable {
        private let state: Mutex<(measure: BenchMeasure, following: Int)>

        init(_ measure: BenchMeasure) {
            state = Mutex((measure, 0))
        }

        var measure: BenchMeasure { state.withLock { $0.measure } }

        func next() -> Int {
            state.withLock { state in
                state.following += 1
                return state.following - 1
            }
        }

        func change(_ body: (inout BenchMeasure) -> Void) {
            state.withLock { body(&$0.measure) }
        }
    }

    /// Counts the calls of a whole run.
    private final class Progress: Sendable {
        private let done = Mutex(0)
        private let total: Int
        private let tell: (@Sendable (Int, Int) -> Void)?

        init(total: Int, _ tell: (@Sendable (Int, Int) -> Void)?) {
            self.total = total
            self.tell = tell
        }

        func step() {
            guard let tell else { return }
            let now = done.withLock { done in
                done += 1
                return done
            }
            tell(now, total)
        }
    }
}
