import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

/// Copying and mending on storage that fails at random.
struct UpkeepFaultTests {
    private static func written() async throws -> Written {
        try await Written(
            shape: [9, 8],
            chunks: [4, 4],
            codecs: Written.shards([2, 2]),
            fill: "-7",
            skips: { $0 == ChunkIndex([1, 0]) }
        )
    }

    /// One run of a copy; whether it is whole.
    private static func run(
        _ source: any Store,
        _ copy: any Store,
        _ options: CopyOptions
    ) async throws -> Bool {
        let (source, copy) = (ZarrHierarchy(.store(source)), ZarrHierarchy(.store(copy)))
        do throws(EngineError) {
            let plan = try await source.copyPlan(of: .root, to: copy, at: .root, options)
            let outcome = try await source.copy(plan, to: copy, options)
            return outcome.failures.isEmpty && outcome.unfinished.isEmpty
        } catch {
            return false
        }
    }

    @Test(arguments: UInt64(0)..<24)
    func `no fault makes a copy torn, filled or taken for whole`(seed: UInt64) async throws {
        let written = try await Self.written()
        let values = try await written.array.read().integers
        let all: [CopyOptions] = [
            CopyOptions(), CopyOptions(chunkShape: [3, 3], shards: .none),
            CopyOptions(version: .v2, verifies: true),
        ]
        let options = all[Int(seed % 3)]
        let copy = MemoryStore()
        var isWhole = false
        for turn in 0..<200 where !isWhole {
            let rate = turn < 150 ? 0.15 : 0
            let source = FaultyStore(written.store, seed: seed << 32 | UInt64(turn), rate: rate)
            let target = FaultyStore(copy, seed: ~seed << 32 | UInt64(turn), rate: rate)
            isWhole = try await Self.run(source, target, options)
            let node = await ZarrHierarchy(.store(copy)).node(at: .root)
            let record = try await copy.read(StoreKey(".zscope-copy.json"), .all)
            // The last answer was lost, and so was the way to find that out.
            if node.array != nil, record == nil { isWhole = true }
            // A document is there only when everything is.
            if let array = node.array {
                #expect(try await array.read().integers == values)
            } else {
                #expect(!isWhole)
            }
        }
        #expect(isWhole)
        #expect(
            try await Fixture.array(copy).verify().allFindings().allSatisfy { $0.state == .missing }
        )
        let hidden = try await Fixture.contents(copy).keys.filter { $0.hasPrefix(".zscope") }
        #expect(hidden.isEmpty)
    }

    @Test(arguments: UInt64(0)..<24)
    func `no fault makes a repair tear a chunk or lose what was there`(seed: UInt64) async throws {
        let written = try await Self.written()
        let before = try await Fixture.contents(written.store)
        let faulty = FaultyStore(written.store, seed: seed, rate: 0.2, isArmed: false)
        let array = try await Fixture.array(faulty)
        faulty.arm()
        let inner = [[0, 0], [1, 1], [0, 2], [4, 3]].map { ChunkIndex($0) }
        var after: [String: [UInt8]] = [:]
        do {
            let plan = try await array.repairPlan(.inner(inner), .resetToFill)
            let outcome = try await array.repair(plan)
            after = try await Fixture.contents(written.store)
            for item in outcome.items where item.result == .skipped {
                #expect(after[item.key] == before[item.key])
            }
        } catch {
            after = try await Fixture.contents(written.store)
        }
        // Every shard is as it was, or as it was to be.
        let sound = try await Fixture.array(written.store).verify().allFindings()
        #expect(sound.allSatisfy { $0.state == .missing })
        for (key, bytes) in before where after[key] != bytes {
            let kept = after.filter { $0.key.hasPrefix(".zscope-trash/") && $0.key.hasSuffix(key) }
            #expect(kept.values.contains(bytes), "\(key) was changed and not kept")
        }
        for entry in try await Fixture.array(written.store).trash() {
            _ = try? await Fixture.array(written.store).restore(entry.id)
        }
        let restored = try await Fixture.contents(written.store)
        #expect(restored.filter { !$0.key.hasPrefix(".zscope") } == before)
    }
}
