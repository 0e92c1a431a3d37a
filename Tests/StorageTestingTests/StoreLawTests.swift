import Storage
import StorageTesting
import Testing
import ZarrModel

@Suite struct StoreLawTests {
    @Test(arguments: StoreLaw.all)
    func `the plain table keeps every law`(law: StoreLaw) async throws {
        try await law.run(StoreLawContext(ModelStore(), place: StorePrefix("laws")))
    }

    @Test(arguments: TwistedStore.Twist.allCases.filter(\.isAllowed), StoreLaw.all)
    func `what the contract allows breaks no law`(
        twist: TwistedStore.Twist,
        law: StoreLaw
    ) async throws {
        let store = TwistedStore(twist)
        guard store.capabilities.isSuperset(of: law.requires) else { return }
        try await law.run(StoreLawContext(store, place: StorePrefix("laws")))
    }

    @Test(arguments: TwistedStore.Twist.allCases.filter { !$0.isAllowed })
    func `what the contract forbids breaks a law`(twist: TwistedStore.Twist) async throws {
        var broken: [String] = []
        for law in StoreLaw.all {
            let store = TwistedStore(twist)
            guard store.capabilities.isSuperset(of: law.requires) else { continue }
            do {
                try await law.run(StoreLawContext(store, place: StorePrefix("laws")))
            } catch {
                broken.append(law.id)
            }
        }
        #expect(!broken.isEmpty, "no law notices \(twist.rawValue)")
    }

    @Test(arguments: StoreLaw.all)
    func `an overlay keeps every law, and its base stays as it is`(law: StoreLaw) async throws {
        let inside = try StoreKey("laws/l/zarr.json")
        let outside = try StoreKey("other")
        // The place must look empty: what the base has there is deleted in the overlay first.
        let base = ModelStore([inside: [1, 2], outside: [3]])
        let overlay = OverlayStore(base)
        try await overlay.delete(inside)
        try await law.run(StoreLawContext(overlay, place: StorePrefix("laws")))
        #expect(base.contents == [inside: [1, 2], outside: [3]])
    }

    @Test(arguments: UInt64(10)..<20)
    func `an overlay agrees with a plain table over a base that holds something`(
        seed: UInt64
    ) async throws {
        let base = ModelStore([try StoreKey("s/0/0"): [9]])
        let overlay = OverlayStore(base)
        try await overlay.delete(StoreKey("s/0/0"))
        try await agreesWithModel(StoreLawContext(overlay), seed: seed, operations: 400)
    }

    @Test func `every law is a sentence of its own`() {
        let sentences =
            StoreLaw.all.map(\.id) + BackendLaw.all.map(\.id) + DescriptorLaw.all.map(\.id)
        #expect(Set(sentences).count == sentences.count)
    }
}

@Suite struct BackendLawTests {
    @Test(arguments: BackendLaw.all, [0, 1, 2, 4])
    func `an array in a store keeps every law`(law: BackendLaw, rank: Int) async throws {
        let encodings = [
            ChunkKeyEncoding(), ChunkKeyEncoding(.default, separator: .dot),
            ChunkKeyEncoding(.v2, separator: .dot), ChunkKeyEncoding(.v2, separator: .slash),
        ]
        for encoding in encodings {
            let array = StoreBackend(
                ModelStore(),
                prefix: try StorePrefix("group/array"),
                keyEncoding: encoding,
                rank: rank
            )
            try await law.run(BackendLawContext(array, rank: rank))
        }
    }

    @Test(arguments: BackendLaw.all)
    func `an overlay of an array keeps every law`(law: BackendLaw) async throws {
        let base = ModelStore()
        let array = OverlayBackend(StoreBackend(base, rank: 2))
        try await law.run(BackendLawContext(array))
        #expect(base.contents.isEmpty)
    }

    @Test func `an array without capabilities refuses everything`() async throws {
        let array = StoreBackend(ModelStore(capabilities: []), rank: 2)
        for law in BackendLaw.all where law.requires.isEmpty {
            try await law.run(BackendLawContext(array))
        }
        for law in StoreLaw.all where law.requires.isEmpty {
            try await law.run(StoreLawContext(ModelStore(capabilities: [])))
        }
    }
}

@Suite struct StoreBackendTests {
    @Test func `chunks, foreign objects and what is our own are told apart`() async throws {
        let names = [
            "a/c/0/1", "a/zarr.json", "a/.zattrs", "a/.zscope-trash/7/c/0/0", "a/.DS_Store",
            "a/c/0", "a/c/x/1", "a/.zscope-trashed", "b/c/0/0",
        ]
        var table: [StoreKey: [UInt8]] = [:]
        for name in names { table[try StoreKey(name)] = [1] }
        let array = StoreBackend(ModelStore(table), prefix: try StorePrefix("a"), rank: 2)
        var page = ChunkPage()
        let listing = try await array.listChunks()
        while let next = try await listing.next() {
            page.entries += next.entries
            page.foreign += next.foreign
        }
        #expect(page.entries.map(\.index.coordinates) == [[0, 1]])
        #expect(page.foreign.sorted() == [".DS_Store", ".zscope-trashed", "c/0", "c/x/1"])
    }

    @Test func `a key that is none cannot become a chunk`() async throws {
        let array = StoreBackend(TwistedStore(.junkKeys), rank: 2)
        let listing = try await array.listChunks()
        while let page = try await listing.next() {
            #expect(page.entries.isEmpty)
            #expect(page.foreign.count == TwistedStore.junk.count)
        }
    }

    @Test func `a chunk of another rank is refused`() async throws {
        let array = StoreBackend(ModelStore(), rank: 2)
        do throws(StorageError) {
            _ = try await array.readChunk(ChunkIndex([1]), range: .all)
            Issue.record("it was read")
        } catch {
            #expect(error.code == .invalidKey)
        }
    }
}
