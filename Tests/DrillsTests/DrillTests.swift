import Drills
import JSONValue
import Storage
import StorageBackends
import StorageLayers
import Synchronization
import Testing
import ZarrModel

/// Runs a drill on fresh memory; the verdict and the log.
private func run(
    _ text: String,
    seed: UInt64 = 7,
    ops: Int = 1000,
    on target: DrillTarget = .memory(),
    attempts: Int = 5
) async throws -> (verdict: DrillVerdict, log: [String]) {
    let script = try FaultScript(parsing: text)
    let drill = Drill(
        script: script,
        seed: seed,
        operationCount: ops
    )
    var log: [String] = []
    let verdict = try await drill.run(on: target, layers: drill.retrying(attempts)) {
        log.append($0)
    }
    return (verdict, log)
}

struct DrillTests {
    @Test func `a drill without rules passes and takes no time`() async throws {
        let verdict = try await run("").verdict
        #expect(verdict.passed)
        #expect(verdict.availability.backend == 1)
        #expect(verdict.latency.max == 0)
        #expect(verdict.attempts == 1000)
        #expect(verdict.retries == 0)
    }

    @Test(arguments: ["flaky", "slow", "throttled", "outage", "lost-ack"])
    func `retries and waits get a workload through faults that pass`(name: String) async throws {
        let scenario = try #require(Scenario.named(name))
        let verdict = try await run(scenario.text).verdict
        #expect(verdict.silentWrong == 0)
        #expect(verdict.lost == 0)
        #expect(verdict.torn == 0)
        #expect(verdict.resurrected == 0)
        #expect(verdict.unknown == verdict.resolved)
        #expect(verdict.silentRules.isEmpty)
        #expect(verdict.passed)
        #expect(verdict.availability.layers >= verdict.availability.backend)
    }

    @Test(arguments: ["rot", "forgetful", "listing"])
    func `answers that are wrong and do not say so are counted`(name: String) async throws {
        let scenario = try #require(Scenario.named(name))
        let verdict = try await run(scenario.text).verdict
        #expect(verdict.silentWrong > 0)
        #expect(verdict.silentWrong <= verdict.rules[0].fired)
        #expect(!verdict.passed)
    }

    @Test func `torn writes are healed by a retry and counted without one`() async throws {
        let torn = "[torn] write ** : 3% -> torn 60%"
        #expect(try await run(torn).verdict.passed)
        let verdict = try await run(torn, attempts: 1).verdict
        #expect(verdict.torn == verdict.rules[0].fired)
        #expect(!verdict.passed)
    }

    @Test func `a write that is acknowledged in part is torn`() async throws {
        let verdict = try await run("write ** : 5% -> cut 50%").verdict
        #expect(verdict.torn > 0)
    }

    @Test func `a lost acknowledgement is unknown and settled by reading back`() async throws {
        let verdict = try await run("write,delete ** : 5% -> dropack", attempts: 1).verdict
        #expect(verdict.unknown == verdict.rules[0].fired)
        #expect(verdict.resolved == verdict.unknown)
        #expect(verdict.passed)
    }

    @Test func `a later failure does not make an unknown write a failed one`() async throws {
        let rules = """
            [lost] write ** : nth 1..1 -> dropack
            [down] write ** : after write ** -> error 503
            """
        let verdict = try await run(rules, ops: 60).verdict
        #expect(verdict.silentWrong == 0)
        #expect(verdict.lost == 0)
        #expect(verdict.unknown == 1)
    }

    @Test func `a rule that never fired fails the drill`() async throws {
        let verdict = try await run("[never] write ** : nth 1000000 -> error 500").verdict
        #expect(verdict.silentRules == ["never"])
        #expect(!verdict.passed)
    }

    @Test func `one seed gives one log, and another seed another`() async throws {
        let rules = """
            [flaky] * ** : 5% -> error 503
            [slow] reads ** : 10% -> delay p50=20ms p99=800ms
            """
        let first = try await run(rules)
        let second = try await run(rules)
        #expect(first.log == second.log)
        #expect(first.verdict == second.verdict)
        #expect(first.verdict.logSHA256.utf8.count == 64)
        #expect(try await run(rules, seed: 8).verdict.logSHA256 != first.verdict.logSHA256)
        #expect(first.log.count == 1001)
    }

    @Test func `a log runs again from its first line`() async throws {
        let first = try await run("[flaky] * ** : 5% -> error 503 # remark")
        let again = try await Drill(replaying: first.log[0]).run(on: .memory())
        #expect(again.logSHA256 == first.verdict.logSHA256)
        #expect(throws: FaultScriptError.self) { try Drill(replaying: "{}") }
        #expect(throws: FaultScriptError.self) { try Drill(replaying: "x") }
    }

    @Test func `hours of waiting take no time, and a hang ends after a minute`() async throws {
        let verdict = try await run("read ** : 50% -> hang", ops: 500, attempts: 1).verdict
        #expect(verdict.latency.max == 60_000)
        #expect(verdict.availability.layers < 1)
        #expect(verdict.passed)
    }

    @Test func `retries stop when storage fails all the time`() async throws {
        let verdict = try await run("* ** : always -> error 503", ops: 500).verdict
        #expect(verdict.availability.layers == 0)
        #expect(verdict.attempts <= 600)
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `a storm opens a breaker, none of its calls gets past it, and probes close it`(
        seed: UInt64
    ) async throws {
        let scenario = try #require(Scenario.named("breaker"))
        let script = try FaultScript(parsing: scenario.text)
        let drill = Drill("breaker", script: script, seed: seed, operationCount: 1000)
        let verdict = try await drill.run(on: .memory())
        let breaker = try #require(verdict.breaker)
        #expect(verdict.passed && breaker.mustOpen)
        // Reads and writes open once when the storm begins, and again while it lasts.
        #expect((3...8).contains(breaker.opened), "\(breaker.opened)")
        #expect(breaker.refused > 50 && breaker.passed == 0 && !breaker.isOpen)
        #expect((10...20).contains(breaker.longestRun) && breaker.longestRunAllowed == 20)
        // Tries, two openings of each side, and their probes.
        #expect(verdict.rules[1].fired <= 60)
        #expect(try await drill.run(on: .memory()) == verdict)
    }

    @Test func `a breaker that does not open or stays open fails its scenario`() async throws {
        let calm = try FaultScript(parsing: "[late] read ** : nth 1 -> delay 5ms")
        let never = try await Drill("breaker", script: calm, seed: 1).run(on: .memory())
        #expect(never.breaker?.hasCycled == false && !never.passed)
        let storm = try FaultScript(parsing: "[down] * ** : always -> error 503")
        let open = try await Drill("breaker", script: storm, seed: 1).run(on: .memory())
        #expect(open.breaker?.isOpen == true && !open.passed)
        // Elsewhere a breaker need not open.
        #expect(try await Drill(script: calm, seed: 1).run(on: .memory()).breaker == nil)
    }

    @Test func `a breaker outside of the retries opens late, and that is found`() async throws {
        let storm = try FaultScript(parsing: "[down] * ** : always -> error 503")
        let drill = Drill(script: storm, seed: 1, operationCount: 200)
        let verdict = try await drill.run(on: .memory()) { storage, clock throws(StorageError) in
            let retried = storage.intercepted(
                by: Retry(RetryPolicy(attempts: 5), clock: clock)
            )
            return retried.intercepted(by: Breaker(clock: clock))
        }
        #expect(verdict.breaker?.isInTime == false && !verdict.passed)
    }

    @Test func `every line of the log and the verdict are JSON`() async throws {
        let (verdict, log) = try await run("[a] * ** : 5% -> error 503", ops: 50)
        for line in log { _ = try JSONParser.parse(Array(line.utf8)) }
        #expect(
            verdict.json.objectValue?.keys == [
                "scenario", "seed", "ops", "passed", "lost", "silent_wrong", "torn", "resurrected",
                "unknown", "resolved", "availability", "latency_ms", "attempts", "retries",
                "hedges",
                "breaker_opened", "rules", "log_sha256",
            ]
        )
    }

    @Test(arguments: Scenario.all)
    func `every scenario can be read and fires`(scenario: Scenario) async throws {
        let verdict = try await run(scenario.text, ops: 1500).verdict
        #expect(verdict.silentRules.isEmpty)
    }
}

/// A store that refuses every change, so that a drill that made one would fail.
private struct SealedStore: Store {
    let base: any Store

    var capabilities: Capabilities { base.capabilities }
    var location: String { base.location }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        try await base.read(key, range)
    }

    func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        throw StorageError(.readOnly, .write, "sealed")
    }

    func delete(_ key: StoreKey) async throws(StorageError) {
        throw StorageError(.readOnly, .delete, "sealed")
    }

    func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        try await base.info(key)
    }

    func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        try await base.list(prefix, options)
    }

    func children(_ prefix: StorePrefix) async throws(StorageError) -> any Listing<ChildPage> {
        try await base.children(prefix)
    }
}

struct DrillTargetTests {
    /// A store with a 10 × 10 array of single-element chunks at `g/a`, every other one written.
    private func store() async throws -> (any Store, ArrayMetadata) {
        let store = MemoryStore(name: "sealed")
        let document = #"""
            {"zarr_format":3,"node_type":"array","shape":[10,10],"data_type":"uint8","fill_value":0,
            "chunk_grid":{"name":"regular","configuration":{"chunk_shape":[1,1]}},
            "chunk_key_encoding":"default","codecs":["bytes"]}
            """#
        try await store.write(try StoreKey("g/a/zarr.json"), Array(document.utf8))
        for number in stride(from: 0, to: 100, by: 2) {
            try await store.write(
                try StoreKey("g/a/c/\(number / 10)/\(number % 10)"),
                [UInt8(number)]
            )
        }
        return (SealedStore(base: store), try ArrayMetadata(v3: Array(document.utf8)))
    }

    @Test func `what is underneath is only ever read`() async throws {
        let (store, metadata) = try await store()
        let target = DrillTarget(.store(store), prefix: try StorePrefix("g/a"), metadata: metadata)
        let rules = """
            [flaky] * ** : 5% -> error 503
            [lost] writes c/** : 5% -> dropack
            [doc] rmeta zarr.json : 20% -> error reset
            """
        let verdict = try await run(rules, on: target).verdict
        #expect(verdict.passed)
    }

    @Test func `an array without a store is drilled the same way`() async throws {
        let (store, metadata) = try await store()
        let array = StoreBackend(store, prefix: try StorePrefix("g/a"), rank: 2)
        let target = DrillTarget(.array(array), metadata: metadata)
        let rules = "[flaky] * ** : 5% -> error 503\n[rot] read c/** : nth 9 -> flip 1bit"
        let verdict = try await run(rules, on: target).verdict
        #expect(verdict.silentWrong == 1)
        #expect(verdict.rules[1].fired == 1)
    }
}
