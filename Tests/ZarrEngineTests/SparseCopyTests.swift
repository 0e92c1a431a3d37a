import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

/// Copies of arrays of which next to nothing is stored.
struct SparseCopyTests {
    /// Where something is stored of 3,000 × 3,000 chunks of 2 × 2 elements, 5 being the first element.
    private static let stored = [[0, 0], [1, 2_999], [1_500, 7], [2_999, 2_999]]

    private static func store() async throws -> any Store {
        let document = Fixture.v3(shape: [6_000, 6_000], chunks: [2, 2], type: "uint8")
        var contents = ["zarr.json": document]
        for place in stored { contents["c/\(place[0])/\(place[1])"] = "5abc" }
        return try await Fixture.store(contents)
    }

    private static func copy(
        _ source: any Store,
        to destination: any Store,
        _ options: CopyOptions
    ) async throws -> CopyOutcome {
        let source = ZarrHierarchy(.store(source))
        let destination = ZarrHierarchy(.store(destination))
        let plan = try await source.copyPlan(of: .root, to: destination, at: .root, options)
        return try await source.copy(plan, to: destination, options)
    }

    @Test(arguments: [
        CopyOptions(verifies: true), CopyOptions(version: .v2, verifies: true),
        CopyOptions(chunkShape: [3, 4], verifies: true),
        CopyOptions(chunkShape: [1, 1], verifies: true),
        CopyOptions(shards: .shape([4, 6]), verifies: true),
        CopyOptions(chunkShape: [1, 2], shards: .shape([8, 8]), verifies: true),
    ])
    func `only what is stored is looked at, whatever the chunks become`(
        options: CopyOptions
    ) async throws {
        let source = CountingStore(under: try await Self.store())
        let copy = MemoryStore()
        let outcome = try await Self.copy(source, to: copy, options)
        #expect(outcome.failures.isEmpty && outcome.verified == outcome.total)
        let touched = source.reads.filter { $0.key.hasPrefix("c/") }
        #expect(touched.count < 200, "\(touched.count)")
        let array = try await Fixture.array(copy)
        let census = try await array.census().finished()
        #expect(census.total == outcome.total)
        #expect(outcome.copied + outcome.encoded + outcome.empty == outcome.total)
        #expect(census.present == outcome.copied + outcome.encoded)
        for place in Self.stored {
            let region = Region(place.map { $0 * 2..<$0 * 2 + 2 })
            let values = try await array.read(ResolvedSelection(region: region)).integers
            #expect(values == [0x35, 0x61, 0x62, 0x63])
        }
    }

    @Test func `rectilinear chunks are found too`() async throws {
        let runs = try #require(
            ChunkRuns([.init(length: 7, count: 857), .init(length: 1, count: 1)])
        )
        var options = CopyOptions(verifies: true)
        options.chunks = ChunkLengths([.listed(runs), .every(3)])
        let source = CountingStore(under: try await Self.store())
        let copy = MemoryStore()
        let outcome = try await Self.copy(source, to: copy, options)
        #expect(outcome.failures.isEmpty && outcome.verified == outcome.total)
        #expect(source.reads.count < 200)
        let back = CountingStore(under: copy)
        let again = MemoryStore()
        let other = try await Self.copy(back, to: again, CopyOptions(chunkShape: [2, 2]))
        #expect(other.failures.isEmpty && back.reads.count < 200)
        let present = try await Fixture.array(again).census().finished().present
        #expect(present == Self.stored.count)
    }

    @Test func `what a copy has and the source has not is told by verification`() async throws {
        let source = try await Self.store()
        let flaky = FlakyStore(under: source, failing: "c/1500/7")
        let copy = MemoryStore()
        let options = CopyOptions(verifies: true)
        let first = try await Self.copy(flaky, to: copy, options)
        #expect(first.failures.map(\.state) == [.unreadable])
        // Somebody writes a chunk into the unfinished copy that the source does not have.
        try await copy.write(StoreKey("c/700/700"), [9, 9, 9, 9])
        let second = try await Self.copy(source, to: copy, options)
        #expect(second.isResumed && second.kept == 4)
        #expect(second.failures.map(\.index) == [ChunkIndex([700, 700])])
        #expect(second.failures.first?.state == .corrupt)
        #expect(second.total == second.kept + second.copied + second.empty)
    }

    @Test func `a listing that fails stops the copy, and nothing is taken for absent`() async throws
    {
        let source = BrokenListing(base: try await Self.store())
        let copy = MemoryStore()
        await #expect(throws: EngineError.self) {
            try await Self.copy(source, to: copy, CopyOptions())
        }
        #expect(await ZarrHierarchy(.store(copy)).node(at: .root).array == nil)
    }
}

/// What lies under it, whose listings fail when they are read.
private struct BrokenListing: ForwardingStore {
    let base: any Store

    func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        Failing()
    }

    private struct Failing: Listing {
        func next() async throws(StorageError) -> ListingPage? {
            throw StorageError(.unreachable, .list, "the connection was cut")
        }
    }
}
