import Storage
import StorageBackends
import StorageTesting
import Testing

@Suite struct MockTests {
    private let opener = LocatorOpener(backends: .builtin, layers: LayerRegistry())

    private func store(_ locator: String) async throws -> any Store {
        guard case .store(let store) = try await opener.open(locator).storage else {
            throw LawFailure("it is no store")
        }
        return store
    }

    /// Which of 400 writes fail.
    private func faults(_ locator: String, reversed: Bool = false) async throws -> Set<Int> {
        let store = try await store(locator)
        var failed: Set<Int> = []
        let numbers = Array(0..<400)
        for number in reversed ? numbers.reversed() : numbers {
            do { try await store.write(StoreKey("c/\(number)"), [1]) } catch {
                failed.insert(number)
            }
        }
        return failed
    }

    @Test func `a share of the calls fails, the same for a seed in any order`() async throws {
        let failed = try await faults("mock:?error_rate=0.1&seed=7")
        #expect((20...60).contains(failed.count))
        #expect(try await faults("mock:?error_rate=0.1&seed=7", reversed: true) == failed)
        #expect(try await faults("mock:?error_rate=0.1&seed=8") != failed)
    }

    @Test func `the rates at both ends mean never and always`() async throws {
        #expect(try await faults("mock:?error_rate=0").isEmpty)
        #expect(try await faults("mock:?error_rate=1").count == 400)
        #expect(try await faults("mock:?error_rate=1&simulate_errors=false").isEmpty)
    }

    @Test func `a call that fails has done nothing`() async throws {
        let store = try await store("mock:?error_rate=0.5&seed=1")
        var due: Set<String> = []
        for number in 0..<100 {
            let key = try StoreKey("c/\(number)")
            let error = await storageError { () async throws(StorageError) in
                try await store.write(key, [1])
            }
            if let error {
                #expect(error.outcome == .failed && error.code == .server)
            } else {
                due.insert(key.text)
            }
        }
        let mock = try #require(OpenedStorage.store(store).interceptors.first as? Mock)
        mock.reset()
        var seen: Set<String> = []
        for number in 0..<100 {
            let key = try StoreKey("c/\(number)")
            // Asked until it answers: a failure says nothing of what is there.
            while true {
                guard let value = try? await store.info(key) as ObjectInfo?? else { continue }
                if value != nil { seen.insert(key.text) }
                break
            }
        }
        #expect(seen == due)
    }

    @Test func `calls are recorded and counted, failed ones as well`() async throws {
        let store = try await store("mock:?fail_on=delete&error=forbidden")
        let key = try StoreKey("a")
        try await store.write(key, [1, 2, 3])
        _ = try await store.read(key, .all)
        let error = await storageError { () async throws(StorageError) in
            try await store.delete(key)
        }
        #expect(error?.code == .forbidden && error?.persistence == .permanent)
        let mock = try #require(OpenedStorage.store(store).interceptors.first as? Mock)
        #expect(mock.count(of: .write) == 1 && mock.count(of: .delete) == 1 && mock.count() == 3)
        #expect(mock.failureCount == 1)
        #expect(mock.records.map(\.call.operation) == [.write, .read, .delete])
        #expect(mock.records.map(\.wasFailed) == [false, false, true])
        #expect(mock.records.first?.call.byteCount == 3)
    }

    @Test func `every call takes the delay before anything happens`() async throws {
        let waits = Waits()
        let mock = Mock(Mock.Behaviour(delay: .milliseconds(30)), clock: waits.clock)
        let store = InterceptedStore(ModelStore(), mock)
        try await store.write(StoreKey("a"), [1])
        _ = try await store.list(.root).next()
        #expect(waits.all == [.milliseconds(30), .milliseconds(30), .milliseconds(30)])
    }

    @Test func `what lies underneath stays bit for bit as it was`() async throws {
        let scratch = Scratch()
        let real = try FileStore(path: scratch.path)
        try await real.write(StoreKey("zarr.json"), [1])
        try await real.write(StoreKey("c/0"), [2])
        let store = try await store("mock:?error_rate=0.3&seed=3&over=" + scratch.path)
        for number in 0..<200 {
            let key = try StoreKey("c/\(number % 3)")
            try? await store.write(key, [9])
            try? await store.delete(key)
        }
        #expect(try await real.listedKeys() == ["c/0", "zarr.json"])
        #expect(Scratch.bytes(scratch.path + "/c/0") == [2])
    }

    @Test(arguments: ["error_rate=2", "error_rate=-1", "fail_on=everything", "error=odd", "rate=1"])
    func `an option that means nothing is refused`(option: String) async {
        let error = await storageError { () async throws(StorageError) in
            _ = try await opener.open("mock:?" + option)
        }
        #expect(error?.code == .invalidConfiguration)
    }

    @Test func `a failure is never an absent object`() async throws {
        let store = try await store("mock:?error_rate=1")
        let key = try StoreKey("a")
        let read = await storageError { () async throws(StorageError) in
            _ = try await store.read(key, .all)
        }
        #expect(read?.code == .server && read?.persistence == .temporary)
    }

    @Test func `what follows the colon is what lies underneath, and is only read`() async throws {
        let scratch = Scratch()
        Scratch.write(scratch.path + "/a", [5])
        let store = try await store("mock:" + scratch.path + "?error_rate=0")
        #expect(try await store.read(StoreKey("a"), .all) == [5])
        try await store.write(StoreKey("a"), [6])
        #expect(Scratch.bytes(scratch.path + "/a") == [5])
    }

    @Test(arguments: ["mock:/nothing/here", "mock:/tmp?over=/tmp"])
    func `a place that is not there or named twice is an error, never empty memory`(
        locator: String
    ) async throws {
        await #expect(throws: StorageError.self) { _ = try await opener.open(locator) }
    }
}
