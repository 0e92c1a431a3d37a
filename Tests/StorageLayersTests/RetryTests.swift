import Storage
import StorageLayers
import StorageTesting
import Synchronization
import Testing

/// A clock that notes how long it was asked to wait, and does not wait.
final class Waits: Sendable {
    private let list = Mutex<[Duration]>([])

    var all: [Duration] {
        list.withLock { $0 }
    }

    var clock: StorageClock {
        StorageClock(now: { .zero }, sleep: { time in self.list.withLock { $0.append(time) } })
    }
}

/// Fails its first calls with an error, then answers.
final class Flaky: Interceptor {
    private let failures: Mutex<[StorageError]>
    private let calls = Mutex(0)

    init(_ failures: [StorageError]) {
        self.failures = Mutex(failures)
    }

    var count: Int {
        calls.withLock { $0 }
    }

    func intercept<Answer: Sendable>(
        _ call: StorageCall,
        _ next: @escaping @Sendable () async throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        calls.withLock { $0 += 1 }
        let failure = failures.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        if let failure { throw failure }
        return try await next()
    }
}

@Suite struct RetryTests {
    private static func failure(
        _ code: StorageError.Code = .server,
        _ persistence: StorageError.Persistence = .temporary,
        retryAfter: Duration? = nil
    ) -> StorageError {
        StorageError(code, .read, "it failed", persistence: persistence, retryAfter: retryAfter)
    }

    private func read(
        _ failures: [StorageError],
        _ retry: Retry
    ) async -> (error: StorageError?, calls: Int) {
        let flaky = Flaky(failures)
        let store = InterceptedStore(InterceptedStore(ModelStore(), flaky), retry)
        do throws(StorageError) {
            _ = try await store.read(StoreKey("a"), .all)
            return (nil, flaky.count)
        } catch {
            return (error, flaky.count)
        }
    }

    @Test func `a temporary failure is tried again, and the answer is what counts`() async {
        let retry = Retry(clock: Waits().clock)
        let (error, calls) = await read([Self.failure(), Self.failure()], retry)
        #expect(error == nil && calls == 3)
        #expect(retry.counts.rescued == 1 && retry.counts.attempts == 3)
    }

    @Test
    func `after the last try the failure is exhausted, and an outer layer does not begin anew`()
        async
    {
        let waits = Waits()
        let failures = [StorageError](repeating: Self.failure(), count: 20)
        let flaky = Flaky(failures)
        let inner = InterceptedStore(
            InterceptedStore(ModelStore(), flaky),
            Retry(clock: waits.clock)
        )
        let outer = InterceptedStore(inner, Retry(clock: waits.clock))
        do throws(StorageError) {
            _ = try await outer.read(StoreKey("a"), .all)
            Issue.record("it succeeded")
        } catch {
            #expect(error.persistence == .exhausted)
            #expect(error.message.contains("3 tries"))
        }
        #expect(flaky.count == 3)
    }

    @Test(arguments: [
        failure(.forbidden, .permanent), failure(.cancelled), failure(.server, .exhausted),
        failure(.notFound, .permanent),
    ])
    func `what cannot help is not tried again`(failure: StorageError) async {
        let waits = Waits()
        let (error, calls) = await read([failure], Retry(clock: waits.clock))
        #expect(error?.code == failure.code && error?.persistence == failure.persistence)
        #expect(calls == 1 && waits.all.isEmpty)
    }

    @Test func `waits double up to the cap, and none is longer than drawn`() {
        let policy = RetryPolicy(attempts: 10)
        let error = Self.failure()
        let longest = (0..<12).map { policy.wait(after: error, number: $0, unit: 1) }
        #expect(Array(longest[..<4]) == [50, 100, 200, 400].map { .milliseconds($0) })
        #expect(longest[11] == .seconds(20))
        #expect(policy.wait(after: error, number: 3, unit: 0) == .zero)
        let throttled = policy.wait(after: Self.failure(.throttled), number: 0, unit: 1)
        #expect(throttled == .seconds(1))
    }

    @Test(arguments: [
        (Duration.seconds(2), Duration.seconds(2)), (.seconds(60), .milliseconds(5050)),
        (.milliseconds(1), .milliseconds(50)), (.seconds(-1), .milliseconds(50)),
    ])
    func `what storage asks for is kept, but not for ever`(asked: Duration, due: Duration) {
        let error = Self.failure(retryAfter: asked)
        #expect(RetryPolicy().wait(after: error, number: 0, unit: 1) == due)
    }

    @Test func `storage that fails all the time is soon not asked again`() async {
        let retry = Retry(clock: Waits().clock)
        var calls = 0
        for _ in 0..<1000 {
            let failures = [StorageError](repeating: Self.failure(), count: 10)
            let (error, count) = await read(failures, retry)
            #expect(error?.persistence == .exhausted)
            calls += count
        }
        // 500 tokens at 14 a retry.
        #expect(calls == 1000 + 35)
        #expect(retry.budgetLeft == 10)
        #expect(retry.counts.refused > 900)
    }

    @Test func `successes fill the budget again`() async {
        let retry = Retry(budget: RetryBudget(capacity: 14), clock: Waits().clock)
        _ = await read([Self.failure(), Self.failure(), Self.failure()], retry)
        #expect(retry.budgetLeft == 0)
        for _ in 0..<14 { _ = await read([], retry) }
        #expect(retry.budgetLeft == 14)
        let (error, calls) = await read([Self.failure()], retry)
        #expect(error == nil && calls == 2 && retry.budgetLeft == 14)
    }

    @Test func `every page of a listing is tried again by itself`() async throws {
        let retry = Retry(clock: Waits().clock)
        let flaky = Flaky([Self.failure(), Self.failure()])
        let key = try StoreKey("a")
        let store = InterceptedStore(InterceptedStore(ModelStore([key: [1]]), flaky), retry)
        let listing = try await store.list(.root)
        #expect(try await listing.next()?.count == 1)
        #expect(try await listing.next() == nil)
    }

    @Test(arguments: ["attempts=0", "attempts=11", "base=x", "tries=3"])
    func `an option out of bounds is refused`(options: String) async throws {
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
        do throws(StorageError) {
            _ = try await opener.open("given:|retry:" + options)
            Issue.record("it was taken")
        } catch {
            #expect(error.code == .invalidConfiguration)
        }
    }
}
