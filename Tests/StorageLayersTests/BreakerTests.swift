import Storage
import StorageLayers
import StorageTesting
import Synchronization
import Testing

/// Time that a test moves.
final class HandClock: Sendable {
    private let time = Mutex(Duration.zero)

    func pass(_ duration: Duration) {
        time.withLock { $0 += duration }
    }

    var clock: StorageClock {
        StorageClock(
            now: { self.time.withLock { $0 } },
            sleep: { duration in self.pass(duration) }
        )
    }
}

/// Counts what reaches it, and fails as it is told.
final class Gate: Interceptor {
    private let state = Mutex((count: 0, failure: StorageError.Code?.none))

    var count: Int {
        state.withLock { $0.count }
    }

    func fail(_ code: StorageError.Code?) {
        state.withLock { $0.failure = code }
    }

    func intercept<Answer: Sendable>(
        _ call: StorageCall,
        _ next: @escaping @Sendable () async throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        let failure = state.withLock { state in
            state.count += 1
            return state.failure
        }
        if let failure {
            throw StorageError(failure, call.operation, "down", persistence: .temporary)
        }
        return try await next()
    }
}

@Suite struct BreakerTests {
    private let hand = HandClock()
    private let gate = Gate()
    private let breaker: Breaker
    private let store: any Store

    init() throws {
        breaker = Breaker(seed: 3, clock: hand.clock)
        let base = ModelStore([try StoreKey("a"): [1]])
        store = InterceptedStore(InterceptedStore(base, gate), breaker)
    }

    private func read(_ name: String = "a") async -> StorageError? {
        do throws(StorageError) {
            _ = try await store.read(StoreKey(name), .all)
            return nil
        } catch {
            return error
        }
    }

    @Test func `open, it answers at once, says when to come back, and the store is not asked`()
        async throws
    {
        gate.fail(.server)
        for _ in 0..<10 { #expect(await read()?.code == .server) }
        #expect(gate.count == 10)
        for _ in 0..<1000 {
            let error = try #require(await read())
            #expect(error.code == .circuitOpen && error.outcome == .failed)
            #expect(error.persistence == .exhausted && error.key == "a")
            let wait = try #require(error.retryAfter)
            #expect((.seconds(4)...(.seconds(5))).contains(wait))
        }
        #expect(gate.count == 10)
        let standing = breaker.standings[0]
        #expect(standing.side == .reads && standing.counts.refused == 1000)
        #expect(standing.reason == "10 of 10 calls failed")
        // Writes have a breaker of their own, and so do listings not.
        gate.fail(nil)
        try await store.write(StoreKey("b"), [2])
        #expect(breaker.standings[1].state == .closed)
        await #expect(throws: StorageError.self) { try await store.list(.root) }
        #expect(gate.count == 11)
    }

    @Test func `after the wait three calls that succeed close it`() async throws {
        gate.fail(.timeout)
        for _ in 0..<20 { _ = await read() }
        gate.fail(nil)
        hand.pass(breaker.standings[0].wait)
        #expect(breaker.standings[0].state == .halfOpen)
        for _ in 0..<3 { #expect(await read() == nil) }
        #expect(breaker.standings[0].state == .closed)
    }

    @Test(arguments: [
        StorageError.Code.conflict, .invalidKey, .forbidden, .corrupt, .cancelled, .notFound,
        .noSpace,
    ])
    func `what tells nothing of the storage does not count`(code: StorageError.Code) async {
        gate.fail(code)
        for _ in 0..<100 { #expect(await read()?.code == code) }
        #expect(breaker.standings[0].state == .closed && gate.count == 100)
    }

    @Test func `an object that is absent counts neither as failed nor as fine`() async {
        for _ in 0..<15 { #expect(await read("none") == nil) }
        gate.fail(.server)
        for _ in 0..<10 { _ = await read() }
        // With fifteen successes before, ten failures would not be half of the calls.
        #expect(breaker.standings[0].counts.opened == 1)
    }

    @Test func `a call that is refused is not tried again`() async throws {
        gate.fail(.server)
        let retry = Retry(RetryPolicy(attempts: 5), clock: hand.clock)
        let outer = InterceptedStore(store, retry)
        var refused = 0
        for _ in 0..<100 {
            do throws(StorageError) {
                _ = try await outer.read(StoreKey("a"), .all)
            } catch {
                if error.code == .circuitOpen { refused += 1 }
            }
        }
        #expect(gate.count == 10, "two operations of five tries each open it")
        #expect(refused == 98 && retry.counts.attempts == 10 + 98)
    }

    @Test func `calls of many tasks at once never exceed the probes`() async {
        gate.fail(.server)
        for _ in 0..<10 { _ = await read() }
        hand.pass(.seconds(5))
        let before = gate.count
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<64 { group.addTask { _ = await self.read() } }
        }
        #expect(gate.count == before + 3)
        #expect(breaker.standings[0].counts.opened == 2)
    }

    @Test(arguments: [
        "failures=0%", "failures=101", "failures=x", "slow=-1", "window=0", "window=11m",
        "window=10001", "min_calls=0", "probes=101", "open=0s", "open=2m", "half_open=0s",
        "tries=1",
    ])
    func `an option out of bounds is refused, and named`(options: String) async throws {
        do throws(StorageError) {
            _ = try await opened("breaker:" + options)
            Issue.record("it was taken")
        } catch {
            let name = options.prefix { $0 != "=" }
            #expect(error.code == .invalidConfiguration)
            #expect(error.message.contains(name), "\(error.message)")
        }
    }

    @Test func `options are taken as they are written, the sign of per cent too`() async throws {
        let text = "breaker:failures=25%,slow=100%,window=30s,probes=1,open=1s,longest=2s|retry"
        let storage = try await opened(text)
        let policy = try #require(storage.breakers.first?.policy)
        #expect(policy.failures == 0.25 && policy.slow == 1 && policy.window == .seconds(30))
        #expect(policy.probes == 1 && policy.open == .seconds(1))
        #expect(storage.interceptors.first is Retry, "retry is around it")
    }

    private func opened(_ layers: String) async throws(StorageError) -> OpenedStorage {
        let registry = BackendRegistry([
            BackendDescriptor(
                id: "given",
                summary: "a table",
                capabilities: [],
                example: "given:",
                open: { _ throws(StorageError) in .store(ModelStore()) },
                create: { _ throws(StorageError) in .store(ModelStore()) }
            )
        ])
        let opener = LocatorOpener(backends: registry, layers: .builtin)
        return try await opener.open("given:|" + layers).storage
    }
}
