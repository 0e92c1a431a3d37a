import Codecs
import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

struct VerifyTests {
    private static func damaged() async throws -> FlakyStore {
        let written = try await Written(
            shape: [6, 4],
            chunks: [2, 2],
            codecs: Written.codecs["zstd"] ?? "",
            skips: { $0 == ChunkIndex([2, 1]) }
        )
        var bytes = try #require(try await written.store.read(StoreKey("c/0/1"), .all))
        bytes[bytes.count - 1] ^= 1
        try await written.store.write(StoreKey("c/0/1"), bytes)
        try await written.store.write(StoreKey("c/1/0"), [])
        try await written.store.write(StoreKey("c/9/9"), bytes)
        return FlakyStore(under: written.store, failing: "c/1/1")
    }

    @Test func `missing, short, corrupt, unreadable and orphaned chunks are told apart`()
        async throws
    {
        let array = try await Fixture.array(try await Self.damaged())
        let verification = try await array.verify()
        var found: [String: ChunkState] = [:]
        var sound: [Int] = []
        while let page = try await verification.next() {
            for finding in page.findings { found[finding.key] = finding.state }
            sound += page.sound
        }
        #expect(
            found == [
                "c/0/1": .corrupt, "c/1/0": .short, "c/1/1": .unreadable, "c/2/1": .missing,
                "c/9/9": .orphan,
            ]
        )
        #expect(sound.sorted() == [0, 4])
        let summary = verification.summary
        #expect(summary.isComplete && summary.checked == 5 && summary.missing == 1)
        #expect(summary.corrupt == 1 && summary.short == 1 && summary.unreadable == 1)
    }

    @Test func `of a grid beyond all counting what is missing is counted, not named`() async throws
    {
        let text = Fixture.v3(shape: [Int.max], chunks: [3], fill: "5")
        let store = try await Fixture.store(["zarr.json": text])
        try await store.write(StoreKey("c/3074457345618258601"), [1, 0, 2, 0, 3, 0])
        try await store.write(StoreKey("c/0"), [1])
        let array = try await Fixture.array(store)
        for count in [1, 2] {
            var missing = 0
            for number in 0..<count {
                let part = try #require(VerifyPart(number, of: count))
                let verification = try await array.verify(part)
                while let page = try await verification.next() {
                    #expect(page.findings.allSatisfy { $0.key == "c/0" })
                }
                #expect(verification.summary.isComplete)
                #expect(verification.summary.unnamedMissing == verification.summary.missing)
                missing += verification.summary.missing
            }
            #expect(missing == Int.max / 3 + 1 - 2)
        }
    }

    @Test func `the shares of a verification are the whole, each chunk once`() async throws {
        let array = try await Fixture.array(try await Self.damaged())
        var keys: [String] = []
        var checked = 0
        var totals = [0, 0, 0]
        for number in 0..<3 {
            let part = try #require(VerifyPart(number, of: 3))
            let verification = try await array.verify(part)
            while let page = try await verification.next() { keys += page.findings.map(\.key) }
            checked += verification.summary.checked
            totals[0] += verification.summary.total
            totals[1] += verification.summary.present
            totals[2] += verification.summary.missing
        }
        #expect(totals == [6, 5, 1])
        #expect(keys.sorted() == ["c/0/1", "c/1/0", "c/1/1", "c/2/1", "c/9/9"])
        #expect(checked == 5)
        #expect(VerifyPart(3, of: 3) == nil && VerifyPart(0, of: 0) == nil)
    }

    @Test func `a chunk is inspected through every codec`() async throws {
        let array = try await Fixture.array(try await Self.damaged())
        let good = try await array.inspect(ChunkIndex([0, 0]))
        #expect(good.state == .present && good.stages.map(\.codec) == ["zstd", "bytes"])
        #expect(good.stages.map(\.bytesOut) == [8, 8] && good.values?.integers == [0, 1, 4, 5])
        let states: [(ChunkIndex, ChunkState)] = [
            (ChunkIndex([0, 1]), .corrupt), (ChunkIndex([1, 1]), .unreadable),
            (ChunkIndex([2, 1]), .missing), (ChunkIndex([1, 0]), .short),
        ]
        for (index, state) in states {
            let inspection = try await array.inspect(index)
            #expect(inspection.state == state && inspection.reason != nil, "\(index)")
        }
        await #expect(throws: EngineError.self) { try await array.inspect(ChunkIndex([3, 0])) }
    }

    @Test func `a chunk inside a shard is inspected by itself`() async throws {
        let written = try await Written(
            shape: [7, 8],
            chunks: [4, 4],
            codecs: Written.shards([2, 2])
        )
        let array = try await Fixture.array(written.store)
        let whole = try await array.shardMap(of: ChunkIndex([1, 0]))
        let found = try await array.inspect(ChunkIndex([1, 0]), inside: [ChunkIndex([0, 1])])
        #expect(found.state == .present && found.key == "c/1/0")
        #expect(found.region == Region([4..<6, 2..<4]))
        #expect(found.place == whole.ranges[1] && found.info?.size == found.place?.count)
        #expect(found.siblings?.counts == [2, 2])
        #expect(found.values?.integers == [34, 35, 42, 43])
        #expect(found.stages.map(\.codec) == found.codecs.reversed().map(\.name))
        await #expect(throws: EngineError.self) {
            try await array.inspect(ChunkIndex([1, 0]), inside: [ChunkIndex([0, 2])])
        }
        // One byte of it is wrong: its own codecs say so, and the shard's other chunks are whole.
        var bytes = try #require(try await written.store.read(StoreKey("c/1/0"), .all))
        bytes[try #require(found.place).lowerBound] ^= 0xff
        try await written.store.write(StoreKey("c/1/0"), bytes)
        let broken = try await array.inspect(ChunkIndex([1, 0]), inside: [ChunkIndex([0, 1])])
        #expect(broken.state == .corrupt && broken.reason != nil)
        let other = try await array.inspect(ChunkIndex([1, 0]), inside: [ChunkIndex([0, 0])])
        #expect(other.state == .present)
        try await written.store.delete(StoreKey("c/1/0"))
        let gone = try await array.inspect(ChunkIndex([1, 0]), inside: [ChunkIndex([0, 0])])
        #expect(gone.state == .missing && gone.info == nil)
    }

    @Test func `chunks inside shards are counted from the indexes`() async throws {
        let written = try await Written(
            shape: [7, 8],
            chunks: [4, 4],
            codecs: Written.shards([2, 2]),
            fill: "0",
            skips: { $0 == ChunkIndex([1, 1]) }
        )
        try await written.store.write(StoreKey("c/0/1"), [UInt8](repeating: 9, count: 80))
        let array = try await Fixture.array(written.store)
        let census = try await array.innerCensus()
        var shards: [ChunkIndex: ShardCensus] = [:]
        while let page = try await census.next() {
            for shard in page { shards[shard.shard] = shard }
        }
        #expect(
            shards[ChunkIndex([0, 0])]?.inner.map(\.state) == .init(repeating: .present, count: 4)
        )
        #expect(shards[ChunkIndex([1, 0])]?.inner.map(\.index).first == ChunkIndex([2, 0]))
        #expect(shards[ChunkIndex([0, 1])]?.state == .corrupt)
        #expect(shards[ChunkIndex([1, 1])]?.state == .missing)
        let summary = census.summary
        #expect(summary.total == 16 && summary.present == 8)
        #expect(summary.unknown == 4 && summary.missing == 4)
    }

    @Test func `a verification goes on where an earlier one stopped`() async throws {
        let array = try await Fixture.array(try await Self.damaged())
        let first = try await array.verify(resuming: VerifyProgress())
        let whole = try await Self.drain(first)
        #expect(first.position == 5)
        let known = whole.findings.filter { $0.key == "c/0/1" }
        let second = try await array.verify(resuming: VerifyProgress(next: 2, findings: known))
        let rest = try await Self.drain(second)
        #expect(Set(rest.findings) == Set(whole.findings) && rest.sound == [4])
        #expect(second.summary == first.summary)
    }

    @Test func `a run that is cancelled in the middle of a step goes on with the next chunk`()
        async throws
    {
        let written = try await Written(
            shape: [6, 4],
            chunks: [2, 2],
            codecs: Written.codecs["zstd"] ?? ""
        )
        let (reached, signal) = AsyncStream<Void>.makeStream()
        let store = StallingStore(under: written.store, stalling: "c/1/0", signal: signal)
        let array = try await Fixture.array(store)
        let options = ReadOptions(concurrentReads: 1)
        let first = try await array.verify(.all, options, resuming: VerifyProgress())
        let run = Task { () -> ([Int], Bool) in
            var sound: [Int] = []
            do {
                while let page = try await first.next() { sound += page.sound }
                return (sound, false)
            } catch { return (sound, true) }
        }
        for await _ in reached { break }
        run.cancel()
        let (sound, isCancelled) = await run.value
        #expect(isCancelled && sound == [0, 1] && first.position == 2)
        #expect(first.summary.checked == 2 && !first.summary.hasFindings)
        let rest = try await Fixture.array(written.store)
            .verify(resuming: VerifyProgress(next: first.position))
        #expect(try await Self.drain(rest).sound == [2, 3, 4, 5])
    }

    /// A sharded array in whose shard 0,1 inner chunks 0,3 and 1,2 do not match their checksums.
    private static func withBrokenInnerChunks() async throws -> ArrayNode {
        let written = try await Written(
            shape: [4, 8],
            chunks: [4, 4],
            codecs: Written.shards([2, 2]),
            fill: "0"
        )
        let key = try StoreKey("c/0/1")
        var bytes = try #require(try await written.store.read(key, .all))
        // The index has 4 entries of 16 bytes and a checksum of 4, and stands at the end.
        for entry in [1, 2] {
            let place = bytes.count - 68 + 16 * entry
            let word = bytes[place..<place + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
            let length = bytes[place + 8..<place + 16].reversed().reduce(0) { $0 << 8 | Int($1) }
            bytes[word + length - 1] ^= 1
        }
        try await written.store.write(key, bytes)
        return try await Fixture.array(written.store)
    }

    @Test func `each inner chunk that is broken is found by itself`() async throws {
        let array = try await Self.withBrokenInnerChunks()
        let verification = try await array.verify()
        let found = try await Self.drain(verification)
        #expect(found.findings.map(\.innerIndex) == [ChunkIndex([0, 3]), ChunkIndex([1, 2])])
        #expect(found.findings.allSatisfy { $0.index == ChunkIndex([0, 1]) })
        #expect(found.findings.allSatisfy { $0.state == .corrupt })
        #expect(found.sound == [0])
        #expect(verification.summary.corrupt == 1 && verification.summary.checked == 2)
    }

    @Test func `two broken inner chunks of a shard are one corrupt chunk when a run is resumed`()
        async throws
    {
        let array = try await Self.withBrokenInnerChunks()
        let known = try await Self.drain(try await array.verify()).findings
        let progress = VerifyProgress(next: 2, findings: known)
        let resumed = try await array.verify(resuming: progress)
        #expect(try await Self.drain(resumed).findings == known)
        #expect(resumed.summary.corrupt == 1 && resumed.summary.checked == 2)
    }

    @Test func `what is no chunk and no metadata is named, and is nothing to worry about`()
        async throws
    {
        let written = try await Written(
            shape: [2],
            chunks: [2],
            codecs: Written.codecs["raw"] ?? ""
        )
        try await written.store.write(StoreKey("c/notes.txt"), [1])
        let verification = try await Fixture.array(written.store).verify()
        var foreign: [String] = []
        while let page = try await verification.next() { foreign += page.foreign }
        #expect(foreign == ["c/notes.txt"])
        #expect(verification.summary.foreign == 1 && !verification.summary.hasFindings)
    }

    @Test(arguments: [
        "", #",{"name":"zstd","configuration":{"level":1,"checksum":false}}"#,
        #",{"name":"gzip","configuration":{"level":1}}"#, #",{"name":"crc32c"}"#,
        #",{"name":"blosc","configuration":{"cname":"lz4","clevel":1,"shuffle":"shuffle","#
            + #""typesize":2,"blocksize":0}}"#,
    ])
    func `a byte too many behind a chunk is found`(codec: String) async throws {
        let codecs = #"[{"name":"bytes","configuration":{"endian":"little"}}"# + codec + "]"
        let written = try await Written(shape: [64], chunks: [64], codecs: codecs)
        let key = try StoreKey("c/0")
        let bytes = try #require(try await written.store.read(key, .all))
        try await written.store.write(key, bytes + [7])
        let found = try await Self.drain(try await Fixture.array(written.store).verify())
        #expect(found.findings.map(\.state) == [.corrupt])
    }

    private static func drain(
        _ verification: Verification
    ) async throws -> (findings: [VerifyFinding], sound: [Int]) {
        var findings: [VerifyFinding] = []
        var sound: [Int] = []
        while let page = try await verification.next() {
            findings += page.findings
            sound += page.sound
        }
        return (findings, sound)
    }
}
