import Storage
import StorageBackends
import Testing
import ZarrModel

@testable import ZarrEngine  // `ReservedNames` says what the trash is called.

struct CensusTests {
    @Test func `chunks, orphans, foreign objects and what is missing are told apart`() async throws
    {
        let store = try await Fixture.store([
            "a/zarr.json": Fixture.v3(shape: [4, 6], chunks: [2, 2]),
            "a/c/0/0": "12345678", "a/c/1/2": "12345678", "a/c/0/2": "1",
            "a/c/2/0": "12345678", "a/c/0/x": "?", "a/.DS_Store": "?",
            "a/.zscope-trash/20261122T155959Z-000000/c/0/1": "12345678",
        ])
        let census = try await Fixture.array(store, "/a").census()
        var states: [Int: ChunkState] = [:]
        var orphans: [String] = []
        var foreign: [String] = []
        while let page = try await census.next() {
            for position in 0..<page.count {
                states[page.chunks[position]] = page.states[position]
            }
            orphans += page.orphans.map(\.key)
            foreign += page.foreign
        }
        #expect(states == [0: .present, 5: .present, 2: .short])
        #expect(orphans == ["c/2/0"])
        #expect(foreign.sorted() == [".DS_Store", "c/0/x"])
        let summary = census.summary
        #expect(summary.isComplete && summary.total == 6)
        #expect(summary.present == 3 && summary.missing == 3 && summary.short == 1)
        #expect(summary.presence.firstMissing(from: 0) == 1)
        #expect(summary.presence.firstMissing(from: 2) == 3)
    }

    @Test func `an array whose chunks were never written misses every one`() async throws {
        let store = try await Fixture.store([
            "zarr.json": Fixture.v3(shape: [1 << 40, 1 << 20], chunks: [1, 1])
        ])
        let summary = try await Fixture.array(store).census().finished()
        #expect(summary.total == 1 << 60 && summary.missing == 1 << 60)
    }

    @Test func `a v2 array that names no separator is counted by the one its chunks use`()
        async throws
    {
        let document = Fixture.v2(shape: [4, 4], chunks: [2, 2])
        let dots = try await Fixture.store([".zarray": document, "0.1": "12345678"])
        #expect(try await Fixture.array(dots).census().finished().present == 1)
        let slashes = try await Fixture.store([".zarray": document, "0/1": "12345678"])
        let array = try await Fixture.array(slashes)
        #expect(array.keyEncoding.separator == .slash)
        #expect(try await array.census().finished().present == 1)
    }

    @Test func `objects named with a separator that the document does not declare are reported`()
        async throws
    {
        let document = Fixture.v2(
            shape: [4, 4],
            chunks: [2, 2],
            more: #","dimension_separator":".""#
        )
        let store = try await Fixture.store([".zarray": document, "0/1": "12345678", "1/1": "12"])
        let summary = try await Fixture.array(store).census().finished()
        #expect(summary.present == 0 && summary.foreign == 2)
        #expect(summary.diagnostics.count == 1)
    }

    @Test func `a cancelled census throws and claims nothing to be missing`() async throws {
        let store = try await Fixture.store([
            "zarr.json": Fixture.v3(shape: [4], chunks: [2]), "c/0": "1234",
        ])
        let census = try await Fixture.array(store).census()
        census.cancel()
        await #expect(throws: StorageError.self) { try await census.next() }
        #expect(!census.summary.isComplete)
    }

    @Test func `a scalar array has one chunk`() async throws {
        let store = try await Fixture.store([
            "zarr.json": Fixture.v3(shape: [], chunks: []), "c": "12",
        ])
        let summary = try await Fixture.array(store).census().finished()
        #expect(summary.total == 1 && summary.present == 1)
    }
}
