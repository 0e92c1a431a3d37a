import Storage
import StorageLayers
import StorageTesting
import Testing

@Suite struct LayerLawTests {
    /// Waits that take no time.
    static let instant = StorageClock(now: { .zero }, sleep: { _ in })

    private func apply(_ text: String, _ base: any Store) async throws -> any Store {
        var source = BackendRegistry()
        let backend = BackendDescriptor(
            id: "given",
            summary: "what the test made",
            capabilities: [],
            example: "given:",
            open: { _ throws(StorageError) in .store(base) },
            create: { _ throws(StorageError) in .store(base) }
        )
        try source.register(backend)
        let opener = LocatorOpener(backends: source, layers: .builtin)
        guard case .store(let store) = try await opener.open("given:|" + text).storage else {
            throw LawFailure("the layer opened an array")
        }
        return store
    }

    @Test(arguments: LayerRegistry.builtin.list().map(\.id), StoreLaw.all)
    func `every layer keeps every law`(id: String, law: StoreLaw) async throws {
        let layer = try LayerRegistry.builtin.get(id)
        let text = id == "latency" ? "latency:p50=0ms" : layer.example
        let store = try await apply(text, ModelStore())
        guard store.capabilities.isSuperset(of: law.requires) else { return }
        try await law.run(StoreLawContext(store, place: StorePrefix("laws")))
    }

    @Test(arguments: LayerRegistry.builtin.list().map(\.id))
    func `every layer says what it is, and its example is read`(id: String) async throws {
        let layer = try LayerRegistry.builtin.get(id)
        #expect(!layer.summary.isEmpty && layer.options.allSatisfy { !$0.help.isEmpty })
        let locator = try StoreLocator("x|" + layer.example)
        #expect(locator.layers.first?.id == id)
        _ = try OptionValues(locator.layers[0].options, declared: layer.options, of: id)
    }

    @Test func `a read-only store refuses what its base would do, and the base stays`() async throws
    {
        let key = try StoreKey("a")
        let base = ModelStore([key: [1]])
        let store = try await apply("readonly", base)
        #expect(store.capabilities.isDisjoint(with: [.write, .delete]))
        await #expect(throws: StorageError.self) { try await store.write(key, [2]) }
        await #expect(throws: StorageError.self) { try await store.delete(key) }
        #expect(base.contents == [key: [1]])
        #expect(try await store.read(key, .all) == [1])
    }

    @Test(arguments: ["latency:p50=0ms", "journal", "retry", "readonly", "breaker"])
    func `a layer hands on the state of what is read and the traces of killed writers`(
        layer: String
    ) async throws {
        let store = try await apply(layer, StatefulStore())
        let read = try await store.readWithInfo(StoreKey("a"), .all)
        #expect(read?.bytes == [7] && read?.info.tag == "t1")
        let keeper = try #require(store.leftoverStore)
        let page = try await keeper.leftovers(StorePrefix("")).next()
        #expect(page?.count == 1)
        let removal = try? await keeper.removeLeftover(StoreKey("x.part"), unchangedSince: .max)
        #expect(removal == (layer == "readonly" ? nil : true))
        #expect(try await apply(layer, ModelStore()).leftoverStore == nil)
    }

    @Test func `layers are put on in the order in which they are named`() async throws {
        let journalled = try await apply("readonly|journal", ModelStore())
        let storage = OpenedStorage.store(journalled)
        try? await journalled.write(StoreKey("a"), [1])
        #expect(storage.journals.first?.entries.map(\.outcome) == [.failed(.unsupported)])
        let inner = try await apply("journal|readonly", ModelStore())
        try? await inner.write(StoreKey("a"), [1])
        #expect(OpenedStorage.store(inner).journals.first?.count == 0)
    }
}

@Suite struct JournalTests {
    @Test func `a journal keeps the latest operations and how each ended`() async throws {
        let journal = Journal(limit: 3, clock: LayerLawTests.instant)
        let store = InterceptedStore(ModelStore(), journal)
        for name in ["a", "b", "c", "d"] { try await store.write(StoreKey(name), [1, 2]) }
        _ = try await store.read(StoreKey("a"), .all)
        _ = try await store.read(StoreKey("none"), .all)
        #expect(journal.count == 6)
        #expect(journal.entries.map(\.number) == [3, 4, 5])
        #expect(journal.entries.map(\.call.key) == ["d", "a", "none"])
        #expect(
            journal.entries.map(\.outcome) == [.done(byteCount: nil), .done(byteCount: 2), .absent]
        )
    }
}

@Suite struct LatencyTests {
    @Test func `waits have the percentiles that were asked for, and repeat with the seed`()
        async throws
    {
        let waits = Waits()
        for _ in 0..<2 {
            let layer = Latency(
                p50: .milliseconds(20),
                p99: .milliseconds(200),
                max: .seconds(1),
                seed: 5,
                clock: waits.clock
            )
            let store = InterceptedStore(ModelStore(), layer)
            for number in 0..<4000 { _ = try await store.read(StoreKey("c/\(number % 50)"), .all) }
        }
        let all = waits.all
        #expect(Array(all[..<4000]) == Array(all[4000...]))
        let sorted = all[..<4000].sorted()
        #expect((.milliseconds(18)...(.milliseconds(22))).contains(sorted[2000]))
        #expect((.milliseconds(150)...(.milliseconds(270))).contains(sorted[3960]))
        #expect(sorted[3999] <= .seconds(1))
    }

    @Test func `a wait that is cancelled is the operation's error`() async throws {
        let clock = StorageClock(now: { .zero }, sleep: { _ in throw CancellationError() })
        let store = InterceptedStore(
            ModelStore(),
            Latency(p50: .seconds(1), p99: .seconds(1), clock: clock)
        )
        do throws(StorageError) {
            _ = try await store.read(StoreKey("a"), .all)
            Issue.record("it went on")
        } catch {
            #expect(error.code == .cancelled)
        }
    }
}
