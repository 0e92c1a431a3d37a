import Storage
import Synchronization
import Testing

/// A backend that opens an array that refuses everything.
func nothing(
    _ id: String,
    schemes: [String]? = nil,
    open: @escaping BackendDescriptor.Opening = { _ throws(StorageError) in
        throw StorageError(.notFound, .open, "there is nothing")
    }
) -> BackendDescriptor {
    BackendDescriptor(
        id: id,
        summary: "nothing",
        capabilities: [],
        example: id + ":",
        schemes: schemes,
        open: open,
        create: open
    )
}

@Suite struct RegistryTests {
    private func code(_ body: () throws(StorageError) -> Void) -> StorageError? {
        do throws(StorageError) {
            try body()
            return nil
        } catch {
            return error
        }
    }

    @Test func `what is registered is listed, found and described until it is unregistered`() throws
    {
        var registry = BackendRegistry([nothing("b")])
        try registry.register(nothing("a"))
        #expect(registry.list().map(\.id) == ["a", "b"])
        #expect(registry.isRegistered("a"))
        #expect(try registry.get("a").id == "a")
        #expect(registry.info("a")?.summary == "nothing")
        try registry.unregister("a")
        #expect(!registry.isRegistered("a"))
        #expect(registry.info("a") == nil)
        #expect(code { () throws(StorageError) in try registry.unregister("a") }?.code == .notFound)
    }

    @Test func `an id or scheme that is taken is refused`() throws {
        var registry = BackendRegistry([nothing("a", schemes: ["a", "a+x"])])
        #expect(
            code { () throws(StorageError) in try registry.register(nothing("a")) }?.code == .exists
        )
        let other = nothing("b", schemes: ["a+x"])
        #expect(code { () throws(StorageError) in try registry.register(other) }?.code == .exists)
        #expect(registry.list().count == 1)
    }

    @Test func `an unknown id is answered by the known ones`() {
        let registry = BackendRegistry([nothing("b"), nothing("a")])
        let error = code { () throws(StorageError) in _ = try registry.get("x") }
        #expect(error?.message == "no backend 'x'; there are: a, b")
    }

    @Test func `a registry is a value`() throws {
        let first = BackendRegistry([nothing("a")])
        var second = first
        try second.unregister("a")
        #expect(first.isRegistered("a"))
    }
}

@Suite struct LocatorOpenerTests {
    private func error(
        _ text: String,
        _ backends: [BackendDescriptor],
        timeLimit: Duration? = nil
    ) async -> StorageError? {
        let opener = LocatorOpener(
            backends: BackendRegistry(backends),
            layers: LayerRegistry(),
            timeLimit: timeLimit
        )
        do throws(StorageError) {
            _ = try await opener.open(text)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a backend that throws gives its error`() async {
        #expect(await error("aa:", [nothing("aa")])?.message == "there is nothing")
    }

    @Test func `a backend that hangs is left behind at the time limit`() async {
        let hanging = nothing("aa") { _ throws(StorageError) in
            let never = AsyncStream<Never> { _ in }
            for await _ in never {}
            throw StorageError(.internal, .open, "it woke")
        }
        let error = await error("aa:", [hanging], timeLimit: .milliseconds(20))
        #expect(error?.code == .timeout)
    }

    @Test func `a caller that is cancelled does not wait for its backend`() async {
        let held = Mutex<CheckedContinuation<Void, Never>?>(nil)
        let hanging = nothing("aa") { _ throws(StorageError) in
            // Deaf to cancellation, as a call that blocks is.
            await withCheckedContinuation { continuation in
                held.withLock { $0 = continuation }
            }
            throw StorageError(.internal, .open, "it woke")
        }
        let task = Task { await error("aa:", [hanging]) }
        while held.withLock({ $0 == nil }) { await Task.yield() }
        task.cancel()
        #expect(await task.value?.code == .cancelled)
        held.withLock { $0?.resume() }
    }

    @Test func `an unknown scheme names the known ones and how to write a path`() async throws {
        let error = try #require(await error("xx:1", [nothing("aa"), nothing("bb")]))
        #expect(error.code == .invalidLocator)
        #expect(error.message.contains("aa, bb") && error.message.contains("./"))
    }

    @Test func `an unknown layer is refused before anything is opened`() async {
        let error = await error("aa:|nonesuch", [nothing("aa")])
        #expect(error?.message.contains("nonesuch") == true)
    }

    @Test func `a path belongs to the backend that claims it, and its rest is a node`() throws {
        var claiming = nothing("box")
        claiming.claim = { path in path.hasPrefix("/x.box") ? "/x.box" : nil }
        let opener = LocatorOpener(
            backends: BackendRegistry([nothing("file"), claiming]),
            layers: LayerRegistry()
        )
        let inside = try opener.resolve(StoreLocator("/x.box/g/a"))
        #expect(inside.backend.id == "box" && inside.place == "/x.box" && inside.node == "/g/a")
        let whole = try opener.resolve(StoreLocator("/x.box/"))
        #expect(whole.node == nil)
        #expect(try opener.resolve(StoreLocator("/y")).backend.id == "file")
    }

    @Test func `locators that lie in one another without end are refused`() async throws {
        let loop = nothing("aa") { configuration throws(StorageError) in
            try await configuration.opener.open("aa:").storage
        }
        #expect(await error("aa:", [loop])?.code == .invalidLocator)
    }
}
