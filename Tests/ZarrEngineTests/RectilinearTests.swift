import JSONValue
import Storage
import StorageBackends
import StorageLayers
import Testing
import ZarrEngine
import ZarrModel

/// Arrays whose chunks differ in length, as zarr-python wrote them: every element is its number in C
/// order (`Tests/Fixtures/rectilinear.py`).
struct RectilinearTests {
    private func array(_ name: String) async throws -> ArrayNode {
        let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let opener = LocatorOpener(backends: .builtin, layers: .builtin)
        let location = try await opener.open(
            StoreLocator("/\(folder)/Fixtures/rectilinear.zip")
        )
        let path = NodePath(segments: [name])
        return try #require(await ZarrHierarchy(location.storage).node(at: path).array)
    }

    @Test(arguments: ["plain", "runs", "sharded", "shrunk"])
    func `every element is read, and every chunk is found and sound`(name: String) async throws {
        let array = try await array(name)
        let values = try await array.read()
        #expect(
            (0..<values.count).map { values.json($0).intValue } == (0..<values.count).map { $0 }
        )
        let census = try await array.census().finished()
        #expect(census.missing == 0 && !census.hasFindings)
        let verification = try await array.verify()
        while let page = try await verification.next() { #expect(page.findings.isEmpty) }
        #expect(verification.summary.checked == array.grid.total)
    }

    @Test func `a chunk past the end of a shrunken array is none of its chunks`() async throws {
        let array = try await array("shrunk")
        #expect(
            array.metadata.grid
                == .rectilinear([.listed(try #require(ChunkRuns(lengths: [2, 4, 3])))])
        )
        #expect(array.grid.counts == [2])
    }

    @Test func `selections with steps go through chunks of every length`() async throws {
        let array = try await array("runs")
        for text in ["[::-2, 1::3]", "[11:2:-1, 6]", "[2:10:4]", "[5, ::-1]"] {
            let values = try await array.read(Selection(parsing: text))
            let whole = try Selection(parsing: text).resolve(shape: [12, 7], dimensionNames: nil)
            let rows = whole.axes[0]
            let columns = whole.axes[1]
            let expected = (0..<rows.count).flatMap { row in
                (0..<columns.count).map { column in
                    (rows.start + row * rows.step) * 7 + columns.start + column * columns.step
                }
            }
            #expect((0..<values.count).map { values.json($0).intValue ?? -1 } == expected)
        }
    }

    @Test func `a chunk tells its own shape, and the chunks in a shard their own number`()
        async throws
    {
        let plain = try await array("plain")
        let inspection = try await plain.inspect(ChunkIndex([1, 1]))
        #expect(inspection.region == Region([2..<6, 5..<10]) && inspection.state == .present)
        #expect(inspection.values?.shape == [4, 5])
        let sharded = try await array("sharded")
        let census = try await sharded.innerCensus()
        var found: [ChunkIndex] = []
        while let shards = try await census.next() {
            found += shards.flatMap { $0.inner.map(\.index) }
        }
        #expect(found.sorted() == (0..<12).map { ChunkIndex([$0 / 2, $0 % 2]) })
        #expect(census.summary.present == 12)
    }

    @Test func `a stored chunk that is too small for its own shape is short`() async throws {
        let store = try await Fixture.store([
            "zarr.json": Fixture.v3(shape: [5], chunks: [1])
                .replacing("\"regular\"", with: "\"rectilinear\"")
                .replacing(
                    "\"chunk_shape\":[1]",
                    with: "\"kind\":\"inline\",\"chunk_shapes\":[[2,3]]"
                )
        ])
        try await store.write(StoreKey("c/0"), [1, 0, 2, 0])
        try await store.write(StoreKey("c/1"), [1, 0, 2, 0])
        let census = try await Fixture.array(store).census()
        let page = try #require(try await census.next())
        let states = zip(page.chunks, page.states).sorted { $0.0 < $1.0 }.map(\.1)
        #expect(states == [.present, .short])
        let plan = try await Fixture.array(store).deletePlan(.states([.short]))
        #expect(plan.items.map(\.index) == [ChunkIndex([1])])
    }
}
