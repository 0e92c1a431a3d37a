import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

/// Reading parts of chunks that are stored as they are.
struct PlainReadTests {
    /// 2 × 2 chunks of 32 KiB: 8 × 32 × 64 elements of int16 each.
    private static let shape = [12, 32, 128]
    private static let chunks = [8, 32, 64]

    private static func written(
        _ codecs: String = "raw",
        in store: any Store = MemoryStore(),
        skips: (ChunkIndex) -> Bool = { _ in false }
    ) async throws -> Written {
        try await Written(
            shape: shape,
            chunks: chunks,
            codecs: Written.codecs[codecs] ?? codecs,
            in: store,
            skips: skips
        )
    }

    private static func expected(_ written: Written, _ text: String) throws -> [Int] {
        let selection = try Selection(parsing: text).resolve(shape: shape)
        return written.expected(selection).map { Int(Int16(truncatingIfNeeded: $0)) }
    }

    @Test(arguments: [
        ("[3, 5, 7:9]", 2 * 2), ("[3, 5]", 2 * 128), ("[2, 4:6, 3]", 2 * 2 * 64),
        ("[1:3, 0, 0]", 2 * 2 * 32 * 64), ("[5, ::-16, 9]", 2 * 17 * 64),
        ("[11, 31, 127]", 2), ("[9, 3, 70:60:-2]", 2 * (1 + 7)),
    ])
    func `only the rows that are needed are read`(text: String, bytes: Int) async throws {
        for codecs in ["raw", "big"] {
            let written = try await Self.written(codecs)
            let store = CountingStore(under: written.store)
            let array = try await Fixture.array(store)
            store.reset()
            let values = try await array.read(Selection(parsing: text))
            #expect(try values.integers == Self.expected(written, text))
            let counts = store.ranges.map { range in
                if case .bounded(_, let count) = range { count } else { Int.max / 4 }
            }
            #expect(counts.reduce(0, +) == bytes, "\(codecs): \(store.ranges)")
        }
    }

    @Test func `a storage that does not tell how long its objects are is read by whole chunks`()
        async throws
    {
        let written = try await Self.written()
        let store = SilentStore(under: written.store)
        let array = try await Fixture.array(store)
        let options = ReadOptions(workerCount: 1)
        let values = try await array.read(Selection(parsing: "[3, 5]"), options)
        #expect(try values.integers == Self.expected(written, "[3, 5]"))
        #expect(try await array.read(Selection(parsing: "[4, 5]"), options).count == 128)
    }

    @Test func `half of a chunk and more is read at once`() async throws {
        let written = try await Self.written()
        let store = CountingStore(under: written.store)
        let array = try await Fixture.array(store)
        store.reset()
        let values = try await array.read(Selection(parsing: "[0:5]"))
        #expect(try values.integers == Self.expected(written, "[0:5]"))
        #expect(store.ranges == [.all, .all])
    }

    @Test(arguments: [false, true])
    func `whatever is selected reads as from a compressed array`(inFiles: Bool) async throws {
        let scratch = inFiles ? EngineScratch() : nil
        let store: any Store =
            try scratch.map { try FileStore(path: $0.path, durability: .none) } ?? MemoryStore()
        let plain = try await Self.written(in: store, skips: { $0 == ChunkIndex([1, 0, 1]) })
        let other = try await Self.written("zstd", skips: { $0 == ChunkIndex([1, 0, 1]) })
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<60 {
            var selection = generator.selection(of: Self.shape)
            if Bool.random(using: &generator), case .axes(var axes) = selection.form {
                // One place along the first dimension: a part of each chunk.
                axes[0] = .init(start: axes[0][0], count: 1)
                selection = ResolvedSelection(axes: axes)
            }
            let values = try await plain.array.read(selection)
            #expect(try await values.integers == other.array.read(selection).integers)
        }
    }

    @Test(arguments: [-2, -1, 2])
    func `a chunk of another length is an error, whatever is read of it`(more: Int) async throws {
        for inFiles in [false, true] {
            let scratch = inFiles ? EngineScratch() : nil
            let store: any Store =
                try scratch.map { try FileStore(path: $0.path, durability: .none) }
                ?? MemoryStore()
            let written = try await Self.written(in: store)
            let key = try StoreKey("c/0/0/0")
            let bytes = try #require(try await store.read(key, .all))
            let changed = more < 0 ? Array(bytes.dropLast(-more)) : bytes + [0, 0]
            try await store.write(key, changed)
            let error = await #expect(throws: EngineError.self) {
                _ = try await written.array.read(Selection(parsing: "[0, 0, 0]"))
            }
            #expect(error?.code == .corrupt)
        }
    }

    @Test func `an absent chunk reads as fill, and is told`() async throws {
        let written = try await Self.written(skips: { $0 == ChunkIndex([0, 0, 0]) })
        let values = try await written.array.read(Selection(parsing: "[0, 0, 62:66]"))
        #expect(values.integers == [-1, -1, 64, 65] && values.absentChunks == [0])
    }
}

/// A store that says nothing of the objects that it reads.
private final class SilentStore: ForwardingStore {
    let base: any Store

    init(under base: any Store) {
        self.base = base
    }
}
