import Storage
import StorageBackends
import Synchronization
import Testing
import ZarrEngine
import ZarrModel

struct ShardReadTests {
    private func written(plus offset: Int = 0) async throws -> Written {
        try await Written(
            shape: [16, 16],
            chunks: [16, 16],
            codecs: Written.shards([4, 4]),
            plus: offset
        )
    }

    /// The one shard of another array of that shape: the same elements, each 256 more.
    private func rewritten() async throws -> [UInt8] {
        try #require(try await written(plus: 256).store.read(StoreKey("c/0/0"), .all))
    }

    @Test func `inner chunks that lie together are read together`() async throws {
        let written = try await written()
        let store = CountingStore(under: written.store)
        let array = try await Fixture.array(store)
        store.reset()
        let values = try await array.read(Selection(parsing: "[0:4, 4:12]"))
        let selection = try Selection(parsing: "[0:4, 4:12]").resolve(shape: [16, 16])
        #expect(values.integers == written.expected(selection))
        let parts = store.ranges.filter { if case .bounded = $0 { true } else { false } }
        #expect(parts.count == 1)
    }

    @Test func `an index is read once as long as the object has the same tag`() async throws {
        let store = TaggedStore(under: try await written().store)
        let array = try await Fixture.array(store)
        for place in ["[0, 0]", "[5, 5]", "[15, 15]"] {
            _ = try await array.read(Selection(parsing: place))
        }
        #expect(store.suffixReads == 1)
    }

    @Test func `a shard that was rewritten or deleted is never read with its old index`()
        async throws
    {
        let store = TaggedStore(under: try await written().store)
        let array = try await Fixture.array(store)
        let place = try Selection(parsing: "[5, 5]")
        #expect(try await array.read(place).integers == [85])
        try await store.write(StoreKey("c/0/0"), rewritten())
        #expect(try await array.read(place).integers == [85 + 256])
        try await store.delete(StoreKey("c/0/0"))
        let gone = try await array.read(place)
        #expect(gone.integers == [-1] && gone.absentChunks == [0])
    }

    @Test(arguments: [true, false])
    func `a shard that is rewritten between its index and its chunks is read again`(hasTags: Bool)
        async throws
    {
        let store = TaggedStore(under: try await written().store, hasTags: hasTags)
        let array = try await Fixture.array(store)
        let new = try await rewritten()
        store.afterNextIndex { under in try? await under.write(StoreKey("c/0/0"), new) }
        let values = try await array.read(Selection(parsing: "[5, 4:8]"))
        #expect(values.integers == [84, 85, 86, 87].map { $0 + 256 })
    }

    @Test func `what an index says is absent is asked again before it is believed`() async throws {
        let before = try await Written(
            shape: [16, 16],
            chunks: [16, 16],
            codecs: Written.shards([4, 4]),
            fill: "0"
        )
        let store = TaggedStore(under: before.store)
        let array = try await Fixture.array(store)
        let place = try Selection(parsing: "[0, 0]")
        let blank = try await Fixture.array(before.store)
        try await blank.write(.repeated([0, 0]), to: Selection(parsing: "[0:4, 0:4]"))
        #expect(try await array.read(place).integers == [0])
        try await store.write(StoreKey("c/0/0"), rewritten())
        #expect(try await array.read(place).integers == [256])
    }

    @Test func `one large shard is work for all workers, and its problems are told once`()
        async throws
    {
        let written = try await Written(
            shape: [256, 1024],
            chunks: [256, 1024],
            codecs: Written.shards([16, 64])
        )
        let options = ReadOptions(onProblem: .report, workerCount: 4)
        let scratch = EngineScratch()
        let store = try FileStore(path: scratch.path, durability: .none)
        try await copy(written.store, to: store)
        let array = try await Fixture.array(store)
        let done = Mutex(0)
        var counting = options
        counting.onProgress = { _, total in done.withLock { $0 = total } }
        let values = try await array.read(.all, counting)
        #expect(done.withLock { $0 } > 1)
        let whole = ResolvedSelection(wholeOf: [256, 1024])
        #expect(
            values.integers == written.expected(whole).map { Int(Int16(truncatingIfNeeded: $0)) }
        )

        let key = try StoreKey("c/0/0")
        var shard = try #require(try await store.read(key, .all))
        shard[shard.count - 1] ^= 1
        try await store.write(key, shard)
        let broken = try await array.read(.all, options)
        #expect(broken.problems.map(\.region) == [Region(shape: [256, 1024])])
        try await store.delete(key)
        let gone = try await array.read(.all, options)
        #expect(gone.absentChunks == [0] && gone.integers.allSatisfy { $0 == -1 })
    }

    private func copy(_ from: any Store, to: any Store) async throws {
        for (key, bytes) in try await Fixture.contents(from) {
            try await to.write(StoreKey(key), bytes)
        }
    }
}

/// A store whose reads tell the state of the object by a tag, or do not.
final class TaggedStore: ForwardingStore {
    private struct State {
        var version = 0
        var suffixReads = 0
        var change: (@Sendable (any Store) async -> Void)?
    }

    let base: any Store
    private let hasTags: Bool
    private let state = Mutex(State())

    init(under base: any Store, hasTags: Bool = true) {
        self.base = base
        self.hasTags = hasTags
    }

    var suffixReads: Int { state.withLock { $0.suffixReads } }

    /// Lets `change` happen once, after the next read of an object's end.
    func afterNextIndex(_ change: @escaping @Sendable (any Store) async -> Void) {
        state.withLock { $0.change = change }
    }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        try await readWithInfo(key, range)?.bytes
    }

    func readWithInfo(
        _ key: StoreKey,
        _ range: ByteRange
    ) async throws(StorageError) -> (bytes: [UInt8], info: ObjectInfo)? {
        guard let bytes = try await base.read(key, range) else { return nil }
        let tag = state.withLock { "\($0.version)" }
        if case .suffix = range {
            let change = state.withLock { state in
                state.suffixReads += 1
                return state.change.take()
            }
            if let change {
                await change(base)
                state.withLock { $0.version += 1 }
            }
        }
        return (bytes, ObjectInfo(size: nil, tag: hasTags ? tag : nil))
    }

    func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        state.withLock { $0.version += 1 }
        try await base.write(key, bytes)
    }

    func delete(_ key: StoreKey) async throws(StorageError) {
        state.withLock { $0.version += 1 }
        try await base.delete(key)
    }
}
