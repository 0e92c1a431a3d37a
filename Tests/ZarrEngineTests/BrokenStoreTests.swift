import Arena
import Glibc
import Storage
import StorageBackends
import StorageLayers
import Testing
import ZarrEngine
import ZarrModel

/// Stores in folders of their own, damaged in ways that real ones are.
struct BrokenStoreTests {
    /// A new folder; removed by nobody, since the system clears its temporary files.
    private static func folder() throws -> String {
        var template = Array("/tmp/zscope-engine-XXXXXX".utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { buffer -> String? in
            guard let base = buffer.baseAddress, let path = unsafe mkdtemp(base) else { return nil }
            return unsafe String(cString: path)
        }
        return try #require(made)
    }

    @Test func `a file store is written, read, verified, deleted from and restored bit for bit`()
        async throws
    {
        let store = try FileStore(path: Self.folder(), durability: .none)
        let written = try await Written(
            shape: [20, 30],
            chunks: [7, 11],
            codecs: Written.shards([7, 11]),
            fill: "0",
            in: store
        )
        let selection = try Selection(parsing: "[3:19:2, ::-3]").resolve(shape: [20, 30])
        let values = try await written.array.read(selection)
        #expect(values.integers == written.expected(selection))

        let before = try await Fixture.contents(store)
        let array = try await Fixture.array(store)
        let outcome = try await array.delete(array.deletePlan(.box(Region([0..<2, 1..<3]))))
        #expect(outcome.count(.done) == 4)
        let verification = try await array.verify()
        while try await verification.next() != nil {}
        #expect(verification.summary.missing == 4 && verification.summary.checked == 5)
        let children = try await ZarrHierarchy(.store(store)).tree()
        #expect(children.children?.isEmpty == true)
        #expect(try await array.restore().count(.done) == 4)
        #expect(try await Fixture.contents(store) == before)
    }

    @Test func `a read-only store is read as its base is, without suspension where that blocks`()
        async throws
    {
        let files = try FileStore(path: Self.folder(), durability: .none)
        let key = try StoreKey("c/0")
        try await files.write(key, [1, 2, 3])
        guard case .store(let guarded) = OpenedStorage.store(files).readOnly() else {
            Issue.record("a store became an array")
            return
        }
        let blocking = try #require(guarded as? any BlockingStore)
        let arena = Arena()
        #expect(try blocking.readBlocking(key, .all, into: arena))
        #expect(arena.count == 3)
        guard case .store(let memory) = OpenedStorage.store(MemoryStore()).readOnly() else {
            return
        }
        #expect(memory as? any BlockingStore == nil)
        await #expect(throws: StorageError.self) { try await guarded.write(key, []) }
    }

    @Test func `a link that leads out of the store is never followed`() async throws {
        let outside = try Self.folder()
        let other = try FileStore(path: outside, durability: .none)
        try await other.write(StoreKey("secret"), Array("12345678".utf8))
        let path = try Self.folder()
        let store = try FileStore(path: path, durability: .none)
        let document = Fixture.v3(shape: [4, 4], chunks: [2, 2])
        try await store.write(StoreKey("zarr.json"), Array(document.utf8))
        try await store.write(StoreKey("c/0/0"), Array("12345678".utf8))
        #expect(unsafe symlink(outside + "/secret", path + "/c/0/1") == 0)
        #expect(unsafe symlink(outside, path + "/c/1") == 0)
        let array = try await Fixture.array(store)
        let values = try await array.read(.all, ReadOptions(onProblem: .report))
        #expect(values.problems.contains { $0.key == "c/0/1" && $0.state == .unreadable })
        #expect(values.problems.allSatisfy { $0.key != "c/0/0" })
    }

    @Test func `chunks beyond all memory are refused, not taken`() async throws {
        let store = try await Fixture.store([
            "zarr.json": Fixture.v3(shape: [1 << 50], chunks: [1 << 50]), "c/0": "12",
        ])
        let array = try await Fixture.array(store)
        let values = try await array.read(
            Selection(parsing: "[5:9]"),
            ReadOptions(onProblem: .report)
        )
        #expect(values.problems.map(\.key) == ["c/0"])
        let verification = try await array.verify()
        while try await verification.next() != nil {}
        #expect(verification.summary.unreadable == 1)
        await #expect(throws: EngineError.self) { try await array.forEachChunk { _, _ in } }
    }

    @Test func `a shard of more inner chunks than can be told is unreadable, not endless`()
        async throws
    {
        let store = try await Fixture.store([
            "zarr.json": Fixture.v3(
                shape: [1 << 50],
                chunks: [1 << 40],
                codecs: Written.shards([1])
            ),
            "c/0": "12345678",
        ])
        let census = try await Fixture.array(store).innerCensus(includesMissingShards: false)
        let summary = try await census.finished()
        #expect(summary.total == 1 << 50 && summary.unknown == 1 << 40)
    }

    @Test func `a shard's index that lies is found out`() async throws {
        let written = try await Written(
            shape: [4, 4],
            chunks: [4, 4],
            codecs: Written.shards([2, 2])
        )
        let key = try StoreKey("c/0/0")
        let shard = try #require(try await written.store.read(key, .all))
        for position in [shard.count - 5, shard.count - 30] {
            var damaged = shard
            damaged[position] ^= 0x10
            try await written.store.write(key, damaged)
            let values = try await written.array.read(
                Selection(parsing: "[0, 0]"),
                ReadOptions(onProblem: .report)
            )
            #expect(values.problems.map(\.state) == [.corrupt])
        }
        try await written.store.write(key, Array(shard.prefix(20)))
        let values = try await written.array.read(
            Selection(parsing: "[0, 0]"),
            ReadOptions(onProblem: .report)
        )
        #expect(values.problems.map(\.state) == [.short])
    }

    @Test func `an array in storage of another shape is a hierarchy of one node`() async throws {
        let written = try await Written(
            shape: [4],
            chunks: [2],
            codecs: Written.codecs["raw"] ?? ""
        )
        let backend = StoreBackend(written.store, keyEncoding: written.array.keyEncoding, rank: 1)
        let hierarchy = ZarrHierarchy(.array(backend))
        let array = try #require(await hierarchy.node(at: .root).array)
        #expect(try await array.read().integers == [0, 1, 2, 3])
        #expect(try await array.census().finished().present == 2)
        #expect(try await hierarchy.children(of: .root).isEmpty)
        #expect(await hierarchy.node(at: NodePath(segments: ["x"])).error?.code == .notFound)
        let plan = try await array.deletePlan(.indices([ChunkIndex([0])]))
        await #expect(throws: EngineError.self) { try await array.delete(plan) }
        #expect(try await array.delete(plan, RepairOptions(usesTrash: false)).count(.done) == 1)
    }
}
