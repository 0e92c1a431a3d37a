import Storage
import StorageBackends
import Synchronization
import Testing
import ZarrEngine
import ZarrModel

struct DeleteTests {
    private static func store() async throws -> MemoryStore {
        try await Fixture.store([
            "a/zarr.json": Fixture.v3(shape: [4, 4], chunks: [2, 2]),
            "a/c/0/0": "chunk 00", "a/c/0/1": "chunk 01", "a/c/1/1": "11", "a/c/7/7": "orphaned",
        ])
    }

    @Test func `what is deleted comes back bit for bit`() async throws {
        let store = try await Self.store()
        let before = try await Fixture.contents(store)
        let array = try await Fixture.array(store, "/a")
        let plan = try await array.deletePlan(.box(Region([0..<1, 0..<2])))
        #expect(plan.items.map(\.key) == ["a/c/0/0", "a/c/0/1"])
        let deleted = try await array.delete(plan)
        #expect(deleted.count(.done) == 2)
        #expect(try await Fixture.array(store, "/a").census().finished().present == 1)
        #expect(try await array.trash().map(\.chunkCount) == [2])

        let restored = try await array.restore(deleted.trash)
        #expect(restored.count(.done) == 2)
        #expect(try await Fixture.contents(store) == before)
        #expect(try await array.trash().isEmpty)
    }

    @Test func `a dry run changes nothing`() async throws {
        let store = try await Self.store()
        let before = try await Fixture.contents(store)
        let array = try await Fixture.array(store, "/a")
        let plan = try await array.deletePlan(.states([.present]))
        let outcome = try await array.delete(plan, RepairOptions(isDryRun: true))
        #expect(outcome.count(.done) == 2 && outcome.trash == nil)
        #expect(try await Fixture.contents(store) == before)
    }

    @Test func `a chunk that changed since the plan is left alone`() async throws {
        let store = try await Self.store()
        let array = try await Fixture.array(store, "/a")
        let plan = try await array.deletePlan(.indices([ChunkIndex([0, 0]), ChunkIndex([0, 1])]))
        try await store.write(StoreKey("a/c/0/1"), Array("written since".utf8))
        let outcome = try await array.delete(plan)
        #expect(outcome.items.map(\.result) == [.done, .skipped])
        let kept = try await store.read(StoreKey("a/c/0/1"), .all)
        #expect(kept == Array("written since".utf8))
    }

    @Test func `a chunk that was written after its deletion is not overwritten unasked`()
        async throws
    {
        let store = try await Self.store()
        let array = try await Fixture.array(store, "/a")
        let index = ChunkIndex([0, 0])
        let plan = try await array.deletePlan(.indices([index]))
        _ = try await array.delete(plan)
        try await store.write(StoreKey("a/c/0/0"), Array("newer".utf8))
        let refused = try await array.restore()
        #expect(refused.items.map(\.result) == [.skipped])
        #expect(try await store.read(StoreKey("a/c/0/0"), .all) == Array("newer".utf8))
        let forced = try await array.restore(nil, RepairOptions(overwrites: true))
        #expect(forced.items.map(\.result) == [.done])
        #expect(try await store.read(StoreKey("a/c/0/0"), .all) == Array("chunk 00".utf8))
    }

    @Test func `chunks outside the grid are deleted by their state alone`() async throws {
        let store = try await Self.store()
        let array = try await Fixture.array(store, "/a")
        await #expect(throws: EngineError.self) {
            try await array.deletePlan(.indices([ChunkIndex([7, 7])]))
        }
        let plan = try await array.deletePlan(.states([.orphan]))
        #expect(plan.items.map(\.key) == ["a/c/7/7"])
        #expect(try await array.delete(plan).count(.done) == 1)
        #expect(try await array.restore().count(.done) == 1)
        #expect(try await store.read(StoreKey("a/c/7/7"), .all) == Array("orphaned".utf8))
    }

    @Test func `a plan that names anything but a chunk is refused as a whole`() async throws {
        let store = try await Self.store()
        let before = try await Fixture.contents(store)
        let array = try await Fixture.array(store, "/a")
        for index in [ChunkIndex([7, 7]), ChunkIndex([0]), ChunkIndex([-1, 0])] {
            let item = DeletePlan.Item(index: index, key: "?", info: nil, state: .present)
            let plan = DeletePlan(items: [item])
            await #expect(throws: EngineError.self) { try await array.delete(plan) }
        }
        #expect(try await Fixture.contents(store) == before)
    }

    @Test
    func `documents, other nodes' keys and chunks outside the grid can never be part of a plan`()
        async throws
    {
        let store = try await Self.store()
        let before = try await Fixture.contents(store)
        let array = try await Fixture.array(store, "/a")
        let keys = [
            "a/zarr.json", "zarr.json", "a/.zarray", "a/.zattrs", ".zgroup", "a/c/zarr.json",
            "a/c/0/0/zarr.json", "b/c/0/0", "c/0/0", "a/c/7/7", "a/c/0", "a/c/0/0/0", "a/c/00/0",
            "a/c/-1/0", "a/../a/c/0/0", "a/c/0/0 ", "a/.zscope-trash/x/c/0/0", "", "a/", "a/c/0/é",
        ]
        for key in keys {
            #expect(array.chunk(ofKey: key) == nil, "\(key)")
            let item = DeletePlan.Item(
                index: ChunkIndex([0, 0]),
                key: key,
                info: nil,
                state: .present
            )
            let plan = DeletePlan(items: [item])
            await #expect(throws: EngineError.self) { try await array.delete(plan) }
            await #expect(throws: EngineError.self) { try await array.change([.delete(plan)]) }
        }
        #expect(array.chunk(ofKey: "a/c/0/1") == ChunkIndex([0, 1]))
        #expect(try await Fixture.contents(store) == before)
    }

    @Test func `several changes are undone as one`() async throws {
        let store = try await Self.store()
        let before = try await Fixture.contents(store)
        let array = try await Fixture.array(store, "/a")
        let deletion = try await array.deletePlan(.boxes([Region([0..<1, 0..<1])]))
        let reset = try await array.repairPlan(
            .chunks(.boxes([Region([1..<2, 0..<2]), Region([0..<1, 1..<2])])),
            .resetToFill
        )
        #expect(deletion.items.map(\.key) == ["a/c/0/0"])
        #expect(reset.items.map(\.chunk.key) == ["a/c/0/1", "a/c/1/1"])
        let outcome = try await array.change([.delete(deletion), .repair(reset)])
        #expect(outcome.count(.done) == 3)
        #expect(try await array.trash().map(\.chunkCount) == [3])
        #expect(try await array.restore(outcome.trash).count(.done) == 3)
        #expect(try await Fixture.contents(store) == before)
        let twice = [ChunkChange.delete(deletion), .delete(deletion)]
        await #expect(throws: EngineError.self) { try await array.change(twice) }
        #expect(try await Fixture.contents(store) == before)
    }

    @Test func `the trashes of all arrays below a node are found, and told apart`() async throws {
        let store = try await Fixture.store([
            "g/a/zarr.json": Fixture.v3(shape: [4], chunks: [2]), "g/a/c/0": "1",
            "g/b/zarr.json": Fixture.v3(shape: [4], chunks: [2]), "g/b/c/1": "2",
        ])
        for name in ["/g/a", "/g/b"] {
            let array = try await Fixture.array(store, name)
            _ = try await array.delete(try await array.deletePlan(.states([.present, .short])))
        }
        let found = try await ZarrHierarchy(.store(store)).trash(at: .root)
        #expect(found.kept.map { "\($0.array.path)" }.sorted() == ["/g/a", "/g/b"])
        #expect(found.problems.isEmpty)
    }

    @Test func `without a trash nothing is kept`() async throws {
        let store = try await Self.store()
        let array = try await Fixture.array(store, "/a")
        let plan = try await array.deletePlan(.states([.present, .short, .orphan]))
        let outcome = try await array.delete(plan, RepairOptions(usesTrash: false))
        #expect(outcome.count(.done) == 4 && outcome.trash == nil)
        #expect(try await Fixture.contents(store).keys.sorted() == ["a/zarr.json"])
    }

    @Test func `a name that is none of ours restores nothing`() async throws {
        let array = try await Fixture.array(try await Self.store(), "/a")
        for id in ["..", "20261122T155959Z-000000", "../../c"] {
            await #expect(throws: EngineError.self) { try await array.restore(id) }
        }
    }

    @Test func `deletions of one second are restored from the last to the first`() async throws {
        let store = try await Self.store()
        let before = try await Fixture.contents(store)
        let array = try await Fixture.array(store, "/a")
        var ids: [String] = []
        for column in 0..<2 {
            let plan = try await array.deletePlan(.indices([ChunkIndex([0, column])]))
            let outcome = try await array.delete(plan, RepairOptions(moment: 1_795_363_199))
            ids.append(try #require(outcome.trash))
        }
        #expect(ids == ids.sorted() && Set(ids).count == 2)
        for id in ids.reversed() {
            let restored = try await array.restore()
            #expect(restored.trash == id && restored.count(.done) == 1)
        }
        #expect(try await Fixture.contents(store) == before)
    }

    @Test func `what was restored cannot be restored again`() async throws {
        let array = try await Fixture.array(try await Self.store(), "/a")
        let plan = try await array.deletePlan(.states([.present]))
        let id = try await array.delete(plan).trash
        _ = try await array.restore(id)
        for name in [id, nil] {
            await #expect(throws: EngineError.self) { try await array.restore(name) }
        }
    }

    @Test func `a deletion that deletes nothing leaves nothing in the trash`() async throws {
        let store = try await Self.store()
        let array = try await Fixture.array(store, "/a")
        let plan = try await array.deletePlan(.indices([ChunkIndex([0, 0])]))
        try await store.write(StoreKey("a/c/0/0"), Array("written since".utf8))
        let outcome = try await array.delete(plan)
        #expect(outcome.trash == nil && outcome.count(.skipped) == 1)
        #expect(try await array.trash().isEmpty)
    }

    @Test func `a deletion that is stopped on its way is unknown, never failed`() async throws {
        let store = try await Self.store()
        let stopped = StoppedStore(base: store, operation: .delete)
        let array = try await Fixture.array(stopped, "/a")
        let plan = try await array.deletePlan(.box(Region([0..<1, 0..<2])))
        let outcome = try await array.delete(plan, RepairOptions(usesTrash: false))
        #expect(outcome.items.map(\.result) == [.unknown, .unknown])
        #expect(outcome.count(.failed) == 0 && outcome.count(.unknown) == 2)
    }

    @Test func `what is stopped before it changes anything was not begun`() async throws {
        let store = try await Self.store()
        let plan = try await Fixture.array(store, "/a").deletePlan(.box(Region([0..<1, 0..<2])))
        let array = try await Fixture.array(StoppedStore(base: store, operation: .info), "/a")
        let outcome = try await array.delete(plan, RepairOptions(usesTrash: false))
        #expect(outcome.count(.cancelled) == 2 && outcome.count(.failed) == 0)
    }

    @Test func `a plan tells how far it is`() async throws {
        let store = try await Self.store()
        let array = try await Fixture.array(store, "/a")
        let told = Mutex<[Int]>([])
        _ = try await array.deletePlan(.indices([ChunkIndex([0, 0]), ChunkIndex([0, 1])])) {
            done,
            total in
            #expect(total == 2)
            told.withLock { $0.append(done) }
        }
        #expect(told.withLock { $0.sorted() } == [1, 2])
        _ = try await array.deletePlan(.states([.present])) { done, total in
            #expect(total == nil && done >= 3)
        }
    }

    @Test func `small boxes hold the chunks that large ones hold`() async throws {
        let store = try await Self.store()
        let array = try await Fixture.array(store, "/a")
        let boxes = [Region([0..<1, 0..<2]), Region([1..<2, 1..<2])]
        let plan = try await array.deletePlan(.boxes(boxes))
        #expect(plan.items.map(\.key) == ["a/c/0/0", "a/c/0/1", "a/c/1/1"])
        #expect(Region([0..<2, 0..<2]).places(atMost: 4) == [[0, 0], [0, 1], [1, 0], [1, 1]])
        #expect(Region([0..<2, 0..<2]).places(atMost: 3) == nil)
        #expect(Region([]).places(atMost: 1) == [[]])
    }
}
