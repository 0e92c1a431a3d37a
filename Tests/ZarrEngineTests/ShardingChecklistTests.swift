import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

/// What readers of shards and of other orders get wrong, item by item.
struct ShardingChecklistTests {
    private func uint8(
        shape: [Int],
        chunks: [Int],
        codecs: String,
        fill: String = "7",
        _ objects: [String: [UInt8]]
    ) async throws -> ArrayNode {
        let store = MemoryStore()
        let text = Fixture.v3(
            shape: shape,
            chunks: chunks,
            type: "uint8",
            fill: fill,
            codecs: codecs
        )
        try await store.write(StoreKey("zarr.json"), Array(text.utf8))
        for (key, bytes) in objects { try await store.write(StoreKey(key), bytes) }
        return try await Fixture.array(store)
    }

    /// Shards of raw inner chunks whose index has no checksum.
    private func shards(
        _ inner: [Int],
        _ location: String = "end",
        index: String = #"{"name":"bytes","configuration":{"endian":"little"}}"#,
        outer: String = "",
        after: String = ""
    ) -> String {
        """
        [\(outer){"name":"sharding_indexed","configuration":{"chunk_shape":\(inner),
        "codecs":[{"name":"bytes"}],"index_codecs":[\(index)],"index_location":"\(location)"}}\(after)]
        """
    }

    /// Pairs of offset and length as they stand in an index; `nil` is an absent chunk.
    private func index(_ entries: [(Int, Int)?], isBig: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        for entry in entries {
            let words: [UInt64] = entry.map { [UInt64($0.0), UInt64($0.1)] } ?? [.max, .max]
            for word in words {
                let little = (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
                bytes += isBig ? little.reversed() : little
            }
        }
        return bytes
    }

    private func values(_ array: ArrayNode, _ selection: String = "...") async throws -> [Int] {
        try await array.read(Selection(parsing: selection)).integers
    }

    @Test(arguments: [[], [1], [1, 2, 3], [1, 2, 3, 4, 5]] as [[UInt8]])
    func `checklist 23: a chunk that is empty, short or long is an error and never fill`(
        bytes: [UInt8]
    ) async throws {
        let raw = #"[{"name":"bytes"}]"#
        let array = try await uint8(shape: [4], chunks: [4], codecs: raw, ["c/0": bytes])
        await #expect(throws: EngineError.self) { try await array.read() }
        let shard = try await uint8(shape: [4], chunks: [4], codecs: shards([2]), ["c/0": bytes])
        await #expect(throws: EngineError.self) { try await shard.read() }
        await #expect(throws: EngineError.self) { try await values(shard, "[0]") }
    }

    @Test(arguments: ["end", "start"])
    func `checklist 31: offsets count from the start of the shard, wherever the index lies`(
        location: String
    ) async throws {
        let first = location == "start" ? 32 : 0
        let entries = index([(first, 2), (first + 2, 2)])
        let shard = location == "start" ? entries + [1, 2, 3, 4] : [1, 2, 3, 4] + entries
        let codecs = shards([2], location)
        let array = try await uint8(shape: [4], chunks: [4], codecs: codecs, ["c/0": shard])
        #expect(try await values(array) == [1, 2, 3, 4])
        #expect(try await values(array, "[3]") == [4])
        let silent = codecs.replacing(#","index_location":"end""#, with: "")
        let other = try await uint8(shape: [4], chunks: [4], codecs: silent, ["c/0": shard])
        if location == "end" { #expect(try await values(other) == [1, 2, 3, 4]) }
    }

    @Test
    func `checklist 32: an inner chunk that was not written is fill, one of no bytes an error`()
        async throws
    {
        let absent = [1, 2] + index([(0, 2), nil])
        let array = try await uint8(shape: [4], chunks: [4], codecs: shards([2]), ["c/0": absent])
        #expect(try await values(array) == [1, 2, 7, 7])
        #expect(try await values(array, "[2]") == [7])
        let empty = [1, 2] + index([(0, 2), (2, 0)])
        let broken = try await uint8(shape: [4], chunks: [4], codecs: shards([2]), ["c/0": empty])
        await #expect(throws: EngineError.self) { try await values(broken) }
        await #expect(throws: EngineError.self) { try await values(broken, "[2]") }
        #expect(try await values(broken, "[1]") == [2])
    }

    @Test func `checklist 33: the index is whole past the array's edge, written there or not`()
        async throws
    {
        for beyond in [nil, (2, 2)] {
            let shard = [1, 2, 9, 9] + index([(0, 2), beyond])
            let array = try await uint8(
                shape: [2],
                chunks: [4],
                codecs: shards([2]),
                ["c/0": shard]
            )
            #expect(try await values(array) == [1, 2])
        }
    }

    @Test(arguments: ["...", "[2, 0, 1]", "[::-1, 0, :]", "[[2,0], :, [1,0]]"])
    func `checklist 34: inner grids of 3, 1 and 2 are counted in C order`(text: String) async throws
    {
        let shard = (0..<6).map(UInt8.init) + index((0..<6).map { ($0, 1) })
        let array = try await uint8(
            shape: [3, 1, 2],
            chunks: [3, 1, 2],
            codecs: shards([1, 1, 1]),
            ["c/0/0/0": shard]
        )
        let resolved = try Selection(parsing: text).resolve(for: array.metadata)
        var expected: [Int] = []
        for i in 0..<resolved.axes[0].count {
            for k in 0..<resolved.axes[2].count {
                expected.append(2 * resolved.axes[0][i] + resolved.axes[2][k])
            }
        }
        #expect(try await values(array, text) == expected)
    }

    @Test func `checklist 35: an index in big-endian order reads, a compressed one is refused`()
        async throws
    {
        let big = #"{"name":"bytes","configuration":{"endian":"big"}}"#
        let shard = [1, 2, 3, 4] + index([(0, 2), (2, 2)], isBig: true)
        let codecs = shards([2], index: big)
        let array = try await uint8(shape: [4], chunks: [4], codecs: codecs, ["c/0": shard])
        #expect(try await values(array) == [1, 2, 3, 4])
        #expect(try await values(array, "[2]") == [3])
        let packed = big + #",{"name":"gzip","configuration":{"level":1}}"#
        let refused = try await uint8(
            shape: [4],
            chunks: [4],
            codecs: shards([2], index: packed),
            ["c/0": shard]
        )
        #expect(refused.codecError != nil)
    }

    @Test func `checklist 35: an index whose checksum is wrong is an error`() async throws {
        let written = try await Written(shape: [8], chunks: [8], codecs: Written.shards([2]))
        var shard = try #require(try await written.store.read(StoreKey("c/0"), .all))
        shard[shard.count - 1] ^= 1
        try await written.store.write(StoreKey("c/0"), shard)
        for text in ["...", "[0]"] {
            let error = await #expect(throws: EngineError.self) {
                try await written.array.read(Selection(parsing: text))
            }
            #expect(error?.code == .corrupt)
        }
    }

    @Test func `checklist 36: inner chunks may overlap, leave gaps and stand in any order`()
        async throws
    {
        let shard = [0, 3, 4, 5, 0, 1, 2] + index([(5, 2), (1, 2), (2, 2), (5, 2)])
        let array = try await uint8(shape: [8], chunks: [8], codecs: shards([2]), ["c/0": shard])
        #expect(try await values(array) == [1, 2, 3, 4, 4, 5, 1, 2])
        #expect(try await values(array, "[2:6]") == [3, 4, 4, 5])
    }

    @Test(arguments: [(100, 2), (38, 2), (-2, 2), (0, -2)])
    func `checklist 36: offsets outside the shard are an error`(entry: (Int, Int)) async throws {
        let words = [UInt64(bitPattern: Int64(entry.0)), UInt64(bitPattern: Int64(entry.1))]
        let bytes = words.flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
        }
        let shard = [1, 2, 3, 4] + index([(0, 2)]) + bytes
        let array = try await uint8(shape: [4], chunks: [4], codecs: shards([2]), ["c/0": shard])
        for text in ["...", "[2]"] {
            let error = await #expect(throws: EngineError.self) { try await values(array, text) }
            #expect(error?.code == .corrupt, "\(text)")
        }
        #expect(try await values(array, "[0:2]") == [1, 2])
    }

    @Test func `checklist 37: a transpose or a compressor may stand around a shard`() async throws {
        for (outer, after) in [
            (#"{"name":"transpose","configuration":{"order":[1,0]}},"#, ""),
            ("", #",{"name":"gzip","configuration":{"level":1}}"#),
        ] {
            let inner = outer.isEmpty ? [2, 1] : [1, 2]
            let codecs = Written.shards(inner, outer: outer).dropLast() + after + "]"
            let written = try await Written(shape: [6, 5], chunks: [4, 3], codecs: String(codecs))
            for text in ["...", "[5, 4]", "[::-2, 1:4]", "[[5,0], [4,1]]"] {
                let resolved = try Selection(parsing: text).resolve(shape: [6, 5])
                let values = try await written.array.read(resolved)
                #expect(values.integers == written.expected(resolved), "\(text)")
            }
        }
    }

    @Test(arguments: [[2, 0, 1], [1, 2, 0], [2, 1, 0]])
    func `checklist 39: a transpose of three dimensions is read by its own order`(
        order: [Int]
    ) async throws {
        // Element (i, j, k) of a chunk of shape (2, 3, 4) is 12 i + 4 j + k.
        let shape = [2, 3, 4]
        let stored = order.map { shape[$0] }
        var bytes: [UInt8] = []
        for number in 0..<24 {
            var rest = number
            var place = [0, 0, 0]
            for position in (0..<3).reversed() {
                place[order[position]] = rest % stored[position]
                rest /= stored[position]
            }
            bytes.append(UInt8(12 * place[0] + 4 * place[1] + place[2]))
        }
        let array = try await uint8(
            shape: shape,
            chunks: shape,
            codecs: #"[{"name":"transpose","configuration":{"order":\#(order)}},{"name":"bytes"}]"#,
            ["c/0/0/0": bytes]
        )
        #expect(try await values(array) == Array(0..<24))
        #expect(try await values(array, "[::-1, ::-1, ::-1]") == (0..<24).reversed())
        #expect(try await values(array, "[1, 2, 3]") == [23])
    }

    @Test func `checklist 27: a v2 array in order F is stored by columns`() async throws {
        let store = MemoryStore()
        let document = Fixture.v2(shape: [2, 3], chunks: [2, 3], type: "|u1")
            .replacing(#""order":"C""#, with: #""order":"F""#)
        try await store.write(StoreKey(".zarray"), Array(document.utf8))
        try await store.write(StoreKey("0.0"), [0, 10, 1, 11, 2, 12])
        let array = try await Fixture.array(store)
        #expect(try await values(array) == [0, 1, 2, 10, 11, 12])
        #expect(try await values(array, "[1, ::-1]") == [12, 11, 10])
    }

    @Test(arguments: [
        "[::-1, ::-1, ::-1]", "[::-1, :, ::-2]", "[:, ::-1, :]", "[3:, 60::-1, 5:70]",
    ])
    func `large chunks turned and read backwards are the same elements`(text: String) async throws {
        let turned = #"{"name":"transpose","configuration":{"order":[2,0,1]}},"#
        for outer in ["", turned] {
            let codecs = "[" + outer + (Written.codecs["raw"] ?? "").dropFirst()
            let written = try await Written(
                shape: [9, 70, 75],
                chunks: [9, 70, 75],
                codecs: codecs
            )
            let resolved = try Selection(parsing: text).resolve(shape: written.shape)
            let values = try await written.array.read(resolved)
            let expected = written.expected(resolved).map { Int(Int16(truncatingIfNeeded: $0)) }
            #expect(values.integers == expected)
        }
    }
}
