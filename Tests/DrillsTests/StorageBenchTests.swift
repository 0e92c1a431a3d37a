import Storage
import StorageBackends
import Synchronization
import Testing

@testable import Drills

struct StorageBenchTests {
    /// A clock that goes on by a millisecond each time it is asked.
    private static func ticking() -> StorageClock {
        let ticks = Ticks()
        return StorageClock(now: { ticks.next() }, sleep: { _ in })
    }

    private final class Ticks: Sendable {
        private let count = Mutex(0)

        func next() -> Duration {
            count.withLock { count in
                count += 1
                return .milliseconds(count)
            }
        }
    }

    private static func names(_ store: any Store) async throws -> [String] {
        let listing = try await store.list(.root)
        var names: [String] = []
        while let page = try await listing.next() {
            names += (0..<page.count).map { page.key($0) }
        }
        return names
    }

    @Test func `every operation is measured, and nothing is left`() async throws {
        let store = MemoryStore()
        try await store.write(StoreKey("zarr.json"), [1])
        let place = try await BenchPlace(.store(store), below: "", number: 7)
        var bench = StorageBench(sizes: [10, 0], count: 20, jobCount: 1, listingCount: 2)
        bench.clock = Self.ticking()
        let measures = try await bench.run(at: place)
        #expect(
            measures.map(\.operation)
                == [.write, .read, .list, .delete, .write, .read, .list, .delete]
        )
        #expect(measures.allSatisfy { $0.failed == 0 && $0.wrong == 0 })
        #expect(measures.map(\.objects) == [20, 20, 40, 20, 20, 20, 40, 20])
        #expect(measures[0].latency(0.5) == .milliseconds(1))
        #expect(try await Self.names(store) == ["zarr.json"])
        #expect(bench.byteCount == 200)
    }

    @Test func `percentiles are the nearest rank of what was measured`() {
        var measure = BenchMeasure(.read, size: 1)
        #expect(measure.latency(0.5) == nil)
        for time in 1...10 { measure.count(.milliseconds(time), isRight: true) }
        #expect(measure.latency(0.5) == .milliseconds(5))
        #expect(measure.latency(0.9) == .milliseconds(9))
        #expect(measure.latency(0.99) == .milliseconds(10))
        #expect(measure.latency(1) == .milliseconds(10))
        #expect(measure.latency(0) == .milliseconds(1))
    }

    @Test func `calls that fail and bytes that are wrong are counted apart`() async throws {
        let rules = try FaultScript(
            parsing: "read ** : nth 3 -> error 503\nread ** : nth 5 -> flip 1bit"
        )
        let faulty = FaultStore(MemoryStore(), FaultInjector(rules))
        let place = try await BenchPlace(.store(faulty), below: "", number: 1)
        let bench = StorageBench(sizes: [100], count: 10, jobCount: 1)
        let read = try await bench.run(at: place)[1]
        #expect(read.failed == 1 && read.wrong == 1 && read.objects == 9)
        #expect(read.failure?.code == .throttled)
    }

    @Test func `an array's own chunks are never written over`() async throws {
        let store = MemoryStore()
        let array = StoreBackend(store, rank: 2)
        try await array.writeMetadata(MetadataDocument([123, 125], version: .v3))
        await #expect(throws: StorageError.self) {
            try await BenchPlace(.array(array), below: "", number: 1)
        }
        let empty = StoreBackend(MemoryStore(), rank: 2)
        let place = try await BenchPlace(.array(empty), below: "", number: 1)
        let measures = try await StorageBench(sizes: [8], count: 4).run(at: place)
        #expect(measures.allSatisfy { $0.failed == 0 && $0.wrong == 0 })
    }

    @Test func `a cancelled benchmark leaves nothing`() async throws {
        let store = MemoryStore()
        let place = try await BenchPlace(.store(store), below: "", number: 1)
        var bench = StorageBench(sizes: [8], count: 1000, jobCount: 2)
        let task = Mutex<Task<[BenchMeasure], any Error>?>(nil)
        bench.onProgress = { done, _ in
            if done >= 100 { task.withLock { $0?.cancel() } }
        }
        let run = Task { [bench] in try await bench.run(at: place) }
        task.withLock { $0 = run }
        let outcome = await run.result
        #expect(throws: StorageError.self) { try outcome.get() }
        #expect(try await Self.names(store).isEmpty)
    }
}
