import JSONValue
import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

/// Other shapes for arrays: nothing is lost or comes back unasked.
struct ResizeTests {
    /// A 5 × 5 array of int16 in chunks of 2 × 2 that holds 0 to 24; its fill value is 7.
    private static func store(_ codecs: String = Written.codecs["raw"] ?? "") async throws
        -> MemoryStore
    {
        let store = MemoryStore()
        let text = Fixture.v3(shape: [5, 5], chunks: [2, 2], fill: "7", codecs: codecs)
        let document = MetadataDocument(Array(text.utf8), version: .v3)
        let array = try await ArrayWriter(creating: document, in: store).array
        try await array.write(.packed((0..<25).flatMap { [UInt8($0), 0] }))
        return store
    }

    private static func hierarchy(_ store: MemoryStore) -> ZarrHierarchy {
        ZarrHierarchy(.store(store))
    }

    @Test func `a smaller array keeps its chunks outside unless they are to go`() async throws {
        let store = try await Self.store()
        let plan = try await Self.hierarchy(store).resizePlan(at: .root, to: [3, 2])
        #expect(
            plan.outside.items.map(\.key) == [
                "c/0/1", "c/0/2", "c/1/1", "c/1/2", "c/2/0", "c/2/1", "c/2/2",
            ]
        )
        #expect(!plan.bringsBack)
        _ = try await Self.hierarchy(store).resize(plan)
        let smaller = try await Fixture.array(store)
        #expect(smaller.metadata.shape == [3, 2])
        #expect(try await smaller.read().integers == [0, 1, 5, 6, 10, 11])
        #expect(try await Fixture.contents(store).count == 10)

        let again = try await Self.hierarchy(store).resizePlan(at: .root, to: [2, 2])
        let outcome = try await Self.hierarchy(store).resize(
            again,
            deletesOutside: true,
            RepairOptions(usesTrash: false)
        )
        #expect(outcome.count(.done) == 1)
        #expect(try await store.read(StoreKey("c/1/0"), .all) == nil)
    }

    @Test func `a larger array does not bring old values back unasked`() async throws {
        let store = try await Self.store()
        let hierarchy = Self.hierarchy(store)
        _ = try await hierarchy.resize(try await hierarchy.resizePlan(at: .root, to: [3, 5]))
        let plan = try await hierarchy.resizePlan(at: .root, to: [6, 5])
        #expect(plan.returning.items.map(\.key) == ["c/2/0", "c/2/1", "c/2/2"])
        #expect(plan.returningEdges.map(\.description) == ["1,0", "1,1", "1,2"])
        _ = try await hierarchy.resize(
            plan,
            deletesOutside: true,
            RepairOptions(usesTrash: false)
        )
        let array = try await Fixture.array(store)
        let fill = [Int](repeating: 7, count: 15)
        #expect(try await array.read().integers == Array(0..<15) + fill)
    }

    @Test(arguments: ["raw", "zstd", "shards"])
    func `what a resize deletes and rewrites comes back from the trash as one`(codecs: String)
        async throws
    {
        let store = try await Self.store(Written.codecs[codecs] ?? Written.shards([1, 2]))
        let hierarchy = Self.hierarchy(store)
        let before = try await Fixture.contents(store)
        _ = try await hierarchy.resize(try await hierarchy.resizePlan(at: .root, to: [3, 5]))
        let plan = try await hierarchy.resizePlan(at: .root, to: [5, 2])
        #expect(plan.edges.items.map(\.key) == ["c/1/0"])
        let outcome = try await hierarchy.resize(plan, deletesOutside: true)
        #expect(outcome.count(.done) == outcome.items.count && outcome.trash != nil)
        #expect(outcome.items.contains { $0.key == "c/1/0" })
        let array = try await Fixture.array(store)
        let kept = [0, 1, 5, 6, 10, 11]
        #expect(try await array.read().integers == kept + [7, 7, 7, 7])

        let restored = try await array.restore(outcome.trash)
        #expect(restored.count(.done) == outcome.items.count)
        let after = try await Fixture.contents(store)
        for (key, bytes) in before where key != "zarr.json" { #expect(after[key] == bytes) }
    }

    @Test func `the shape it has already leaves what lies outside to be deleted`() async throws {
        let store = try await Self.store()
        let hierarchy = Self.hierarchy(store)
        _ = try await hierarchy.resize(try await hierarchy.resizePlan(at: .root, to: [2, 2]))
        let plan = try await hierarchy.resizePlan(at: .root, to: [2, 2])
        #expect(plan.keepsShape && plan.outside.items.count == 8)
        let outcome = try await hierarchy.resize(plan, deletesOutside: true)
        #expect(outcome.count(.done) == 8)
        #expect(try await store.read(StoreKey("c/2/2"), .all) == nil)
    }

    @Test func `an array that only ever grew has nothing to bring back`() async throws {
        let store = try await Self.store()
        let plan = try await Self.hierarchy(store).resizePlan(at: .root, to: [9, 9])
        #expect(!plan.bringsBack && plan.outside.items.isEmpty)
    }

    @Test func `the rest of the document stays as it was`() async throws {
        let store = try await Self.store()
        let before = try JSONParser.parse(
            try #require(try await store.read(StoreKey("zarr.json"), .all))
        ).value
        let hierarchy = Self.hierarchy(store)
        _ = try await hierarchy.resize(try await hierarchy.resizePlan(at: .root, to: [6, 5]))
        var expected = try #require(before.objectValue)
        expected["shape"] = [6, 5]
        let after = try #require(try await store.read(StoreKey("zarr.json"), .all))
        #expect(try JSONParser.parse(after).value == .object(expected))
    }

    @Test(arguments: [[4], [4, -1], [1, 2, 3]])
    func `a shape that cannot be is refused`(shape: [Int]) async throws {
        let store = try await Self.store()
        let error = await #expect(throws: EngineError.self) {
            _ = try await Self.hierarchy(store).resizePlan(at: .root, to: shape)
        }
        #expect(error?.code == .selection)
    }

    @Test func `chunks that end where the array ends are not resized under it`() async throws {
        let store = MemoryStore()
        let text = Fixture.v3(shape: [5], chunks: [2])
            .split(separator: #""name":"regular""#).joined(
                separator: #""name":"zarrs.regular_bounded""#
            )
        let document = MetadataDocument(Array(text.utf8), version: .v3)
        let array = try await ArrayWriter(creating: document, in: store).array
        try await array.write(.packed([1, 0, 2, 0, 3, 0, 4, 0, 5, 0]))
        for length in [6, 3] {
            let error = await #expect(throws: EngineError.self) {
                _ = try await Self.hierarchy(store).resizePlan(at: .root, to: [length])
            }
            #expect(error?.code == .refused)
        }
        #expect(
            try await Self.hierarchy(store).resizePlan(at: .root, to: [4]).outside.items.count == 1
        )
    }

    @Test(arguments: [[5, 17], [20, 3], [4, 4], [13, 1], [0, 10], [30, 30]])
    func `what lies outside another shape is gone for good, and the rest stays`(shape: [Int])
        async throws
    {
        for codecs in [Written.codecs["raw"] ?? "", Written.shards([2, 2])] {
            let written = try await Written(shape: [13, 10], chunks: [4, 4], codecs: codecs)
            let hierarchy = ZarrHierarchy(.store(written.store))
            for next in [shape, [13, 10]] {
                let plan = try await hierarchy.resizePlan(at: .root, to: next)
                _ = try await hierarchy.resize(plan, deletesOutside: true)
                let array = try await Fixture.array(written.store)
                #expect(array.metadata.shape == next)
                let census = try await array.census().finished()
                #expect(census.orphans == 0 && census.foreign == 0)
            }
            let values = try await Fixture.array(written.store).read().integers
            for place in 0..<130 {
                let stays = place / 10 < shape[0] && place % 10 < shape[1]
                #expect(values[place] == (stays ? place : -1), "\(place)")
            }
        }
    }

    @Test(arguments: ["raw", "zstd", "shards"])
    func `appended values stand behind the others, whatever was left there`(codecs: String)
        async throws
    {
        let store = try await Self.store(Written.codecs[codecs] ?? Written.shards([1, 2]))
        let hierarchy = Self.hierarchy(store)
        _ = try await hierarchy.resize(try await hierarchy.resizePlan(at: .root, to: [3, 5]))
        let new = NewValues.packed((100..<110).flatMap { [UInt8($0), 0] })
        _ = try await hierarchy.append(
            new,
            try await hierarchy.appendPlan(count: 2, along: 0, at: .root)
        )
        let array = try await Fixture.array(store)
        #expect(try await array.read().integers == Array(0..<15) + Array(100..<110))
    }

    @Test func `a failed append leaves the array as long as it was`() async throws {
        let store = try await Self.store()
        let watched = WatchedStore(store)
        watched.fail(.write)
        let new = NewValues.packed([UInt8](repeating: 1, count: 10))
        let error = await #expect(throws: EngineError.self) {
            let hierarchy = ZarrHierarchy(.store(watched))
            let plan = try await hierarchy.appendPlan(count: 1, along: 0, at: .root)
            _ = try await hierarchy.append(new, plan)
        }
        #expect(error?.code == .storage)
        #expect(try await Fixture.array(store).read().integers == Array(0..<25))
    }
}
