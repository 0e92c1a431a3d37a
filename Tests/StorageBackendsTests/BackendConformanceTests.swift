import Storage
import StorageBackends
import StorageTesting
import Testing
import ZarrModel

extension BackendRegistry {
    /// The ids of all backends, for tests with one case each.
    static var ids: [String] { builtin.list().map(\.id) }
}

@Suite struct BackendConformanceTests {
    private let scratch = Scratch()
    private let opener = LocatorOpener(backends: .builtin, layers: LayerRegistry())

    private func context(_ id: String) throws -> DescriptorLawContext {
        DescriptorLawContext(
            try BackendRegistry.builtin.get(id),
            opener: opener,
            scratch: scratch.path
        )
    }

    @Test(arguments: BackendRegistry.ids, DescriptorLaw.all)
    func `every backend keeps every law of a registration`(
        id: String,
        law: DescriptorLaw
    ) async throws {
        let context = try context(id)
        guard context.backend.capabilities.isSuperset(of: law.requires) else { return }
        try await law.run(context)
    }

    @Test(arguments: BackendRegistry.ids, StoreLaw.all)
    func `every store that can be made keeps every law`(id: String, law: StoreLaw) async throws {
        let context = try context(id)
        guard context.backend.capabilities.isSuperset(of: law.requires.union(.write)) else {
            return
        }
        var locator = try StoreLocator(context.locator)
        if id == "file" { locator.options.append(LocatorOption("fsync", "none")) }
        guard case .store(let store) = try await opener.create(locator).storage else { return }
        let reopens = store.capabilities.contains(.reopen)
        let reopen: StoreLawContext.Reopening = { [opener, locator] in
            guard case .store(let again) = try await opener.open(locator).storage else {
                throw LawFailure("it opened an array")
            }
            return again
        }
        let root = locator.place
        let around: StoreLawContext.Bypass = { key in Scratch.bytes(root + "/" + key.text) }
        // What a kill between the write and the rename leaves.
        let abandon: StoreLawContext.Abandoning = { key in
            let folder = key.text.split(separator: "/").dropLast().joined(separator: "/")
            Scratch.write("\(root)/\(folder)/.zscope-7.partial", [1])
        }
        try await law.run(
            StoreLawContext(
                store,
                place: StorePrefix("laws"),
                bypass: id == "file" ? around : nil,
                reopen: reopens ? reopen : nil,
                abandon: id == "file" ? abandon : nil
            )
        )
    }

    @Test(arguments: BackendRegistry.ids, BackendLaw.all)
    func `every array that can be made keeps every law`(id: String, law: BackendLaw) async throws {
        let context = try context(id)
        guard context.backend.capabilities.isSuperset(of: law.requires.union(.write)) else {
            return
        }
        let storage = try await opener.create(StoreLocator(context.locator)).storage
        switch storage {
        case .store(let store):
            try await law.run(BackendLawContext(StoreBackend(store, rank: 2)))
        case .array(let array):
            try await law.run(BackendLawContext(array))
        }
    }

    @Test(arguments: UInt64(0)..<8)
    func `a directory agrees with a plain table`(seed: UInt64) async throws {
        let store = try FileStore(path: scratch.path, durability: .none)
        try await agreesWithModel(StoreLawContext(store), seed: seed, operations: 400)
    }

    @Test(arguments: BackendRegistry.ids)
    func `the kit finds every backend without a fault`(id: String) async throws {
        let report = try await Conformance(opener).run(backend: id, scratch: scratch.path)
        let broken = report.results.filter { if case .failed = $0.outcome { true } else { false } }
        #expect(broken.isEmpty)
        #expect(report.passed > 0)
        #expect(report.passed + report.skipped + report.failed == report.results.count)
    }

    @Test func `the kit leaves a store that a person names as it was`() async throws {
        let store = try FileStore(path: scratch.path)
        try await store.write(StoreKey("zarr.json"), [1])
        let report = try await Conformance(opener).run(locator: scratch.path)
        #expect(report.failed == 0 && report.passed > 10)
        #expect(try await store.listedKeys() == ["zarr.json"])
        let level = try #require(try await store.children(.root).next())
        #expect(level.objects == ["zarr.json"] && level.prefixes.isEmpty)
    }

    @Test func `durability is a capability only where writes wait for it`() throws {
        #expect(
            try FileStore(path: scratch.path, durability: .full).capabilities.contains(.durable)
        )
        #expect(!(try FileStore(path: scratch.path).capabilities.contains(.durable)))
    }
}

extension Store {
    /// Every key, sorted.
    func listedKeys(_ prefix: StorePrefix = .root) async throws -> [String] {
        let listing = try await list(prefix)
        var keys: [String] = []
        while let page = try await listing.next() {
            keys += (0..<page.count).map(page.key)
        }
        return keys.sorted()
    }
}

/// What `body` throws, or `nil`.
func storageError(_ body: () async throws(StorageError) -> Void) async -> StorageError? {
    do throws(StorageError) {
        try await body()
        return nil
    } catch {
        return error
    }
}
