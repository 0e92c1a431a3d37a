import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

struct VacuumTests {
    private static let unfinished = [
        "a/0.8d1f2b3c4d5e6f708192a3b4c5d6e7f8.partial", "a/c/0/1.tmp", "a/c/0/0.__lock",
        "a/c/1/1#3", "zarr.8d1f2b3c4d5e6f708192a3b4c5d6e7f8.partial", "a/zarr.json.tmp",
        "new/zarr.8d1f2b3c4d5e6f708192a3b4c5d6e7f8.partial",
    ]
    private static let foreign = [
        "a/notes.tmp", "a/c/readme", "a/x.partial", "lock.__lock", "a/c/0/1.tmp.tmp", "a/#3",
        "b/other.txt", "notes.partial",
    ]

    /// An array with an orphan, unfinished files of four programs, and files that only look like them.
    private static func store() async throws -> MemoryStore {
        var objects = [
            "zarr.json": #"{"zarr_format":3,"node_type":"group","attributes":{}}"#,
            "a/zarr.json": Fixture.v3(shape: [4, 4], chunks: [2, 2]),
            "a/c/0/0": "chunk 00", "a/c/7/7": "orphaned",
        ]
        for key in unfinished + foreign { objects[key] = "?" }
        return try await Fixture.store(objects)
    }

    private static func hierarchy(_ store: any Store) -> ZarrHierarchy {
        ZarrHierarchy(.store(store))
    }

    @Test func `unfinished files of other programs are told from files that look like them`()
        async throws
    {
        let store = try await Self.store()
        let plan = try await Self.hierarchy(store).vacuumPlan(at: .root, age: 0)
        #expect(plan.leftovers.map(\.key) == Self.unfinished.sorted())
        #expect(plan.orphans.map(\.chunks.items.count) == [1])
        #expect(
            plan.foreign
                == (Self.foreign.filter { !$0.hasPrefix("b/") } + ["b/"]).sorted()
        )
        #expect(plan.problems.isEmpty && plan.young.isEmpty)
    }

    @Test func `a vacuum removes what it planned and nothing else, and orphans come back`()
        async throws
    {
        let store = try await Self.store()
        let before = try await Fixture.contents(store)
        let hierarchy = Self.hierarchy(store)
        let plan = try await hierarchy.vacuumPlan(at: .root, age: 0)
        let dry = try await hierarchy.vacuum(plan, RepairOptions(isDryRun: true))
        #expect(dry.count(.done) == plan.count)
        #expect(try await Fixture.contents(store) == before)
        let outcome = try await hierarchy.vacuum(plan)
        #expect(outcome.count(.done) == plan.count)
        let array = try await Fixture.array(store, "/a")
        #expect(try await array.restore(outcome.trash).count(.done) == 1)
        let kept = before.filter { !Self.unfinished.contains($0.key) }
        #expect(try await Fixture.contents(store) == kept)
    }

    @Test func `the journal of a deletion that holds no chunk is removed, and no other`()
        async throws
    {
        let store = try await Fixture.store([
            "zarr.json": Fixture.v3(shape: [4], chunks: [2]), "c/0": "0000", "c/1": "1111",
        ])
        let array = try await Fixture.array(store)
        let plan = try await array.deletePlan(.indices([ChunkIndex([1])]))
        _ = try await array.delete(plan)
        let trash = ".zscope-trash/20261122T101500Z-000001"
        try await store.write(StoreKey("\(trash)/manifest.json"), Array("{}".utf8))
        let hierarchy = Self.hierarchy(store)
        let found = try await hierarchy.vacuumPlan(at: .root, age: 0)
        #expect(found.leftovers.map(\.key) == ["\(trash)/manifest.json"])
        #expect(try await hierarchy.vacuum(found).count(.done) == 1)
        #expect(try await array.restore().count(.done) == 1)
        #expect(try await hierarchy.vacuumPlan(at: .root, age: 0).count == 0)
    }

    @Test func `what is young is left alone`() async throws {
        let scratch = EngineScratch()
        let store = try FileStore(path: scratch.path, durability: .none)
        try await store.write(
            StoreKey("zarr.json"),
            Array(Fixture.v3(shape: [4], chunks: [2]).utf8)
        )
        try await store.write(StoreKey("c/0.tmp"), [1])
        scratch.write("c/.zscope-3f.partial", [1, 2, 3])
        let hierarchy = Self.hierarchy(store)
        let young = try await hierarchy.vacuumPlan(at: .root)
        #expect(young.leftovers.isEmpty)
        #expect(young.young.map(\.key) == ["c/.zscope-3f.partial", "c/0.tmp"])
        #expect(try await hierarchy.vacuum(young).items.isEmpty)
        let old = try await hierarchy.vacuumPlan(at: .root, moment: EngineScratch.now + 7200)
        #expect(old.leftovers.map(\.isHidden) == [true, false])
        #expect(try await hierarchy.vacuum(old).count(.done) == 2)
        #expect(scratch.names("c") == [])
    }

    @Test func `a file that its writer goes on with is left alone`() async throws {
        let store = try await Self.store()
        let hierarchy = Self.hierarchy(store)
        let plan = try await hierarchy.vacuumPlan(at: .root, age: 0)
        try await store.write(StoreKey("a/c/0/1.tmp"), Array("more".utf8))
        let outcome = try await hierarchy.vacuum(plan)
        let left = outcome.items.filter { $0.result != .done }
        #expect(left.map(\.key) == ["a/c/0/1.tmp"] && left.map(\.result) == [.skipped])
    }

    @Test func `the orphans of several arrays go under one name, and each array restores its own`()
        async throws
    {
        let document = Fixture.v3(shape: [4], chunks: [2])
        let store = try await Fixture.store([
            "zarr.json": #"{"zarr_format":3,"node_type":"group","attributes":{}}"#,
            "a/zarr.json": document, "b/zarr.json": document,
            "a/c/9": "a9", "b/c/8": "b8", "b/.zscope-scratch-1/x": "?",
        ])
        let before = try await Fixture.contents(store)
        let hierarchy = Self.hierarchy(store)
        let plan = try await hierarchy.vacuumPlan(at: .root, age: 0)
        #expect(plan.leftovers.map(\.maker) == ["zscope"])
        let outcome = try await hierarchy.vacuum(plan)
        #expect(outcome.count(.done) == 3)
        for name in ["/a", "/b"] {
            let array = try await Fixture.array(store, name)
            #expect(try await array.restore(outcome.trash).count(.done) == 1)
        }
        let kept = before.filter { $0.key != "b/.zscope-scratch-1/x" }
        #expect(try await Fixture.contents(store) == kept)
    }

    @Test func `a node that cannot be read is told, and nothing in it is touched`() async throws {
        let store = try await Self.store()
        try await store.write(StoreKey("bad/zarr.json"), Array("{".utf8))
        try await store.write(StoreKey("bad/c/0.tmp"), [1])
        let plan = try await Self.hierarchy(store).vacuumPlan(at: .root, age: 0)
        #expect(plan.problems.count == 1)
        #expect(!plan.leftovers.contains { $0.key.hasPrefix("bad/") })
    }
}
