import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

struct RepairTests {
    private static func sharded(
        location: String = "end",
        outer: String = "",
        skips: (ChunkIndex) -> Bool = { _ in false }
    ) async throws -> Written {
        try await Written(
            shape: [7, 8],
            chunks: [4, 4],
            codecs: Written.shards([2, 2], location: location, outer: outer),
            fill: "-7",
            skips: skips
        )
    }

    private static func plain(_ codecs: String = "zstd") async throws -> Written {
        try await Written(
            shape: [7, 5],
            chunks: [4, 2],
            codecs: Written.codecs[codecs] ?? "",
            fill: "-7"
        )
    }

    private static func repair(
        _ array: ArrayNode,
        _ targets: RepairTargets,
        _ remedy: ChunkRemedy,
        _ options: RepairOptions = RepairOptions()
    ) async throws -> RepairOutcome {
        try await array.repair(try await array.repairPlan(targets, remedy), options)
    }

    @Test func `a chunk that is reset reads as fill, and comes back bit for bit`() async throws {
        let written = try await Self.plain()
        let before = try await Fixture.contents(written.store)
        let index = ChunkIndex([0, 1])
        let outcome = try await Self.repair(
            written.array,
            .chunks(.indices([index])),
            .resetToFill
        )
        #expect(outcome.items.map(\.result) == [.done])
        let selection = ResolvedSelection(region: Region([0..<4, 2..<4]))
        #expect(Set(try await written.array.read(selection).integers) == [-7])
        let restored = try await written.array.restore(outcome.trash)
        #expect(restored.items.map(\.result) == [.done])
        #expect(try await Fixture.contents(written.store) == before)
    }

    @Test(arguments: [
        ("end", ""), ("start", ""),
        ("end", #"{"name":"transpose","configuration":{"order":[1,0]}},"#),
    ])
    func `an inner chunk that is reset reads as fill, and the others keep their bytes`(
        layout: (location: String, outer: String)
    ) async throws {
        let written = try await Self.sharded(location: layout.location, outer: layout.outer)
        let before = try await Fixture.contents(written.store)
        let values = try await written.array.read().integers
        let targets = RepairTargets.inner([ChunkIndex([1, 2]), ChunkIndex([0, 3])])
        let outcome = try await Self.repair(written.array, targets, .resetToFill)
        #expect(outcome.items.map(\.innerIndex) == [ChunkIndex([0, 3]), ChunkIndex([1, 2])])
        #expect(outcome.items.allSatisfy { $0.result == .done && $0.index == ChunkIndex([0, 1]) })
        let now = try await written.array.read().integers
        for (place, value) in values.enumerated() {
            let (row, column) = (place / 8, place % 8)
            let isReset = [[1, 2], [0, 3]].contains([row / 2, column / 2])
            #expect(now[place] == (isReset ? -7 : value))
        }
        let summary = try await written.array.innerCensus().finished()
        #expect(summary.total - summary.present == 2)
        #expect(try await written.array.restore(outcome.trash).count(.done) == 1)
        #expect(try await Fixture.contents(written.store) == before)
    }

    @Test func `a shard whose last inner chunk is reset is stored no more`() async throws {
        let written = try await Self.sharded()
        let inner = [[0, 0], [0, 1], [1, 0], [1, 1]].map { ChunkIndex($0) }
        let outcome = try await Self.repair(written.array, .inner(inner), .resetToFill)
        #expect(outcome.count(.done) == 4)
        #expect(try await written.store.read(StoreKey("c/0/0"), .all) == nil)
        #expect(try await written.array.verify().finishedSummary().corrupt == 0)
    }

    @Test func `a broken inner chunk is reset without a look at its bytes`() async throws {
        let written = try await Self.sharded()
        let key = try StoreKey("c/0/0")
        var bytes = try #require(try await written.store.read(key, .all))
        bytes[3] ^= 0xff
        try await written.store.write(key, bytes)
        let broken = try await written.array.verify().allFindings()
        let inner = try #require(broken.first?.innerIndex)
        #expect(broken.count == 1)
        let kept = try await Self.repair(written.array, .inner([inner]), .reEncode)
        #expect(kept.items.map(\.result) == [.failed])
        #expect(try await written.store.read(key, .all) == bytes)
        _ = try await Self.repair(written.array, .inner([inner]), .resetToFill)
        #expect(try await written.array.verify().allFindings().isEmpty)
    }

    @Test func `one inner chunk that does not decode does not keep another from being mended`()
        async throws
    {
        let written = try await Self.sharded()
        let key = try StoreKey("c/0/0")
        var bytes = try #require(try await written.store.read(key, .all))
        bytes[3] ^= 0xff
        try await written.store.write(key, bytes)
        let other = try await Self.sharded(location: "start")
        let inner = [ChunkIndex([0, 0]), ChunkIndex([0, 1])]
        let outcome = try await Self.repair(written.array, .inner(inner), .copy(from: other.array))
        #expect(outcome.count(.done) == 2)
        #expect(try await written.array.read().integers == other.array.read().integers)
    }

    @Test func `a chunk that does not decode is not encoded again`() async throws {
        let written = try await Self.plain()
        try await written.store.write(StoreKey("c/0/0"), [1, 2, 3])
        let before = try await Fixture.contents(written.store)
        let targets = RepairTargets.chunks(.indices([ChunkIndex([0, 0])]))
        let outcome = try await Self.repair(written.array, targets, .reEncode)
        #expect(outcome.items.map(\.result) == [.failed])
        let now = try await Fixture.contents(written.store)
        #expect(before.allSatisfy { now[$0.key] == $0.value })
    }

    @Test func `encoding again drops the gaps of a shard and keeps its values`() async throws {
        let written = try await Self.sharded()
        let values = try await written.array.read().integers
        let key = try StoreKey("c/1/1")
        let bytes = try #require(try await written.store.read(key, .all))
        // A gap before the index is legal: other writers leave old inner chunks behind.
        let body = bytes.dropLast(68)
        try await written.store.write(
            key,
            body + [UInt8](repeating: 9, count: 99) + bytes.suffix(68)
        )
        #expect(try await written.array.read().integers == values)
        let targets = RepairTargets.chunks(.indices([ChunkIndex([1, 1])]))
        let outcome = try await Self.repair(written.array, targets, .reEncode)
        #expect(outcome.count(.done) == 1)
        #expect(try await written.store.read(key, .all) == bytes)
        let again = try await Self.repair(written.array, targets, .reEncode)
        #expect(again.count(.skipped) == 1 && again.trash == nil)
    }

    @Test(arguments: ["raw", "big", "zstd"])
    func `values from another array stand where this one's were missing or broken`(
        codecs: String
    ) async throws {
        let good = try await Written(
            shape: [7, 5],
            chunks: [3, 3],
            codecs: Written.codecs[codecs] ?? "",
            fill: "-7"
        )
        let written = try await Self.plain()
        try await written.store.delete(StoreKey("c/1/2"))
        try await written.store.write(StoreKey("c/0/1"), [1])
        let before = try await Fixture.contents(written.store)
        let indices = [ChunkIndex([1, 2]), ChunkIndex([0, 1])]
        let outcome = try await Self.repair(
            written.array,
            .chunks(.indices(indices)),
            .copy(from: good.array)
        )
        #expect(outcome.count(.done) == 2)
        #expect(try await written.array.read().integers == good.array.read().integers)
        // What was missing is missing again.
        #expect(try await written.array.restore(outcome.trash).count(.done) == 2)
        #expect(try await Fixture.contents(written.store) == before)
    }

    @Test func `a chunk that the other array does not store is not made of fill values`()
        async throws
    {
        let other = try await Written(
            shape: [7, 5],
            chunks: [7, 5],
            codecs: Written.codecs["raw"] ?? "",
            fill: "-7",
            skips: { _ in true }
        )
        let written = try await Self.plain()
        let targets = RepairTargets.chunks(.indices([ChunkIndex([0, 0])]))
        _ = try await Self.repair(written.array, targets, .copy(from: other.array))
        #expect(try await written.store.read(StoreKey("c/0/0"), .all) == nil)
    }

    @Test func `an array of another shape or type gives no values`() async throws {
        let written = try await Self.plain()
        let other = try await Self.sharded()
        let targets = RepairTargets.chunks(.indices([ChunkIndex([0, 0])]))
        await #expect(throws: EngineError.self) {
            try await written.array.repairPlan(targets, .copy(from: other.array))
        }
        await #expect(throws: EngineError.self) {
            try await written.array.repairPlan(.inner([ChunkIndex([0, 0])]), .resetToFill)
        }
        await #expect(throws: EngineError.self) {
            try await other.array.repairPlan(.inner([ChunkIndex([9, 0])]), .resetToFill)
        }
    }

    @Test func `a source that fails leaves the chunk as it was`() async throws {
        let good = try await Self.plain("raw")
        let written = try await Self.plain()
        let flaky = FlakyStore(under: good.store, failing: "c/0/1")
        let before = try await Fixture.contents(written.store)
        let targets = RepairTargets.chunks(.indices([ChunkIndex([0, 1])]))
        let outcome = try await Self.repair(
            written.array,
            targets,
            .copy(from: try await Fixture.array(flaky))
        )
        #expect(outcome.items.map(\.result) == [.failed])
        let now = try await Fixture.contents(written.store)
        #expect(before.allSatisfy { now[$0.key] == $0.value })
    }

    @Test func `what was written after a repair is not undone unasked`() async throws {
        let written = try await Self.sharded()
        let targets = RepairTargets.inner([ChunkIndex([0, 0])])
        let outcome = try await Self.repair(written.array, targets, .resetToFill)
        let key = try StoreKey("c/0/0")
        let bytes = try #require(try await written.store.read(StoreKey("c/0/1"), .all))
        try await written.store.write(key, bytes)
        let refused = try await written.array.restore(outcome.trash)
        #expect(refused.items.map(\.result) == [.skipped])
        #expect(try await written.store.read(key, .all) == bytes)
        let forced = try await written.array.restore(nil, RepairOptions(overwrites: true))
        #expect(forced.items.map(\.result) == [.done])
        #expect(try await written.array.read().integers.contains(-7) == false)
    }

    @Test func `a dry run of a repair changes nothing`() async throws {
        let written = try await Self.sharded()
        let before = try await Fixture.contents(written.store)
        let outcome = try await Self.repair(
            written.array,
            .inner([ChunkIndex([0, 0])]),
            .resetToFill,
            RepairOptions(isDryRun: true)
        )
        #expect(outcome.count(.done) == 1 && outcome.trash == nil)
        #expect(try await Fixture.contents(written.store) == before)
    }
}

extension Verification {
    /// What it counts to its end.
    func finishedSummary() async throws -> VerifySummary {
        while try await next() != nil {}
        return summary
    }

    /// All that it finds.
    func allFindings() async throws -> [VerifyFinding] {
        var findings: [VerifyFinding] = []
        while let page = try await next() { findings += page.findings }
        return findings
    }
}
