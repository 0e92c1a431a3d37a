import Storage
import StorageBackends
import Synchronization
import Testing
import ZarrEngine
import ZarrModel

/// Passing a selection through memory chunk by chunk.
struct FoldTests {
    /// What a fold lent, and what it counted.
    private struct Found: Equatable {
        var values: [Int] = []
        var lost = 0
        var problems: [String] = []
        var absent = 0
    }

    private static func fold(
        _ array: ArrayNode,
        _ selection: ResolvedSelection,
        _ options: ReadOptions = ReadOptions()
    ) async throws -> Found {
        let all = Mutex(Found())
        let absent = try await array.fold(selection, options, from: Found()) {
            (found: inout Found, part: SelectedPart, bytes: RawSpan) in
            found.problems += part.report.problems.map(\.key)
            guard !part.isLost else {
                found.lost += part.count
                return
            }
            let integers = (0..<part.count).map { place in
                unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 2 * place, as: Int16.self)
            }
            found.values += integers.map { Int(Int16(littleEndian: $0)) }
        } merge: { found in
            all.withLock { all in
                all.values += found.values
                all.lost += found.lost
                all.problems += found.problems
            }
        }
        var found = all.withLock { $0 }
        found.absent = absent
        return found
    }

    @Test(arguments: ReadTests.chains)
    func `every selected value that is stored is lent once, and the others are counted`(
        chain: (name: String, text: String)
    ) async throws {
        let written = try await Written(
            shape: FancyReadTests.shape,
            chunks: [4, 3, 4],
            codecs: chain.text,
            skips: { $0.coordinates == [0, 1, 1] || $0.coordinates == [1, 2, 2] }
        )
        let texts = ["...", "[::-2, 1:8:3, :]", "[6, ::-1, 2]", "[:, 0:0, :]", "[3:5, 2:7, 3:8]"]
        let plain = try texts.map { try Selection(parsing: $0) }
        for selection in plain + FancyReadTests.selections(11, count: 40) {
            let resolved = try selection.resolve(for: written.array.metadata)
            let expected = try await written.array.read(resolved).integers
            let found = try await Self.fold(written.array, resolved)
            #expect(found.values.sorted() == expected.filter { $0 != -1 }.sorted(), "\(selection)")
            #expect(found.absent == expected.count { $0 == -1 }, "\(selection)")
        }
    }

    @Test func `the order in which parts are merged is that of the chunks, whoever reads them`()
        async throws
    {
        let written = try await Written(
            shape: [400],
            chunks: [7],
            codecs: Written.codecs["zstd"] ?? ""
        )
        let all = ResolvedSelection(wholeOf: [400])
        for workers in [1, 2, 7] {
            let found = try await Self.fold(written.array, all, ReadOptions(workerCount: workers))
            #expect(found.values == Array(0..<400))
        }
    }

    @Test func `of a grid beyond all counting the few chunks that are stored are read`()
        async throws
    {
        let text = Fixture.v3(shape: [Int.max], chunks: [3], fill: "5")
        let store = try await Fixture.store(["zarr.json": text])
        let chunk: [UInt8] = [1, 0, 2, 0, 3, 0]
        for key in ["c/0", "c/3074457345618258601"] { try await store.write(StoreKey(key), chunk) }
        let array = try await Fixture.array(store)
        let all = try await Self.fold(array, ResolvedSelection(wholeOf: [Int.max]))
        #expect(all.values == [1, 2, 3, 1, 2, 3] && all.absent == Int.max - 6, "\(all)")
        let odd = ResolvedSelection(axes: [.init(start: Int.max - 2, step: -2, count: 1 << 61)])
        let some = try await Self.fold(array, odd)
        #expect(some.values.count + some.absent == 1 << 61)
        #expect(some.values.allSatisfy { (1...3).contains($0) })
    }

    @Test func `a chunk that does not decode is named once, and the others are lent`() async throws
    {
        let written = try await Written(
            shape: [4, 6],
            chunks: [2, 2],
            codecs: Written.codecs["zstd"] ?? "",
            skips: { $0 == ChunkIndex([0, 1]) }
        )
        try await written.store.write(StoreKey("c/1/0"), [1, 2, 3])
        let all = ResolvedSelection(wholeOf: [4, 6])
        let found = try await Self.fold(written.array, all)
        #expect(found.lost == 4 && found.problems == ["c/1/0"])
        #expect(found.absent == 4 && found.values.count == 16)
    }
}
