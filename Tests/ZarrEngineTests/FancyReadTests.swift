import JSONValue
import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

struct FancyReadTests {
    static let shape = [7, 8, 9]

    /// Selections of every kind, drawn by a seed.
    static func selections(_ seed: Int, count: Int) -> [Selection] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            switch Int.random(in: 0..<4, using: &random) {
            case 0: points(&random)
            case 1: mask(&random)
            default: orthogonal(&random)
            }
        }
    }

    private static func orthogonal(_ random: inout SeededGenerator) -> Selection {
        Selection(
            shape.map { length in
                let some = (0..<Int.random(in: 0...length + 2, using: &random)).map { _ in
                    Int.random(in: -length..<length, using: &random)
                }
                switch Int.random(in: 0..<6, using: &random) {
                case 0: return .init(.index(Int.random(in: -length..<length, using: &random)))
                case 1:
                    return .init(.flags((0..<length).map { _ in Bool.random(using: &random) }))
                case 2:
                    let bounds = [-length..<length, -length..<length]
                        .map { Int.random(in: $0, using: &random) }
                    let step = [-3, -2, -1, 1, 2, 4].randomElement(using: &random)
                    return .init(.slice(start: bounds[0], stop: bounds[1], step: step))
                default: return .init(.positions(some))
                }
            }
        )
    }

    private static func points(_ random: inout SeededGenerator) -> Selection {
        let count = Int.random(in: 0..<40, using: &random)
        return Selection(
            .points(
                PointSelection(
                    shape.map { length in
                        (0..<count).map { _ in Int.random(in: -length..<length, using: &random) }
                    },
                    shape: [count]
                )
            )
        )
    }

    private static func mask(_ random: inout SeededGenerator) -> Selection {
        let chance = Int.random(in: 0...100, using: &random)
        let flags = (0..<shape.reduce(1, *)).map { _ in
            Int.random(in: 0..<100, using: &random) < chance
        }
        return Selection(.mask(MaskSelection(shape: shape, flags: flags)))
    }

    @Test(arguments: ReadTests.chains)
    func `lists, points and masks read what was written, chunk by chunk`(
        chain: (name: String, text: String)
    ) async throws {
        let written = try await Written(shape: Self.shape, chunks: [4, 3, 4], codecs: chain.text)
        for selection in Self.selections(7, count: 60) {
            let resolved = try selection.resolve(for: written.array.metadata)
            let values = try await written.array.read(selection)
            #expect(values.shape == resolved.resultShape)
            #expect(values.integers == written.expected(resolved), "\(selection)")
        }
    }

    @Test func `every chunk that a selection touches is fetched once`() async throws {
        let written = try await Written(
            shape: Self.shape,
            chunks: [4, 3, 4],
            codecs: Written.codecs["zstd"] ?? ""
        )
        let counting = CountingStore(under: written.store)
        let array = try await Fixture.array(counting)
        counting.reset()
        _ = try await array.read(Selection(parsing: "[[0,6,1,5,0], [7,0,7], [8,0]]"))
        let counts = counting.reads
        #expect(counts.count == 8 && counts.values.allSatisfy { $0 == 1 })
        counting.reset()
        _ = try await array.read(Selection(parsingPoints: "0,0,0;6,7,8;1,1,1;6,6,8;0,0,0"))
        #expect(counting.reads == ["c/0/0/0": 1, "c/1/2/2": 1])
    }

    @Test func `what lists and points find absent is fill, and what is broken has its places`()
        async throws
    {
        let written = try await Written(
            shape: [4, 4],
            chunks: [2, 2],
            codecs: Written.codecs["zstd"] ?? "",
            fill: "-7",
            skips: { $0 == ChunkIndex([0, 1]) }
        )
        try await written.store.write(StoreKey("c/1/0"), [1, 2, 3])
        let options = ReadOptions(onProblem: .report)
        let rows = try await written.array.read(Selection(parsing: "[[3,0,1,3], [3,0]]"), options)
        #expect(rows.absentChunks == [1])
        #expect(rows.problems.map(\.items) == [[1, 7]])
        #expect(rows.problems.map(\.region) == [Region([0..<4, 1..<2])])
        #expect([0, 2, 3, 4, 5, 6].map { rows.integers[$0] } == [15, -7, 0, -7, 4, 15])
        let points = Selection(
            .points(PointSelection([[2, 0, 3, 3], [0, 2, 3, 1]], shape: [2, 2]))
        )
        let found = try await written.array.read(points, options)
        #expect(found.problems.map(\.items) == [[0, 3]])
        #expect(found.problems.map(\.region) == [Region([0..<2, 0..<2])])
        #expect(Array(found.integers[1...2]) == [-7, 15])
    }

    @Test func `a selection made for another array is refused`() async throws {
        let written = try await Written(
            shape: [4, 4],
            chunks: [2, 2],
            codecs: Written.codecs["raw"] ?? ""
        )
        let outside = [
            ResolvedSelection(axes: [.init(positions: [0, 4, 1]), .init(start: 0, count: 1)]),
            ResolvedSelection(axes: [.init(positions: [0, -1, 1]), .init(start: 0, count: 1)]),
            ResolvedSelection(.points(try #require(.init([[0, 1], [0, 4]], shape: [2])))),
            ResolvedSelection(.points(try #require(.init([[0, 1]], shape: [2])))),
        ]
        for selection in outside {
            let error = await #expect(throws: EngineError.self) {
                try await written.array.read(selection)
            }
            #expect(error?.code == .selection)
        }
    }

    @Test func `a list as long as memory does not allow is refused before anything is read`()
        async throws
    {
        let store = try await Fixture.store([
            "zarr.json": Fixture.v3(shape: [1 << 40, 4], chunks: [1 << 20, 4]), "c/0/0": "12",
        ])
        let array = try await Fixture.array(store)
        let error = await #expect(throws: EngineError.self) {
            try await array.read(Selection(parsing: "[:, [0,3,1]]"))
        }
        #expect(error?.code == .tooLarge)
    }
}
