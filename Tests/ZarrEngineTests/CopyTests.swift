import JSONValue
import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

struct CopyTests {
    private static let group = #"{"zarr_format":3,"node_type":"group","attributes":{"a":1}}"#

    private static func hierarchy(_ store: any Store) -> ZarrHierarchy {
        ZarrHierarchy(.store(store))
    }

    @discardableResult
    private static func copy(
        _ source: any Store,
        to destination: any Store,
        _ options: CopyOptions = CopyOptions(verifies: true)
    ) async throws -> CopyOutcome {
        let (source, destination) = (hierarchy(source), hierarchy(destination))
        let plan = try await source.copyPlan(of: .root, to: destination, at: .root, options)
        return try await source.copy(plan, to: destination, options)
    }

    private static func written(
        _ codecs: String = "zstd",
        skips: (ChunkIndex) -> Bool = { $0 == ChunkIndex([1, 1]) }
    ) async throws -> Written {
        try await Written(
            shape: [13, 10],
            chunks: [4, 4],
            codecs: Written.codecs[codecs] ?? codecs,
            fill: "-7",
            skips: skips
        )
    }

    @Test func `chunks whose grid and codecs stay are copied byte for byte`() async throws {
        let written = try await Self.written()
        let copy = MemoryStore()
        let outcome = try await Self.copy(written.store, to: copy)
        #expect(outcome.copied == 11 && outcome.encoded == 0 && outcome.empty == 1)
        #expect(outcome.verified == 12 && outcome.failures.isEmpty)
        var before = try await Fixture.contents(written.store)
        var after = try await Fixture.contents(copy)
        before["zarr.json"] = nil
        after["zarr.json"] = nil
        #expect(after == before)
    }

    @Test(arguments: [
        CopyOptions(version: .v2, verifies: true),
        CopyOptions(chunkShape: [5, 3], verifies: true),
        CopyOptions(chunkShape: [1, 1], verifies: true),
        CopyOptions(chunkShape: [100, 100], verifies: true),
        CopyOptions(shards: .shape([8, 8]), verifies: true),
        CopyOptions(chunkShape: [3, 2], shards: .shape([9, 4]), verifies: true),
        CopyOptions(
            codecs: { [.serializer(of: $0.dataType), CodecSpec(name: "gzip")] },
            verifies: true
        ),
        CopyOptions(chunkShape: [5, 3], verifies: true, blockByteLimit: 1),
    ])
    func `values stay the same whatever the chunks become`(options: CopyOptions) async throws {
        let sources = ["raw", "big", "zstd", Written.shards([2, 2])]
        for codecs in sources {
            let written = try await Self.written(codecs)
            let copy = MemoryStore()
            var options = options
            // Chunks of another shape need not divide the shards.
            if options.chunks != nil, options.shards == .asInSource { options.shards = .none }
            let outcome = try await Self.copy(written.store, to: copy, options)
            #expect(outcome.failures.isEmpty && outcome.unfinished.isEmpty)
            let array = try await Fixture.array(copy)
            let values = try await array.read().integers
            #expect(try await values == written.array.read().integers)
            let verified = try await array.verify().finishedSummary()
            #expect(verified.corrupt + verified.short + verified.orphans == 0)
            #expect(try await copy.read(StoreKey(".zscope-copy.json"), .all) == nil)
        }
    }

    @Test(arguments: [
        (Written.codecs["zstd"] ?? "", CopyOptions.Shards.shape([8, 4])),
        (Written.shards([2, 2]), .none),
        (Written.shards([2, 2], location: "start"), .shape([6, 2])),
        (Written.shards([2, 2]), .shape([4, 8])),
    ])
    func `chunks go into shards, out of them and into others without being decoded`(
        codecs: String,
        shards: CopyOptions.Shards
    ) async throws {
        let written = try await Self.written(codecs)
        let copy = MemoryStore()
        let outcome = try await Self.copy(
            written.store,
            to: copy,
            CopyOptions(shards: shards, verifies: true)
        )
        #expect(outcome.failures.isEmpty && outcome.encoded == 0 && outcome.copied > 0)
        let array = try await Fixture.array(copy)
        #expect(try await array.read().integers == written.array.read().integers)
        #expect(try await array.verify().allFindings().allSatisfy { $0.state == .missing })
        // What is absent stays absent, inside shards too.
        let present = array.hasInnerChunks ? try await array.innerCensus().finished().present : nil
        let before =
            written.array.hasInnerChunks
            ? try await written.array.innerCensus().finished().present
            : try await written.array.census().finished().present
        let chunks = try await array.census().finished().present
        #expect(present ?? chunks == before)
    }

    @Test func `what is absent stays absent, unless fill is to be stored`() async throws {
        let written = try await Self.written(skips: { $0.coordinates[0] > 0 })
        let copy = MemoryStore()
        let options = CopyOptions(chunkShape: [2, 2], verifies: true)
        try await Self.copy(written.store, to: copy, options)
        let census = try await Fixture.array(copy).census().finished()
        #expect(census.present == 10 && census.total == 35)
        let full = MemoryStore()
        try await Self.copy(
            written.store,
            to: full,
            CopyOptions(chunkShape: [2, 2], storesFill: true, verifies: true)
        )
        #expect(try await Fixture.array(full).census().finished().missing == 0)
    }

    @Test(arguments: [[], [5, 3], [2, 2]] as [[Int]])
    func `a chunk that cannot be read is told, and the copy is no array until it is mended`(
        chunks: [Int]
    ) async throws {
        let written = try await Self.written(skips: { _ in false })
        let flaky = FlakyStore(under: written.store, failing: "c/0/1")
        let copy = MemoryStore()
        let options = CopyOptions(chunkShape: chunks.isEmpty ? nil : chunks, verifies: true)
        let outcome = try await Self.copy(flaky, to: copy, options)
        #expect(outcome.failures.allSatisfy { $0.state == .unreadable && $0.key == "c/0/1" })
        #expect(!outcome.failures.isEmpty && outcome.unfinished == [.root])
        #expect(await Self.hierarchy(copy).node(at: .root).array == nil)
        // The storage works again: what was copied is kept.
        let mended = try await Self.copy(written.store, to: copy, options)
        #expect(mended.isResumed && mended.kept > 0 && mended.failures.isEmpty)
        let values = try await Fixture.array(copy).read().integers
        #expect(try await values == written.array.read().integers)
    }

    @Test func `an array may be finished without what cannot be read`() async throws {
        let written = try await Self.written(skips: { _ in false })
        try await written.store.write(StoreKey("c/0/1"), [1, 2, 3])
        let copy = MemoryStore()
        let options = CopyOptions(chunkShape: [8, 8], allowsMissing: true)
        let outcome = try await Self.copy(written.store, to: copy, options)
        #expect(outcome.failures.map(\.index) == [ChunkIndex([0, 0])])
        #expect(outcome.failures.first?.state == .corrupt)
        let array = try await Fixture.array(copy)
        #expect(try await array.census().finished().missing == 1)
    }

    @Test func `nothing is copied over anything`() async throws {
        let written = try await Self.written()
        for key in ["zarr.json", "c/0/0", "notes.txt", ".zgroup"] {
            let copy = try await Fixture.store([key: "{}"])
            await #expect(throws: EngineError.self) { try await Self.copy(written.store, to: copy) }
            #expect(try await Fixture.contents(copy).count == 1)
        }
    }

    @Test func `another copy that was not finished is not gone on with`() async throws {
        let written = try await Self.written(skips: { _ in false })
        let flaky = FlakyStore(under: written.store, failing: "c/0/1")
        let copy = MemoryStore()
        try await Self.copy(flaky, to: copy)
        let other = CopyOptions(chunkShape: [2, 2])
        await #expect(throws: EngineError.self) {
            try await Self.copy(written.store, to: copy, other)
        }
    }

    @Test func `a hierarchy is copied with its attributes, and consolidated anew`() async throws {
        let source = try await Fixture.store([
            "zarr.json": Self.group, "g/.zgroup": #"{"zarr_format":2}"#,
            "g/.zattrs": #"{"b":[1,2]}"#,
            "g/v2/.zarray": Fixture.v2(shape: [4], chunks: [2]), "g/v2/0": "ab01",
            "v3/zarr.json": Fixture.v3(shape: [4], chunks: [2]), "v3/c/1": "2345",
            "bad/zarr.json": "{", "notes.txt": "mine",
        ])
        let hierarchy = Self.hierarchy(source)
        try await hierarchy.consolidate(hierarchy.consolidationPlan(at: NodePath("/g") ?? .root))
        let copy = MemoryStore()
        let plan = try await hierarchy.copyPlan(
            of: .root,
            to: Self.hierarchy(copy),
            at: .root,
            CopyOptions(version: .v3)
        )
        #expect(plan.problems.count == 1 && plan.foreign.map(\.description) == ["/notes.txt"])
        let outcome = try await hierarchy.copy(plan, to: Self.hierarchy(copy))
        #expect(outcome.failures.isEmpty && outcome.copied == 2)
        let keys = try await Fixture.contents(copy).keys.sorted()
        #expect(
            keys == [
                "g/v2/c/0", "g/v2/zarr.json", "g/zarr.json", "v3/c/1", "v3/zarr.json", "zarr.json",
            ]
        )
        let node = await Self.hierarchy(copy).node(at: NodePath("/g") ?? .root)
        #expect(node.group?.attributes["b"]?.arrayValue?.count == 2)
        #expect(node.group?.metadata?.consolidated != nil)
        let array = try await Fixture.array(copy, "/g/v2")
        let old = try await Fixture.array(source, "/g/v2")
        #expect(try await array.read().integers == old.read().integers)
    }

    @Test func `an unfinished copy goes on from any write that failed`() async throws {
        let written = try await Self.written(skips: { $0 == ChunkIndex([0, 0]) })
        for options in [CopyOptions(), CopyOptions(chunkShape: [3, 5], shards: .shape([6, 5]))] {
            let copy = MemoryStore()
            var runs = 0
            // Each run is cut off a write later than the one before.
            while runs < 60 {
                runs += 1
                let cut = CutOffStore(copy, writes: runs)
                do {
                    try await Self.copy(written.store, to: cut, options)
                    break
                } catch let error as EngineError {
                    #expect(error.code == .storage)
                    #expect(await Self.hierarchy(copy).node(at: .root).array == nil)
                }
            }
            #expect(runs > 3)
            let values = try await Fixture.array(copy).read().integers
            #expect(try await values == written.array.read().integers)
            #expect(
                try await Fixture.array(copy).verify().allFindings().map(\.state)
                    == [ChunkState](repeating: .missing, count: options.chunks == nil ? 1 : 0)
            )
        }
    }
}
