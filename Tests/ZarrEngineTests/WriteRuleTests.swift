import JSONValue
import Storage
import StorageBackends
import Synchronization
import Testing
import ZarrEngine
import ZarrModel

/// What a write reads, stores, deletes and leaves alone.
struct WriteRuleTests {
    private static let raw = Written.codecs["raw"] ?? ""
    private static let zstd = Written.codecs["zstd"] ?? ""

    /// An array of int16 whose fill value is 7, in `store`.
    private static func array(
        _ shape: [Int],
        _ chunks: [Int],
        _ codecs: String,
        in store: any Store
    ) async throws -> ArrayNode {
        let text = Fixture.v3(shape: shape, chunks: chunks, fill: "7", codecs: codecs)
        let document = MetadataDocument(Array(text.utf8), version: .v3)
        return try await ArrayWriter(creating: document, in: store).array
    }

    private static func numbers(_ values: Range<Int>) -> NewValues {
        .packed(
            values.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        )
    }

    private static let fill = NewValues.repeated([7, 0])

    @Test(arguments: [
        raw, zstd, Written.shards([2, 2]), Written.shards([1, 4], location: "start"),
    ])
    func `chunks and shards that are new inside the array are not read, at its edge neither`(
        codecs: String
    ) async throws {
        let watched = WatchedStore(MemoryStore())
        let array = try await Self.array([6, 7], [4, 4], codecs, in: watched)
        try await array.write(Self.numbers(0..<42))
        watched.clear()
        try await array.write(Self.numbers(1..<43))
        try await array.write(Self.numbers(0..<6), to: Selection(parsing: "[4:, 4:]"))
        #expect(watched.reads.isEmpty)
        try await array.write(Self.numbers(0..<3), to: Selection(parsing: "[4, 4:]"))
        #expect(watched.reads == ["c/1/1"])
    }

    @Test func `a chunk of nothing but fill is not stored, and one that was is deleted`()
        async throws
    {
        let store = MemoryStore()
        let array = try await Self.array([5, 5], [2, 2], Self.zstd, in: store)
        let first = try await array.write(Self.fill)
        #expect(first == WriteOutcome(emptyChunks: 9))
        #expect(try await Fixture.contents(store).count == 1)
        try await array.write(Self.numbers(100..<125))
        #expect(try await Fixture.contents(store).count == 10)
        let second = try await array.write(Self.fill, to: Selection(parsing: "[2:, :]"))
        #expect(second.emptyChunks == 6)
        #expect(
            try await Fixture.contents(store).keys.sorted() == [
                "c/0/0", "c/0/1", "c/0/2", "zarr.json",
            ]
        )
        let kept = try await array.write(
            Self.fill,
            to: Selection.all,
            WriteOptions(storesFill: true)
        )
        #expect(kept.writtenChunks == 9 && kept.emptyChunks == 0)
    }

    @Test func `fill is compared bit by bit`() async throws {
        let store = MemoryStore()
        let text = Fixture.v3(shape: [4], chunks: [2], type: "float64", fill: "0.0")
        let document = MetadataDocument(Array(text.utf8), version: .v3)
        let array = try await ArrayWriter(creating: document, in: store).array
        let minusZero = NewValues.repeated([0, 0, 0, 0, 0, 0, 0, 0x80])
        #expect(try await array.write(minusZero).writtenChunks == 2)
        let zero = NewValues.repeated([UInt8](repeating: 0, count: 8))
        #expect(try await array.write(zero).emptyChunks == 2)
    }

    @Test func `padding is fill, whatever was there`() async throws {
        let store = MemoryStore()
        let array = try await Self.array([3], [2], Self.raw, in: store)
        try await store.write(StoreKey("c/1"), [1, 0, 9, 9])
        try await array.write(Self.numbers(0..<3))
        #expect(try await store.read(StoreKey("c/1"), .all) == [2, 0, 7, 0])
        try await store.write(StoreKey("c/1"), [1, 0, 9, 9])
        try await array.write(Self.fill, to: Selection(parsing: "[2]"))
        #expect(try await store.read(StoreKey("c/1"), .all) == nil)
    }

    @Test func `inner chunks that nothing new falls on keep their bytes`() async throws {
        let store = MemoryStore()
        let array = try await Self.array([8, 4], [8, 4], Written.shards([2, 4]), in: store)
        try await array.write(Self.numbers(0..<32))
        var shard = try #require(try await store.read(StoreKey("c/0/0"), .all))
        // The first inner chunk is broken: whoever decodes it fails.
        shard[6] ^= 0xff
        let broken = Array(shard[0..<20])
        try await store.write(StoreKey("c/0/0"), shard)
        try await array.write(Self.numbers(500..<502), to: Selection(parsing: "[5, 1:3]"))
        let after = try #require(try await store.read(StoreKey("c/0/0"), .all))
        #expect(Array(after[0..<20]) == broken)
        let row = try await array.read(Selection(parsing: "[5, :]"))
        #expect(row.integers == [20, 500, 501, 23])
        // Fill over an inner chunk leaves an empty entry, and over all of them no shard.
        try await array.write(Self.fill, to: Selection(parsing: "[2:, :]"))
        let short = try #require(try await store.read(StoreKey("c/0/0"), .all))
        #expect(short.count < after.count && Array(short[0..<20]) == broken)
        try await array.write(Self.fill, to: Selection(parsing: "[:2, :]"))
        #expect(try await store.read(StoreKey("c/0/0"), .all) == nil)
    }

    @Test(arguments: [zstd, Written.shards([2, 2])])
    func
        `a part of a chunk that does not decode is refused with its key, and replaced when told to`(
            codecs: String
        ) async throws
    {
        let store = MemoryStore()
        let array = try await Self.array([4, 4], [4, 4], codecs, in: store)
        try await array.write(Self.numbers(0..<16))
        try await store.write(StoreKey("c/0/0"), [1, 2, 3])
        let part = try Selection(parsing: "[0, 0]")
        let error = await #expect(throws: EngineError.self) {
            try await array.write(Self.numbers(5..<6), to: part)
        }
        #expect(error?.code == .refused && error?.location == "c/0/0")
        #expect(try await store.read(StoreKey("c/0/0"), .all) == [1, 2, 3])
        let options = WriteOptions(replacesCorrupt: true)
        try await array.write(Self.numbers(5..<6), to: part, options)
        #expect(try await array.read().integers == [5] + [Int](repeating: 7, count: 15))
        // All of it needs nothing of what was there.
        try await store.write(StoreKey("c/0/0"), [1, 2, 3])
        try await array.write(Self.numbers(0..<16))
        #expect(try await array.read().integers == Array(0..<16))
    }

    @Test func `storage that fails leaves the chunk as it was and fails the write`() async throws {
        for operation in [StorageOperation.read, .write] {
            let watched = WatchedStore(MemoryStore())
            let array = try await Self.array([4], [4], Self.raw, in: watched)
            try await array.write(Self.numbers(0..<4))
            watched.fail(operation)
            let error = await #expect(throws: EngineError.self) {
                try await array.write(Self.numbers(9..<10), to: Selection(parsing: "[0]"))
            }
            #expect(error?.code == .storage && error?.location == "c/0")
            watched.fail(nil)
            #expect(try await array.read().integers == [0, 1, 2, 3])
        }
    }

    @Test(arguments: [zstd, Written.shards([2, 2]), raw])
    func `wherever storage fails, each chunk is as it was or as it was to be`(
        codecs: String
    ) async throws {
        for seed in 0..<40 {
            var generator = SeededGenerator(seed: seed)
            let watched = WatchedStore(MemoryStore())
            var model = WriteModel(try await Self.array([7, 9], [4, 4], codecs, in: watched))
            try await model.write((0..<63).map { [UInt8($0), 1] }, to: .init(wholeOf: [7, 9]))
            let before = model.elements
            let selection = generator.selection(of: [7, 9])
            let value: [UInt8] = Bool.random(using: &generator) ? [7, 0] : [255, 2]
            model.set([value], to: selection)
            watched.fail(after: Int.random(in: 0..<6, using: &generator))
            let error: EngineError?
            do throws(EngineError) {
                let options = WriteOptions(concurrentWrites: 2)
                try await model.array.write(.repeated(value), to: selection, options)
                error = nil
            } catch let failure {
                error = failure
            }
            watched.fail(nil)
            let now = try await model.read()
            #expect(error == nil ? now == model.elements : error?.code == .storage)
            for row in 0..<2 {
                for column in 0..<3 {
                    let chunk = ResolvedSelection(
                        region: model.array.metadata.chunkRegion(ChunkIndex([row, column]))
                    )
                    let places = WriteModel.places(chunk, [7, 9])
                    let (old, new) = (places.map { before[$0] }, places.map { model.elements[$0] })
                    let found = places.map { now[$0] }
                    #expect(found == old || found == new, "\(seed): \(row),\(column)")
                }
            }
        }
    }

    @Test func `a read-only store is refused before anything is read`() async throws {
        let watched = WatchedStore(MemoryStore())
        _ = try await Self.array([4], [4], Self.raw, in: watched)
        watched.capabilities = [.read, .list]
        let array = try await Fixture.array(watched)
        watched.clear()
        let error = await #expect(throws: EngineError.self) { try await array.write(Self.fill) }
        #expect(error?.code == .refused && watched.reads.isEmpty)
    }

    @Test func `where nothing can be deleted, a chunk of fill is written over one that is there`()
        async throws
    {
        let watched = WatchedStore(MemoryStore())
        let array = try await Self.array([4], [2], Self.raw, in: watched)
        try await array.write(Self.numbers(0..<2), to: Selection(parsing: "[:2]"))
        watched.capabilities.remove(.delete)
        let outcome = try await array.write(Self.fill)
        #expect(outcome.writtenChunks == 1 && outcome.emptyChunks == 1)
        #expect(try await watched.base.read(StoreKey("c/0"), .all) == [7, 0, 7, 0])
        #expect(try await array.read().integers == [7, 7, 7, 7])
    }

    @Test(arguments: ["[0:2]", "[:, 0:2]", "[5]", "..."])
    func `values that do not fit are refused before anything is written`(text: String) async throws
    {
        let store = MemoryStore()
        let array = try await Self.array([4, 4], [2, 2], Self.raw, in: store)
        let selection = try Selection(parsing: text)
        for values in [Self.numbers(0..<5), .variable([[1]]), .repeated([1, 2, 3])] {
            let error = await #expect(throws: EngineError.self) {
                try await array.write(values, to: selection)
            }
            #expect(error?.code == .selection)
        }
        #expect(try await Fixture.contents(store).count == 1)
    }

    @Test func `a field is written and the others stay`() async throws {
        let store = MemoryStore()
        let text = """
            {"zarr_format":2,"shape":[3],"chunks":[2],"fill_value":null,"order":"C",
            "dtype":[["a","<i2"],["b",[["x","<u2"],["y","|u1"]],[2]]],
            "filters":null,"compressor":null}
            """
        let document = MetadataDocument(Array(text.utf8), version: .v2)
        let array = try await ArrayWriter(creating: document, in: store).array
        var a = Selection.all
        a.field = "a"
        try await array.write(Self.numbers(1..<4), to: a)
        var y = Selection.all
        y.field = "b.y"
        try await array.write(.packed([10, 11, 20, 21, 30, 31]), to: y)
        let values = try await array.read()
        #expect(values.element(1) == [2, 0, 0, 0, 20, 0, 0, 21])
        #expect(values.element(2) == [3, 0, 0, 0, 30, 0, 0, 31])
    }
}

/// A store that notes what is read and fails on demand.
final class WatchedStore: ForwardingStore {
    private struct State {
        var reads: [String] = []
        var failing: StorageOperation?
        /// Operations until all of them fail; `nil` for never.
        var countdown: Int?
        var capabilities: Capabilities
    }

    let base: any Store
    private let state: Mutex<State>

    init(_ base: any Store) {
        self.base = base
        state = Mutex(State(capabilities: base.capabilities))
    }

    var capabilities: Capabilities {
        get { state.withLock { $0.capabilities } }
        set { state.withLock { $0.capabilities = newValue } }
    }

    /// The chunks that were read.
    var reads: [String] { state.withLock { $0.reads.filter { $0 != "zarr.json" } } }

    /// How often the root's document was read.
    var documentReads: Int { state.withLock { $0.reads.count { $0 == "zarr.json" } } }

    func clear() {
        state.withLock { $0.reads = [] }
    }

    func fail(_ operation: StorageOperation?) {
        state.withLock { state in
            state.failing = operation
            state.countdown = nil
        }
    }

    /// Lets everything fail after so many operations.
    func fail(after count: Int) {
        state.withLock { $0.countdown = count }
    }

    private func check(_ operation: StorageOperation, _ key: StoreKey) throws(StorageError) {
        let fails = state.withLock { state in
            if let left = state.countdown {
                state.countdown = max(0, left - 1)
                if left == 0 { return true }
            }
            return state.failing == operation
        }
        guard fails else { return }
        throw StorageError(.ioError, operation, key: key.text, "it failed")
    }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        state.withLock { $0.reads.append(key.text) }
        try check(.read, key)
        return try await base.read(key, range)
    }

    func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        try check(.write, key)
        try await base.write(key, bytes)
    }

    func delete(_ key: StoreKey) async throws(StorageError) {
        try check(.delete, key)
        try await base.delete(key)
    }
}
