import JSONValue
import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

struct ReadTests {
    static let chains: [(name: String, text: String)] =
        Written.codecs.map { (name: $0.key, text: $0.value) } + [
            (name: "shards", text: Written.shards([2, 1, 2])),
            (name: "index first", text: Written.shards([1, 3, 4], location: "start")),
            (
                name: "transposed",
                text: Written.shards(
                    [3, 2, 1],
                    outer: #"{"name":"transpose","configuration":{"order":[1,2,0]}},"#
                )
            ),
        ]

    static let selections = [
        "...", "[3, 4, 5]", "[::-1, ::-2, 1::3]", "[1:6, 2:3, 7:0:-1]", "[5, ..., ::4]",
        "[:, 4, :]", "[2:2]", "[-1, -7:, :3]",
    ]

    @Test(arguments: chains, selections)
    func `every selection reads what was written`(
        chain: (name: String, text: String),
        selection: String
    ) async throws {
        let written = try await Written(shape: [7, 8, 9], chunks: [4, 3, 4], codecs: chain.text)
        let parsed = try Selection(parsing: selection)
        let resolved = try parsed.resolve(shape: written.shape)
        let values = try await written.array.read(resolved)
        #expect(values.shape == resolved.resultShape)
        #expect(values.integers == written.expected(resolved))
        #expect(values.problems.isEmpty && values.absentChunks.isEmpty)
    }

    @Test func `an absent chunk reads as the fill value and is named`() async throws {
        let written = try await Written(
            shape: [4, 4],
            chunks: [2, 2],
            codecs: Written.codecs["raw"] ?? "",
            fill: "-7",
            skips: { $0 == ChunkIndex([0, 1]) }
        )
        let values = try await written.array.read()
        #expect(values.absentChunks == [1])
        #expect(values.integers[0..<4] == [0, 1, -7, -7])
    }

    @Test func `absent chunks and inner chunks read as fill in any part of a shard`() async throws {
        let written = try await Written(
            shape: [8, 8],
            chunks: [4, 4],
            codecs: Written.shards([2, 2]),
            fill: "0",
            skips: { $0 == ChunkIndex([1, 1]) }
        )
        let row = try await written.array.read(Selection(parsing: "[0, :]"))
        #expect(row.integers == [0, 1, 2, 3, 4, 5, 6, 7])
        let corner = try await written.array.read(Selection(parsing: "[7, 3:]"))
        #expect(corner.integers == [59, 0, 0, 0, 0])
        #expect(corner.absentChunks == [3])
    }

    @Test func `a chunk that does not decode fails the read, or is reported with its place`()
        async throws
    {
        let written = try await Written(
            shape: [4, 4],
            chunks: [2, 2],
            codecs: Written.codecs["zstd"] ?? ""
        )
        try await written.store.write(StoreKey("c/1/0"), [1, 2, 3])
        let error = await #expect(throws: EngineError.self) { try await written.array.read() }
        #expect(error?.code == .corrupt && error?.location == "c/1/0")

        let values = try await written.array.read(.all, ReadOptions(onProblem: .report))
        let problem = try #require(values.problems.first)
        #expect(values.problems.count == 1 && problem.key == "c/1/0")
        #expect(problem.region == Region([2..<4, 0..<2]))
        #expect(values.integers[0..<8] == [0, 1, 2, 3, 4, 5, 6, 7])
        #expect(values.integers[10..<12] == [10, 11])
    }

    @Test func `one broken inner chunk leaves the rest of its shard readable`() async throws {
        let written = try await Written(
            shape: [4, 4],
            chunks: [4, 4],
            codecs: Written.shards([2, 2])
        )
        var shard = try #require(try await written.store.read(StoreKey("c/0/0"), .all))
        shard[9] ^= 0xff
        try await written.store.write(StoreKey("c/0/0"), shard)
        let values = try await written.array.read(.all, ReadOptions(onProblem: .report))
        #expect(values.problems.map(\.innerIndex) == [ChunkIndex([0, 0])])
        #expect(values.problems.first?.region == Region([0..<2, 0..<2]))
        #expect(
            values.integers[2..<4] == [2, 3]
                && values.integers[8..<16] == [8, 9, 10, 11, 12, 13, 14, 15]
        )
    }

    @Test func `a storage failure is never read as fill`() async throws {
        let written = try await Written(
            shape: [4],
            chunks: [2],
            codecs: Written.codecs["raw"] ?? ""
        )
        let flaky = FlakyStore(under: written.store, failing: "c/1")
        let array = try await Fixture.array(flaky)
        let error = await #expect(throws: EngineError.self) { try await array.read() }
        #expect(error?.code == .storage)
        let values = try await array.read(.all, ReadOptions(onProblem: .report))
        #expect(values.problems.map(\.state) == [.unreadable] && values.absentChunks.isEmpty)
    }

    @Test func `a result beyond the limit is refused before anything is read`() async throws {
        let store = try await Fixture.store([
            "zarr.json": Fixture.v3(shape: [1 << 40, 1 << 20], chunks: [1 << 20, 1 << 10])
        ])
        let array = try await Fixture.array(store)
        let error = await #expect(throws: EngineError.self) { try await array.read() }
        #expect(error?.code == .tooLarge)
        let part = try await array.read(Selection(parsing: "[1099511627775, -3:]"))
        #expect(part.integers == [0, 0, 0])
    }

    @Test func `a selection that does not fit is refused`() async throws {
        let written = try await Written(
            shape: [4],
            chunks: [2],
            codecs: Written.codecs["raw"] ?? ""
        )
        for axis in [
            ResolvedSelection.Axis(start: 3, count: 2), .init(start: -1, count: 1),
            .init(start: 0, step: .max, count: 3), .init(start: 0, step: 0, count: 2),
            .init(start: 0, count: -1),
        ] {
            await #expect(throws: EngineError.self) {
                try await written.array.read(ResolvedSelection(axes: [axis]))
            }
        }
    }

    @Test func `an array of an unknown codec is counted, and reading it names the codec`()
        async throws
    {
        let codecs = #"[{"name":"bytes","configuration":{"endian":"little"}},{"name":"acme.zip"}]"#
        let store = try await Fixture.store([
            "zarr.json": Fixture.v3(shape: [4], chunks: [2], codecs: codecs), "c/0": "12",
        ])
        let array = try await Fixture.array(store)
        #expect(try await array.census().finished().present == 1)
        let error = await #expect(throws: EngineError.self) { try await array.read() }
        #expect(error?.code == .unsupported && error?.location == "zarr.json#/codecs/1")
        #expect(error?.message.contains("acme.zip") == true)
    }

    @Test func `texts of any length are read, and fill stands where none are`() async throws {
        let codecs = #"[{"name":"vlen-utf8"},{"name":"gzip","configuration":{"level":1}}]"#
        let document = Fixture.v3(
            shape: [3, 3],
            chunks: [2, 2],
            type: "string",
            fill: "\"-\"",
            codecs: codecs
        )
        let writer = try await ArrayWriter(
            creating: MetadataDocument(Array(document.utf8), version: .v3),
            in: MemoryStore()
        )
        let texts = ["zero", "", "drei ☃", "ü"].map { Array($0.utf8) }
        try await writer.writeVariable(ChunkIndex([0, 0]), texts)
        let values = try await writer.array.read(Selection(parsing: "[::-1, :]"))
        let found = (0..<values.count).map { values.json($0).stringValue ?? "?" }
        #expect(found == ["-", "-", "-", "drei ☃", "ü", "-", "zero", "", "-"])
    }

    @Test func `every chunk is lent once, whole, with the part of the array that it holds`()
        async throws
    {
        let written = try await Written(
            shape: [5, 4],
            chunks: [2, 4],
            codecs: Written.codecs["zstd"] ?? "",
            skips: { $0 == ChunkIndex([1, 0]) }
        )
        let sums = Sums()
        let problems = try await written.array.forEachChunk { chunk, bytes in
            sums.add(chunk.isAbsent ? -1 : bytes.byteCount, chunk.region.ranges[0].count)
        }
        #expect(problems.isEmpty)
        #expect(sums.bytes.sorted() == [-1, 16, 16] && sums.rows == 5)
    }
}
